"""Returns: kept whole with their file, once a period, withdrawn with a reason."""

from datetime import date
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage

from postal_tthc.accounts.models import Organisation
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid, Refused
from reports.actions import returns
from reports.consolidation.lines import from_json
from reports.models import AgencyReturn
from reports.periods import parse
from tests.factories.dossiers import at, receive
from tests.factories.returns import LINES, YEAR, form_of, put
from tests.integration.reports.consolidation.scenes import (
    AFTER,
    TODAY,
    Kind,
    agency,
    hand_in,
    person,
)


@pytest.fixture(autouse=True)
def _files_in(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored() -> list[str]:
    """Every file that was kept."""
    if not default_storage.exists("returns"):
        return []
    folders, _files = default_storage.listdir("returns")
    return [
        name
        for folder in folders
        for name in default_storage.listdir(f"returns/{folder}")[1]
    ]


def faults(organisation: Organisation, content: bytes | None = None) -> list[str]:
    judgement = returns.judge(
        content or form_of(organisation),
        name="return.xlsx",
        organisation=organisation,
        period=YEAR,
        today=TODAY,
    )
    return [fault.sentence for fault in judgement.faults]


def test_a_return_is_kept_with_its_file_its_hash_who_and_when(office):
    health, justice = agency(office), agency(office, "STP")
    content = form_of(justice)

    kept = hand_in(justice, office.consolidator, content=content)

    kept.refresh_from_db()
    assert (kept.collector, kept.organisation) == (office.province, justice)
    assert (kept.period, kept.start, kept.end) == ("2019", YEAR.start, YEAR.end)
    assert tuple(from_json(x) for x in kept.lines) == LINES
    with kept.file.open("rb") as file:
        assert file.read() == content
    assert kept.file_hash == sha256(content).hexdigest()
    assert kept.file_name == "Báo cáo năm.xlsx"
    assert (kept.uploaded_by, kept.uploaded_at) == (office.consolidator, AFTER)
    assert not AgencyReturn.objects.filter(organisation=health).exists()


def test_a_second_return_waits_for_the_first_to_be_withdrawn(office):
    health = agency(office)
    first = hand_in(health, office.consolidator)
    other = form_of(health, lines=LINES[:1])

    with pytest.raises(Conflict, match="Withdraw it with a reason first"):
        hand_in(health, office.consolidator, content=other)
    assert any("stands already" in x for x in faults(health, other))
    assert AgencyReturn.objects.get() == first
    assert len(stored()) == 1

    returns.withdraw(
        first, reason="Thiếu một lĩnh vực", by=office.consolidator, at=AFTER
    )
    second = hand_in(health, office.consolidator, content=other)
    assert AgencyReturn.objects.filter(withdrawn_reason="").get() == second
    assert len(stored()) == 2


def test_the_same_file_twice_is_told_even_when_it_was_withdrawn(office):
    health, justice = agency(office), agency(office, "STP")
    content = form_of(justice)
    first = hand_in(justice, office.consolidator, content=content)

    assert any("very file was handed in already" in x for x in faults(health, content))

    returns.withdraw(first, reason="Sai số", by=office.consolidator, at=AFTER)
    assert any("and withdrawn: “Sai số”" in x for x in faults(justice, content))
    with pytest.raises(Invalid, match="nothing was written"):
        hand_in(justice, office.consolidator, content=content)


def test_withdrawing_needs_a_reason_and_happens_once(office):
    kept = hand_in(agency(office), office.consolidator)

    with pytest.raises(Invalid, match="Write why"):
        returns.withdraw(kept, reason="  ", by=office.consolidator, at=AFTER)
    returns.withdraw(kept, reason=" Sai  số ", by=office.consolidator, at=AFTER)
    with pytest.raises(Conflict, match="withdrawn already: “Sai số”"):
        returns.withdraw(kept, reason="Nữa", by=office.consolidator, at=AFTER)

    kept.refresh_from_db()
    assert (kept.withdrawn_reason, kept.withdrawn_by) == ("Sai số", office.consolidator)


@pytest.mark.parametrize("role", [Role.LEADER, Role.CATALOGUE_MANAGER])
def test_an_organisations_own_writers_hand_in_for_it_and_withdraw(office, role):
    health = agency(office)
    writer = person(role, health)

    kept = hand_in(health, writer)
    returns.withdraw(kept, reason="Sai số", by=writer, at=AFTER)

    kept.refresh_from_db()
    assert kept.withdrawn_by == writer


def test_nobody_else_hands_in_or_withdraws(office, other_office):
    health = agency(office)
    kept = hand_in(health, office.consolidator)
    justice = agency(office, "STC")
    others = [
        *(x for role, x in office.people.items() if role != Role.CONSOLIDATOR),
        *other_office.people.values(),
        person(Role.CASE_OFFICER, justice),
    ]

    for someone in others:
        with pytest.raises(Refused):
            hand_in(justice, someone)
        with pytest.raises(Refused):
            returns.withdraw(kept, reason="Sai số", by=someone, at=AFTER)
    assert AgencyReturn.objects.get().withdrawn_reason == ""


def test_the_file_of_another_organisation_is_refused(office):
    health, justice = agency(office), agency(office, "STP")

    assert any("is not from Sở STP" in x for x in faults(justice, form_of(health)))
    with pytest.raises(Invalid, match="nothing was written"):
        hand_in(justice, office.consolidator, content=form_of(health))
    assert not AgencyReturn.objects.exists()
    assert stored() == []


def test_a_faulty_file_writes_nothing(office):
    health = agency(office)

    with pytest.raises(Invalid, match="nothing was written"):
        hand_in(
            health, office.consolidator, content=form_of(health, spoil=put("early", 7))
        )

    assert not AgencyReturn.objects.exists()
    assert stored() == []


def test_when_the_row_cannot_be_written_no_file_is_left(office, monkeypatch):
    def broken(*args: object, **values: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(AgencyReturn, "save", broken)
    with pytest.raises(OSError, match="No space"):
        hand_in(agency(office), office.consolidator)

    assert stored() == []


def test_whoever_gets_past_the_lock_is_stopped_by_the_database(office, monkeypatch):
    health = agency(office)
    hand_in(health, office.consolidator)
    monkeypatch.setattr(returns, "_standing", lambda *args: None)

    with pytest.raises(Conflict, match="just now"):
        hand_in(health, office.consolidator, content=form_of(health, lines=LINES[:1]))

    assert AgencyReturn.objects.count() == 1
    assert len(stored()) == 1


def test_an_organisation_in_the_system_hands_in_no_file(office):
    receive(office, on=date(2019, 3, 4))

    assert any("works in this system" in x for x in faults(office.agency))


def test_before_it_came_into_the_system_it_hands_in_a_file(office):
    receive(office, on=date(2020, 3, 2))

    assert faults(office.agency) == []


def test_an_account_that_only_writes_reports_is_no_office(office):
    health = agency(office)
    person(Role.LEADER, health)
    assert faults(health) == []

    desk = Organisation.objects.create(
        kind=Kind.DESK, parent=health, name="Một cửa SYT", symbol="SYT-MC"
    )
    person(Role.CLERK, desk)
    assert any("works in this system" in x for x in faults(health))


@pytest.mark.parametrize(
    "years",
    [
        {"valid_from": date(2020, 1, 1)},
        {"valid_from": date(2010, 1, 1), "valid_to": date(2018, 12, 31)},
    ],
    ids=["not yet", "no more"],
)
def test_an_organisation_that_did_not_exist_reports_nothing(office, years):
    assert any("did not exist" in x for x in faults(agency(office, **years)))


def test_what_reports_to_nobody_hands_in_nothing(office):
    for organisation in (office.province, office.desk, office.post_office):
        with pytest.raises(Invalid, match="hands in its figures to nobody"):
            returns.accept(
                b"",
                name="return.xlsx",
                organisation=organisation,
                period=YEAR,
                by=office.consolidator,
                at=AFTER,
            )


def test_other_periods_are_other_returns(office):
    health = agency(office)
    hand_in(health, office.consolidator)

    hand_in(health, office.consolidator, period=parse("2019-H1"))
    with pytest.raises(Invalid, match="nothing was written"):
        hand_in(
            health,
            office.consolidator,
            period=parse("2020"),
            content=form_of(health, parse("2020")),
            moment=at(date(2020, 12, 31)),
        )

    assert AgencyReturn.objects.count() == 2
