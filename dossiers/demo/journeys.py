"""Takes every planned dossier through the real actions, on its own days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from django.utils import timezone

from dossiers import actions
from dossiers.demo.counts import CUT_OFF, Fate
from dossiers.demo.organisations import Office
from dossiers.demo.people import Applicant, People
from dossiers.demo.plan import Receipt
from dossiers.item_numbers import check_digit
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.statuses import IntakeChannel, ReturnChannel
from procedures.models import Leg, Procedure, RequiredPaper
from procedures.working_days import WorkingCalendar

# Later receipts are forwarded the next working day (NĐ 61/2018, Điều 18 khoản 2).
FORWARDING_ENDS = time(15, 0)
# The first paper, the request itself, stays on file.
KEPT = (1,)

REFUSALS = (
    "Nội dung đề nghị không thuộc thẩm quyền giải quyết của Sở Nội vụ",
    "Hồ sơ thiếu văn bản đề nghị của cơ quan quản lý",
    "Đối tượng không đủ điều kiện theo quy định",
)
WITHDRAWALS = (
    "Đơn vị xin rút hồ sơ để hoàn thiện lại đề án",
    "Người nộp xin rút hồ sơ, sẽ nộp lại sau",
)


@dataclass
class Diary:
    """Enters dossiers one after another; the same ones from the same ``rng``."""

    office: Office
    calendar: WorkingCalendar
    procedures: Mapping[tuple[str, date], Procedure]
    rng: Random
    people: People = field(init=False)
    papers: dict[int, list[RequiredPaper]] = field(init=False)
    serials: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        """Make the applicants ready, and the lists of papers."""
        self.people = People(self.rng)
        self.papers = {}
        for paper in RequiredPaper.objects.filter(
            procedure__in=self.procedures.values()
        ).order_by("procedure", "position"):
            self.papers.setdefault(paper.procedure_id, []).append(paper)

    def enter(self, receipt: Receipt) -> None:
        """Receive a dossier and take it to its end."""
        dossier = self._receive(receipt)
        if receipt.fate == Fate.REFUSED:
            actions.refuse(
                dossier,
                reason=self.rng.choice(REFUSALS),
                by=self.office.clerk,
                at=self._later(receipt.at, 1, 2),
            )
            return
        handed_over = self._forwarding(receipt.at)
        actions.start_processing(dossier, by=self.office.officer, at=handed_over)
        if receipt.fate == Fate.WITHDRAWN:
            actions.withdraw(
                dossier,
                reason=self.rng.choice(WITHDRAWALS),
                by=self.office.clerk,
                at=self._later(handed_over, 1, 2),
            )
            return
        finished = self._moment(self._finish_day(dossier, receipt.fate, handed_over))
        actions.mark_result_ready(dossier, by=self.office.officer, at=finished)
        if receipt.fate != Fate.NOT_COLLECTED:
            self._return(dossier, finished)

    def _receive(self, receipt: Receipt) -> Dossier:
        day = timezone.localdate(receipt.at)
        version = receipt.row.version(day)
        procedure = self.procedures[receipt.row.code, version.start]
        applicant = self.people.applicant(receipt.row.asks)
        item = None
        if receipt.intake == IntakeChannel.PUBLIC_POST:
            posted_on = day - timedelta(days=self.rng.randint(1, 3))
            item = self._item(Leg.INTAKE, posted_on, day)
        return actions.receive(
            _draft(receipt, procedure, applicant),
            by=self.office.clerk,
            at=receipt.at,
            papers=self._papers(procedure),
            item=item,
        )

    def _papers(self, procedure: Procedure) -> list[Paper]:
        return [
            Paper(
                name=paper.name,
                form=paper.form,
                quantity=paper.quantity,
                sheets=self.rng.randint(1, 6),
            )
            for paper in self.papers[procedure.pk]
        ]

    def _return(self, dossier: Dossier, finished: datetime) -> None:
        item = None
        if dossier.return_channel == ReturnChannel.PUBLIC_POST:
            at = self._later(finished, 0, 2)
            posted_on = timezone.localdate(at)
            item = self._item(Leg.RETURN, posted_on, self._working_day(posted_on, 1, 4))
        elif dossier.return_channel == ReturnChannel.ONLINE:
            at = self._later(finished, 0, 0)
        else:
            at = self._later(finished, 0, 5)
        actions.return_result(
            dossier, by=self.office.clerk, at=at, kept=KEPT, item=item
        )

    def _item(self, leg: Leg, posted_on: date, delivered_on: date) -> PostalItem:
        """An envelope whose number is of the empty range 9900 0000."""
        serial = f"9900{next(self.serials):04d}"
        return PostalItem(
            number=f"EA{serial}{check_digit(serial)}VN",
            leg=leg,
            posted_on=posted_on,
            delivered_on=delivered_on,
            postage_dong=self.rng.randrange(26_000, 35_500, 500),
        )

    def _finish_day(self, dossier: Dossier, fate: Fate, handed_over: datetime) -> date:
        if fate == Fate.ON_TIME:
            return dossier.due_on
        if fate == Fate.LATE:
            return self._working_day(dossier.due_on, 1, 6)
        if fate == Fate.LEFT_OVER:
            return self._working_day(CUT_OFF, 1, 4)
        days = self._days_between(timezone.localdate(handed_over), dossier.due_on)
        return self.rng.choice(days[len(days) // 2 :])

    def _days_between(self, start: date, end: date) -> list[date]:
        """The working days after ``start`` and before ``end``."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days))
        return [day for day in days if self.calendar.is_working_day(day)]

    def _working_day(self, start: date, least: int, most: int) -> date:
        return self.calendar.add_working_days(start, self.rng.randint(least, most))

    def _later(self, moment: datetime, least: int, most: int) -> datetime:
        """A moment some working days later; on the same day, a while later."""
        day = self._working_day(timezone.localdate(moment), least, most)
        a_while_later = moment + timedelta(minutes=self.rng.randint(5, 25))
        return max(self._moment(day), a_while_later)

    def _moment(self, day: date) -> datetime:
        hour = time(self.rng.choice((8, 9, 10, 14, 15)), self.rng.randrange(60))
        return timezone.make_aware(datetime.combine(day, hour))

    def _forwarding(self, received_at: datetime) -> datetime:
        if timezone.localtime(received_at).time() < FORWARDING_ENDS:
            return received_at + timedelta(minutes=self.rng.randint(10, 60))
        day = self.calendar.add_working_days(timezone.localdate(received_at), 1)
        return timezone.make_aware(
            datetime.combine(day, time(7, self.rng.randint(35, 55)))
        )


def _draft(receipt: Receipt, procedure: Procedure, applicant: Applicant) -> Dossier:
    draft = Dossier(
        procedure=procedure,
        received_at=receipt.at,
        intake_channel=receipt.intake,
        return_channel=receipt.returned,
        applicant_kind=applicant.kind,
        applicant_name=applicant.name,
        applicant_id_number=applicant.id_number,
        applicant_phone=applicant.phone,
        applicant_email=applicant.email,
        applicant_address=applicant.address,
        representative_name=applicant.representative,
    )
    if receipt.returned == ReturnChannel.PUBLIC_POST:
        draft.return_name = applicant.name
        draft.return_phone = applicant.phone
        draft.return_address = applicant.address
    return draft
