"""The demo shows the office of the report of September 2020, and nothing real."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from io import StringIO
from itertools import pairwise

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone, translation

from dossiers.demo.organisations import ACCOUNTS, PASSWORD
from dossiers.item_numbers import is_s10
from dossiers.models import (
    CustodyEntry,
    Dossier,
    HandoverLine,
    Incident,
    Notice,
    PostalEvent,
    PostalItem,
)
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import CLOSED, EXPECTED, Status
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from procedures.calendar import working_calendar
from procedures.models import Decision, Field, PostalEligibility, Procedure

YEAR_2019 = (date(2019, 1, 1), date(2019, 12, 31))
NINE_MONTHS_2020 = (date(2020, 1, 1), date(2020, 9, 30))
WHOLE_REPORT = (date(2019, 1, 1), date(2020, 9, 30))
CUT_OFF = date(2020, 9, 30)
NEVER_USED = "1.990006"


@dataclass(frozen=True)
class Loaded:
    """What the first of two loads wrote and said; the second one stays to be asked."""

    first: list[tuple]
    output: str


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Loaded]:
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media:
        with transaction.atomic():
            output = load_demo()
            first = written()
            transaction.set_rollback(True)
        with transaction.atomic():
            load_demo()
            yield Loaded(first, output)
            transaction.set_rollback(True)


def load_demo() -> str:
    output = StringIO()
    with translation.override("en"):
        call_command("load_demo", stdout=output)
    return output.getvalue()


def written() -> list[tuple]:
    """Everything that does not depend on the hour of loading."""
    return [
        *Dossier.objects.order_by("received_at", "postal_items__number").values_list(
            "code",
            "procedure__code",
            "applicant_name",
            "applicant_address",
            "received_at",
            "intake_channel",
            "return_channel",
            "status",
            "due_on",
            "finished_on",
            "returned_on",
            "postal_items__number",
            "postal_items__delivered_on",
        ),
        *CustodyEntry.objects.order_by("at", "dossier__code", "sequence").values_list(
            "dossier__code", "sequence", "step", "at", "by__username", "note"
        ),
        *PostalEvent.objects.order_by(
            "item__number", "item__leg", "at", "status"
        ).values_list("item__number", "item__leg", "status", "reason", "at", "place"),
        *HandoverLine.objects.order_by("handover__opened_at", "position").values_list(
            "handover__day",
            "handover__number",
            "handover__signed_at",
            "position",
            "kind",
            "dossier__code",
            "scanned",
            "seal_number",
            "note",
        ),
        *Notice.objects.order_by("issued_at").values_list(
            "dossier__code", "kind", "number", "reason", "answer_by", "new_date"
        ),
        *Incident.objects.order_by("opened_at", "kind").values_list(
            "kind", "dossier__code", "found_out_on", "outcome", "resolved_on"
        ),
        *Procedure.objects.order_by("code", "in_force_from").values_list(
            "code", "name", "processing_time", "in_force_from", "in_force_to"
        ),
        *PostalEligibility.objects.order_by(
            "procedure__code", "leg", "valid_from"
        ).values_list("procedure__code", "leg", "is_eligible", "valid_from"),
    ]


def of_the_report() -> DossierQuerySet:
    """The dossiers received up to the last day of the report."""
    return Dossier.objects.filter(clock_started_on__lte=CUT_OFF)


def counted(name: str, period: tuple[date, date]) -> int:
    return Dossier.objects.counted(name, *period).count()


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
class TestTheDemo:
    """Asked of the demo, loaded once for all."""

    @pytest.mark.parametrize(
        ("name", "in_2019", "in_2020"),
        [
            ("received", 212, 120),
            ("by_post", 23, 29),
            ("intake_by_post", 2, 5),
            ("both_legs_by_post", 2, 4),
            ("withdrawn", 3, 2),
            ("open_overdue", 0, 3),
        ],
    )
    def test_the_counts_are_those_of_the_report(self, name, in_2019, in_2020):
        assert counted(name, YEAR_2019) == in_2019
        assert counted(name, NINE_MONTHS_2020) == in_2020

    @pytest.mark.parametrize("period", [YEAR_2019, NINE_MONTHS_2020])
    def test_what_came_is_finished_or_outstanding(self, period):
        came = counted("carried_over", period) + counted("received", period)

        assert came == counted("finished", period) + counted("outstanding", period)

    def test_refused_dossiers_come_on_top(self):
        refused = Dossier.objects.filter(status=Status.REFUSED)

        assert refused.filter(clock_started_on__year=2019).count() == 4
        assert refused.filter(clock_started_on__year=2020).count() == 3

    @pytest.mark.parametrize(
        ("day", "in_force", "by_post"),
        [
            (date(2019, 1, 1), 97, 6),
            (date(2020, 1, 16), 97, 6),
            (date(2020, 1, 17), 98, 6),
            (CUT_OFF, 98, 6),
        ],
    )
    def test_six_of_98_procedures_may_go_by_post(self, day, in_force, by_post):
        procedures = Procedure.objects.in_force(day)

        assert procedures.count() == in_force
        assert procedures.postal(day, leg="intake").count() == by_post
        assert procedures.postal(day, leg="return").count() == by_post

    def test_the_named_procedures_have_names_and_codes_of_their_own(self):
        procedures = Procedure.objects.in_force(CUT_OFF).order_by("code")

        assert len({procedure.name for procedure in procedures}) == 98
        assert [p.code for p in procedures] == [f"1.99{n:04d}" for n in range(1, 99)]

    def test_five_procedures_are_used_by_post_and_the_sixth_never(self):
        by_post = list(
            Dossier.objects.by_post().values_list("procedure__code", flat=True)
        )
        eligible = Procedure.objects.postal(CUT_OFF).values_list("code", flat=True)

        assert set(by_post) == set(eligible) - {NEVER_USED}
        assert min(by_post.count(code) for code in set(by_post)) >= 4
        assert not Dossier.objects.filter(procedure__code=NEVER_USED).exists()

    def test_all_that_went_by_post_was_returned_within_the_report(self):
        assert counted("by_post", WHOLE_REPORT) == 52
        assert Dossier.objects.by_post().filter(returned_on__lte=CUT_OFF).count() == 52

    def test_of_the_report_one_result_waits_to_be_collected_and_nothing_is_left(self):
        left = of_the_report().exclude(status__in=CLOSED)

        assert [dossier.status for dossier in left] == [Status.RESULT_READY]
        assert not of_the_report().filter(returned_on__year__gt=2020).exists()

    @pytest.mark.parametrize(("leg", "dossiers"), [("intake", 7), ("return", 51)])
    def test_every_leg_by_post_has_an_item_with_an_s10_number(self, leg, dossiers):
        items = PostalItem.objects.filter(leg=leg)

        assert all(is_s10(item.number) for item in items)
        assert (
            of_the_report().filter(postal_items__in=items).distinct().count()
            == dossiers
        )
        assert not items.filter(dossiers=None).exists()

    def test_nobody_can_be_taken_for_a_real_person(self):
        people = Dossier.objects.all()

        assert not people.exclude(applicant_name__endswith=" (mẫu)").exists()
        assert not people.exclude(applicant_phone__startswith="0900 000 ").exists()
        assert not (
            people.exclude(applicant_id_number="")
            .exclude(applicant_id_number__startswith="099")
            .exists()
        )
        assert people.filter(applicant_name="Nguyễn Văn A (mẫu)").exists()
        assert not Organisation.objects.filter(is_sample=False).exists()

    def test_dossiers_are_received_one_after_another_in_office_hours(self):
        received = Dossier.objects.exclude(status__in=EXPECTED).order_by("code")
        moments = [timezone.localtime(dossier.received_at) for dossier in received]
        calendar = working_calendar(*WHOLE_REPORT)

        assert all(before < after for before, after in pairwise(moments))
        assert all(calendar.is_working_day(moment.date()) for moment in moments)
        assert all(time(7, 30) <= moment.time() < time(17) for moment in moments)

    def test_no_step_comes_before_the_one_that_led_to_it(self):
        for dossier in Dossier.objects.prefetch_related("custody"):
            moments = [entry.at for entry in dossier.custody.all()]
            assert moments == sorted(moments), dossier

    def test_the_catalogue_is_published_twice_as_the_report_has_it(self):
        agency = Organisation.objects.get(symbol="SNV")
        in_force = Decision.objects.filter(publishes_catalogue_of=agency).in_force(
            CUT_OFF
        )

        assert {d.number for d in in_force} == {"104/QĐ-UBND", "124/QĐ-UBND"}

    def test_each_role_has_an_account_that_may_sign_in(self, client):
        assert {account.role for account in ACCOUNTS} == set(Role)
        assert client.login(username="motcua", password=PASSWORD)
        for user in User.objects.all():
            validate_password(PASSWORD, user)
            assert not user.is_superuser

    def test_the_postal_clerk_sees_what_goes_by_post(self):
        postal_clerk = User.objects.get(username="buudien")

        assert of_the_report().visible_to(postal_clerk).count() == 52

    def test_loading_says_who_may_sign_in(self, demo):
        for account in ACCOUNTS:
            assert account.username in demo.output
        assert PASSWORD in demo.output

    def test_two_loads_write_the_same(self, demo):
        assert written() == demo.first

    def test_loading_again_changes_nothing_and_says_so(self, demo):
        output = load_demo()

        assert written() == demo.first
        assert output.splitlines()[0] != demo.output.splitlines()[0]
        assert output.splitlines()[1:] == demo.output.splitlines()[1:]

    def test_a_real_organisation_beside_the_demo_is_left_alone(self):
        real_agency()
        before = written()

        assert "nothing was changed" in load_demo()
        assert written() == before


def real_agency() -> Organisation:
    province = Organisation.objects.create(
        kind=Organisation.Kind.PROVINCE, name="Tỉnh thật", symbol="TT"
    )
    return Organisation.objects.create(
        kind=Organisation.Kind.AGENCY, name="Sở thật", symbol="ST", parent=province
    )


def procedure_of_a_real_agency() -> None:
    Procedure.objects.create(
        code="1.000001",
        name="Thủ tục thật",
        field=Field.objects.create(name="Lĩnh vực thật"),
        agency=real_agency(),
        processing_time=1,
        in_force_from=date(2019, 1, 1),
    )


def user_of_no_organisation() -> None:
    User.objects.create(username="that", full_name="Người thật")


def user_of_a_real_organisation() -> None:
    User.objects.create(username="that", organisation=real_agency())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "something_real",
    [
        real_agency,
        procedure_of_a_real_agency,
        user_of_no_organisation,
        user_of_a_real_organisation,
    ],
)
def test_a_database_with_something_real_is_refused_and_left_alone(something_real):
    something_real()

    with pytest.raises(CommandError) as refusal:
        load_demo()

    assert refusal.value.returncode == 1
    assert not Organisation.objects.filter(is_sample=True).exists()
    assert not Dossier.objects.exists()
