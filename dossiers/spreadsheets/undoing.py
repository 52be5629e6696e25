"""Undoes an import, while nothing has happened to its dossiers since."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from dossiers import permissions
from dossiers.actions import correct
from dossiers.models import (
    CustodyEntry,
    Dossier,
    HandoverLine,
    ImportedRow,
    Incident,
    Notice,
    Paper,
    PostalItem,
    RegisterImport,
)
from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict, DomainError, Refused

AT_ONCE = 500
NAMED = 5  # dossiers in a refusal


@transaction.atomic
def undo(
    source: RegisterImport,
    *,
    by: User,
    at: datetime,
    reached: Callable[[int], None] | None = None,
    conclude: Callable[[RegisterImport], None] | None = None,
) -> RegisterImport:
    """Take away every dossier the import made, and put back every value it changed.

    A dossier that was made has its first entry only; of one that was changed the last
    entry is that change. Otherwise nothing is undone, and those in the way are named.
    The file, its hash and who brought it stay. ``reached`` is told how many rows are
    undone, ``conclude`` is called last, inside the transaction. Raises ``Refused`` or
    ``Conflict``.
    """
    check_can_undo(by, source)
    source = RegisterImport.objects.select_for_update().get(pk=source.pk)
    if source.status != RegisterImport.Status.WRITTEN:
        raise Conflict(
            _("«%(file)s» is «%(status)s»: there is nothing to undo.")
            % {"file": source, "status": source.get_status_display()}
        )
    rows = ImportedRow.objects.filter(source=source)
    dossiers = Dossier.objects.filter(imported_rows__in=rows)
    # In one order for everybody, so that two who lock many never wait for each other.
    list(dossiers.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    _check_untouched(source)
    done, tell = 0, reached or (lambda _done: None)
    for row in rows.filter(is_new=False).select_related("dossier"):
        _put_back(row, by, at)
        done += 1
        tell(done)
    made = list(rows.filter(is_new=True).values_list("dossier", flat=True))
    rows.delete()
    for start in range(0, len(made), AT_ONCE):
        slice_ = made[start : start + AT_ONCE]
        _take_away(slice_)
        done += len(slice_)
        tell(done)
    source.status = RegisterImport.Status.UNDONE
    source.undone_at, source.undone_by = at, by
    source.save()
    if conclude:
        conclude(source)
    return source


def check_can_undo(user: User, source: RegisterImport) -> None:
    """A clerk of the organisation that imported it."""
    permissions.check_can_receive(user)
    if source.organisation_id != user.organisation.scope.pk:
        raise Refused(_("This file belongs to another organisation."))


def _check_untouched(source: RegisterImport) -> None:
    touched = [row.dossier for row in _touched(source)]
    if touched:
        names = ", ".join(str(dossier) for dossier in touched[:NAMED])
        raise Conflict(
            _(
                "Something has happened since to %(n)d dossiers of this file "
                "(%(codes)s), so it is not undone. Mend single dossiers on their "
                "pages."
            )
            % {"n": len(touched), "codes": names}
        )


def _touched(source: RegisterImport) -> list[ImportedRow]:
    rows = source.rows.select_related("dossier").annotate(
        entries=Count("dossier__custody")
    )
    ours = {"dossier": OuterRef("dossier")}
    made = rows.filter(
        ~Q(entries=1)
        # Something has happened, whether the log tells it or not.
        | Exists(PostalItem.dossiers.through.objects.filter(**ours))
        | Exists(Paper.objects.filter(**ours))
        | Exists(HandoverLine.objects.filter(**ours))
        | Exists(Incident.objects.filter(**ours))
        | Exists(Notice.objects.filter(**ours)),
        is_new=True,
    )
    changed = [
        row
        for row in rows.filter(is_new=False)
        if row.entries != row.before.get("version")
    ]
    return [*made, *changed]


def _put_back(row: ImportedRow, by: User, at: datetime) -> None:
    try:
        correct(row.dossier, row.before["values"], by=by, at=at)
    except DomainError as error:
        place = _("Row %(row)s") % {"row": row.number}
        raise type(error)(f"{place}: {error}") from error


def _take_away(made: list[int]) -> None:
    entries = CustodyEntry.objects.filter(dossier__in=made)
    # Past the log's own refusal: what it tells of has never been.
    QuerySet(CustodyEntry).filter(pk__in=entries.values("pk")).delete()
    try:
        Dossier.objects.filter(pk__in=made).delete()
    except ProtectedError as error:  # a signed report counts them
        held = {getattr(x, "dossier", None) for x in error.protected_objects} - {None}
        names = ", ".join(sorted(str(dossier) for dossier in held)[:NAMED])
        raise Conflict(
            _(
                "Something refers to dossiers of this file by now (%(codes)s), so it is "
                "not undone. Mend single dossiers on their pages."
            )
            % {"codes": names or "–"}
        ) from error
