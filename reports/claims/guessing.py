"""How a wrong percentage may have come about: a table of guesses, the nearest first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.claims.words import as_decimal, decimals, percent, write

Pair = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """A wrong percentage of ``k`` in ``n``; ``others`` are ratios that stand near."""

    k: int
    n: int
    found: Decimal
    others: Sequence[Pair] = ()

    @property
    def places(self) -> int:
        """How many decimals are printed."""
        return decimals(self.found)

    def is_of(self, k: int, n: int) -> bool:
        """Whether the printed percentage is that of ``k`` in ``n``."""
        return n > 0 and percent(k, n, self.places) == self.found


def guess(case: Case) -> str:
    """The nearest explanation, one sentence; empty when there is none."""
    return next((said for one in GUESSES if (said := one(case))), "")


def _swapped_digits(case: Case) -> str:
    right = write(percent(case.k, case.n, case.places))
    is_so = _are_swapped(write(case.found), right)
    return "Hai chữ số liền nhau bị đảo chỗ." if is_so else ""


def _extra_zero(case: Case) -> str:
    for shorter in _without_a_zero(write(case.found)):
        places = decimals(as_decimal(shorter))
        if places and as_decimal(shorter) == percent(case.k, case.n, places):
            return f"Có lẽ là {shorter}% bị gõ thừa số 0."
    return ""


def _turned_over(case: Case) -> str:
    return "Tử số và mẫu số bị đảo khi chia." if case.is_of(case.n, case.k) else ""


def _shifted_point(case: Case) -> str:
    for x in (1, -1):
        if case.places + x < 0:
            continue
        shifted = percent(case.k, case.n, case.places + x).scaleb(x)
        if case.found == shifted.quantize(case.found):
            return "Dấu phẩy bị đặt lệch một chữ số."
    return ""


def _whole_of_another(case: Case) -> str:
    for _, n in case.others:
        if n != case.n and case.is_of(case.k, n):
            return (
                f"{write(case.found)}% là {case.k}/{n}: "
                "có lẽ đã chia cho mẫu số của chỗ khác."
            )
    return ""


def _share_of_another(case: Case) -> str:
    for k, n in case.others:
        if (k, n) != (case.k, case.n) and case.is_of(k, n):
            return (
                f"{write(case.found)}% là tỷ lệ của {k}/{n} ở chỗ khác trong văn bản."
            )
    return ""


def _other_part(case: Case) -> str:
    near = round(case.found * case.n / 100)
    for k in (near, near - 1, near + 1):
        if 0 <= k <= case.n and case.is_of(k, case.n):
            return f"{write(case.found)}% ứng với {k}/{case.n}: xem lại tử số."
    if case.places < 2:
        return ""
    return f"Không có số nguyên nào chia cho {case.n} được {write(case.found)}%."


GUESSES: tuple[Callable[[Case], str], ...] = (
    _swapped_digits,
    _extra_zero,
    _turned_over,
    _shifted_point,
    _whole_of_another,
    _share_of_another,
    _other_part,
)


def _without_a_zero(printed: str) -> Iterable[str]:
    for i, digit in enumerate(printed):
        shorter = printed[:i] + printed[i + 1 :]
        if digit == "0" and shorter[:1].isdigit() and shorter[-1:].isdigit():
            yield shorter


def _are_swapped(one: str, other: str) -> bool:
    """Whether two neighbouring digits change places."""
    if len(one) != len(other):
        return False
    different = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(different) != 2:
        return False
    i, j = different
    between = one[i + 1 : j].replace(",", "")
    return not between and one[i] == other[j] and one[j] == other[i]
