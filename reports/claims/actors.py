"""Another department as the one who acts: a passage copied from its report.

Only what a department does in its own report counts. As addressee, recipient,
issuer or partner («gửi», «của», «phối hợp với») others are named rightly.
"""

import re
from collections.abc import Iterable

from reports.claims.departments import DEPARTMENTS, SHORT_NAMES, is_same
from reports.claims.findings import Finding, Severity
from reports.claims.letter import Letter
from reports.claims.words import plain

# What only the author says of itself: an error; what others may have done as well:
# a warning. Third groups of verbs (hướng dẫn, tổng hợp, đề nghị, trình) say nothing.
OWN_WORK = re.compile(
    r"\s+(?:(?:đã|đang|sẽ|luôn|cũng)\s+)*(?:(?:chủ\s+động|tích\s+cực|thường\s+xuyên|tiếp\s+tục|kịp\s+thời)\s+)*"
    r"(?:(?:tổ\s+chức|triển\s+khai|thực\s+hiện|đẩy\s+mạnh)\s+(?:việc\s+|công\s+tác\s+)?(?:tuyên\s+truyền|quán\s+triệt|niêm\s+yết)|"
    r"tuyên\s+truyền|quán\s+triệt|niêm\s+yết|tiếp\s+nhận|"
    r"(?:xin\s+)?báo\s+cáo|"
    r"có\s+\d+\s*/\s*\d+|yêu\s+cầu\s+các\s+phòng|chỉ\s+đạo\s+các\s+phòng)"
)
OTHER_WORK = re.compile(
    r"\s+(?:đã|đang)\s+(?:chủ\s+động\s+|tích\s+cực\s+)?"
    r"(?:tổ\s+chức|triển\s+khai|thực\s+hiện|chỉ\s+đạo|bố\s+trí|phân\s+công|rà\s+soát)\b"
)
CLAUSE_BEGINS = re.compile(
    r"(?:^|[.;:!?\n\t“\"(–-]|\d[.)]|,|\bsau đó|\bđồng thời|\btrong đó)[\s*_]*$"
)
# Post offices, desks and people's committees do act in the reports of departments.
KIND = re.compile(r"(?:sở|ban|chi cục|thanh tra|văn phòng)\s")
BEFORE_LIST = re.compile(
    r"(?:của|với|gửi|cùng|từ|cho|tới|đến|do|và|tại|kính gửi|đề nghị|mời)[\s:]*$"
)


def check(letter: Letter) -> Iterable[Finding]:
    """Each passage where another department acts."""
    own = letter.own_name
    if not own:
        return
    own_plain = plain(own)
    recipients = letter.plain.rfind("nơi nhận")
    for name, position, end in _others(letter, own_plain):
        if 0 <= recipients < position:
            continue
        after = letter.plain[end : end + 120]
        severity: Severity = "error" if OWN_WORK.match(after) else "warning"
        if severity == "warning" and not OTHER_WORK.match(after):
            continue
        if not _is_subject(letter, position):
            continue
        yield letter.finding(
            "foreign_department",
            severity,
            (position, end),
            expected=own,
            explanation=(
                f"Báo cáo là của {own}, nhưng đoạn này nói {name} làm việc ấy. "
                "Có lẽ đoạn văn được chép từ báo cáo khác."
            ),
            replacement=own,
        )


def _others(letter: Letter, own: str) -> Iterable[tuple[str, int, int]]:
    known = [x for x in letter.context.organisations if KIND.match(plain(x))]
    names = {plain(x): x for x in (*DEPARTMENTS, *known)}
    names |= {plain(short): short for short in SHORT_NAMES}
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(
        r"(?<!\w)(?:"
        + "|".join(re.escape(x).replace(r"\ ", r"\s+") for x in longest)
        + r")(?!\w)"
    )
    for match in pattern.finditer(letter.plain):
        name = " ".join(match[0].split())
        full = SHORT_NAMES.get(names[name], names[name])
        if is_same(plain(full), own):
            continue
        yield names[name], match.start(), match.end()


def _is_subject(letter: Letter, position: int) -> bool:
    """Whether a clause begins with the name, and not as one more of a list."""
    before = letter.plain[max(0, position - 200) : position]
    if not CLAUSE_BEGINS.search(before):
        return False
    while before.rstrip().endswith(","):
        before = before.rstrip()[:-1]
        clause = re.split(r"[,;.\n]", before)[-1]
        # «phối hợp với Sở Tư pháp, Sở Tài chính đã …»: a list of partners.
        if re.search(r"\b(?:sở|ban|ubnd|phòng|bưu điện|trung tâm)\b", clause):
            if re.search(
                r"\b(?:của|với|gửi|cùng|cho|tới|đến|do|đề nghị|mời)\b", clause
            ):
                return False
            before = before[: len(before) - len(clause)]
        else:
            break
    return not BEFORE_LIST.search(before)
