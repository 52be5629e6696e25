"""Numbers that people carry: personal id, tax code, phone. Doubt, never refusal.

Nothing here blocks a dossier: papers of old or foreign form are real. Each
function answers whether the number looks like one in use today.
"""

import re

from stdnum.vn import mst


def digits(text: str) -> str:
    """The text without the spaces, dots and dashes people type between digits."""
    return re.sub(r"[\s.\-]", "", text)


def is_plausible_personal_id(text: str) -> bool:
    """A 12-digit personal id (CCCD) or an old 9-digit card (CMND).

    The personal id has no check digit; its first three digits are the place of
    birth registration, 001 to 096 (TT 07/2016/TT-BCA).
    """
    number = digits(text)
    if re.fullmatch(r"[0-9]{9}", number):
        return True
    return bool(re.fullmatch(r"[0-9]{12}", number)) and 1 <= int(number[:3]) <= 96


def is_plausible_tax_code(text: str) -> bool:
    """A 10- or 13-digit tax code (MST) whose check digit is right."""
    return bool(mst.is_valid(digits(text)))


def is_plausible_phone(text: str) -> bool:
    """Ten digits of a mobile, ten or eleven of a land line, or +84 before it."""
    number = re.sub(r"^\+?84(?=[0-9]{9,10}$)", "0", digits(text))
    return bool(re.fullmatch(r"0[35789][0-9]{8}|02[0-9]{8,9}", number))
