"""The part of a dossier's page that tells where each paper is and has been."""

from typing import Any

from django.db.models import Q

from dossiers import postal_permissions as permissions
from dossiers.models import Dossier, Incident
from dossiers.passports import passports
from postal_tthc.accounts.models import User


def context(user: User, dossier: Dossier) -> dict[str, Any]:
    """What ``dossiers/_passport.html`` takes."""
    found = passports(dossier)
    about = Q(dossier=dossier) | Q(dossier=None, item__dossiers=dossier)
    return {
        "passports": found,
        "copies": [passport for passport in found if not passport.is_original],
        "incidents": Incident.objects.filter(about).distinct(),
        "can_report": permissions.can_report(user, dossier),
    }
