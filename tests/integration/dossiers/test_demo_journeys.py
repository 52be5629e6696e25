"""Every kind of journey is in the demo, by the rules, and its last day has work left."""

from datetime import date
from itertools import pairwise

import pytest
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from dossiers import custody, desk
from dossiers.demo.aftermath import PRESENT
from dossiers.demo.catalogue import BY_POST, read_rows
from dossiers.item_history import attempts
from dossiers.models import (
    CustodyEntry,
    Dossier,
    Draft,
    Handover,
    HandoverLine,
    Incident,
    Notice,
    Paper,
    PostalItem,
)
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import IntakeChannel, ReturnChannel, Status, Step
from postal_tthc.accounts.models import User
from procedures.calendar import working_calendar
from procedures.transit import expected_on

CUT_OFF = date(2020, 9, 30)
LAST_DAY = timezone.localdate(PRESENT)
Outcome = Incident.Outcome


def stepped(*steps: Step, **more: object) -> QuerySet:
    """Closed dossiers of the report whose log has all these steps."""
    found = Dossier.objects.filter(
        clock_started_on__lte=CUT_OFF, closed_on__isnull=False, **more
    )
    for step in steps:
        found = found.filter(custody__step=step)
    return found.distinct()


def lines(**facts: object) -> QuerySet:
    """Lines of the minutes of the report's days."""
    return HandoverLine.objects.filter(handover__day__lte=CUT_OFF, **facts)


def delivered(failures: int) -> list[PostalItem]:
    """Items that were delivered after so many failed attempts."""
    items = PostalItem.objects.filter(leg="return", delivered_on__lte=CUT_OFF)
    return [item for item in items if len(attempts(item)) == failures]


def resolved(kind: str, outcome: Outcome) -> QuerySet:
    """Incidents of the report's days that ended so."""
    return Incident.objects.filter(kind=kind, outcome=outcome, resolved_on__lte=CUT_OFF)


KINDS = {
    "early": lambda: stepped(finished_on__lt=F("due_on")),
    "on time": lambda: stepped(finished_on=F("due_on")),
    "late": lambda: stepped(finished_on__gt=F("due_on")),
    "supplemented and counted anew": lambda: stepped(
        Step.SUPPLEMENTED, clock_policy="restart"
    ),
    "supplemented and counted on": lambda: stepped(
        Step.SUPPLEMENTED, clock_policy="pause"
    ),
    "supplemented by post": lambda: lines(kind="supplement"),
    "paid": lambda: stepped(Step.PAID),
    "given a new date": lambda: stepped(Step.REAPPOINTED),
    "refused": lambda: stepped(Step.REFUSED),
    "withdrawn": lambda: stepped(Step.WITHDRAWN),
    "discontinued": lambda: stepped(Step.SUPPLEMENT_REQUESTED, Step.DISCONTINUED),
    "minutes signed on paper": lambda: Handover.objects.exclude(scan=""),
    "several results in one set of minutes": lambda: (
        Handover.objects.filter(lines__kind="result")
        .annotate(results=Count("lines"))
        .filter(results__gt=1)
    ),
    "two results in one envelope": lambda: (
        PostalItem.objects.filter(recipient_name__startswith="Ủy ban nhân dân xã")
        .annotate(carried=Count("dossiers"))
        .filter(carried=2)
    ),
    "delivered at once": lambda: delivered(0),
    "delivered at the second attempt": lambda: delivered(1),
    "delivered at the third attempt": lambda: delivered(2),
    "came back and was fetched": lambda: stepped(Step.CAME_BACK, Step.RETURNED),
    "came back and was posted again": lambda: stepped(Step.CAME_BACK, Step.DELIVERED),
    "fees remitted": lambda: lines(kind="remittance", fees_dong__gt=0),
    "papers recovered": lambda: lines(kind="remittance").exclude(recovers=""),
    "line cancelled, and sent later": lambda: stepped(
        Step.CANCELLED_LINE, Step.DELIVERED
    ),
    "line set aside": lambda: lines(kind="unknown", set_aside=True),
    "another seal, explained": lambda: resolved("seal", Outcome.EXPLAINED),
    "silence, complained about and answered": lambda: resolved(
        "silence", Outcome.COMPENSATED
    ).filter(answered_on__lte=F("answer_due_on")),
    "original lost and found": lambda: resolved("lost", Outcome.FOUND),
}

