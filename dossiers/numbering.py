"""Dossier codes: ``H02.16-261122-0001``, without gaps or doubles.

TT 01/2018/TT-VPCP, Điều 19: agency identifier, day of intake, running number of
the day. The identifier may be of the old form (000.00.16.H02) or the new one.
"""

import re
from datetime import UTC, date, datetime

from django.db import connection, transaction

from dossiers.models import NumberSeries
from postal_tthc.accounts.models import IDENTIFIER, Organisation
from postal_tthc.errors import Invalid

CODE = re.compile(rf"{IDENTIFIER}-[0-9]{{6}}-[0-9]{{4,}}")

PARTS = re.compile(
    rf"(?P<identifier>{IDENTIFIER})-(?P<day>[0-9]{{6}})-(?P<number>[0-9]{{4,9}})"
)
LARGEST = 999_999  # of a day; a larger number is a slip, and would use up the series

# One statement on both databases: the row is made or raised, and stays locked
# until the transaction ends, so a rolled-back receipt gives its number back.
NEXT_NUMBER = f"""
    INSERT INTO {NumberSeries._meta.db_table} (agency_id, day, kind, last)
    VALUES (%s, %s, %s, 1)
    ON CONFLICT (agency_id, day, kind) DO UPDATE
    SET last = {NumberSeries._meta.db_table}.last + 1
    RETURNING last
"""


def take_code(agency: Organisation, day: date) -> str:
    """The next code of an agency for a day.

    Raises ``Invalid`` when the agency has no identifier on the day, and
    ``TransactionManagementError`` outside a transaction.
    """
    identifier = agency.identifier_on(day)
    number = take_number(NumberSeries.Kind.DOSSIER, agency, day)
    return f"{identifier}-{day:%y%m%d}-{number:04d}"


def take_number(kind: NumberSeries.Kind, organisation: Organisation, day: date) -> int:
    """The next number of a kind for an organisation and a day, from 1.

    Call it inside the transaction that uses the number, as late as possible:
    everybody else who wants one waits until that transaction ends.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "A number is taken inside the transaction that uses it."
        )
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [organisation.pk, day, kind.value])
        return cursor.fetchone()[0]


def take_codes(agency: Organisation, day: date, count: int) -> list[str]:
    """The next ``count`` codes of an agency for a day, as ``take_code`` gives one."""
    identifier = agency.identifier_on(day)
    first = take_number(NumberSeries.Kind.DOSSIER, agency, day)
    series = NumberSeries.objects.filter(
        agency=agency, day=day, kind=NumberSeries.Kind.DOSSIER
    )
    series.update(last=first + count - 1)
    return [
        f"{identifier}-{day:%y%m%d}-{number:04d}"
        for number in range(first, first + count)
    ]


def keep_number(agency: Organisation, code: str) -> None:
    """No number up to that of a code given elsewhere is given out again.

    A code of another form than ours cannot be given out, and is let be.
    """
    found = PARTS.fullmatch(code)
    if found is None:
        return
    try:
        day = datetime.strptime(found["day"], "%y%m%d").replace(tzinfo=UTC).date()
        if agency.identifier_on(day) != found["identifier"]:
            return
    except (ValueError, Invalid):
        return
    number = int(found["number"])
    if not 1 <= number <= LARGEST:
        return
    series, is_new = NumberSeries.objects.get_or_create(
        agency=agency,
        day=day,
        kind=NumberSeries.Kind.DOSSIER,
        defaults={"last": number},
    )
    if not is_new and series.last < number:
        NumberSeries.objects.filter(pk=series.pk).update(last=number)
