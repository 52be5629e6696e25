"""The envelopes of a synthetic dossier, and what becomes of them on the way."""

from dataclasses import dataclass
from random import Random
from typing import Any

from dossiers.generating.scenery import CLOCK, OPENS, Person, Place, Scenery
from dossiers.generating.tables import COLUMNS, EVENTS, ITEMS, Rows
from dossiers.item_numbers import check_digit
from dossiers.postal_statuses import ItemStatus, Reason
from procedures.models import Leg

SERVICE = "EY"  # first letters of item numbers that nobody else's have
TRANSIT_DAYS, BETWEEN_ATTEMPTS = 2, 2
CHEAPEST, STEP_OF_POSTAGE, POSTAGES = 26_000, 500, 19
INTAKE, RETURN = Leg.INTAKE.value, Leg.RETURN.value
ACCEPTED, ATTEMPTED = ItemStatus.ACCEPTED.value, ItemStatus.ATTEMPTED.value
DELIVERED, CAME_BACK = ItemStatus.DELIVERED.value, ItemStatus.CAME_BACK.value
ABSENT = Reason.ABSENT.value
PLACES = {name: place for place, name in enumerate(COLUMNS["item"])}


@dataclass(slots=True)
class Envelopes:
    """Those of one dossier; every method adds to ``rows``. ``item`` is the last."""

    scenery: Scenery
    rows: Rows
    rng: Random
    place: Place
    person: Person
    number: int
    pk: int
    items: int = 0
    events: int = 0
    item: int | None = None

    def arrives(self, place: int) -> None:
        """The envelope the dossier came in."""
        text = self.scenery.days.text
        posted = max(0, place - 1)
        self._carry(INTAKE, DELIVERED, posted, delivered=text[place])

    def posts(self, place: int, minute: int) -> str:
        """The envelope it goes out in; how that ends is written over it later."""
        number = self._carry(RETURN, ACCEPTED, place)
        self._news(ACCEPTED, place, minute, by=self.place.clerk)
        return number

    def delivers(self, place: int, minute: int) -> str:
        """The applicant has it; the note of the entry says who took it."""
        self._news(DELIVERED, place, minute, by=self.place.postal_clerk)
        name = self.person.name
        self._rewrite(
            status=DELIVERED,
            news_due_on=None,
            delivered_on=self.scenery.days.text[place],
            delivered_to=name,
        )
        return f"{self._number()}: {name}"

    def comes_back(self, place: int, minute: int) -> str:
        """Two attempts two working days apart, then the way back."""
        second = place - 1
        for day in (second - BETWEEN_ATTEMPTS, second):
            by = self.place.postal_clerk
            self._news(ATTEMPTED, day, OPENS + 60, by=by, reason=ABSENT)
        self._news(CAME_BACK, place, minute, by=self.place.clerk)
        self._rewrite(status=CAME_BACK, news_due_on=None)
        return self._number()

    def _carry(
        self, leg: str, status: str, posted: int, *, delivered: str | None = None
    ) -> str:
        person, text = self.person, self.scenery.days.text
        expected, is_out = text[posted + TRANSIT_DAYS], leg == RETURN
        pk = self.scenery.starts["item"] + self.number * ITEMS + self.items
        self.items, self.item = self.items + 1, pk
        serial = f"{pk % 100_000_000:08d}"
        number = f"{SERVICE}{serial}{check_digit(serial)}VN"
        self.rows["item"].append(
            (
                pk,
                number,
                leg,
                self.place.post_office,
                status,
                person.name if is_out else "",
                person.phone if is_out else "",
                person.address if is_out else "",
                text[posted],
                expected,
                expected if is_out else None,
                delivered,
                "",
                CHEAPEST + STEP_OF_POSTAGE * int(self.rng.random() * POSTAGES),
            )
        )
        self.rows["carried"].append((pk, pk, self.pk))
        return number

    def _number(self) -> str:
        return str(self.rows["item"][-1][PLACES["number"]])

    def _rewrite(self, **values: Any) -> None:
        """The item as the last news leaves it."""
        row = list(self.rows["item"][-1])
        for name, value in values.items():
            row[PLACES[name]] = value
        self.rows["item"][-1] = tuple(row)

    def _news(
        self, status: str, place: int, minute: int, *, by: int, reason: str = ""
    ) -> None:
        pk = self.scenery.starts["event"] + self.number * EVENTS + self.events
        self.events += 1
        at = f"{self.scenery.days.text[place]} {CLOCK[minute]}"
        self.rows["event"].append((pk, self.item, status, reason, at, by, at))
