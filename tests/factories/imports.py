"""Large registers, and a worker that takes its time over them.

Run as a module it is that worker: it pauses after every slice of rows, so that a test
sees how far it is, and can kill it there, however few rows there are.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO

import django
import xlsxwriter

if __name__ == "__main__":
    django.setup()

from tests.factories.jobs import ROOT, surroundings

PAUSE = 0.5  # seconds
FIRST = date(2019, 1, 2)
DAYS = 250
HEADINGS = ("Mã TTHC", "Ngày tiếp nhận", "Cách nộp", "Ngày trả", "Người nộp")


def large_register(code: str, rows: int) -> bytes:
    """A register of many rows without codes, each another person's."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, rows + 1):
        received = FIRST + timedelta(days=row % DAYS)
        sheet.write_string(row, 0, code)
        sheet.write_datetime(row, 1, received, day)
        sheet.write_string(row, 2, "BCCI" if row % 3 else "Trực tiếp")
        sheet.write_datetime(row, 3, received + timedelta(days=9), day)
        sheet.write_string(row, 4, f"Nguyễn Văn {row}")
    book.close()
    return content.getvalue()


@contextmanager
def slow_worker() -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own; killed when the block is left."""
    command = [sys.executable, "-m", "tests.factories.imports"]
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings())
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _pause_between_slices() -> None:
    from dossiers.spreadsheets.judging import Judge
    from dossiers.spreadsheets.writing import Writer

    judge, write = Judge._judge, Writer.write

    def judge_slowly(self, lines):
        time.sleep(PAUSE)
        return judge(self, lines)

    def write_slowly(self, rows):
        time.sleep(PAUSE)
        return write(self, rows)

    Judge._judge, Writer.write = judge_slowly, write_slowly


if __name__ == "__main__":
    from django.core.management import call_command

    _pause_between_slices()
    call_command("work", *sys.argv[1:])
