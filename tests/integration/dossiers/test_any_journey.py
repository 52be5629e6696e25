"""Any journey at all keeps what must always be true (the nouns of the house).

Hypothesis draws who does what on which day; every step goes through the verbs. What
may be done from where is read from the tables of ``test_moves``, written by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import count, pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, given, note, settings
from hypothesis import strategies as st

from dossiers import actions, clock, custody
from dossiers.models import Dossier, NumberSeries, Paper
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import PAUSED, ReturnChannel, Status
from postal_tthc.errors import DomainError
from procedures.models import Leg, Procedure, RequiredPaper
from procedures.working_days import TimeUnit
from reports import counting
from reports.periods import free
from tests.factories.dossiers import BY_POST, at, dossier_at, envelope
from tests.factories.handovers import bring_in
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.test_moves import RULES

# Before Tết 2020, so that journeys lead across it.
BEGINNING = date(2020, 1, 13)
WHY = {"reason": "Theo quy định"}
LAW = {"legal_basis": "Luật chuyên ngành"}
STARTS = (
    Status.REGISTERED,
    Status.ANNOUNCED,
    Status.RECEIVED,
    Status.RECEIVED,
    Status.RESULT_READY,
    Status.WITH_POST,
    Status.UNDELIVERED,
)
STEPS_TO_START = 4  # a day each, at most
ENDED = {Status.REFUSED, Status.WITHDRAWN, Status.DISCONTINUED}
# Beside the moves of the tables: from which statuses, and whose they are.
BESIDE: dict[str, tuple[set[str], set[str]]] = {
    "reappointed": ({"received", "processing"}, {"clerk", "case_officer"}),
    "papers given back": (ENDED, {"clerk"}),
    "papers posted home": (ENDED, {"clerk"}),
    "attempted": ({"with_post", *ENDED}, {"clerk", "postal_clerk"}),
    "on its way": ({"with_post", *ENDED}, {"clerk", "postal_clerk"}),
    "news voided": ({"with_post", *ENDED}, {"clerk", "postal_clerk"}),
    "papers delivered": (ENDED, {"clerk", "postal_clerk"}),
    "papers came back": (ENDED, {"clerk"}),
    "corrected": (set(Status), {"clerk"}),
    "taken back": (set(Status), {"leader", "clerk"}),
}
OFFERS = {name: (rule.sources, rule.roles) for name, rule in RULES.items()} | BESIDE
EARLY_ENDS = {"refused", "withdrawn", "discontinued"}
OF_THE_ITEM = {
    "attempted",
    "on its way",
    "news voided",
    "delivered",
    "came_back",
    "papers delivered",
    "papers came back",
}
REASONS = (Reason.ABSENT, Reason.REFUSED_IT)


@dataclass
class World:
    """An office, its dossiers, the day; and what each dossier had before."""

    office: Office
    draw: Callable[[Any], Any]
    day: date = BEGINNING
    serial: Any = field(default_factory=lambda: count(1))
    codes: dict[int, str] = field(default_factory=dict)

    def choose(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def begin(self) -> Dossier:
        """A dossier on its way by any channel, under any of the clock's rules."""
        procedure = make_procedure(
            self.office,
            processing_time=self.choose(1, 5, 15),
            time_unit=self.choose(*TimeUnit),
            clock_policy=self.choose(*Procedure.ClockPolicy),
        )
        status = self.choose(*STARTS)
        out = self.choose(ReturnChannel.COUNTER, ReturnChannel.PUBLIC_POST)
        if status in BY_POST:
            out = ReturnChannel.PUBLIC_POST
        return dossier_at(
            status, self.office, on=self.day, procedure=procedure, return_channel=out
        )

    def make(self, name: str, dossier: Dossier) -> None:
        person = self.office.people[self.choose(*sorted(OFFERS[name][1]))]
        who = {"by": person, "at": at(self.day, self.choose(9, 15))}
        self.verbs(dossier)[name](**who)

    def verbs(self, dossier: Dossier) -> dict[str, Callable[..., Any]]:
        """What is done for each offer, told who and when."""
        item = dossier.postal_items.filter(leg=Leg.RETURN).order_by("pk").last()
        gives_back = {"gives_back": self.choose(True, False)}
        later = (dossier.due_on or self.day) + timedelta(days=self.choose(1, 2, 7))

        def received(by: Any, at: Any) -> None:
            if dossier.status == Status.ANNOUNCED:
                bring_in(dossier, self.office, at)
            else:
                actions.receive_registered(dossier, by=by, at=at)

        def of(verb: Callable[..., Any], *more: Any, **told: Any) -> Callable[..., Any]:
            return partial(verb, dossier, *more, **told)

        def about(verb: Callable[..., Any], *more: Any) -> Callable[..., Any]:
            return partial(verb, item, *more)

        new = Paper(name="Sổ hộ khẩu", form=RequiredPaper.Form.ORIGINAL)
        out = partial(envelope, next(self.serial), Leg.RETURN)
        kept = {"kept": self.choose((), (1,))}
        return {
            "received": received,
            "processing": of(actions.start_processing),
            "supplement_requested": of(
                actions.request_supplement, **WHY, **self.choose({}, LAW)
            ),
            "supplemented": of(
                actions.receive_supplement, papers=self.choose((), (new,))
            ),
            "payment_requested": of(actions.request_payment, **WHY),
            "paid": of(actions.record_payment),
            "reappointed": of(actions.reappoint, new_date=later, **WHY),
            "result_ready": of(actions.mark_result_ready),
            "handed_to_post": of(actions.hand_to_post, out(), **kept),
            "returned": of(actions.return_result, **kept),
            "refused": of(actions.refuse, **WHY, **gives_back),
            "withdrawn": of(actions.withdraw, **WHY, **gives_back),
            "discontinued": of(actions.discontinue, **WHY, **gives_back),
            "papers given back": of(actions.give_papers_back),
            "papers posted home": of(actions.post_papers_home, out()),
            "attempted": about(actions.record_attempt, self.choose(*REASONS)),
            "on its way": about(actions.record_news, ItemStatus.IN_TRANSIT),
            "news voided": lambda by, at: actions.void_last_news(item, by=by),
            "delivered": about(actions.deliver),
            "came_back": about(actions.come_back),
            "papers delivered": about(actions.deliver),
            "papers came back": about(actions.come_back),
            "corrected": of(
                actions.correct, {"applicant_name": f"Nguyễn {next(self.serial)}"}
            ),
            "taken back": of(actions.take_back, **WHY),
        }


