"""The matching report as a workbook, for whoever settles it with the post."""

from collections.abc import Container, Mapping, Sequence
from datetime import date

from dossiers.post_lists.results import Fact, Kind, Result
from postal_tthc.lib.tables import Fault
from postal_tthc.lib.vietnamese import write_date
from postal_tthc.lib.workbooks import Book, Look

HEADINGS = ("Dòng", "Kết quả", "Mã vận đơn", "Mã hồ sơ", "Ở đây", "Bưu điện", "Lý do")
WIDTHS = (13, 27, 36, 42, 56, 56, 60)  # millimetres
NOT_WRITTEN = "Không ghi: đã khác lúc xem"
CELL = Look(size=11, down="top", boxed=True)
HEAD = Look(size=11, bold=True, across="center", boxed=True, fill="E7EEF0")


def workbook(
    results: Sequence[Result],
    faults: Sequence[Fault],
    labels: Mapping[Kind, str],
    *,
    changed: Container[int] = (),
    written: str = "",
    unread: Sequence[str],
    source: str,
    by: str,
    on: date,
) -> bytes:
    """Every row of the list: what stands here, what the post says, and why not.

    ``labels`` names each kind of row, ``changed`` numbers those that were shown to be
    written and were not, ``written`` says who wrote the list and when, ``unread`` names
    its columns that were not read. In Vietnamese, as all papers are.
    """
    title = "ĐỐI CHIẾU DANH SÁCH CỦA BƯU ĐIỆN"
    book = Book(title=title, author=by)
    sheet = book.sheet("Đối chiếu", WIDTHS, landscape=True)
    wide = len(HEADINGS)
    sheet.text(1, 1, title, Look(size=14, bold=True, across="center"), over=wide)
    said = f"Tệp: {source}. Đối chiếu ngày {write_date(on)}. Người đối chiếu: {by}."
    if written:
        said = f"{said} {written}"
    sheet.text(2, 1, said, Look(size=12, italic=True, across="center"), over=wide)
    if unread:
        names = f"Các cột không đọc: {'; '.join(unread)}."
        sheet.text(3, 1, names, Look(size=12, across="center"), over=wide)
    for column, heading in enumerate(HEADINGS, start=1):
        sheet.text(4, column, heading, HEAD)
    row = 5
    order = list(labels)
    for result in sorted(results, key=lambda x: (order.index(x.kind), x.row)):
        label = NOT_WRITTEN if result.row in changed else labels[result.kind]
        cells = (label, result.number, result.code, *_sides(result))
        sheet.number(row, 1, result.row, CELL)
        for column, text in enumerate(cells, start=2):
            sheet.text(row, column, text, CELL)
        row += 1
    for fault in faults:
        cells = (
            labels[Kind.FAULTY],
            "",
            "",
            "",
            fault.value,
            f"{fault.heading}: {fault.sentence}",
        )
        sheet.number(row, 1, fault.row, CELL)
        for column, text in enumerate(cells, start=2):
            sheet.text(row, column, text, CELL)
        row += 1
    sheet.repeat_rows(4, 4)
    sheet.freeze(5, 1)
    sheet.filter(4, max(row - 1, 4))
    return book.to_bytes()


def _sides(result: Result) -> tuple[str, str, str]:
    def lines(texts: list[str]) -> str:
        return "\n".join(text for text in texts if text)

    return (
        lines([_side(fact, fact.ours) for fact in result.facts]),
        lines([_side(fact, fact.theirs) for fact in result.facts]),
        lines([*(fact.why for fact in result.facts), result.sentence]),
    )


def _side(fact: Fact, value: str) -> str:
    return f"{fact.label}: {value}" if value else ""
