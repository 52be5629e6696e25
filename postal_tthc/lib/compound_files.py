"""Opens a compound file (MS-CFB), the small file system of old office documents.

Only what is asked for is put together, and a chain of sectors that comes back to
itself is refused: a reader would follow it for ever.
"""

from collections.abc import Collection
from struct import error as StructError
from struct import iter_unpack, unpack_from

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST_SECTOR = 0xFFFFFFFA
STREAM, ROOT = 2, 5
SMALL_SECTOR = 64


def streams(sent: bytes, wanted: Collection[str]) -> dict[str, bytes]:
    """Every name in the file; the content of streams that are ``wanted``.

    Folders and streams that nobody wants are ``b"?"``. Raises
    ``ValueError`` for what is no compound file or does not hold together.
    """
    try:
        return _streams(sent, wanted)
    except (StructError, IndexError) as error:
        raise ValueError("no compound file") from error


def _streams(sent: bytes, wanted: Collection[str]) -> dict[str, bytes]:
    size = 1 << min(unpack_from("<H", sent, 30)[0], 16)
    if size not in (512, 4096):
        raise ValueError("sector size")
    directory, small_limit, small_table = (
        unpack_from("<I", sent, place)[0] for place in (48, 56, 60)
    )
    following, sectors = _table(sent, size), sent[size:]

    def chain(number: int) -> bytes:
        return _chain(sectors, number, following, size)

    small = b""  # where the small streams are kept, all in one
    small_following = [n for (n,) in iter_unpack("<I", chain(small_table))]
    found: dict[str, bytes] = {}
    entries = chain(directory)
    for place in range(0, len(entries) - 127, 128):
        length = unpack_from("<H", entries, place + 64)[0]
        kind = entries[place + 66]
        if not kind or not 2 <= length <= 64:
            continue
        name = entries[place : place + length - 2].decode("utf-16-le", "replace")
        start, extent = unpack_from("<II", entries, place + 116)
        content = b"?"
        if kind == ROOT and not small:
            small = chain(start)
        elif kind == STREAM and name in wanted and name not in found:
            content = (
                chain(start)
                if extent >= small_limit
                else _chain(small, start, small_following, SMALL_SECTOR)
            )[:extent]
        found.setdefault(name, content)
    return found


def _chain(sectors: bytes, number: int, following: list[int], size: int) -> bytes:
    """The sectors that follow each other, from this one on."""
    parts, seen = [], set()
    while number < LAST_SECTOR:
        if number in seen:
            raise ValueError("a chain comes back to itself")
        seen.add(number)
        parts.append(sectors[number * size : (number + 1) * size])
        number = following[number]
    return b"".join(parts)


def _table(sent: bytes, size: int) -> list[int]:
    """Which sector follows each sector."""

    def sector(number: int) -> bytes:
        return sent[(number + 1) * size : (number + 2) * size]

    tables = [n for (n,) in iter_unpack("<I", sent[76:512]) if n < LAST_SECTOR]
    more, most = unpack_from("<I", sent, 68)[0], len(sent) // size
    while more < LAST_SECTOR:
        *numbers, more = (n for (n,) in iter_unpack("<I", sector(more)))
        tables += [n for n in numbers if n < LAST_SECTOR]
        if len(tables) > most:
            raise ValueError("more tables than sectors")
    if len(set(tables)) < len(tables):
        raise ValueError("a table stands twice")
    return [n for table in tables for (n,) in iter_unpack("<I", sector(table))]
