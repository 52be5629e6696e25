"""What dossiers received before journeys were kept have of them.

Each gets its public address, the end of its chain and, when nothing is owed any
more, the day it was closed; each envelope gets the status its days tell.
"""

from secrets import token_urlsafe

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

CLOSED = ["returned", "refused", "withdrawn"]


def fill(apps, schema_editor):
    """Fill the new columns of old rows; the custody log itself is not touched."""
    dossiers = apps.get_model("dossiers", "Dossier").objects
    entries = apps.get_model("dossiers", "CustodyEntry").objects
    last = entries.filter(dossier=OuterRef("pk")).order_by("-sequence").values("seal")
    dossiers.update(last_seal=Subquery(last[:1]))
    ended = dossiers.filter(status__in=CLOSED)
    ended.filter(returned_on__isnull=False).update(closed_on=F("returned_on"))
    ended.filter(returned_on__isnull=True).update(closed_on=F("finished_on"))
    for pk in dossiers.filter(public_token=None).values_list("pk", flat=True):
        dossiers.filter(pk=pk).update(public_token=token_urlsafe(16))
    items = apps.get_model("dossiers", "PostalItem").objects
    items.filter(leg="intake").update(status="delivered")
    items.filter(leg="return", posted_on__isnull=False).update(status="accepted")
    items.filter(leg="return", delivered_on__isnull=False).update(status="delivered")


class Migration(migrations.Migration):
    """Fills what 0002 added; 0004 then asks for it always."""

    dependencies = [("dossiers", "0002_journeys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
