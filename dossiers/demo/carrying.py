"""The way of an envelope that the post has taken: news, attempts, its arrival."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils import timezone

from dossiers import actions
from dossiers.demo.agenda import Journey
from dossiers.demo.meetings import Load, Meetings
from dossiers.demo.mishaps import Mishaps
from dossiers.demo.moments import at
from dossiers.demo.scene import Scene, route_to, seal_of
from dossiers.demo.stories import Story
from dossiers.item_history import attempts
from dossiers.models import PostalItem
from dossiers.postal_statuses import DAYS_BETWEEN_ATTEMPTS, ItemStatus, Reason
from procedures.models import Leg

CENTRE = "Trung tâm Khai thác vận chuyển Bắc Giang"
ABSENT = (Reason.ABSENT, Reason.UNREACHABLE)

# Why the attempts of a story fail, one after the other.
FAILURES: dict[Story, tuple[Reason, ...]] = {
    Story.ABSENT_ONCE: (Reason.ABSENT,),
    Story.ABSENT_TWICE: ABSENT,
    Story.COLLECTED: ABSENT,
    Story.REPOSTED: (Reason.WRONG_ADDRESS,),
}
COMES_BACK = frozenset({Story.COLLECTED, Story.REPOSTED})
# Whoever takes it may have to give something for it.
REMITTED = frozenset({Story.FEES, Story.RECOVERS})
# How often the post needs one, two or three working days, in hundredths.
DAYS_UNDER_WAY = {1: 55, 2: 38, 3: 7}


class Carrier:
    """Carries what the desk has handed over."""

    def __init__(self, scene: Scene, meetings: Meetings) -> None:
        self._scene = scene
        self._meetings = meetings
        self._mishaps = Mishaps(scene)

    def carry(self, number: str, stories: Collection[Story]) -> Journey:
        """From the desk to the recipient; True if it comes back to the desk."""
        item = PostalItem.objects.get(number=number, leg=Leg.RETURN)
        yield from self._set_out(item)
        if Story.SILENT in stories and item.expected_on:
            now = yield from self._mishaps.silence(item)
            yield from self._deliver(item, now + timedelta(hours=3))
            return False
        now = yield from self._to_the_door(item)
        for story, reasons in FAILURES.items():
            for reason in reasons if story in stories else ():
                now = yield from self._fail(item, now, reason)
        if COMES_BACK.intersection(stories):
            yield from self._bring_back(item)
            return True
        yield from self._deliver(item, now + timedelta(minutes=40))
        if REMITTED.intersection(stories):
            meeting = self._meetings.after(now + timedelta(minutes=40))
            meeting.coming.append(Load(number))
        return False

    def _set_out(self, item: PostalItem) -> Journey:
        """In the evening the post weighs it, and sends it on."""
        scene, clerk = self._scene, self._scene.office.postal_clerk
        evening = at(item.posted_on, 17, scene.rng.randrange(5, 55))
        yield evening
        receipt = f"BG-{item.posted_on:%y%m%d}-{item.number[8:10]}"
        facts = {
            "postage_dong": scene.postage(),
            "proof_of_posting": receipt,
            "route": route_to(item.recipient_address),
        }
        actions.correct_item(item, facts, by=clerk, at=evening)
        self._tell(item, ItemStatus.IN_TRANSIT, evening, place=CENTRE)

    def _to_the_door(self, item: PostalItem) -> Journey:
        days = list(DAYS_UNDER_WAY)
        taken = self._scene.rng.choices(days, list(DAYS_UNDER_WAY.values()))[0]
        day = self._scene.calendar.add_working_days(item.posted_on, taken)
        morning = at(day, 7, self._scene.rng.randrange(30, 60))
        yield morning
        place = f"Bưu cục {_district(item)}"
        self._tell(item, ItemStatus.OUT_FOR_DELIVERY, morning, place=place)
        return self._on_the_round(day)

    def _fail(self, item: PostalItem, now: datetime, reason: Reason) -> Journey:
        """An attempt fails; the answer is when the next one is made."""
        yield now
        actions.record_attempt(item, reason, by=self._scene.office.postal_clerk, at=now)
        day = self._scene.hours.working_day(
            timezone.localdate(now), DAYS_BETWEEN_ATTEMPTS, DAYS_BETWEEN_ATTEMPTS + 1
        )
        return self._on_the_round(day)

    def _bring_back(self, item: PostalItem) -> Journey:
        """Instead of another attempt it goes back, and comes with the postman."""
        last, _reason = attempts(item)[-1]
        evening = at(last, 17, 30)
        yield evening
        self._tell(item, ItemStatus.COMING_BACK, evening)
        meeting = self._meetings.after(evening)
        seal = {"seal_number": seal_of(item.number)}
        meeting.coming.append(Load(item.number, facts=seal))
        yield meeting.over

    def _deliver(self, item: PostalItem, now: datetime) -> Journey:
        yield now
        dossier = item.dossiers.order_by("pk").first()
        actions.deliver(
            item,
            by=self._scene.office.postal_clerk,
            at=now,
            to=dossier.representative_name,
        )

    def _tell(
        self, item: PostalItem, status: ItemStatus, moment: datetime, place: str = ""
    ) -> None:
        clerk = self._scene.office.postal_clerk
        actions.record_news(item, status, by=clerk, at=moment, place=place)

    def _on_the_round(self, day: date) -> datetime:
        return at(day, self._scene.rng.randint(9, 15), self._scene.rng.randrange(60))


def _district(item: PostalItem) -> str:
    """The district of an address of the demo: the part before the province."""
    return item.recipient_address.rsplit(", ", 2)[1]
