"""Exports in bounded memory, and the rate at which dossiers are generated.

Run with ``make bench``; ``BENCH_DOSSIERS`` says how many. Rates are printed, not
asserted: they are the machine's. What is asserted is a ratio within one run.
"""

import csv
import os
import resource
import sqlite3
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from python_calamine import CalamineWorkbook

from dossiers import custody
from dossiers.generating import generate
from dossiers.models import Dossier
from dossiers.spreadsheets.exporting import BY_RECEIPT, Chosen, Wish, write
from dossiers.spreadsheets.layouts import LAYOUTS
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib import big_sheets
from postal_tthc.lib.big_tables import Column, Row, Table

MANY = int(os.environ.get("BENCH_DOSSIERS", "20000"))
UNTIL = date(2025, 12, 31)
FARTHEST_FROM_PLAIN = 40  # times; six tables with indexes, papers and seals cost some
WIDE = Table("A", "A", "A", tuple(Column(f"Cột {n}") for n in range(20)))


def peak(path: Path, kind: str, count: int) -> tuple[int, float]:
    """The most memory that writing so many rows took, in bytes; and rows a second."""

    def rows() -> Iterator[Row]:
        for n in range(count):
            yield [f"Nguyễn Văn A {n}-{column}" for column in range(20)]

    started = perf_counter()
    big_sheets.write(WIDE, rows(), path, kind)
    rate = count / (perf_counter() - started)
    tracemalloc.start()
    big_sheets.write(WIDE, rows(), path, kind)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most, rate


@pytest.mark.parametrize("kind", sorted(big_sheets.FORMATS))
def test_ten_times_the_rows_take_no_more_memory(kind: str, tmp_path: Path) -> None:
    few, _rate = peak(tmp_path / "few", kind, 500)
    many, rate = peak(tmp_path / "many", kind, 5_000)
    print(f"\n{kind}: {rate:,.0f} rows/s, {few / 2**20:.1f} and {many / 2**20:.1f} MiB")
    assert many < 1.5 * few + 2**20


def yardstick(count: int, folder: Path) -> float:
    """Rows a second that this machine adds to a table without indexes and rules."""
    state = '{"clock_started_on": "2025-06-02", "papers": {"1": 12}}'.ljust(330)
    rows = [(n, n, "received", state, "0" * 64, "1" * 64) for n in range(count)]
    database = sqlite3.connect(folder / "bare.sqlite3")
    database.execute("CREATE TABLE bare (a, b, c, d, e, f)")
    started = perf_counter()
    with database:
        database.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?)", rows)
    rate = count / (perf_counter() - started)
    database.close()
    return rate


def opened(path: Path, kind: str) -> tuple[int, list[str], list[str]]:
    """How many rows stand under the heading, and the codes of the first and last."""
    if kind == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            codes = [row[0] for row in rows]
        return len(codes), codes[:1], codes[-1:]
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    cells = sheet.to_python()
    return len(cells) - 1, cells[1][:1], cells[-1][:1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", sorted(big_sheets.FORMATS))
def test_a_register_of_any_length_leaves_whole(kind: str, tmp_path: Path) -> None:
    generate(MANY, 1, until=UNTIL)
    agency, path = Organisation.objects.get(symbol="TM"), tmp_path / f"x.{kind}"
    wish = Wish(order=BY_RECEIPT, file_format=kind)
    started = perf_counter()
    assert write(Chosen(Dossier.objects.all()), wish, agency, path) == MANY
    seconds = perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{kind}: {MANY:,} dossiers in {seconds:,.0f} s, {MANY / seconds:,.0f} a "
        f"second; the process took {most:,.0f} MiB at most"
    )
    ordered = Dossier.objects.order_by("received_at", "pk").values_list("code")
    first, last = ordered.first(), ordered.last()
    assert opened(path, kind) == (MANY, list(first), list(last))


@pytest.mark.django_db(transaction=True)
def test_dossiers_are_generated_fast_and_exported_in_bounded_memory(
    tmp_path: Path,
) -> None:
    done = generate(MANY, 1, until=UNTIL)
    plain, rate = yardstick(done.rows, tmp_path), done.rows / done.seconds
    print(
        f"\n{done.dossiers / done.seconds:,.0f} dossiers and {rate:,.0f} rows generated "
        f"a second; into a bare table the machine writes {plain / rate:.1f} times as many"
    )
    assert rate > plain / FARTHEST_FROM_PLAIN
    assert not custody.verify(Dossier.objects.filter(pk__lte=2_000)).breaks
    agency = Organisation.objects.get(symbol="TM")
    for layout in LAYOUTS:
        most = []
        for count in (MANY // 5, MANY):
            some = Dossier.objects.filter(pk__lte=count).order_by("pk")
            if (narrow := LAYOUTS[layout].narrow) is not None:
                some = some.filter(narrow)
            path, wish = tmp_path / layout, Wish(layout=layout, file_format="csv")
            started = perf_counter()
            written = write(Chosen(some), wish, agency, path)
            rate = written / (perf_counter() - started)
            tracemalloc.start()
            write(Chosen(some), wish, agency, path)
            most.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        print(f"{layout}: {rate:,.0f} dossiers/s, {most[1] / 2**20:.1f} MiB at most")
        assert most[1] < 1.5 * most[0] + 4 * 2**20
