"""Loading the demo: all of it or nothing, and never beside real data."""

from datetime import date
from random import Random

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.demo import catalogue, decisions, organisations
from dossiers.demo.aftermath import PRESENT
from dossiers.demo.journeys import Diary
from dossiers.demo.leftovers import leave_draft
from dossiers.demo.plan import plan
from dossiers.demo.scene import Scene
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict
from procedures.calendar import working_calendar

SEED = 2020


@transaction.atomic
def load() -> bool:
    """Write the demo; False when it is already there and nothing was written.

    Raises ``Conflict`` when the database holds real data and no demo.
    """
    if is_loaded():
        return False
    check_untouched()
    office = organisations.create()
    rows = catalogue.read_rows()
    procedures = catalogue.create(rows, office.agency, decisions.create(office.agency))
    calendar = working_calendar(date(2019, 1, 1), timezone.localdate(PRESENT))
    rng = Random(SEED)
    receipts = plan(rows, calendar, rng)
    scene = Scene(office, calendar, rng)
    diary = Diary(scene, procedures)
    for receipt in receipts:
        scene.agenda.add(diary.journey(receipt))
    scene.agenda.run(until=PRESENT)
    leave_draft(office.clerk)
    return True


def is_loaded() -> bool:
    """Whether the demo is in the database."""
    return Organisation.objects.filter(is_sample=True).exists()


def check_untouched() -> None:
    """Refuse a database with an organisation or a person that is not a sample.

    Procedures and dossiers belong to an organisation, so these two tell.
    """
    real = (
        Organisation.objects.filter(is_sample=False).first()
        or User.objects.exclude(organisation__is_sample=True).first()
    )
    if real is not None:
        raise Conflict(
            _(
                "The demo was not loaded: this database holds real data («%(name)s»). "
                "Name another database in DATABASE_URL."
            )
            % {"name": real}
        )
