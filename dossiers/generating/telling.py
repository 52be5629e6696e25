"""One synthetic dossier from its receipt to the present day: rows with real seals.

The rows are what the verbs would have written, in the order of ``tables.COLUMNS``.
"""

from random import Random

from dossiers.generating.envelopes import Envelopes
from dossiers.generating.plans import (
    ENDS,
    GOES_ON,
    LOT,
    READY,
    SENDS,
    STOPS,
    WHO_HAD_THEM,
    Plan,
)
from dossiers.generating.scenery import CLOCK, CLOSES, OPENS, Place, Rule, Scenery
from dossiers.generating.sealing import NOTHING, papers_text, seal_text, state_text
from dossiers.generating.tables import ENTRIES, PAPERS, Rows
from dossiers.statuses import IntakeChannel, Status, Step, WhyNotPost

WHY_NOT = [x.value for x in WhyNotPost]
SAID_WHY_NOT = 0.08
BY_POST = IntakeChannel.PUBLIC_POST.value
RECEIVED, IMPORTED = Status.RECEIVED.value, Step.IMPORTED.value
SENT, BROUGHT = Step.HANDED_TO_POST.value, Step.DELIVERED.value
TAKEN_OVER = "Sổ theo dõi cũ (mẫu)"
TOKEN = 12  # hexadecimal digits of a token that its number leaves to the seed


def tell_day(
    scenery: Scenery, rows: Rows, place: int, first: int, count: int
) -> dict[tuple[int, str], int]:
    """Add the rows of the dossiers received on one working day.

    ``first`` is the number of the first of them among all; the same day of the same
    seed is always told alike. Answers the last running number of each agency.
    """
    day = scenery.days.working[place]
    rng = Random(f"{scenery.seed}/{scenery.days.text[place]}")
    draw = rng.random
    minutes = sorted([OPENS + int(draw() * (CLOSES - OPENS)) for _ in range(count)])
    tellings = [Telling(scenery, rows, rng, x, place) for x in scenery.places]
    last = [x.numbers.get(day, 0) for x in scenery.places]
    heads = [f"{x.identifier_on(day)}-{day:%y%m%d}" for x in scenery.places]
    for number, minute in enumerate(minutes, start=first):
        # The first agency has as much to do as all the others.
        lot = int(draw() * 2 * len(last))
        which = lot if lot < len(last) else 0
        last[which] += 1
        tellings[which].tell(number, f"{heads[which]}-{last[which]:04d}", minute)
    return {
        (x.agency, scenery.days.text[place]): number
        for x, number in zip(scenery.places, last, strict=True)
        if number > x.numbers.get(day, 0)
    }


