"""What templates ask about a dossier."""

from django import template
from django.utils import timezone

from dossiers import badges
from dossiers.models import Dossier

register = template.Library()


@register.filter
def due_badge(dossier: Dossier) -> badges.Badge | None:
    """Where the dossier stands against its due date today."""
    return badges.due_badge(dossier, timezone.localdate())
