"""How a report begins and ends, and what was done so that people know."""

from postal_tthc.lib.vietnamese import write_date
from reports.figures import OutreachLine
from reports.narrative.context import Context
from reports.references import DOCUMENT, join, ref

SUBJECT = (
    "kết quả tiếp nhận hồ sơ, trả kết quả giải quyết thủ tục hành chính qua dịch vụ "
    "bưu chính công ích"
)


def request(context: Context) -> str:
    """Which letter is answered, and for which exact days."""
    days = _days(context)
    if not context.request:
        return f"{context.organisation} báo cáo {SUBJECT} {days} như sau:"
    letter = ref(DOCUMENT, context.request)
    return (
        f"Thực hiện {letter}, {context.organisation} báo cáo {SUBJECT} {days} như sau:"
    )


def replaces(context: Context) -> str:
    """Which signed version this one takes the place of."""
    return f"Báo cáo này thay thế {context.replaces}." if context.replaces else ""


def _days(context: Context) -> str:
    if context.whole:
        return context.of("days")
    return join(
        f"{context.of('name', x)} ({context.of('days', x)})"
        for x in context.report.periods
    )


def bases(context: Context) -> str:
    """The legal bases, in full where they come first."""
    cited = join(ref(DOCUMENT, key) for key in context.bases)
    if not cited:
        return ""
    return (
        f"Thực hiện {cited}, {context.organisation} đã chỉ đạo, tổ chức quán triệt tới "
        "toàn thể cán bộ, công chức, viên chức việc tiếp nhận hồ sơ, trả kết quả giải "
        "quyết thủ tục hành chính qua dịch vụ bưu chính công ích."
    )


def events(context: Context) -> str:
    """The outreach ledger: one line an event."""
    lines = context.shown.outreach
    if not lines:
        return ""
    head = (
        f"Trong kỳ, {context.organisation} đã tổ chức {context.of('outreach')} đợt "
        "tuyên truyền, hướng dẫn:"
    )
    return "\n".join(
        [head, *(f"{event(x)};" for x in lines[:-1]), f"{event(lines[-1])}."]
    )


def event(line: OutreachLine) -> str:
    """One line of the ledger as the report tells it."""
    reached = f", {line.reached} lượt người" if line.reached else ""
    cited = f" ({line.citation})" if line.citation else ""
    title = line.title[:1].upper() + line.title[1:].rstrip(" .;")
    return f"- Ngày {write_date(line.held_on)}: {title}{cited}{reached}"


def no_events(context: Context) -> str:
    """Said plainly, when the ledger is empty."""
    if context.shown.outreach:
        return ""
    return "Trong kỳ chưa có đợt tuyên truyền nào được ghi vào sổ theo dõi."


def closing(context: Context) -> str:
    """To whom it goes."""
    to = f" {context.addressee}" if context.addressee else ""
    return f"{context.organisation} báo cáo{to} tổng hợp theo quy định./."
