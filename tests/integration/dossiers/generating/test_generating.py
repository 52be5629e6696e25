"""Synthetic dossiers: as the verbs would have written them, and never among real ones."""

from collections import Counter
from contextlib import nullcontext
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from dossiers import actions, custody
from dossiers.deadlines import promise
from dossiers.generating import generate, running, settling, writing
from dossiers.item_numbers import is_s10
from dossiers.models import (
    CustodyEntry,
    Dossier,
    NumberSeries,
    Paper,
    PostalEvent,
    PostalItem,
)
from dossiers.statuses import MOVES, IntakeChannel, ReturnChannel, Status, Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.lib.vietnamese import fold
from procedures.calendar import working_calendar
from procedures.working_days import TimeUnit
from tests.factories.dossiers import at, make_draft
from tests.factories.offices import make_office

UNTIL = date(2022, 6, 30)
MANY = 2_000


@pytest.fixture
def generated(db: None) -> running.Generated:
    return generate(MANY, 1, until=UNTIL)


def everything() -> list[Any]:
    """All rows of all tables, as plain values."""
    models = (Dossier, Paper, CustodyEntry, PostalItem, PostalEvent)
    series = NumberSeries.objects.order_by("agency", "day")
    return [
        *(list(model.objects.order_by("pk").values_list()) for model in models),
        list(series.values_list("agency", "day", "last")),
    ]


def test_as_many_as_were_asked_for_with_an_unbroken_log(generated):
    checked = custody.verify()

    assert generated.dossiers == Dossier.objects.count() == MANY
    assert checked.breaks == []
    assert checked.entries == CustodyEntry.objects.count() > MANY


def test_every_seal_is_the_one_that_the_log_itself_would_write(generated):
    checked = 0
    for entry in CustodyEntry.objects.all():
        assert entry.seal == custody.seal(entry)
        checked += 1
    assert checked > MANY


def test_the_state_of_an_entry_is_kept_as_the_log_keeps_it(generated):
    last = Subquery(
        CustodyEntry.objects.filter(dossier=OuterRef("pk"))
        .order_by("-sequence")
        .values("state")[:1]
    )
    for dossier in Dossier.objects.annotate(kept=last).prefetch_related("papers"):
        assert dossier.kept == custody.state(dossier)


def test_every_rule_of_the_database_holds(generated):
    connection.check_constraints()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]


POINTERS = [
    (model, field)
    for model in apps.get_models(include_auto_created=True)
    for field in model._meta.concrete_fields
    if field.many_to_one
]


def pointing_nowhere(model: type[models.Model], field: models.ForeignKey) -> int:
    """Rows whose foreign key names a row that is not there."""
    named = QuerySet(field.related_model).filter(pk=OuterRef(field.attname))
    pointing = QuerySet(model).exclude(**{field.attname: None})
    return pointing.filter(~Exists(named)).count()


def test_no_row_points_nowhere(generated):
    """PostgreSQL was told to look up no foreign key, so nobody else has looked."""
    lost = {
        f"{model._meta.label}.{field.name}": pointing_nowhere(model, field)
        for model, field in POINTERS
    }

    assert len(lost) > 90
    assert {x: number for x, number in lost.items() if number} == {}


