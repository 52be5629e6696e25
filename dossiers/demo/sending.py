"""How results, and papers that go home, leave the desk with the postman."""

from datetime import datetime, timedelta
from typing import Any

from dossiers import actions
from dossiers.demo.agenda import Journey
from dossiers.demo.carrying import Carrier
from dossiers.demo.meetings import Load, Meeting, Meetings
from dossiers.demo.scene import Scene, seal_of
from dossiers.demo.stories import Receipt, Story
from dossiers.models import Dossier

# The first paper, the request itself, stays on file.
KEPT = (1,)

# What is written on the line of a result, for its story.
FACTS: dict[Story, dict[str, Any]] = {
    Story.FEES: {"fees_dong": 30_000, "note": "Thu hộ chi phí sao lục quyết định"},
    Story.RECOVERS: {"recovers": "Quyết định xếp lương cũ (bản chính)"},
}
UNSEALED = "Bì chưa đóng dấu niêm phong, lấy lại để đóng gói; giao lần sau"
FETCHED = "Người nhận đến nhận tại Bộ phận Một cửa"
MOVED_TO = "Khu trung tâm hành chính mới, "


class Sending:
    """Packs envelopes and waits for what becomes of them."""

    def __init__(self, scene: Scene, meetings: Meetings) -> None:
        self._scene = scene
        self._meetings = meetings
        self._carrier = Carrier(scene, meetings)
        self._waiting: list[Load] = []

    def send(self, dossier: Dossier, receipt: Receipt, now: datetime) -> Journey:
        """With the next meeting; what comes back is fetched, or sent once more."""
        stories = receipt.stories
        load = self._pack(dossier, receipt)
        if Story.TOGETHER in stories and not self._waiting:
            self._waiting.append(load)
            return  # it goes with the other one, in the same envelope
        loads = [load]
        if Story.TOGETHER in stories:
            first = self._waiting.pop()
            first.envelope = load.envelope
            loads = [first, load]
        meeting = yield from self._hand_over(loads, now)
        if Story.CANCELLED in stories:
            self._cancel(dossier, meeting)
            yield from self._hand_over(loads, meeting.over)
        came_back = yield from self._carrier.carry(load.envelope, stories)
        if came_back and Story.REPOSTED in stories:
            yield from self._once_more(dossier)
        elif came_back:
            now = self._scene.hours.later(self._last_moment(dossier), 2, 4)
            yield now
            clerk = self._scene.office.clerk
            actions.return_result(dossier, by=clerk, at=now, note=FETCHED)

    def _pack(self, dossier: Dossier, receipt: Receipt) -> Load:
        number = self._scene.item_number()
        facts: dict[str, Any] = {"seal_number": seal_of(number), "kept": list(KEPT)}
        for story, more in FACTS.items():
            if story in receipt.stories:
                facts |= more
        return Load(dossier.reference, envelope=number, facts=facts)

    def _hand_over(self, loads: list[Load], now: datetime) -> Journey:
        """Wait for the next meeting, which is the answer once it is over."""
        meeting = self._meetings.after(now)
        meeting.going += loads
        yield meeting.over
        return meeting

    def _cancel(self, dossier: Dossier, meeting: Meeting) -> None:
        """Before the postman has left, the desk finds the envelope unsealed."""
        line = meeting.minutes_out.lines.get(dossier=dossier, cancels=None)
        actions.cancel_line(
            meeting.minutes_out,
            line.position,
            reason=UNSEALED,
            by=self._scene.office.clerk,
            at=meeting.over,
        )

    def _once_more(self, dossier: Dossier) -> Journey:
        """To a better address, in another envelope."""
        clerk = self._scene.office.clerk
        now = self._last_moment(dossier) + timedelta(minutes=20)
        yield now
        dossier.refresh_from_db()
        address = dossier.return_address
        mended = {"return_address": f"{MOVED_TO}{address[0].lower()}{address[1:]}"}
        actions.correct(dossier, mended, by=clerk, at=now)
        number = self._scene.item_number()
        facts = {"seal_number": seal_of(number)}
        load = Load(dossier.reference, envelope=number, facts=facts)
        yield from self._hand_over([load], now)
        yield from self._carrier.carry(number, ())

    def _last_moment(self, dossier: Dossier) -> datetime:
        return dossier.custody.order_by("-sequence").first().at
