"""The day swap that the ``holidays`` package does not know.

02/01/2026 was swapped with Saturday 10/01/2026 for civil servants. The rows can
be edited and removed on the calendar page like any other.
"""

from datetime import date

from django.db import migrations

DOCUMENT = "Văn bản số 12729/VPCP-KGVX ngày 25/12/2025 của Văn phòng Chính phủ"
SWAP = (
    (date(2026, 1, 2), True, "Nghỉ hoán đổi với ngày 10/01/2026"),
    (date(2026, 1, 10), False, "Làm bù cho ngày 02/01/2026"),
)


def add(apps, schema_editor):
    """Add the rows that are not there yet."""
    calendar_days = apps.get_model("procedures", "CalendarDay").objects
    for day, is_day_off, reason in SWAP:
        calendar_days.get_or_create(
            day=day,
            defaults={
                "is_day_off": is_day_off,
                "reason": reason,
                "document": DOCUMENT,
            },
        )


class Migration(migrations.Migration):
    """Adds known swaps; going back leaves them, they may have been edited."""

    dependencies = [("procedures", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
