"""What a column of a register is."""

from dataclasses import dataclass

from postal_tthc.lib.tables import Column


@dataclass(frozen=True)
class RegisterColumn(Column):
    """A column of a register. ``write`` takes the dossier, not a value.

    ``kind`` is ``text``, ``date``, ``count`` or ``money`` (đồng). ``may_change``:
    an exported sheet that comes back may change it. ``is_imported``: a register
    from elsewhere may bring it; of the others only a sheet of ours that comes back
    is asked, whether they stand as they did. ``is_hidden``: for the way back, not
    for people. ``needs`` says what a queryset must fetch first (``for_writing``).
    """

    kind: str = "text"
    may_change: bool = False
    is_imported: bool = True
    is_hidden: bool = False
    needs: tuple[str, ...] = ()