# What waits on the desk's page of each account on the last day.
WAITING = {
    "motcua": {
        "coming",
        "going",
        "supplements",
        "silent",
        "came_back",
        "incidents",
        "drafts",
    },
    "buudien": {"minutes", "coming", "going", "silent", "incidents"},
}


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
class TestTheJourneys:
    """Asked of the demo, loaded once for all."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_kind_of_journey_is_there(self, kind):
        assert len(KINDS[kind]()) >= 1

    def test_nothing_is_broken_in_the_log(self):
        verified = custody.verify()

        assert verified.entries == CustodyEntry.objects.count()
        assert verified.breaks == []

    def test_a_clock_by_post_starts_when_the_minutes_are_signed(self):
        by_post = Dossier.objects.filter(
            intake_channel=IntakeChannel.PUBLIC_POST, clock_started_on__isnull=False
        )

        assert by_post
        for dossier in by_post:
            first, second = dossier.custody.order_by("sequence")[:2]
            assert (first.step, second.step) == (Step.ANNOUNCED, Step.RECEIVED)
            assert first.by.username == "buudien"
            assert second.at == second.handover.signed_at == dossier.received_at
            assert dossier.clock_started_on == second.handover.day
            calendar = working_calendar(dossier.clock_started_on)
            announced_on = timezone.localdate(first.at)
            assert calendar.count_working_days(announced_on, second.handover.day) == 1

    def test_every_result_by_post_leaves_with_minutes(self):
        handed_over = CustodyEntry.objects.filter(step=Step.HANDED_TO_POST)

        assert handed_over.count() >= 52
        assert not handed_over.filter(handover=None).exists()

    def test_every_envelope_is_expected_within_the_norm_of_its_route(self):
        for item in PostalItem.objects.all():
            with_slip = item.leg == "intake"
            day = expected_on(item.posted_on, item.route, with_appointment=with_slip)
            assert item.expected_on == day, item
            assert item.postage_dong, item

    def test_failed_attempts_lie_two_working_days_apart(self):
        tried = [attempts(item) for item in PostalItem.objects.all()]
        pairs = [
            (first, second)
            for several in tried
            for (first, _), (second, _) in pairwise(several)
        ]

        assert pairs
        for first, second in pairs:
            assert working_calendar(first).count_working_days(first, second) >= 2

    def test_a_new_date_does_not_make_the_late_less_late(self):
        promised = Dossier.objects.filter(reappointed_to__isnull=False)

        assert promised.count() == Notice.objects.filter(kind="apology").count() == 3
        assert all(d.due_on < d.finished_on <= d.reappointed_to for d in promised)

    def test_one_original_was_lost_and_nothing_is_lost_any_more(self):
        lost = Incident.objects.get(kind="lost")
        paper = lost.papers.get()

        assert (lost.outcome, paper.form) == (Outcome.FOUND, "original")
        assert paper.outcome == Paper.Outcome.RETURNED
        assert lost.dossier.closed_on
        assert not Paper.objects.filter(outcome=Paper.Outcome.LOST).exists()

    def test_why_not_by_post_is_told_of_what_was_offered_and_declined(self):
        offered = [row.code for row in read_rows() if row.post == BY_POST]
        told = Dossier.objects.exclude(why_not_post="")
        fetched = Dossier.objects.filter(
            procedure__code__in=offered, return_channel=ReturnChannel.COUNTER
        )

        assert not told.exclude(pk__in=fetched).exists()
        assert fetched.count() / 2 < told.count() < fetched.count()
        assert len(set(told.values_list("why_not_post", flat=True))) >= 4

    def test_all_of_the_report_is_closed_and_resolved_but_what_was_not_fetched(self):
        of_the_report = Dossier.objects.filter(clock_started_on__lte=CUT_OFF)
        left = of_the_report.filter(closed_on=None)

        assert [dossier.status for dossier in left] == [Status.RESULT_READY]
        assert not Incident.objects.filter(
            outcome="", found_out_on__lte=CUT_OFF
        ).exists()

    def test_the_last_day_leaves_work(self):
        left = {
            status: Dossier.objects.filter(status=status).count()
            for status in (
                Status.ANNOUNCED,
                Status.AWAITING_SUPPLEMENT,
                Status.UNDELIVERED,
            )
        }
        going = Dossier.objects.filter(
            status=Status.RESULT_READY, return_channel=ReturnChannel.PUBLIC_POST
        )
        silent = PostalItem.objects.silent(LAST_DAY)

        assert left == {
            Status.ANNOUNCED: 3,
            Status.AWAITING_SUPPLEMENT: 1,
            Status.UNDELIVERED: 1,
        }
        assert going.count() == 2
        assert [item.status for item in silent] == [ItemStatus.IN_TRANSIT]
        assert [x.kind for x in Incident.objects.open()] == ["damaged"]
        assert Draft.objects.get().owner.username == "motcua"
        assert Handover.objects.exclude(status="locked").get().status == "desk_signed"

    @pytest.mark.parametrize("username", WAITING)
    def test_the_page_of_the_desk_has_something_to_show(self, username):
        user = User.objects.get(username=username)
        shown = {
            name
            for name, work in desk.lists_for(user).items()
            if work.rows(user, LAST_DAY).exists()
        }

        assert shown >= WAITING[username]

    def test_nothing_of_the_demo_lies_after_its_last_moment(self):
        assert not CustodyEntry.objects.filter(at__gte=PRESENT).exists()
        assert not Handover.objects.filter(signed_at__gte=PRESENT).exists()
