"""Sentences that mend: one per finding, and a paragraph of correction to send."""

from collections.abc import Sequence

from reports.claims.findings import Context, Finding
from reports.claims.letter import Letter


def sentence(finding: Finding) -> str:
    """What to write instead, in one sentence; the explanation where none is sure."""
    if finding.kind in ("percentage_wrong", "percentage_truncated"):
        return finding.explanation.split(". ")[0].rstrip(".") + "."
    if finding.replacement:
        return f"«{finding.found}» sửa thành «{finding.replacement}»."
    end = "" if finding.expected.endswith("…") else "."
    return f"Cần ghi: {finding.expected}{end}"


def paragraph(text: str, findings: Sequence[Finding], context: Context) -> str:
    """A drafted «đính chính» of what can be mended word for word; may be empty."""
    sure = [x for x in findings if x.replacement]
    if not sure:
        return ""
    letter = Letter(text, context)
    own = letter.own_name or "Cơ quan ban hành"
    number = letter.number_line
    has_number = number is not None and number["number"].strip(" .…_")
    which = (
        f"Báo cáo số {number[0].partition(':')[2].strip()}"
        if number and has_number
        else "Báo cáo số …"
    )
    day = f" ngày {letter.day:%d/%m/%Y}" if letter.day else " ngày …"
    items = [
        f"{i}. Tại đoạn «{x.text}»: «{x.found}» sửa thành «{x.replacement}»."
        for i, x in enumerate(sure, start=1)
    ]
    opening = f"{own} đính chính {which}{day} như sau:"
    closing = "Các nội dung khác giữ nguyên./."
    return "\n".join((opening, *items, closing))
