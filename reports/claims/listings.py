"""Counts of lists: «gồm 05 thủ tục: 1) … 5)», and six procedures said but five listed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reports.claims.findings import Finding
from reports.claims.letter import Letter
from reports.claims.ratios import RatioClaim
from reports.claims.words import (
    NUMBER_WORDS,
    SHORT_WORD,
    WORD_NUMBER,
    as_small_count,
    write_count,
)

MOST_ITEMS = 60
SAID = re.compile(
    rf"(?<![\w/.,])(?P<count>\d{{1,2}}|{WORD_NUMBER})"
    rf"(?:\s*/\s*\d{{1,3}}|\s+trong\s+(?:tổng\s+)?(?:số\s+)?\d{{1,3}})?"
    r"\s+(?P<noun>[^\W\d_][^\d.,;:!?()\n]{1,80}?)\s*(?P<colon>:)\s*"
)
LEAD = re.compile(
    r"(?:gồm(?:\s+có)?|bao\s+gồm|cụ\s+thể(?:\s+là)?|sau\s+đây)\s*:?\s*(?:có\s+)?$"
)
FOLLOWING = re.compile(r"\b(?:sau|sau\s+đây|như\s+sau|dưới\s+đây|cụ\s+thể)$")
NUMBERED = re.compile(
    r"(?:(?<=[\s;:,.(])|^)(?P<open>\()?(?P<mark>\d{1,2}|[a-zđ])(?P<close>[).])\s*(?=\S)"
)
BULLET = re.compile(r"[ \t]*([-–+•*])\s*(?=\S)")
LETTERS = "abcdđeghiklmnopqrstuvxy"
BY_POST = re.compile(r"bưu chính|bcci|bưu điện")


@dataclass(frozen=True)
class Listing:
    """A list that says how many items it has. ``counted`` is None if unreadable."""

    position: int
    end: int
    said: int
    noun: str
    counted: int | None


def check(letter: Letter, ratios: list[RatioClaim]) -> Iterable[Finding]:
    """Lists that have other than the items they promise; procedures left unnamed."""
    listings = find_listings(letter)
    for listing in listings:
        if listing.counted is not None and listing.counted != listing.said:
            yield letter.finding(
                "list_count",
                "error",
                (listing.position, listing.end),
                expected=f"{write_count(listing.counted)} {listing.noun}",
                explanation=(
                    f"Văn bản nói {write_count(listing.said)} {listing.noun} nhưng "
                    f"liệt kê {write_count(listing.counted)}."
                ),
            )
    yield from _left_unnamed(letter, ratios, listings)


def find_listings(letter: Letter) -> list[Listing]:
    """Every «gồm 05 thủ tục:» and «05 thủ tục sau:»."""
    found = []
    for match in SAID.finditer(letter.plain):
        before = letter.plain[max(0, match.start() - 30) : match.start()]
        noun = " ".join(match["noun"].split())
        if not (LEAD.search(before) or FOLLOWING.search(noun)):
            continue
        if match["count"] in NUMBER_WORDS and not LEAD.search(before):
            continue
        noun = FOLLOWING.sub("", noun).strip()
        said = as_small_count(match["count"])
        counted = count_items(letter.plain, match.end("colon"), said)
        found.append(Listing(match.start(), match.end("noun"), said, noun, counted))
    return found


def count_items(plain: str, start: int, said: int) -> int | None:
    """How many items follow; None when it cannot be said for sure."""
    rest = plain[start : start + 12_000]
    body = rest.lstrip()
    if not body:
        return None
    if mark := NUMBERED.match(body):
        return _count_numbered(body, mark, said)
    if mark := BULLET.match(body):
        return _count_bullets(body, mark[1])
    first_line = body.split("\n", 1)[0]
    if "\n" in rest[: len(rest) - len(body)]:
        return None
    return _count_by_semicolons(first_line)


def _count_numbered(body: str, mark: re.Match[str], said: int) -> int | None:
    """Items 1, 2, 3 …; with a dot at the line's start they may run into headings."""
    series = LETTERS if mark["mark"].isalpha() else None
    if mark["mark"] not in ("1", "01", "a"):
        return None
    count, position = 1, mark.end()
    while count < MOST_ITEMS:
        wanted = series[count] if series and count < len(series) else str(count + 1)
        follower = next(
            (
                m
                for m in NUMBERED.finditer(body, position)
                if m["mark"].lstrip("0") == wanted and m["close"] == mark["close"]
            ),
            None,
        )
        if follower is None or follower.start() - position > 2_000:
            break
        if any(
            m["mark"].lstrip("0") in ("1", "a") and m["close"] == mark["close"]
            for m in NUMBERED.finditer(body, position, follower.start())
        ):
            return None
        count, position = count + 1, follower.end()
    if mark["close"] == "." and count > said:
        return said
    return count