class Telling:
    """Tells the dossiers of one agency and day, one after the other."""

    __slots__ = (
        "closed",
        "closing",
        "days",
        "draw",
        "due",
        "envelopes",
        "finished",
        "first_entry",
        "held",
        "holders",
        "is_taken_over",
        "outcome",
        "papers",
        "people",
        "pk",
        "place",
        "received",
        "returned",
        "rng",
        "rows",
        "rule",
        "scenery",
        "seal",
        "sequence",
        "status",
        "stopped",
        "token",
    )

    def __init__(
        self, scenery: Scenery, rows: Rows, rng: Random, place: Place, day: int
    ) -> None:
        self.scenery, self.rows, self.rng = scenery, rows, rng
        self.draw, self.days = rng.random, scenery.days
        self.place, self.received = place, day
        self.is_taken_over = day < scenery.live
        # One after the other, so that the index grows at its end.
        self.token = f"{Random(scenery.seed).getrandbits(4 * TOKEN):0{TOKEN}x}"
        # In the order of the hands: the desk, the agency, the post, the applicant.
        self.holders = (place.desk, place.agency, place.post_office, None)
        self.people = (place.clerk, place.officer, place.postal_clerk, place.clerk)

    def tell(self, number: int, code: str, minute: int) -> None:
        """From the receipt on, step by step, as far as the present day."""
        draw, agency, scenery = self.draw, self.place, self.scenery
        plan = LOT[int(draw() * len(LOT))]
        rules = agency.postal_rules if plan.by_post else agency.rules
        # The first procedures of the list are asked for most.
        rule: Rule = rules[int(draw() * draw() * len(rules))]
        person = scenery.people[int(draw() * len(scenery.people))]
        place = self.received
        self.pk = pk = scenery.starts["dossier"] + number
        self.first_entry = scenery.starts["entry"] + number * ENTRIES
        self.rule, self.due = rule, self.days.due(place, rule.days, rule.unit)
        self.sequence, self.seal, self.closing, self.outcome = 0, "", "", ""
        self.finished = self.returned = self.closed = self.stopped = NOTHING
        self.held, self.status = agency.desk, RECEIVED
        if self.is_taken_over:
            self.papers = 0
            self._go(plan, minute)
            self._enter(IMPORTED, place, minute, agency.clerk, TAKEN_OVER)
        else:
            self.papers = len(rule.papers)
            self.envelopes = Envelopes(
                scenery, self.rows, self.rng, agency, person, number, pk
            )
            if plan.intake == BY_POST:
                self.envelopes.arrives(place)
            self._enter(RECEIVED, place, minute, agency.clerk)
            self._go(plan, minute)
            self._put_papers_down(number)
        goes_by_post, why_not = plan.out == BY_POST, ""
        if not goes_by_post and draw() < SAID_WHY_NOT:
            why_not = WHY_NOT[int(draw() * len(WHY_NOT))]
        day = self.days.text[place]
        self.rows["dossier"].append(
            (
                pk,
                code,
                f"{pk:010x}{self.token}",
                agency.agency,
                agency.desk,
                *rule.written,
                *person.written,
                plan.intake,
                plan.out,
                *(person.addressed if goes_by_post else ("", "", "")),
                f"{day} {CLOCK[minute]}",
                day,
                self.days.text[self.due],
                _day(self.stopped),
                self.status,
                _day(self.finished),
                _day(self.returned),
                _day(self.closed),
                why_not,
                self.closing,
                agency.clerk,
                f"{code.lower()} {person.folded}",
                self.seal,
            )
        )

    def _go(self, plan: Plan, minute: int) -> None:
        draw, days = self.draw, self.days
        today, taken_over = self.scenery.today, self.is_taken_over
        place = stopped = self.received
        for step, to, does, least, spread, by, holder, note, by_post, closes in plan[3]:
            before, item = place, None
            if does == READY:
                place = max(place, self._ready_on())
            else:
                place += least + int(draw() * spread)
            if place > today:
                break
            if place == before:
                minute += 1 + int(draw() * 9)
            else:
                minute = OPENS + int(draw() * (CLOSES - OPENS))
            day = days.quoted[place]
            self.status, said = to, note
            if does == READY:
                self.finished = day
            elif does == SENDS:
                if self.returned == NOTHING:
                    self.returned = day
            elif does == STOPS:
                self.stopped, stopped = day, place
            elif does == GOES_ON:
                self.stopped = NOTHING
                self.due = days.resumed(self.rule, self.due, stopped, place)
            elif does == ENDS:
                self.finished, self.stopped, self.closing = day, NOTHING, note
            if by_post and not taken_over:
                said = self._carried(step, place, minute)
                item = self.envelopes.item
            if holder != WHO_HAD_THEM:
                self.held = self.holders[holder]
            if closes:
                self.outcome, self.closed = "returned", day
            if not taken_over:
                self._enter(step, place, minute, self.people[by], said, item)

    def _carried(self, step: str, place: int, minute: int) -> str:
        """What happens to the envelope at a step; the note of its entry."""
        if step == SENT:
            return self.envelopes.posts(place, minute)
        if step == BROUGHT:
            return self.envelopes.delivers(place, minute)
        return self.envelopes.comes_back(place, minute)

    def _ready_on(self) -> int:
        """Three in four early, one in six on the day, the others late."""
        lot = self.draw()
        if lot < 0.75:
            return self.due - 1 - int(self.draw() * min(6, self.rule.days))
        return self.due if lot < 0.92 else self.due + 1 + int(self.draw() * 8)

    def _enter(
        self,
        step: str,
        place: int,
        minute: int,
        by: int,
        note: str = "",
        item: int | None = None,
    ) -> None:
        """The next entry of the log, sealed to the one before."""
        self.sequence = sequence = self.sequence + 1
        day, hour, held = self.days.text[place], CLOCK[minute], self.held
        holder = f'"{self.outcome}"' if self.outcome else held
        state = state_text(
            self.days.quoted[self.received],
            self.stopped,
            self.closed,
            self.closing,
            self.days.quoted[self.due],
            self.finished,
            papers_text(self.papers, holder),
            self.returned,
            self.status,
        )
        previous, moment = self.seal, f"{day} {hour}"
        self.seal = seal_text(
            f"{day}T{hour}+00:00",
            by,
            self.pk,
            NOTHING if held is None else held,
            NOTHING if item is None else item,
            note,
            previous,
            sequence,
            state,
            self.status,
            step,
        )
        self.rows["entry"].append(
            (
                self.first_entry + sequence,
                self.pk,
                sequence,
                step,
                self.status,
                moment,
                by,
                held,
                item,
                state,
                note,
                moment,
                previous,
                self.seal,
            )
        )

    def _put_papers_down(self, number: int) -> None:
        """Its papers, where the last step left them."""
        held = None if self.outcome else self.held
        base = self.scenery.starts["paper"] + number * PAPERS
        pk, outcome = self.pk, self.outcome
        self.rows["paper"] += [
            (base + n, pk, n, name, form, held, outcome)
            for n, (name, form) in enumerate(self.rule.papers, start=1)
        ]


def _day(quoted: str) -> str | None:
    return None if quoted == NOTHING else quoted[1:-1]
