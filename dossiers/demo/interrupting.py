"""What stops the work on a dossier for a while, or for good."""

from datetime import date, datetime

from django.utils import timezone

from dossiers import actions
from dossiers.demo.agenda import Journey
from dossiers.demo.meetings import Load, Meetings
from dossiers.demo.moments import at
from dossiers.demo.scene import Scene
from dossiers.models import Dossier, Paper
from dossiers.statuses import IntakeChannel
from procedures.models import RequiredPaper

Form = RequiredPaper.Form

# Working days that the applicant is given to answer.
ANSWER_WITHIN = 8

# Why, and what is asked for: the name of the paper and its form.
SUPPLEMENTS = (
    (
        "Văn bằng nộp kèm chưa được chứng thực.",
        "Văn bằng, chứng chỉ chuyên môn",
        Form.CERTIFIED_COPY,
    ),
    (
        "Sơ yếu lý lịch chưa có xác nhận của cơ quan có thẩm quyền.",
        "Sơ yếu lý lịch có xác nhận trong thời hạn 6 tháng",
        Form.ORIGINAL,
    ),
    (
        "Chưa có tài liệu chứng minh thời gian đóng bảo hiểm xã hội.",
        "Tờ khai quá trình đóng bảo hiểm xã hội có xác nhận",
        Form.COPY,
    ),
)
PAYMENT = (
    "Phí khai thác, sử dụng tài liệu lưu trữ theo Thông tư số 275/2016/TT-BTC: "
    "60.000 đồng"
)
PAID = "Biên lai thu phí tại Bộ phận Một cửa"
NOT_SUPPLEMENTED = "Quá thời hạn bổ sung mà người nộp không hoàn thiện hồ sơ"
APOLOGIES = (
    "Phải lấy thêm ý kiến của cơ quan phối hợp, chưa có văn bản trả lời",
    "Lãnh đạo phụ trách đi công tác, chưa ký được kết quả",
)


class Interruptions:
    """Stops clocks and starts them again."""

    def __init__(self, scene: Scene, meetings: Meetings) -> None:
        self._scene = scene
        self._hours = scene.hours
        self._meetings = meetings

    def supplement(self, dossier: Dossier, now: datetime) -> Journey:
        """Asked for and completed; the answer is when it was complete."""
        now, name, form = yield from self._ask(dossier, now)
        now = self._hours.later(now, 3, ANSWER_WITHIN - 3)
        yield now
        if dossier.intake_channel == IntakeChannel.PUBLIC_POST:
            meeting = self._meetings.after(now)
            meeting.coming.append(Load(dossier.reference))
            yield meeting.over
            return meeting.at
        actions.receive_supplement(
            dossier,
            by=self._scene.office.clerk,
            at=now,
            papers=[Paper(name=name, form=form)],
            note="Người nộp bổ sung tại Bộ phận Một cửa",
        )
        return now

    def discontinue(self, dossier: Dossier, now: datetime) -> Journey:
        """Asked for, never brought: the work ends."""
        now, _name, _form = yield from self._ask(dossier, now)
        last = self._answer_by(now)
        now = self._hours.on(self._hours.working_day(last, 1, 2))
        yield now
        actions.discontinue(
            dossier,
            reason=NOT_SUPPLEMENTED,
            number=self._letter("TB-SNV"),
            by=self._scene.office.officer,
            at=now,
        )

    def _ask(self, dossier: Dossier, now: datetime) -> Journey:
        # Within three working days of receipt (NĐ 61/2018, Điều 19 khoản 4).
        now = self._hours.later(now, 1, 2)
        yield now
        reason, name, form = self._scene.rng.choice(SUPPLEMENTS)
        actions.request_supplement(
            dossier,
            by=self._scene.office.officer,
            at=now,
            reason=reason,
            papers=[{"name": name, "form": form.value, "quantity": 1}],
            answer_by=self._answer_by(now),
            number=self._letter("HDHS"),
        )
        return now, name, form

    def payment(self, dossier: Dossier, now: datetime) -> Journey:
        """Asked for and paid; the answer is when it was paid."""
        now = self._hours.later(now, 0, 0)
        yield now
        actions.request_payment(
            dossier, by=self._scene.office.officer, at=now, reason=PAYMENT
        )
        now = self._hours.later(now, 1, 2)
        yield now
        actions.record_payment(dossier, by=self._scene.office.clerk, at=now, note=PAID)
        return now

    def apology(self, dossier: Dossier, new_date: date, begun: datetime) -> Journey:
        """On the last working day before it is due, a new date is promised."""
        day = self._hours.working_day_before(dossier.due_on)
        now = max(at(day, 10, 30), begun)
        yield now
        actions.reappoint(
            dossier,
            new_date=new_date,
            reason=self._scene.rng.choice(APOLOGIES),
            number=self._letter("PXL-SNV"),
            by=self._scene.office.officer,
            at=now,
        )

    def _answer_by(self, asked: datetime) -> date:
        day = timezone.localdate(asked)
        return self._scene.calendar.add_working_days(day, ANSWER_WITHIN)

    def _letter(self, symbol: str) -> str:
        return f"{next(self._scene.letters):02d}/{symbol}"
