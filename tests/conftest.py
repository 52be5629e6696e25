"""What every test may ask for."""

import os
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.utils import translation

import dossiers.demo.loading
import reports.demo
from postal_tthc.accounts.roles import Role
from tests.factories.demo import demo_of
from tests.factories.offices import Office, make_office
from tests.factories.reference import bring_back


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure: nothing may go unproven there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("REQUIRE_ALL"):
        reporter.write_line(
            f"{len(skipped)} skipped, and REQUIRE_ALL is set.", red=True
        )
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are asserted by their message ids; pages ask for Vietnamese."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def _files_of_all_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Scans that tests store go with the tests, also those of a whole class."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture
def known_calendar_days(db: None) -> None:
    """The day swaps of the migration, also after a test that emptied the tables."""
    bring_back("0002_known_calendar_days")


@pytest.fixture
def known_norms_and_forms(db: None) -> None:
    """The norms and forms of the migration, also after a test that emptied them."""
    bring_back("0004_known_norms_and_forms")


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The sample dossiers, for a whole class."""
    with django_db_blocker.unblock(), demo_of(dossiers.demo.loading.load):
        yield


@pytest.fixture(scope="class")
def demo_and_its_report(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The sample dossiers with what is reported about them, for a whole class."""
    with django_db_blocker.unblock(), demo_of(reports.demo.load):
        yield


@pytest.fixture
def office(db: None) -> Office:
    """A province with an agency, its desk, a post office, and one person per role."""
    return make_office()


@pytest.fixture
def other_office(db: None) -> Office:
    """Another agency in another province."""
    return make_office("STP", province="UBND-BN", identifier="H05.12")


@pytest.fixture
def sign_in(client: Client, office: Office):
    """The client signed in as the person of a role, speaking English."""

    def signed_in(role: Role | str, at: Office = office) -> Client:
        client.force_login(at.people[Role(role)])
        client.cookies["django_language"] = "en"
        return client

    return signed_in
