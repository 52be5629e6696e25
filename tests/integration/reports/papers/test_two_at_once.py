"""Two people act on reports at the same moment: one wins, the other is told.

Real threads and real transactions, on either database.
"""

from datetime import date, timedelta
from threading import Event
from time import sleep

import pytest
from django.db import transaction

from postal_tthc.errors import Conflict
from reports import actions
from reports.actions import Word
from reports.models import CountedDossier, Report, ReportEvent
from tests.factories.dossiers import at, receive
from tests.factories.offices import Office
from tests.factories.reports import AUTUMN, begin, correct, sign, submit
from tests.integration.dossiers.test_at_the_same_time import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)

Status = Report.Status
NOW = at(AUTUMN, 16)
SLOW = 1.5  # seconds


def assert_one_won(answers: list[object]) -> None:
    losers = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(loser) for loser in losers] == [Conflict], answers
    assert len(str(losers[0])) > 20


def dossiers(office: Office) -> None:
    receive(office, on=date(2020, 6, 1))


def test_one_number_is_given_to_one_report(office):
    dossiers(office)
    reports = [sign(begin(office), office) for _ in range(3)]

    answers = all_at_once(
        *[
            lambda report=report, number=number: actions.send(
                report, by=office.leader, at=NOW, number=number, dated_on=AUTUMN
            )
            for report, number in zip(reports, (5, 5, 6), strict=True)
        ]
    )

    assert_one_won(answers)
    sent = Report.objects.filter(status=Status.SENT).order_by("number")
    assert [x.number for x in sent] == [5, 6]
    assert ReportEvent.objects.filter(step="sent").count() == 2


def test_of_two_signatures_one_counts(office):
    dossiers(office)
    report = submit(begin(office), office)

    answers = all_at_once(*[lambda: actions.sign(report, by=office.leader, at=NOW)] * 2)

    assert_one_won(answers)
    assert CountedDossier.objects.count() == 1


def test_of_a_signature_and_a_taking_back_one_counts(office):
    dossiers(office)
    report = submit(begin(office), office)

    answers = all_at_once(
        lambda: actions.sign(report, by=office.leader, at=NOW),
        lambda: actions.take_back(report, by=office.catalogue_manager, at=NOW),
    )

    assert_one_won(answers)
    report.refresh_from_db()
    assert report.is_frozen == (report.status == Status.SIGNED)


def test_one_new_version_is_begun(office):
    dossiers(office)
    report = sign(begin(office), office)

    answers = all_at_once(*[lambda: correct(report, office)] * 2)

    assert_one_won(answers)
    assert Report.objects.filter(replaces=report).count() == 1


def test_of_two_who_save_words_one_is_told(office):
    report = begin(office)
    before = report.paragraphs.count()

    answers = all_at_once(
        *[
            lambda text=text: actions.save_words(
                report,
                [Word("tasks", text)],
                by=office.leader,
                at=NOW,
                seen=report.revision,
            )
            for text in ("Một.", "Hai.")
        ]
    )

    assert_one_won(answers)
    assert report.paragraphs.count() == before + 1


def test_a_version_signed_while_the_first_is_sent_loses_no_number(office):
    dossiers(office)
    first = sign(begin(office), office)
    second = submit(correct(first, office), office)
    is_sent = Event()

    def send() -> None:
        with transaction.atomic():
            actions.send(first, by=office.leader, at=NOW, number=5, dated_on=AUTUMN)
            is_sent.set()
            sleep(SLOW)  # long enough for the signature to come to the first version

    def sign_second() -> None:
        is_sent.wait()
        actions.sign(second, by=office.leader, at=at(AUTUMN + timedelta(days=1)))

    assert all_at_once(send, sign_second) == [None, None]

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (Status.REPLACED, Status.SIGNED)
    assert (first.number, first.dated_on) == (5, AUTUMN)
    assert list(first.events.values_list("step", flat=True))[-2:] == [
        "sent",
        "replaced",
    ]


def test_a_first_version_is_not_sent_after_its_place_was_taken(office):
    dossiers(office)
    first = sign(begin(office), office)
    sign(correct(first, office), office)

    with pytest.raises(Conflict, match="Replaced by a new version"):
        actions.send(first, by=office.leader, at=NOW, number=5, dated_on=AUTUMN)


def test_a_dossier_received_while_a_report_is_signed_is_in_or_out(office):
    """The frozen numbers and the dossiers remembered for them always agree."""
    dossiers(office)
    report = submit(begin(office), office)

    answers = all_at_once(
        lambda: actions.sign(report, by=office.leader, at=NOW),
        *[lambda: receive(office, on=date(2020, 6, 2))] * 4,
    )

    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(error, Conflict) for error in failed), failed
    report.refresh_from_db()
    if not report.is_frozen:
        assert report.status == Status.SUBMITTED
        assert not CountedDossier.objects.exists()
        return
    counts = report.thawed.report.periods[0].counts
    rows = CountedDossier.objects.filter(report=report)
    assert counts.received == sum("received" in row.sets for row in rows)
