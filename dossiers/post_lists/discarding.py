"""Takes a list of the post away that was looked at and is not to be written."""

from django.db import transaction
from django.utils.translation import gettext as _

from dossiers.models import PostList
from dossiers.permissions import check_ability
from dossiers.post_lists.background import WRITE, jobs_of
from postal_tthc import kept_files
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Refused


def may_be_discarded(source: PostList) -> bool:
    """Whether nothing rests upon it, and nobody works on it.

    A writing that was stopped half-way has written whole dossiers.
    """
    jobs = jobs_of(source)
    was_begun = source.written_at or jobs.filter(parameters__do=WRITE).exists()
    return not was_begun and not jobs.open().exists()


@transaction.atomic
def discard(source: PostList, *, by: User) -> None:
    """Take the file and what it was matched with away, for good.

    Raises ``Refused`` for another organisation, ``Conflict`` for a list that was
    written, even half, or is worked on.
    """
    check_ability(by, Ability.CARRY)
    if source.organisation_id != by.organisation.scope.pk:
        raise Refused(_("This file belongs to another organisation."))
    kept = PostList.objects.select_for_update().filter(pk=source.pk).first()
    if kept is None:  # somebody was faster
        return
    if not may_be_discarded(kept):
        raise Conflict(
            _("«%(file)s» was written or is being worked on, so it stays.")
            % {"file": kept}
        )
    kept_files.discard(kept, by=by)