def _count_bullets(body: str, sign: str) -> int | None:
    """Lines that begin with the same sign, up to the first full stop or new text."""
    count, ended = 0, False
    for line in body.split("\n"):
        text = line.strip()
        if not text:
            continue
        bullet = BULLET.match(line)
        if bullet and bullet[1] == sign:
            count += 1
        elif not bullet and (ended or re.match(r"(?:[ivx]+|\d+)\.\s", text)):
            return count
        elif not bullet and count:
            # Either the item runs over the line, or new text begins without a stop.
            return None
        ended = text.endswith((".", "./.", ".*"))
    return count


def _count_by_semicolons(line: str) -> int | None:
    end = len(line)
    for match in re.finditer(r"\.(?=\s|$)", line):
        if not SHORT_WORD.search(line[: match.end()]):
            end = match.start()
            break
    listed = re.sub(r"\([^()]*\)", "", line[:end])
    if ";" not in listed or ":" in listed or re.search(r"\d[)]", listed):
        return None
    return len([x for x in listed.split(";") if x.strip()])


def _left_unnamed(
    letter: Letter, ratios: list[RatioClaim], listings: list[Listing]
) -> Iterable[Finding]:
    """Procedures that may go by post, against those that are then listed."""
    lists = [x for x in listings if x.noun.startswith(("thủ tục", "tthc"))]
    offered = [
        x
        for x in ratios
        if x.unit in ("thủ tục", "thủ tục hành chính", "tthc")
        and BY_POST.search(letter.plain[x.end : x.end + 120])
    ]
    if not lists or not offered:
        return
    first = offered[0]
    most = max(max(x.said, x.counted or 0) for x in lists)
    wrong = any(x.counted is not None and x.counted != x.said for x in lists)
    if most >= first.numerator or wrong or _is_accounted_for(letter, first, most):
        return
    listing = max(lists, key=lambda x: x.said)
    said, listed = write_count(first.numerator), write_count(most)
    rest = write_count(first.numerator - most)
    yield letter.finding(
        "procedures_unlisted",
        "warning",
        (listing.position, listing.end),
        expected=f"{said} thủ tục",
        explanation=(
            f"Văn bản nói {said} thủ tục thực hiện qua bưu chính nhưng chỉ nêu tên "
            f"{listed}. Nêu nốt {rest} thủ tục còn lại, hoặc nói rõ chưa phát sinh hồ sơ."
        ),
    )


def _is_accounted_for(letter: Letter, offered: RatioClaim, listed: int) -> bool:
    """Whether the text says what became of the rest."""
    all_of, rest = offered.numerator, offered.numerator - listed
    words = {number: word for word, number in NUMBER_WORDS.items()}

    def either(number: int) -> str:
        return "|".join(filter(None, (f"0?{number}", words.get(number, ""))))

    told = re.compile(
        rf"\bthủ tục (?:hành chính )?(?:còn lại|khác)|\bcòn lại|\b(?:chưa|không) (?:có|phát sinh)(?: \w+)? (?:hồ sơ|giao dịch)"
        rf"|\b(?:chưa|không) phát sinh|\b(?:trong|trên)(?: tổng)?(?: số)? (?:{either(all_of)})\b"
        rf"|\bthứ (?:{either(all_of)})\b|(?<![\d/])0?{listed}\s*/\s*0?{all_of}(?!\d)"
        rf"|\b(?:{either(rest)}) (?:thủ tục|tthc)\b"
    )
    return told.search(letter.plain) is not None
