"""Keeping what somebody has typed and not saved yet: for that person alone."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from dossiers import permissions
from dossiers.models import Draft
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Invalid

MOST_DRAFTS = 20  # of one person
MOST_LETTERS = 60_000  # of one draft, names of fields included
LONGEST_KEY = 40

# What a page sends without anybody having typed it.
UNTYPED = frozenset(
    {
        "sets",
        "intake_channel",
        "received_on",
        "received_time",
        "applicant_kind",
        "return_channel",
        "return_same_as_applicant",
        "why_not_post",
        "papers_for",
        "book_page",
        "line",
        "service",
        "route",
        "payer",
    }
)
# What a draft is called after, in this order.
CALLED_AFTER = ("applicant_name", "procedure_code", "item_number")

Fields = Iterable[tuple[str, str]]


@transaction.atomic
def keep_draft(owner: User, key: str, fields: Fields, *, seen: str) -> Draft | None:
    """Keep the fields of a page as they stand; None when nothing was typed yet.

    ``seen`` is the stamp of the draft as the page last knew it, empty before the
    first time: two tabs never write over each other. Raises ``Conflict`` when the
    draft is another one by now, or gone; ``Invalid`` past the limits.
    """
    permissions.check_ability(owner, Ability.ANNOUNCE)
    kept = [[name, value.replace("\x00", "")] for name, value in fields]
    _check_size(key, kept)
    draft = owner.drafts.select_for_update().filter(key=key).first()
    if draft is None:
        if seen:
            raise Conflict(_("This draft was saved as a dossier, or deleted."))
        if not any(value and _is_typed(name) for name, value in kept):
            return None
        _check_number(owner)
        draft = Draft(owner=owner, key=key)
    elif draft.fields != kept and stamp(draft) != seen:
        raise Conflict(_("This draft was changed in another tab."))
    draft.fields, draft.title = kept, _title(kept)
    draft.save()
    return draft


def discard_draft(owner: User, key: str) -> Draft | None:
    """Delete a draft, as it became a dossier or is not wanted any more.

    The answer is what was deleted; None when there was nothing.
    """
    draft = owner.drafts.filter(key=key).first()
    if draft is not None:
        owner.drafts.filter(key=key).delete()
    return draft


def stamp(draft: Draft) -> str:
    """What makes one state of a draft different from the next."""
    return draft.saved_at.isoformat()


def _check_size(key: str, kept: list[list[str]]) -> None:
    if len(key) > LONGEST_KEY:
        raise Invalid(_("This is not the key of a draft."))
    letters = sum(len(name) + len(value) for name, value in kept)
    if letters > MOST_LETTERS:
        raise Invalid(
            _(
                "Too long to be kept as a draft: %(letters)d letters, at most %(most)d. "
                "Save the dossier, or shorten it."
            )
            % {"letters": letters, "most": MOST_LETTERS}
        )


def _check_number(owner: User) -> None:
    if owner.drafts.count() >= MOST_DRAFTS:
        raise Invalid(
            _(
                "You have %(most)d drafts already. Finish or delete one of them under "
                "«Your drafts», then try again."
            )
            % {"most": MOST_DRAFTS}
        )


def _is_typed(name: str) -> bool:
    is_of_papers = name.startswith("papers-") and not name.endswith("-name")
    return name not in UNTYPED and not is_of_papers


def _title(kept: list[list[str]]) -> str:
    values = dict(kept)
    parts = (values.get(name, "").strip() for name in CALLED_AFTER)
    return " · ".join(filter(None, parts))[:300]
