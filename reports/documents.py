"""What a report on paper is made of, pure: its head, its periods, its list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from postal_tthc.lib.letterheads import Letterhead, day_in_words
from reports.figures import Figures
from reports.periods import Period

TITLE = "BÁO CÁO"
ABSTRACT = (
    "Kết quả tiếp nhận hồ sơ, trả kết quả giải quyết thủ tục hành chính "
    "qua dịch vụ bưu chính công ích"
)
WHOLE = "Cả kỳ"


@dataclass(frozen=True)
class Heading:
    """The head of an official paper (NĐ 30/2020/NĐ-CP, Phụ lục I).

    ``agency_above`` is empty for a people's committee, which has none above. Number
    and day are None until the clerical office has given them.
    """

    agency_above: str
    agency: str
    symbol: str
    place: str
    year: int
    given: int | None = None
    day: date | None = None

    @property
    def number(self) -> str:
        """Number and symbol; the number is written in after signing."""
        number = f" {self.given:02}" if self.given else "        "
        return f"Số:{number}/BC-{self.symbol}"

    @property
    def place_and_date(self) -> str:
        """Place and date; day and month are written in at signing."""
        place = f"{self.place}, " if self.place else ""
        if self.day:
            return f"{place}{day_in_words(self.day)}"
        return f"{place}ngày       tháng       năm {self.year}"


def heading(head: Letterhead, *, symbol: str, today: date) -> Heading:
    """The head of a report under a letterhead, of this year."""
    return Heading(head.above, head.issuer, symbol, head.place, today.year)


@dataclass(frozen=True)
class DossierRow:
    """One dossier in the list; labels are already in Vietnamese."""

    code: str
    procedure: str
    applicant: str
    received_on: date
    intake: str
    returned_by: str
    due_on: date
    finished_on: date | None
    returned_on: date | None
    items: str
    status: str


@dataclass(frozen=True)
class YearlyReport:
    """Everything a report draws.

    ``periods`` are in order of their first day. ``whole`` is their union,
    counted by itself; None when ``why_no_whole`` says why it is not given.
    ``fingerprint`` is the content hash of a signed report, empty before.
    """

    heading: Heading
    made_on: date
    periods: tuple[Figures, ...]
    whole: Figures | None
    why_no_whole: str
    dossiers: Iterable[DossierRow]
    fingerprint: str = ""

    @property
    def organisation(self) -> str:
        """Whose figures these are."""
        return self.periods[0].organisation

    @property
    def columns(self) -> tuple[Figures, ...]:
        """What stands side by side: every period, then the whole."""
        return self.periods if self.whole is None else (*self.periods, self.whole)

    def title_of(self, figures: Figures) -> str:
        """``Năm 2019``, or ``Cả kỳ`` for the whole."""
        if figures is self.whole:
            return WHOLE
        name = figures.period.name
        return name[0].upper() + name[1:]

    @property
    def abstract(self) -> str:
        """What the report is about, with its periods."""
        names = [figures.period.name for figures in self.periods]
        listed = " và ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        return f"{ABSTRACT} {listed}"


def why_no_whole(periods: Sequence[Period], today: date) -> str:
    """Why several periods make no whole: a sentence, empty when they do.

    ``periods`` are in order of their first day. One period needs no whole and
    gives no sentence.
    """
    for before, after in pairwise(periods):
        if after.start <= before.end:
            return (
                f"Không cộng các kỳ: {before.name} và {after.name} trùng nhau từ "
                f"{after.start:%d/%m/%Y}, hồ sơ sẽ bị đếm hai lần."
            )
        if after.start > before.end + timedelta(days=1):
            return (
                f"Không cộng các kỳ: giữa {before.name} và {after.name} có những ngày "
                f"không thuộc kỳ nào ({before.end + timedelta(days=1):%d/%m/%Y} – "
                f"{after.start - timedelta(days=1):%d/%m/%Y})."
            )
        if after.start > today:
            return f"Không cộng các kỳ: {after.name} chưa bắt đầu."
    return ""


def counted_days(figures: Figures) -> str:
    """The exact days, and how far they were counted when the period goes on."""
    if figures.is_over:
        return figures.period.days
    return f"{figures.period.days} (chưa kết thúc, đếm đến {figures.as_of:%d/%m/%Y})"