WRONG = {
    "a status that is none": {"status": "nothing"},
    "a procedure that is not there": {"procedure_id": 10**9},
    "a desk that is not there": {"desk_id": 10**9},
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wrong", WRONG)
def test_the_database_minds_its_rules_again_afterwards(wrong):
    generate(50, 1, until=UNTIL)
    one = Dossier.objects.filter(pk=Dossier.objects.first().pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        one.update(**WRONG[wrong])

    assert not one.filter(**WRONG[wrong]).exists()


def rules_and_indexes() -> dict[str, Any]:
    with connection.cursor() as cursor:
        return {
            table: connection.introspection.get_constraints(cursor, table)
            for table in writing.TABLES.values()
        }


def test_rules_and_indexes_that_were_taken_away_are_all_there_again(db, monkeypatch):
    monkeypatch.setattr(writing, "WORTH_REBUILDING", 1)
    before = rules_and_indexes()

    generate(50, 1, until=UNTIL)

    assert rules_and_indexes() == before


def test_the_same_seed_gives_the_same_dossiers_and_another_one_others(db):
    def once(seed: int) -> list[Any]:
        with transaction.atomic():
            generate(200, seed, until=UNTIL)
            rows = everything()
            transaction.set_rollback(True)
        return rows

    settling.settle(running.FIRST_DAY)  # numbers of rolled-back rows do not come back
    assert once(7) == once(7)
    assert once(7) != once(8)


def test_helpers_and_slices_make_no_difference(db, monkeypatch):
    found = []
    settling.settle(running.FIRST_DAY)
    for helped, size in ((10**9, 1_000), (1, 50)):
        monkeypatch.setattr(running, "WORTH_A_HELPER", helped)
        monkeypatch.setattr(running, "A_SLICE", size)
        with transaction.atomic():
            generate(300, 3, until=UNTIL)
            found.append(everything())
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_each_is_marked_as_synthetic(generated):
    unmarked = Dossier.objects.exclude(applicant_name__contains="(mẫu)")

    assert not unmarked.exists()
    assert set(Dossier.objects.values_list("note", flat=True)) == {
        "Dữ liệu tổng hợp để thử (mẫu)"
    }
    assert not Organisation.objects.filter(is_sample=False).exists()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_they_are_spread_over_years_procedures_ways_and_states(generated):
    years = Counter(
        x.year for x in Dossier.objects.values_list("received_at", flat=True)
    )
    ways = set(Dossier.objects.values_list("intake_channel", "return_channel"))
    states = set(Dossier.objects.values_list("status", flat=True))

    assert set(years) == {2019, 2020, 2021, 2022}
    assert min(years.values()) > MANY / 10
    assert Dossier.objects.values("procedure").distinct().count() > 60
    assert {x for x, _out in ways} == set(IntakeChannel.values)
    assert {out for _in, out in ways} == set(ReturnChannel.values)
    assert states >= {
        Status.RECEIVED,
        Status.PROCESSING,
        Status.RESULT_READY,
        Status.RETURNED,
        Status.REFUSED,
        Status.WITHDRAWN,
        Status.DISCONTINUED,
    }
    assert 0.12 < Dossier.objects.by_post().count() / MANY < 0.30


def test_every_log_is_a_way_that_the_table_of_moves_has(generated):
    for dossier in Dossier.objects.prefetch_related("custody"):
        first, *rest = sorted(dossier.custody.all(), key=lambda x: x.sequence)
        if first.step == Step.IMPORTED:
            assert not rest
            continue
        before = first.status
        assert first.step == Step.RECEIVED
        moment = first.at
        for entry in rest:
            move = MOVES[Step(entry.step)]
            assert before in move.sources
            assert entry.status == move.to
            assert entry.at > moment
            before, moment = entry.status, entry.at
        assert before == dossier.status


def test_what_came_before_the_system_has_one_entry_and_no_papers(generated):
    old = Dossier.objects.filter(clock_started_on__lt=UNTIL - running.LIVE)
    new = Dossier.objects.filter(clock_started_on__gt=UNTIL - running.LIVE)

    assert set(old.values_list("custody__step", flat=True)) == {Step.IMPORTED}
    assert not Paper.objects.filter(dossier__in=old).exists()
    assert not new.filter(custody__step=Step.IMPORTED).exists()
    assert not new.filter(papers__isnull=True).exists()


def test_promises_are_those_of_the_rule(generated):
    calendar = working_calendar(date(2019, 1, 1), UNTIL)
    straight = Dossier.objects.exclude(custody__step=Step.SUPPLEMENTED)
    checked = 0
    for x in straight.filter(clock_started_on__gte=UNTIL - running.LIVE)[:500]:
        unit = TimeUnit(x.time_unit)
        expected = promise(x.clock_started_on, x.processing_time, unit, calendar)
        assert x.due_on == expected.due_on
        checked += 1
    assert checked == 500


def test_results_by_post_have_an_envelope_that_ends_as_they_do(generated):
    sent = Dossier.objects.filter(custody__step=Step.HANDED_TO_POST).distinct()

    assert sent.count() > 50
    for dossier in sent.prefetch_related("postal_items__events"):
        (item,) = [x for x in dossier.postal_items.all() if x.leg == "return"]
        last = sorted(item.events.all(), key=lambda x: (x.at, x.pk))[-1]
        assert is_s10(item.number)
        assert item.status == last.status
        if dossier.status == Status.WITH_POST:
            assert item.delivered_on is None
        if item.delivered_on:
            assert dossier.status == Status.RETURNED


def test_search_finds_them_without_diacritics(generated):
    dossier = Dossier.objects.last()
    words = [dossier.code, dossier.applicant_name, dossier.representative_name]

    assert dossier.search_text == fold(" ".join(words))


def test_codes_run_on_without_gaps_from_what_was_given_out(generated):
    generate(500, 2, until=UNTIL)

    codes: dict[tuple[int, date], list[int]] = {}
    for agency, day, code in Dossier.objects.values_list(
        "agency", "clock_started_on", "code"
    ):
        codes.setdefault((agency, day), []).append(int(code[-4:]))
    for (agency, day), numbers in codes.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        series = NumberSeries.objects.get(agency=agency, day=day)
        assert series.last == len(numbers)


def test_work_goes_on_beside_them(generated):
    clerk = User.objects.filter(role="clerk").first()
    procedure = clerk.organisation.parent.procedures.first()
    day = Dossier.objects.filter(desk=clerk.organisation).latest("pk").clock_started_on
    draft = make_draft(procedure, on=day)

    dossier = actions.receive(draft, by=clerk, at=at(day, 17))
    actions.withdraw(
        Dossier.objects.filter(status=Status.PROCESSING, desk=clerk.organisation)[0],
        reason="Xin rút",
        by=clerk,
        at=at(date(2022, 7, 1)),
    )

    assert custody.verify().breaks == []
    assert dossier.pk > MANY


def test_a_database_with_real_data_is_left_alone(office):
    with pytest.raises(Conflict, match="this database holds real data"):
        generate(10, 1, until=UNTIL)
    assert not Dossier.objects.exists()
    assert not Organisation.objects.filter(is_sample=True).exists()


def test_a_person_of_no_organisation_is_real_data_too(db):
    """Whoever set the system up, before the first organisation was entered."""
    User.objects.create(username="quantri", full_name="Trần Văn Quản")

    with pytest.raises(Conflict, match=r"holds real data .*Trần Văn Quản"):
        generate(10, 1, until=UNTIL)
    assert not Dossier.objects.exists()
    assert not Organisation.objects.exists()


def test_the_people_of_samples_are_no_real_data(db):
    settling.settle(running.FIRST_DAY)

    assert User.objects.exists()
    assert settling.holds_real_data() is None


def test_beside_real_data_only_sample_organisations_get_any(office):
    generate(50, 1, until=UNTIL, beside_real_data=True)

    assert not Dossier.objects.exclude(agency__is_sample=True).exists()
    assert not Dossier.objects.visible_to(office.clerk).exists()


def test_a_real_organisation_gets_none_even_when_it_is_named(office):
    with pytest.raises(Conflict, match="not a sample organisation"):
        generate(10, 1, until=UNTIL, organisation=office.agency, beside_real_data=True)


def test_a_real_organisation_that_has_the_symbol_is_not_taken(office):
    Organisation.objects.filter(pk=office.agency.pk).update(
        symbol=settling.AGENCIES[0][0]
    )

    with pytest.raises(Conflict, match="belongs to a real organisation"):
        generate(10, 1, until=UNTIL, beside_real_data=True)
    assert not Organisation.objects.filter(is_sample=True).exists()


def test_days_before_the_first_are_refused(db):
    with pytest.raises(Invalid, match="02/01/2019"):
        generate(10, 1, until=date(2018, 12, 31))


CARE = {
    "sqlite": ("PRAGMA journal_mode", "PRAGMA synchronous"),
    "postgresql": ("SHOW synchronous_commit",),
}


# PostgreSQL does not wait for the disk at the end of this one transaction, which can
# lose it in a power cut and break nothing; the server's own care stays as it is.
UNHURRIED = ("off",)


def journal() -> tuple[Any, ...]:
    """How careful the database is with what was written."""
    told = []
    with connection.cursor() as cursor:
        for question in CARE[connection.vendor]:
            cursor.execute(question)
            told.append(cursor.fetchone()[0])
    return tuple(told)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", [False, True])
def test_a_database_without_real_data_is_filled_in_haste_and_careful_again_after(fails):
    before, during = journal(), []

    def look(done: int) -> None:
        during.append(journal())
        if fails:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) if fails else nullcontext():
        generate(50, 1, until=UNTIL, each=look)

    assert during == [("truncate", 0) if connection.vendor == "sqlite" else UNHURRIED]
    assert journal() == before
    assert Dossier.objects.count() == (0 if fails else 50)


@pytest.mark.django_db(transaction=True)
def test_beside_real_data_nothing_is_done_in_haste():
    make_office()
    before, during = journal(), []

    generate(
        50,
        1,
        until=UNTIL,
        beside_real_data=True,
        each=lambda done: during.append(journal()),
    )

    assert during == [before if connection.vendor == "sqlite" else UNHURRIED]
    assert journal() == before


def test_a_failure_half_way_leaves_no_dossier(db, monkeypatch):
    monkeypatch.setattr(running, "A_SLICE", 50)
    told = []

    def stop(done: int) -> None:
        told.append(done)
        if done >= 100:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        generate(400, 1, until=UNTIL, each=stop)

    assert len(told) > 1
    assert not Dossier.objects.exists()
    assert not CustodyEntry.objects.exists()


def test_the_command_tells_its_rate(db):
    out = StringIO()

    call_command("generate_dossiers", count=20, seed=4, until="2022-06-30", stdout=out)

    assert out.getvalue().startswith("20 dossiers, ")
    assert out.getvalue().rstrip().endswith("rows a second.")


@pytest.mark.parametrize("count", [0, 10_000_001])
def test_the_command_refuses_absurd_counts(db, count):
    with pytest.raises(CommandError, match="from 1 to"):
        call_command("generate_dossiers", count=count)
