"""What is kept about a dossier."""

from dossiers.models.custody import CustodyEntry
from dossiers.models.dossier import Dossier
from dossiers.models.number_series import NumberSeries
from dossiers.models.papers import Paper
from dossiers.models.postal_item import PostalItem

__all__ = ["CustodyEntry", "Dossier", "NumberSeries", "Paper", "PostalItem"]
