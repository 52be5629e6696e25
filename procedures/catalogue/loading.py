"""The doors of the catalogue: judge a file, and load what was judged."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.lib.sheets import Sheet
from procedures.catalogue import judging, snapshot
from procedures.catalogue.judgement import Judgement, Request
from procedures.catalogue.writing import write
from procedures.models import Decision
from procedures.permissions import check_can_edit
from procedures.spreadsheets import reading
from procedures.spreadsheets.phrases import read_decision


def judge(
    sheets: Sequence[Sheet],
    *,
    organisation: Organisation,
    on: date,
    effective_from: date | None = None,
    decision: Decision | None = None,
    end_missing: bool = False,
) -> Judgement:
    """Every fault in the workbook, and what loading it would do. Writes nothing.

    ``on`` is today; ``decision`` stands behind rows that name none they know, and
    ``effective_from`` is the day from which changes hold, by default the day of
    the decision. ``end_missing`` ends the procedures in force that the file leaves
    out. Raises ``Invalid`` for an organisation that has no catalogue.
    """
    if organisation.scope != organisation:
        raise Invalid(
            _("%(name)s has no catalogue of its own; choose its agency.")
            % {"name": organisation}
        )
    request = Request(
        organisation.pk,
        on,
        effective_from,
        decision.pk if decision else None,
        end_missing,
    )
    return judging.judge(reading.read(sheets), request, snapshot.take(organisation))


@transaction.atomic
def load(judgement: Judgement, *, by: User | None) -> int:
    """Write everything that was judged, or nothing; how many procedures it wrote.

    ``by`` is None on the command line. Raises ``Refused`` for a person who may
    not, ``Invalid`` when the file has faults, ``Conflict`` when the catalogue has
    changed since it was judged.
    """
    organisation = Organisation.objects.get(pk=judgement.request.organisation)
    if by is not None:
        check_can_edit(by, organisation)
    if not judgement.is_loadable:
        raise Invalid(_("The file has faults; nothing was loaded."))
    known = snapshot.take(organisation, lock=True)
    fresh = judging.judge(judgement.reading, judgement.request, known)
    if fresh.faults or fresh.fingerprint != judgement.fingerprint:
        raise Conflict(
            _(
                "The catalogue of %(name)s has changed since the file was judged. "
                "Nothing was loaded; judge the file again."
            )
            % {"name": organisation}
        )
    write(fresh, known)
    return len(fresh.written)


def find_decision(text: str) -> Decision:
    """The one decision of this number, or of this number and day.

    ``124/QĐ-UBND`` or ``124/QĐ-UBND ngày 20/01/2020``. Raises ``Invalid``.
    """
    citation = read_decision(text.strip() or None)
    found = [
        decision
        for decision in Decision.objects.order_by("issued_on")
        if citation
        and snapshot.same_number(decision.number)
        == snapshot.same_number(citation.number)
        and citation.issued_on in (None, decision.issued_on)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise Invalid(
            _("Several decisions have the number %(number)s: %(decisions)s.")
            % {"number": text, "decisions": ", ".join(str(one) for one in found)}
        )
    raise Invalid(_("There is no decision %(number)s.") % {"number": text})
