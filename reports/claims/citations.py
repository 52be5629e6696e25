"""Citations: two decisions for one thing, one number with two days, missing data.

A first citation gives type, number, day, issuer and abstract (NĐ 30/2020/NĐ-CP,
Phụ lục I, II.6b); only what nobody could look up is said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reports.claims.findings import Finding
from reports.claims.letter import Letter
from reports.claims.phrases import DAY, day_of

KINDS = (
    "quyết định|công văn|nghị định|thông tư|chỉ thị|kế hoạch|nghị quyết|thông báo|"
    "tờ trình|văn bản|hướng dẫn"
)
CITATION = re.compile(
    rf"(?P<kind>{KINDS})(?:\s+số)?\s*:?\s*(?P<number>\d{{1,6}}(?:/\d{{4}})?/[a-zđ][\w&]*(?:-[\w&]+)*)"
    rf"(?:,?\s+(?P<day>ngày\s+{DAY}))?"
    r"(?:,?\s+của\s+(?P<issuer>[^,;.:()\n\d]{3,60}?)(?=\s+về\b|\s+v/v\b|[,;.:()\n]|\s+và\s+(?:công văn|quyết định)))?"
    r"(?:,?\s+(?P<about>(?:về(?:\s+việc)?|v/v)\s+[^;.()]{5,400}?)(?=,\s|[;.()]|$|\n\s*\n|\s+và\s+(?:công văn|quyết định)))?"
)
PUBLISHES = re.compile(r"^(?:công bố|ban hành)\b")
REPLACES = re.compile(
    r"thay thế|sửa đổi|bổ sung|bãi bỏ|hủy bỏ|đính chính|hết hiệu lực|điều chỉnh"
)
SHORTEST_SUBJECT = 25
AGREEMENT = re.compile(
    r"th(?:ỏa|oả) thuận(?: hợp tác| phối hợp)? giữa (?P<one>(?:ubnd|ủy ban nhân dân)[^,;.\n]{2,40}?) (?:và|với) "
    r"(?P<other>(?:tổng công ty )?bưu điện(?: tỉnh| việt nam| thành phố)?)"
)


@dataclass(frozen=True)
class Citation:
    """A document cited: type and number in small letters, the rest may be missing."""

    position: int
    end: int
    kind: str
    number: str
    day: date | None
    issuer: str
    about: str
    printed: str
    printed_about: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one document."""
        return self.kind, self.number


def find_citations(letter: Letter) -> list[Citation]:
    """All citations with a full number, in their order."""
    found = []
    for match in CITATION.finditer(letter.plain):
        number = letter.text[match.start("number") : match.end("number")]
        found.append(
            Citation(
                match.start(),
                match.end(),
                " ".join(match["kind"].split()),
                number.lower(),
                day_of(match["day"] or ""),
                _even(match["issuer"] or ""),
                _abstract(match["about"] or ""),
                number,
                _abstract(letter.text[slice(*match.span("about"))]),
            )
        )
    return found


def check(letter: Letter, citations: list[Citation]) -> Iterable[Finding]:
    """All rules about citations."""
    yield from _two_for_one(letter, citations)
    yield from _one_with_two(letter, citations)
    yield from _incomplete(letter, citations)
    yield from _other_party(letter)


def _two_for_one(letter: Letter, citations: list[Citation]) -> Iterable[Finding]:
    """Two decisions that publish the same; one should be in force."""
    decisions: list[Citation] = []
    for citation in citations:
        if citation.kind != "quyết định" or citation.key in {x.key for x in decisions}:
            continue
        around = letter.plain[max(0, citation.position - 80) : citation.end + 80]
        if REPLACES.search(around):
            continue
        twin = next(
            (x for x in decisions if _same_subject(x.about, citation.about)), None
        )
        decisions.append(citation)
        if twin:
            one, other = _named(twin), _named(citation)
            yield letter.finding(
                "two_decisions",
                "warning",
                (citation.position, citation.end),
                found=f"{one} và {other}",
                expected="một quyết định đang có hiệu lực",
                explanation=(
                    f"Hai quyết định có cùng nội dung «{citation.printed_about}»: {one} và {other}. "
                    "Chỉ dẫn quyết định đang có hiệu lực, hoặc nói rõ quyết định nào "
                    "thay thế quyết định nào."
                ),
            )


