"""Cells of the catalogue that say a rule: time, fees, decision, reasons, papers.

For each a reader, which raises ``Invalid`` with a sentence, and a writer whose
cells the reader understands. Words in cells are Vietnamese data.
"""

import re

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import Cell, show
from postal_tthc.lib.vietnamese import fold, tidy, write_date, write_number
from procedures.models import RequiredPaper
from procedures.spreadsheets.cells import DAY, day_of, text_of, within, write_text
from procedures.spreadsheets.lines import Citation, Fee, Paper, ProcessingTime, Reasons
from procedures.working_days import LONGEST, TimeUnit

AT_ONCE = frozenset(
    {
        "ngay",
        "trả ngay",
        "giải quyết ngay",
        "trong ngày",
        "trong ngay",
        "ngay trong ngày",
        "trong ngày làm việc",
        "ngay trong ngày làm việc",
        "giải quyết ngay trong ngày",
        "trả kết quả ngay",
        "trả kết quả trong ngày",
        "ngay sau khi nhận đủ hồ sơ",
    }
)
HOURS_OF_A_DAY = 8
SMALLEST_FEE = 500  # đồng; below it "30.000" was typed and Excel made it 30
LARGEST_FEE = 2_147_483_647
MOST_COPIES = 32_767
FREE = frozenset({"không", "không có", "không thu", "miễn", "miễn phí"})

DAY_IN_WORDS = r"(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})"

TIME = re.compile(
    r"(?:(?:khong qua|toi da|trong vong|trong thoi han|trong)\s+)?"
    r"(?P<count>\d+)(?:[.,]0)?\s*(?:\([^)]*\)\s*)?"
    r"(?P<unit>ngay lam viec|ngay|gio lam viec|gio)?"
    r"(?:,?\s+(?:ke tu|tinh tu)\s.*)?"
)
AMOUNT = re.compile(
    r"(?P<dong>\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?P<unit>đồng|đ|vnđ|vnd)?", re.IGNORECASE
)
NOTED = re.compile(r"(?P<fee>[^(]+?)\s*\((?P<note>.+)\)")
CITED = re.compile(
    rf"(?P<number>.+?)[\s,;(]+(?:ngày\s+)?(?:{DAY}|{DAY_IN_WORDS})\s*\)?(?:\s+của\s.*)?",
    re.IGNORECASE,
)
PREFIX = re.compile(r"(?:(?:quyết định|qđ)\s+|số(?:\s*:\s*|\s+))*", re.IGNORECASE)

FORMS = {
    RequiredPaper.Form.ORIGINAL: ("bản chính", "bản gốc"),
    RequiredPaper.Form.CERTIFIED_COPY: ("bản sao chứng thực", "bản sao có chứng thực"),
    RequiredPaper.Form.COPY: ("bản sao", "bản photo", "bản chụp"),
}
FORM_OF_WORDS = {word: form for form, words in FORMS.items() for word in words}
BULLET = re.compile(r"^(?:[-+•*–]\s+)+")
LEG_WORDS = {"intake": "Tiếp nhận", "result": "Trả kết quả"}


def read_time(cell: Cell) -> ProcessingTime:
    """A time limit: ``10 ngày làm việc``, ``10 ngày``, ``15``, ``Trong ngày``.

    ``ngày`` alone is calendar days; a bare number is working days, as lists that
    put the unit into the heading mean it. Working hours become working days of
    8 hours (Bộ luật Lao động 2019, Điều 105) when they come out even.
    """
    if cell is None:
        raise Invalid(_("Write the time limit, for example “10 ngày làm việc”."))
    text = text_of(cell).casefold().rstrip(".;")
    if text in AT_ONCE:
        return ProcessingTime(0)
    said = TIME.fullmatch(fold(text))
    if not said:
        raise Invalid(
            _(
                "Write a whole number of days: “10 ngày làm việc”, “10 ngày” "
                "or “Trong ngày”."
            )
        )
    count, unit = int(said["count"][:9]), said["unit"] or "ngay lam viec"
    if unit.startswith("gio"):
        count = _days_of_hours(count, unit)
        unit = "ngay lam viec"
    if count > LONGEST:
        raise Invalid(
            _("A time limit has at most %(longest)s days.") % {"longest": LONGEST}
        )
    is_calendar = unit == "ngay" and count
    return ProcessingTime(
        count, TimeUnit.CALENDAR_DAYS if is_calendar else TimeUnit.WORKING_DAYS
    )


def _days_of_hours(hours: int, unit: str) -> int:
    if unit == "gio lam viec" and hours and hours % HOURS_OF_A_DAY == 0:
        return hours // HOURS_OF_A_DAY
    raise Invalid(
        _(
            "Write the hours as days: 8 working hours are one working day, for "
            "example “16 giờ làm việc” or “2 ngày làm việc”."
        )
    )


def write_time(time: ProcessingTime) -> Cell:
    """The time limit as ``read_time`` reads it."""
    if not time.count:
        return "Trong ngày"
    unit = "ngày" if time.unit == TimeUnit.CALENDAR_DAYS else "ngày làm việc"
    return f"{time.count} {unit}"


