"""Files that are made to do harm, or that are no lists at all."""

import zlib
from collections.abc import Iterable
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

MEGABYTE = 2**20
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LONG = "x" * 30_000
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xlsx(sheet: str, *, head: str = "", shared: str = "", **more: bytes) -> bytes:
    """A workbook whose only sheet has this inside ``sheetData``."""
    made, fresh = BytesIO(), BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.add_worksheet().write_string(0, 0, "x")
    book.close()
    page = f'{head}<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
    with ZipFile(made) as old, ZipFile(fresh, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part: bytes | str = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = page
            if name == "xl/sharedStrings.xml" and shared:
                part = f'<sst xmlns="{MAIN}">{shared}</sst>'
            new.writestr(name, part)
        for name, part in more.items():
            new.writestr(name.replace("__", "/"), part)
    return fresh.getvalue()


def of_many_rows(row: str, count: int) -> bytes:
    """A workbook whose sheet has the same row so often; its zip stays small.

    Deflated once, one part follows the other as they are: nobody has to hold them.
    """
    chunk = (row * (MEGABYTE // len(row))).encode()
    times = count * len(row) // len(chunk)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    rows = first * times + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    parts = {
        b"[Content_Types].xml": (b"", 0),
        b"xl/workbook.xml": (b"", 0),
        b"xl/worksheets/sheet1.xml": (rows, len(chunk) * times),
    }
    files = entries = b""
    for name, (content, size) in parts.items():
        sizes = pack("<III", 0, len(content), size)
        about = pack("<HHHHH", 20, 0, 8 if content else 0, 0, 33) + sizes
        place = pack("<HHHII", 0, 0, 0, 0, len(files))
        entries += b"PK\1\2" + pack("<H", 20) + about
        entries += pack("<HH", len(name), 0) + place + name
        files += b"PK\3\4" + about + pack("<HH", len(name), 0) + name + content
    counted = pack("<HHHHIIH", 0, 0, 3, 3, len(entries), len(files), 0)
    return files + entries + b"PK\5\6" + counted


def compound(streams: dict[str, bytes], *, circle: bool = False) -> bytes:
    """A compound file with these big streams; in a circle, the first never ends."""
    streams = {name: x.ljust(4096, b"\0") for name, x in streams.items()}
    counts = {name: -(-len(x) // 512) for name, x in streams.items()}
    folders = -(-(len(streams) + 1) // 4)
    used = folders + sum(counts.values())
    tables = -(-used // 127)
    following = [TABLE] * tables
    entries, body, place = [_entry("Root Entry", 5, END, 0)], b"", tables
    following += [*range(place + 1, place + folders), END]
    place += folders
    for number, (name, content) in enumerate(streams.items()):
        entries.append(_entry(name, 2, place, len(content)))
        last = place if circle and not number else END
        following += [*range(place + 1, place + counts[name]), last]
        body += content.ljust(counts[name] * 512, b"\0")
        place += counts[name]
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\xff"))
    head[8:24] = bytes(16)
    head[24:34] = pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head[34:44] = bytes(10)
    head[44:76] = pack("<IIIIIIII", tables, tables, 0, 4096, END, 0, END, 0)
    head[76 : 76 + 4 * tables] = b"".join(pack("<I", n) for n in range(tables))
    table = b"".join(pack("<I", n) for n in following).ljust(tables * 512, b"\xff")
    folder = b"".join(entries).ljust(folders * 512, b"\0")
    return bytes(head) + table + folder + body


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    entry, letters = bytearray(128), name.encode("utf-16-le")
    entry[: len(letters)] = letters
    entry[64:68] = pack("<HBB", len(letters) + 2, kind, 1)
    entry[68:80] = pack("<III", FREE, FREE, FREE)
    entry[116:124] = pack("<II", start, size)
    return bytes(entry)


def record(kind: int, content: bytes) -> bytes:
    """One record of an old workbook."""
    return pack("<HH", kind, len(content)) + content


def xls(*records: bytes) -> bytes:
    """The stream of an old workbook."""
    start = record(0x0809, pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    return start + b"".join(records) + record(0x000A, b"")


def shared_text(letters: int) -> Iterable[bytes]:
    """One text that many cells can show, longer than a record holds."""
    first = min(letters, 8_000)
    yield record(0x00FC, pack("<IIHB", 9, 1, letters, 0) + b"x" * first)
    while letters := letters - first:
        first = min(letters, 8_000)
        yield record(0x003C, b"\0" + b"x" * first)


def shown(rows: int, columns: int) -> bytes:
    """Cells that all show the first shared text."""
    return b"".join(
        record(0x00FD, pack("<HHHI", row, column, 0, 0))
        for row in range(rows)
        for column in range(columns)
    )
