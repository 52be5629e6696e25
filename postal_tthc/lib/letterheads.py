"""The head of an official paper, pure: who writes, from where, and the day in words.

NĐ 30/2020/NĐ-CP, Phụ lục I. Always Vietnamese, whatever the screen speaks.
"""

from dataclasses import dataclass
from datetime import date, datetime

COMMITTEES = ("Ủy ban nhân dân ", "Uỷ ban nhân dân ", "UBND ")
UNITS = ("tỉnh ", "thành phố ")
# Months below it are written with a zero, so that nobody turns 1 into 11.
FIRST_PLAIN_MONTH = 3


@dataclass(frozen=True)
class Letterhead:
    """The left side of a head, and the place of the right side.

    ``above`` is empty for a people's committee, which has nobody above.
    """

    above: str
    issuer: str
    place: str

    def place_and_day(self, day: date | None) -> str:
        """``Bắc Giang, ngày 05 tháng 01 năm 2020``; dots for a day to be written in."""
        return ", ".join(part for part in (self.place, day_in_words(day)) if part)


def letterhead(*, name: str, above: str, province: str) -> Letterhead:
    """The head for an organisation: its name, the name above it, its province's.

    A committee above is shortened and names the place, which the agency below it
    does not repeat: UBND TỈNH BẮC GIANG over SỞ NỘI VỤ. Nor does a desk repeat its
    agency: SỞ NỘI VỤ TỈNH BẮC GIANG over BỘ PHẬN MỘT CỬA.
    """
    issuer = short_name(name=name, above=above, province=province)
    place = _without(_without(province, COMMITTEES), UNITS)
    bare = _without(above, COMMITTEES)
    if bare != above or bare.lower().startswith(UNITS):
        above = f"UBND {bare}"
    return Letterhead(above.upper(), issuer.upper(), place)


def short_name(*, name: str, above: str, province: str) -> str:
    """The name as the organisation itself uses it: without what stands above it."""
    area = _without(province, COMMITTEES)
    repeated = area if above == province else above
    return name.removesuffix(repeated).rstrip() or name


def day_in_words(day: date | None) -> str:
    """``ngày 05 tháng 9 năm 2020``, or the same with dots for a day not known yet."""
    if day is None:
        return "ngày …… tháng …… năm ………"
    month = f"{day.month:02}" if day.month < FIRST_PLAIN_MONTH else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def hour_in_words(moment: datetime) -> str:
    """``08 giờ 05 phút``, as the moment stands: give it in local time."""
    return f"{moment.hour:02} giờ {moment.minute:02} phút"


def _without(text: str, beginnings: tuple[str, ...]) -> str:
    for beginning in beginnings:
        if text.lower().startswith(beginning.lower()):
            return text[len(beginning) :]
    return text