def _same_subject(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return (
        len(short) >= SHORTEST_SUBJECT
        and PUBLISHES.match(short) is not None
        and long.startswith(short)
        and re.match(r"$| (?:tỉnh|thành phố|trên địa bàn)", long[len(short) :])
        is not None
    )


def _named(citation: Citation) -> str:
    day = f" ngày {citation.day:%d/%m/%Y}" if citation.day else ""
    return f"{citation.printed}{day}"


def _one_with_two(letter: Letter, citations: list[Citation]) -> Iterable[Finding]:
    """One number that is given two days or two issuers."""
    first: dict[tuple[str, str], Citation] = {}
    for citation in citations:
        known = first.setdefault(citation.key, citation)
        if known.day and citation.day and known.day != citation.day:
            yield letter.finding(
                "citation_two_days",
                "error",
                (citation.position, citation.end),
                found=f"{citation.day:%d/%m/%Y}",
                expected=f"{known.day:%d/%m/%Y}",
                explanation=(
                    f"Văn bản số {citation.printed} được ghi hai ngày: "
                    f"{known.day:%d/%m/%Y} và {citation.day:%d/%m/%Y}."
                ),
            )
        elif known.issuer and citation.issuer and not _same_issuer(known, citation):
            yield letter.finding(
                "citation_two_issuers",
                "warning",
                (citation.position, citation.end),
                found=citation.issuer,
                expected=known.issuer,
                explanation=(
                    f"Văn bản số {citation.printed} được ghi của hai nơi: "
                    f"{known.issuer} và {citation.issuer}."
                ),
            )


def _same_issuer(one: Citation, other: Citation) -> bool:
    a, b = (
        x.issuer.replace("ủy ban nhân dân", "ubnd").replace("chủ tịch ", "")
        for x in (one, other)
    )
    return a.startswith(b) or b.startswith(a) or a in b or b in a


def _incomplete(letter: Letter, citations: list[Citation]) -> Iterable[Finding]:
    """A number that starts again every year, cited without any day at all."""
    dated = {x.key for x in citations if x.day}
    said: set[tuple[str, str]] = set()
    for citation in citations:
        has_year = re.match(r"\d+/\d{4}/", citation.number)
        before = letter.plain[max(0, citation.position - 30) : citation.position]
        after = letter.plain[citation.end : citation.end + 60]
        if (
            not letter.is_report
            or has_year
            or citation.key in dated
            or citation.key in said
            or citation.issuer
            or citation.about
            or REPLACES.search(before)
            or re.search(r"ngày|năm|cùng|nêu trên|nói trên|trên đây", after)
        ):
            continue
        said.add(citation.key)
        yield letter.finding(
            "citation_incomplete",
            "warning",
            (citation.position, citation.end),
            expected=f"{citation.printed} ngày … của … về việc …",
            explanation=(
                f"Lần đầu dẫn văn bản số {citation.printed} phải ghi ngày, cơ quan ban hành "
                "và trích yếu (Nghị định số 30/2020/NĐ-CP, Phụ lục I)."
            ),
        )


def _other_party(letter: Letter) -> Iterable[Finding]:
    """One agreement «between» the same one and two others."""
    first: re.Match[str] | None = None
    for match in AGREEMENT.finditer(letter.plain):
        if first is None:
            first = match
            continue
        one, other = (_even(x["other"]) for x in (first, match))
        national = [x.startswith("tổng công ty") for x in (one, other)]
        local = [x.startswith("bưu điện tỉnh") for x in (one, other)]
        if (national[0] and local[1]) or (local[0] and national[1]):
            yield letter.finding(
                "agreement_party",
                "warning",
                match.span("other"),
                expected=letter.text[slice(*first.span("other"))],
                explanation=(
                    f"Thỏa thuận được ghi là ký với «{one}» ở chỗ trên và với «{other}» ở đây. "
                    "Ghi thống nhất bên ký."
                ),
            )
            return


def _abstract(text: str) -> str:
    return re.sub(r"^(?:về việc|về|v/v) ", "", _even(text), flags=re.IGNORECASE)


def _even(text: str) -> str:
    return " ".join(text.split())
