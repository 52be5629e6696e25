"""Takes every planned dossier through the real actions, on its own days."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from dossiers import actions
from dossiers.demo.agenda import Journey
from dossiers.demo.counts import CUT_OFF, Fate
from dossiers.demo.entering import Entry
from dossiers.demo.interrupting import Interruptions
from dossiers.demo.meetings import Meetings
from dossiers.demo.mishaps import Mishaps
from dossiers.demo.moments import at
from dossiers.demo.scene import Scene
from dossiers.demo.sending import KEPT, Sending
from dossiers.demo.stories import Receipt, Story
from dossiers.models import Dossier
from dossiers.statuses import ReturnChannel
from procedures.models import Procedure, RequiredPaper

# Later receipts are forwarded the next working day (NĐ 61/2018, Điều 18 khoản 2).
FORWARDING_ENDS = time(15, 0)

REFUSALS = (
    "Nội dung đề nghị không thuộc thẩm quyền giải quyết của Sở Nội vụ",
    "Hồ sơ thiếu văn bản đề nghị của cơ quan quản lý",
    "Đối tượng không đủ điều kiện theo quy định",
)
WITHDRAWALS = (
    "Đơn vị xin rút hồ sơ để hoàn thiện lại đề án",
    "Người nộp xin rút hồ sơ, sẽ nộp lại sau",
)


class Diary:
    """Tells the journeys of dossiers; the same ones from the same lot."""

    def __init__(
        self, scene: Scene, procedures: Mapping[tuple[str, date], Procedure]
    ) -> None:
        self._scene = scene
        self._hours = scene.hours
        meetings = Meetings(scene)
        self._entry = Entry(scene, meetings, procedures)
        self._interruptions = Interruptions(scene, meetings)
        self._sending = Sending(scene, meetings)
        self._mishaps = Mishaps(scene)

    def journey(self, receipt: Receipt) -> Journey:
        """One dossier from its beginning to its end."""
        office, rng = self._scene.office, self._scene.rng
        dossier = yield from self._entry.come_in(receipt)
        self._report(dossier, receipt)
        if receipt.fate == Fate.REFUSED:
            now = self._hours.later(receipt.at, 1, 2)
            yield now
            reason = rng.choice(REFUSALS)
            actions.refuse(dossier, reason=reason, by=office.clerk, at=now)
            return
        now = self._forwarding(receipt.at)
        yield now
        dossier = actions.start_processing(dossier, by=office.officer, at=now)
        if Story.DISCONTINUED in receipt.stories:
            yield from self._interruptions.discontinue(dossier, now)
        elif receipt.fate == Fate.WITHDRAWN:
            yield from self._withdraw(dossier, receipt, now)
        else:
            now = yield from self._work(dossier, receipt, now)
            yield from self._hand_out(dossier, receipt, now)

    def _report(self, dossier: Dossier, receipt: Receipt) -> None:
        """What was found out when the envelope was opened goes its own way."""
        start = self._scene.agenda.add
        if Story.SEAL in receipt.stories:
            start(self._mishaps.other_seal(dossier, receipt.at))
        if Story.LOST in receipt.stories:
            originals = dossier.papers.filter(form=RequiredPaper.Form.ORIGINAL)
            start(self._mishaps.loss(dossier, originals.last().position, receipt.at))
        if Story.DAMAGED in receipt.stories:
            start(self._mishaps.damage(dossier, receipt.at))

    def _withdraw(self, dossier: Dossier, receipt: Receipt, now: datetime) -> Journey:
        """The papers go back over the counter, or home with the post."""
        by_post = receipt.is_by_post
        now = self._hours.later(now, 1, 2)
        yield now
        actions.withdraw(
            dossier,
            reason=self._scene.rng.choice(WITHDRAWALS),
            by=self._scene.office.clerk,
            at=now,
            gives_back=not by_post,
        )
        if by_post:
            yield from self._sending.send(dossier, receipt, now)

    def _work(self, dossier: Dossier, receipt: Receipt, now: datetime) -> Journey:
        """Until the result is ready; the answer is that moment."""
        if Story.SUPPLEMENT in receipt.stories:
            now = yield from self._interruptions.supplement(dossier, now)
            now = self._forwarding(now)
            yield now
            actions.start_processing(dossier, by=self._scene.office.officer, at=now)
        if Story.PAYMENT in receipt.stories:
            now = yield from self._interruptions.payment(dossier, now)
        dossier.refresh_from_db()
        finish_on = self._finish_day(dossier, receipt.fate, now)
        if Story.APOLOGY in receipt.stories:
            yield from self._interruptions.apology(dossier, finish_on, now)
        finished = self._hours.on(finish_on)
        yield finished
        actions.mark_result_ready(dossier, by=self._scene.office.officer, at=finished)
        return finished

    def _hand_out(self, dossier: Dossier, receipt: Receipt, now: datetime) -> Journey:
        if receipt.fate == Fate.NOT_COLLECTED:
            return
        if receipt.returned == ReturnChannel.PUBLIC_POST:
            yield from self._sending.send(dossier, receipt, now)
            return
        most = 0 if receipt.returned == ReturnChannel.ONLINE else 5
        now = self._hours.later(now, 0, most)
        yield now
        actions.return_result(dossier, by=self._scene.office.clerk, at=now, kept=KEPT)

    def _finish_day(self, dossier: Dossier, fate: Fate, begun: datetime) -> date:
        if fate == Fate.ON_TIME:
            return dossier.due_on
        if fate == Fate.LATE:
            return self._hours.working_day(dossier.due_on, 1, 6)
        if fate == Fate.LEFT_OVER:
            return self._hours.working_day(CUT_OFF, 1, 4)
        days = self._hours.days_between(timezone.localdate(begun), dossier.due_on)
        return self._scene.rng.choice(days[len(days) // 2 :])

    def _forwarding(self, received_at: datetime) -> datetime:
        """When what was received reaches the case officer."""
        if timezone.localtime(received_at).time() < FORWARDING_ENDS:
            return received_at + timedelta(minutes=self._scene.rng.randint(10, 60))
        day = self._scene.calendar.add_working_days(timezone.localdate(received_at), 1)
        return at(day, 7, self._scene.rng.randint(35, 55))
