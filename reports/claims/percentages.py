"""Recomputes every percentage: right, truncated or wrong, and how it came about."""

from collections.abc import Iterable
from decimal import Decimal

from reports.claims.findings import Finding
from reports.claims.guessing import Case, guess
from reports.claims.letter import Letter
from reports.claims.ratios import Percentage, RatioClaim
from reports.claims.words import decimals, percent, truncated, write


def check(letter: Letter, ratios: list[RatioClaim]) -> Iterable[Finding]:
    """One finding at most for each ratio."""
    for ratio in ratios:
        if ratio.numerator > ratio.denominator:
            yield _too_large(letter, ratio)
        elif ratio.percentage and not is_right(ratio, ratio.percentage):
            yield _wrong(letter, ratio, ratio.percentage, ratios)


def is_right(ratio: RatioClaim, share: Percentage) -> bool:
    """Half up with as many decimals as are printed; 0/0 has no percentage."""
    if not ratio.denominator:
        return True
    places = decimals(share.value)
    expected = percent(ratio.numerator, ratio.denominator, places)
    if share.is_near:
        return abs(share.value - expected) <= Decimal(1).scaleb(-places)
    return share.value == expected


def _too_large(letter: Letter, ratio: RatioClaim) -> Finding:
    k, n = (letter.text[ratio.position : ratio.end], ratio.denominator)
    end = ratio.percentage.end if ratio.percentage else ratio.end
    return letter.finding(
        "numerator_above_denominator",
        "error",
        (ratio.position, max(ratio.end, end)),
        found=" ".join(k.split()),
        expected=f"tử số không lớn hơn {n}",
        explanation=(
            f"Phần không thể lớn hơn toàn bộ: {ratio.numerator} trên {n}. "
            "Kiểm tra xem hai số có bị đảo hoặc gõ thiếu chữ số không."
        ),
    )


def _wrong(
    letter: Letter, ratio: RatioClaim, share: Percentage, others: list[RatioClaim]
) -> Finding:
    k, n = ratio.numerator, ratio.denominator
    places = decimals(share.value)
    expected = percent(k, n, places)
    is_cut = share.value == truncated(k, n, places)
    printed = letter.text[ratio.position : ratio.end]
    fraction = "".join(printed.split()) if "/" in printed else f"{k}/{n}"
    fraction = fraction if fraction.replace("/", "").isdigit() else f"{k}/{n}"
    found = " ".join(letter.text[share.position : share.end].split()).replace(" %", "%")
    right = f"{write(expected)}%"
    if is_cut:
        why = (
            f"{found} là {fraction} cắt bỏ phần sau, chưa làm tròn; "
            f"làm tròn đúng là {right}."
        )
    else:
        why = f"{found} không phải là {fraction}; đúng là {right}."
        pairs = [(x.numerator, x.denominator) for x in others]
        why = f"{why} {guess(Case(k, n, share.value, pairs))}".rstrip()
    return letter.finding(
        "percentage_truncated" if is_cut else "percentage_wrong",
        "error",
        (min(ratio.position, share.position), max(ratio.end, share.end)),
        found=found,
        expected=right,
        explanation=why,
        replacement=right,
    )
