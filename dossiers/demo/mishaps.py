"""What goes wrong in the demo, and how it is followed up to its end."""

from datetime import datetime, timedelta

from django.utils import timezone

from dossiers import actions
from dossiers.demo.agenda import Journey
from dossiers.demo.scene import Scene
from dossiers.models import Dossier, Incident, PostalItem
from dossiers.postal_statuses import ItemStatus, Party
from procedures.models import Leg, RequiredPaper

Kind, Outcome = Incident.Kind, Incident.Outcome

NOT_THERE = "Đếm thiếu 01 bản chính so với phiếu gửi; mép phong bì bị bong."
LOST = "Bản chính không có trong phong bì khi hai bên mở kiểm đếm."
FOUND = (
    "Tìm thấy trong túi thư tại Trung tâm Khai thác vận chuyển Bắc Giang; bưu tá đã "
    "giao lại Bộ phận Một cửa, hai bên ký nhận."
)
SEAL = "Bưu cục ghi nhầm thứ tự hai chữ số khi đóng gói; niêm phong còn nguyên, đủ giấy tờ."
DAMAGED = "Phong bì bị ướt, một bản sao chứng thực bị nhòe dấu."
MISROUTED = "Bưu gửi bị chia nhầm tuyến, nằm tại bưu cục khác; xin lỗi và phát bù."
PAID_BACK = (
    "Bưu điện đã hoàn cước cho người sử dụng dịch vụ do quá thời gian toàn trình."
)


class Mishaps:
    """Reports incidents and follows them, each as a journey of its own."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._clerk = scene.office.clerk

    def silence(self, item: PostalItem) -> Journey:
        """No news: a case, a complaint, an answer; the item is then on its round."""
        hours, clerk = self._scene.hours, self._clerk
        now = hours.on(hours.working_day(item.expected_on, 2, 2))
        yield now
        case = actions.open_silence_case(item, by=clerk, at=now)
        now = yield from self._complain(case, now)
        now = hours.later(now, 3, 4)
        yield now
        item.refresh_from_db()
        answer = {
            "answered_on": timezone.localdate(now),
            "answer": MISROUTED,
            "liable": Party.POST,
            "liability_basis": "Văn bản trả lời khiếu nại của Bưu điện tỉnh",
            "compensation_due_dong": item.postage_dong,
        }
        actions.follow_up(case, answer, by=clerk, at=now)
        actions.record_news(
            item, ItemStatus.AT_OFFICE, by=self._scene.office.postal_clerk, at=now
        )
        self._scene.agenda.add(self._paid_back(case, item.postage_dong, now))
        return now

    def _paid_back(self, case: Incident, dong: int, now: datetime) -> Journey:
        now = self._scene.hours.later(now, 5, 8)
        yield now
        paid = {
            "compensation_paid_dong": dong,
            "compensation_paid_on": timezone.localdate(now),
        }
        actions.follow_up(case, paid, by=self._clerk, at=now)
        self._resolve(case, Outcome.COMPENSATED, PAID_BACK, now)

    def loss(self, dossier: Dossier, paper: int, now: datetime) -> Journey:
        """An original was not in the envelope; the post finds it again."""
        now += timedelta(minutes=20)
        yield now
        incident = actions.report_incident(
            Kind.LOST,
            by=self._clerk,
            at=now,
            found_out_on=timezone.localdate(now),
            description=LOST,
            dossier=dossier,
            item=dossier.postal_items.get(leg=Leg.INTAKE),
            papers=[paper],
            liable=Party.POST,
        )
        now = yield from self._complain(incident, now)
        now = self._scene.hours.later(now, 2, 3)
        yield now
        answer = {"answered_on": timezone.localdate(now), "answer": FOUND}
        actions.follow_up(incident, answer, by=self._clerk, at=now)
        actions.resolve_incident(
            incident,
            Outcome.FOUND,
            by=self._clerk,
            at=now,
            resolution=FOUND,
            holder=self._scene.office.desk,
        )
        counted = dossier.incidents.get(kind=Kind.COUNT)
        actions.follow_up(counted, {"liable": Party.POST}, by=self._clerk, at=now)
        self._resolve(counted, Outcome.FOUND, FOUND, now)

    def other_seal(self, dossier: Dossier, now: datetime) -> Journey:
        """The seal read at opening is another one: explained the next day."""
        now = self._scene.hours.later(now, 1, 1)
        yield now
        incident = dossier.incidents.get(kind=Kind.SEAL)
        known = {"liable": Party.POST, "liability_basis": "Sổ đóng gói của bưu cục"}
        actions.follow_up(incident, known, by=self._clerk, at=now)
        self._resolve(incident, Outcome.EXPLAINED, SEAL, now)

    def damage(self, dossier: Dossier, now: datetime) -> Journey:
        """A paper came wet; how it ends lies beyond the demo."""
        now += timedelta(minutes=15)
        yield now
        wet = dossier.papers.filter(form=RequiredPaper.Form.CERTIFIED_COPY).first()
        incident = actions.report_incident(
            Kind.DAMAGED,
            by=self._clerk,
            at=now,
            found_out_on=timezone.localdate(now),
            description=DAMAGED,
            dossier=dossier,
            item=dossier.postal_items.get(leg=Leg.INTAKE),
            papers=[wet.position],
        )
        yield from self._complain(incident, now)

    def _complain(self, incident: Incident, now: datetime) -> Journey:
        now = self._scene.hours.later(now, 1, 1)
        yield now
        sent = {"complained_on": timezone.localdate(now)}
        actions.follow_up(incident, sent, by=self._clerk, at=now)
        return now

    def _resolve(
        self, incident: Incident, outcome: Outcome, words: str, now: datetime
    ) -> None:
        actions.resolve_incident(
            incident, outcome, by=self._clerk, at=now, resolution=words
        )
