"""Programs that ask: a token of each person, and a client that sends it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation
from rest_framework.test import APIClient

from postal_tthc.accounts.roles import Role
from postal_tthc.rest import tokens
from postal_tthc.rest.models import Scope
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

EVERYTHING = tuple(Scope.values)
Ask = Callable[..., APIClient]


def token_of(
    office: Office, role: Role | str, scopes: tuple[str, ...] = EVERYTHING
) -> str:
    """The secret of a new token, made by the administrator."""
    person = office.people[Role(role)]
    _token, secret = tokens.make(
        person, name="Kho", scopes=scopes, days=30, by=office.administrator
    )
    return secret


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    """Requests of other tests are not held against this one."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ask(office: Office) -> Ask:
    """A client with a token of a person: ``ask("clerk").get(…)``."""

    def client_of(
        role: Role | str, at: Office = office, scopes: tuple[str, ...] = EVERYTHING
    ) -> APIClient:
        client = APIClient(headers={"accept-language": "en"})
        client.cookies["django_language"] = translation.get_language()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of(at, role, scopes)}")
        return client

    return client_of


@pytest.fixture
def entry(office: Office) -> dict[str, Any]:
    """What a program sends to receive a dossier."""
    return {
        "procedure": make_procedure(office).code,
        "received_at": "2020-06-01T09:00:00+07:00",
        "applicant_name": "  Nguyễn  Văn A ",
        "papers": [{"name": "Bằng tốt nghiệp", "form": "original"}],
    }