def read_fee(cell: Cell) -> Fee | None:
    """Fees: ``Không`` or 0, an amount in đồng, or words that are kept as a note.

    An amount may have a note behind it in brackets.
    """
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Fee(_plausible(cell))
    if not isinstance(cell, str):
        raise Invalid(_("This is no amount in đồng. Write it as “30.000 đồng”."))
    text = text_of(cell)
    amount = _amount(text)
    if amount is not None:
        return Fee(amount)
    noted = NOTED.fullmatch(text)
    amount = _amount(noted["fee"]) if noted else None
    if noted is None or amount is None:
        return Fee(None, within(text, 300))
    return Fee(amount, within(noted["note"], 300))


def _amount(text: str) -> int | None:
    if text.casefold() in FREE:
        return 0
    said = AMOUNT.fullmatch(text)
    if not said:
        return None
    dong = int(re.sub(r"[.,]", "", said["dong"])[:12])
    return _plausible(dong, least=0 if said["unit"] else SMALLEST_FEE)


def _plausible(dong: float, *, least: int = SMALLEST_FEE) -> int:
    if dong and (dong < least or dong != int(dong) or dong > LARGEST_FEE):
        raise Invalid(_("This is no amount in đồng. Write it as “30.000 đồng”."))
    return int(dong)


def write_fee(fee: Fee | None) -> Cell:
    """The fees as ``read_fee`` reads them."""
    if fee is None or fee.dong is None:
        return write_text(fee.note) if fee else None
    amount = f"{write_number(fee.dong)} đồng" if fee.dong else "Không"
    return write_text(f"{amount} ({fee.note})" if fee.note else amount)


def read_decision(cell: Cell) -> Citation | None:
    """A decision's number and day: ``124/QĐ-UBND ngày 20/01/2020``."""
    if cell is None:
        return None
    text = text_of(cell)
    if cited := CITED.fullmatch(text):
        day = day_of(*[part for part in cited.groups()[1:] if part])
        if day:
            return Citation(bare_number(cited["number"]), day)
    return Citation(bare_number(text))


def bare_number(text: str) -> str:
    """A decision's number without the words “Quyết định số” before it."""
    return text[PREFIX.match(text).end() :] or text


def write_decision(citation: Citation | None) -> Cell:
    """The decision as ``read_decision`` reads it."""
    if citation is None:
        return None
    day = f" ngày {write_date(citation.issued_on)}" if citation.issued_on else ""
    return write_text(f"{citation.number}{day}")


def read_reasons(cell: Cell) -> Reasons | None:
    """Why not by post. A line that begins with ``Tiếp nhận:`` or ``Trả kết quả:``
    speaks of that leg; any other text of every leg that is not marked."""
    if cell is None:
        return None
    said: dict[str, list[str]] = {}
    for line in show_whole(cell).split("\n"):
        words, colon, reason = line.partition(":")
        leg = next((k for k, v in LEG_WORDS.items() if fold(v) == fold(words)), None)
        if colon and leg:
            said.setdefault(leg, []).append(reason)
        else:
            said.setdefault("both", []).append(line)
    texts = {key: within(tidy(" ".join(parts)), 300) for key, parts in said.items()}
    return Reasons(**texts) if any(texts.values()) else None


def show_whole(cell: Cell) -> str:
    """The cell as text with its line breaks."""
    return cell if isinstance(cell, str) else show(cell)


def write_reasons(reasons: Reasons | None) -> Cell:
    """The reasons as ``read_reasons`` reads them."""
    if reasons is None:
        return None
    lines = [write_text(reasons.both)]
    for key, words in LEG_WORDS.items():
        if reason := getattr(reasons, key):
            lines.append(f"{words}: {write_text(reason)}")
    return "\n".join(line for line in lines if line) or None


def read_papers(cell: Cell) -> tuple[Paper, ...] | None:
    """Required papers, one on a line: ``Đơn đề nghị|bản chính|1``.

    The form may be left out (an original) and so may the count (1).
    """
    if cell is None:
        return None
    lines = [tidy(line) for line in show_whole(cell).split("\n")]
    return tuple(_paper(line) for line in lines if line) or None


def _paper(line: str) -> Paper:
    name, *rest = (part.strip() for part in line.split("|"))
    form, quantity = RequiredPaper.Form.ORIGINAL, 1
    for part in rest:
        count = re.fullmatch(r"(\d{1,5})(?: bản)?", part, re.ASCII)
        if part.casefold() in FORM_OF_WORDS:
            form = FORM_OF_WORDS[part.casefold()]
        elif count and 0 < int(count[1]) <= MOST_COPIES:
            quantity = int(count[1])
        else:
            raise Invalid(
                _(
                    "Write each paper on a line of its own, as "
                    "“Đơn đề nghị|bản chính|1”; “%(part)s” is no form and no count."
                )
                % {"part": part}
            )
    name = within(BULLET.sub("", name, count=1), 300)
    if not name:
        raise Invalid(_("A paper has no name."))
    return Paper(name, form, quantity)


def write_papers(papers: tuple[Paper, ...] | None) -> Cell:
    """The papers as ``read_papers`` reads them."""
    return (
        "\n".join(
            f"{write_text(paper.name.replace('|', '/'))}|{FORMS[paper.form][0]}|{paper.quantity}"
            for paper in papers or ()
        )
        or None
    )