def offers(dossier: Dossier) -> list[str]:
    """What may be done next; what leads on is likelier than what ends early."""
    is_posted = dossier.postal_items.filter(leg=Leg.RETURN).exists()
    names = [
        name
        for name, (sources, _roles) in OFFERS.items()
        if dossier.status in sources
        and (is_posted or name not in OF_THE_ITEM)
        and not (dossier.closed_on and name.startswith("papers"))
    ]
    onward = [x for x in names if x in RULES or x.startswith(("papers", "attempted"))]
    return names + 3 * [name for name in onward if name not in EARLY_ENDS]


def due_date_is_explained(dossier: Dossier) -> None:
    """The intervals follow one another, and the last one made the stored date."""
    intervals = clock.intervals(dossier)
    if dossier.clock_started_on is None:
        assert intervals == []
        return
    assert intervals[0].start == dossier.clock_started_on
    assert intervals[-1].due_on == dossier.due_on
    assert all(interval.still_holds for interval in intervals)
    for one, next_one in pairwise(intervals):
        assert one.start <= one.end <= next_one.start
        assert one.due_on <= next_one.due_on
    last = intervals[-1]
    assert (last.end is None) == (dossier.status in {"received", "processing"})
    if dossier.status in PAUSED:
        assert last.end == dossier.clock_stopped_on


def papers_are_accounted_for(dossier: Dossier) -> None:
    """One holder or one end; nothing is closed over an original."""
    papers = list(dossier.papers.all())
    assert all((x.held_by is None) == (x.outcome != "") for x in papers)
    left = [paper for paper in papers if not paper.outcome]
    originals = [x for x in left if x.form == RequiredPaper.Form.ORIGINAL]
    is_over = dossier.status in {Status.RETURNED, *ENDED}
    assert (dossier.closed_on is not None) == (is_over and not left)
    if dossier.status == Status.RETURNED or dossier.closed_on:
        assert originals == []
    for item in dossier.postal_items.all():
        news = item.events.filter(is_void=False).last()
        # What came with the entry itself has no news of its own.
        assert news is None or news.status == item.status
    if dossier.status == Status.WITH_POST:
        item = dossier.postal_items.order_by("pk").last()
        assert item.status in {"accepted", "in_transit", "attempted"}
        assert {paper.held_by for paper in left} <= {item.post_office}


def codes_are_without_gaps() -> None:
    """Numbers of a day from 1, each given once."""
    codes = Dossier.objects.exclude(code=None).values_list("code", flat=True)
    for series in NumberSeries.objects.filter(kind=NumberSeries.Kind.DOSSIER):
        of_the_day = [x for x in codes if f"-{series.day:%y%m%d}-" in x]
        numbers = sorted(int(code[-4:]) for code in of_the_day)
        assert numbers == list(range(1, series.last + 1))


def figures_balance(world: World) -> None:
    """Carried over + received = finished + outstanding, in any period."""
    days = st.dates(BEGINNING - timedelta(days=3), world.day)
    start, end = sorted((world.draw(days), world.draw(days)))
    figures = counting.count(world.office.agency, free(start, end), today=world.day)
    assert figures.counts.is_balanced


def go_on(world: World, dossier: Dossier) -> None:
    """One step more: made and everything still true, or refused and nothing left."""
    name = world.choose(*offers(dossier))
    note(f"{world.day:%d/%m/%Y} {dossier} is {dossier.status}: {name}")
    due_on, entries = dossier.due_on, dossier.custody.count()
    try:
        with transaction.atomic():
            world.make(name, dossier)
    except DomainError as error:
        event(f"{name}: {type(error).__name__}")
        assert dossier.custody.count() == entries
        dossier.refresh_from_db()
        return
    event(f"{name}: made")
    dossier.refresh_from_db()
    if name in ("supplemented", "paid"):
        assert dossier.due_on >= due_on
    if dossier.code:
        assert world.codes.setdefault(dossier.pk, dossier.code) == dossier.code
    assert dossier.code or dossier.pk not in world.codes
    due_date_is_explained(dossier)
    papers_are_accounted_for(dossier)
    own = Dossier.objects.filter(pk=dossier.pk)
    assert custody.verify(own).breaks == []


@settings(
    max_examples=40,
    deadline=None,
    # A journey that fails is told step by step; making it shorter takes minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
@pytest.mark.django_db
def test_any_journey_keeps_what_must_always_be_true(office, data):
    with transaction.atomic():
        world = World(office, data.draw)
        dossiers = [world.begin() for _ in range(world.choose(1, 2))]
        world.day += timedelta(days=STEPS_TO_START)
        for _ in range(world.draw(st.integers(6, 18))):
            world.day += timedelta(days=world.choose(0, 1, 2, 6))
            go_on(world, world.choose(*dossiers))
        codes_are_without_gaps()
        figures_balance(world)
        assert custody.verify().breaks == []
        transaction.set_rollback(True)
