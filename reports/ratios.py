"""A part of a whole, pure: counted, never typed."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Ratio:
    """A part of a whole. ``subject`` names the set counted, ``of`` the whole.

    Both are keys of ``dossiers.counted_sets.COUNTED_SETS``, or ``postal`` and
    ``in_force`` for the ratio of procedures.
    """

    numerator: int
    denominator: int
    subject: str
    of: str

    @property
    def percent(self) -> Decimal | None:
        """Per cent with two decimals, half up; None when there is no whole."""
        if not self.denominator:
            return None
        exact = Decimal(self.numerator) * 100 / Decimal(self.denominator)
        return exact.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)

    def __str__(self) -> str:
        """As printed in a report: ``23/212 (10,85%)``, ``06/98 (6,12%)``."""
        parts = f"{_padded(self.numerator)}/{_padded(self.denominator)}"
        if self.percent is None:
            return parts
        return f"{parts} ({str(self.percent).replace('.', ',')}%)"


def _padded(number: int) -> str:
    """1 to 9 with a leading zero, as official papers write them."""
    return f"{number:02}" if number else "0"
