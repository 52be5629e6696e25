"""Changing what is here by a row of a file: people and addresses, as on the page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from dossiers import entry_rules
from dossiers.models import Dossier
from dossiers.spreadsheets import words
from dossiers.spreadsheets.columns import by_key
from dossiers.spreadsheets.judged import Difference, Judged
from dossiers.statuses import SENT
from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import show

# A copy of a dossier for trying changes on; its procedure goes along as it is.
FIELDS = [field for field in Dossier._meta.concrete_fields if field.name != "procedure"]


def propose(row: Judged, key: str, told: str) -> None:
    """A value that would be written over the one that is here."""
    row.values[key] = told
    old = words_here(row.dossier, key)
    row.differences.append(Difference(key, old, in_words(key, told)))


def judge_change(row: Judged) -> None:
    """Say of every proposed value why it cannot be written."""
    if not row.values or row.dossier is None:
        return
    dossier = row.dossier
    if dossier.closed_on:
        first = next(iter(row.values))
        told = _("Dossier %(code)s is closed and is not changed any more.")
        row.say(first, told % {"code": dossier})
        return
    if dossier.status in SENT and "return_channel" in row.values:
        row.say(
            "return_channel",
            _(
                "The result of %(code)s has left already; the way it went out is not "
                "changed any more."
            )
            % {"code": dossier},
        )
    check_email(row, row.values.get("applicant_email", ""))
    changed = Dossier(**{f.attname: getattr(dossier, f.attname) for f in FIELDS})
    changed.procedure = dossier.procedure
    for key, value in row.values.items():
        setattr(changed, key, value)
    if not changed.applicant_name:
        row.say("applicant_name", _("Who asks? Write the name."))
    for key, sentence in entry_rules.correction_faults(changed):
        row.say(key, sentence)
    for key, sentence in entry_rules.find_doubts(changed):
        if key in row.values:
            row.doubt(key, sentence)


def standing(dossier: Dossier, key: str) -> Any:
    """What a column would read if its cell said what is here: to compare cells with.

    Letters, marks and spaces that differ only in how they are kept are no difference.
    """
    column = by_key[key]
    cell = column.write(dossier)
    try:
        return column.read(cell)
    except Invalid:  # kept from before a rule: compared as it is
        return cell


def words_here(dossier: Dossier | None, key: str) -> str:
    """What the column would say of the dossier that is here."""
    return show(by_key[key].write(dossier)) if dossier is not None else ""


def in_words(key: str, value: Any) -> str:
    """A value as its column says it."""
    named = {
        "applicant_kind": words.APPLICANTS,
        "return_channel": words.WAYS_OUT,
        "why_not_post": words.WHY_NOT_POST,
    }.get(key)
    return named.get(value, "") if named else show(value)


def check_email(row: Judged, address: str) -> None:
    """An address that could be one; empty is none."""
    if address:
        try:
            validate_email(address)
        except ValidationError:
            row.say("applicant_email", _("Write the address as ten@coquan.vn."))
