"""What a dossier must be before it is received: one list for form and action."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.item_numbers import Doubt, Kind, doubts, near_misses
from dossiers.models import Dossier, PostalItem
from dossiers.statuses import EXPECTED, ApplicantKind, IntakeChannel, ReturnChannel
from postal_tthc.lib.identifiers import (
    is_plausible_personal_id,
    is_plausible_phone,
    is_plausible_tax_code,
)
from postal_tthc.lib.vietnamese import write_date
from procedures.models import Leg, Procedure

# The first year of one-stop shops is well after this; before it is a slip.
EARLIEST_YEAR = 2010

Finding = tuple[str, str]
WhyNot = Callable[[Procedure, Leg, date], str]


def find_faults(
    draft: Dossier, *, now: datetime, why_not: WhyNot | None = None
) -> Iterator[Finding]:
    """Pairs of field and sentence: what must be mended before receiving.

    The draft has a procedure and ``received_at``; the rest may be as typed.
    ``why_not`` is ``why_not_by_post``, or one that remembers its answers.
    """
    day = timezone.localdate(draft.received_at)
    if draft.received_at > now:
        yield (
            "received_on",
            _("This is in the future. It is now %(now)s.")
            % {"now": f"{timezone.localtime(now):%H:%M, %d/%m/%Y}"},
        )
    elif day.year < EARLIEST_YEAR:
        yield (
            "received_on",
            _("The year must be %(year)d or later.") % {"year": EARLIEST_YEAR},
        )
    if not draft.procedure.is_in_force(day):
        yield "procedure_code", not_in_force(draft.procedure, day)
    else:
        yield from _ineligible_legs(draft, day, why_not or why_not_by_post)
    if not draft.applicant_name:
        yield "applicant_name", _("Who asks? Write the name.")
    agency = draft.procedure.agency
    if agency.valid_to and agency.valid_to < day:
        yield (
            "procedure_code",
            _("%(agency)s ended on %(day)s; the dossier belongs to its successor.")
            % {"agency": agency, "day": write_date(agency.valid_to)},
        )
    yield from _missing_names(draft)
    yield from missing_address(draft)


def _missing_names(draft: Dossier) -> Iterator[Finding]:
    numbers = draft.representative_phone or draft.representative_id_number
    if numbers and not draft.representative_name:
        yield "representative_name", _("Whose numbers are these? Write the name.")


def correction_faults(dossier: Dossier) -> Iterator[Finding]:
    """What must be mended when people and addresses are corrected."""
    yield from _missing_names(dossier)
    yield from return_faults(dossier)


def return_faults(dossier: Dossier) -> Iterator[Finding]:
    """What must be mended when the way the result goes out is corrected."""
    if dossier.return_channel == ReturnChannel.PUBLIC_POST:
        day = dossier.clock_started_on or timezone.localdate(dossier.received_at)
        if no := why_not_by_post(dossier.procedure, Leg.RETURN, day):
            yield "return_channel", no
    yield from missing_address(dossier)


def missing_address(draft: Dossier) -> Iterator[Finding]:
    """A result that goes by post goes to somebody, somewhere."""
    if draft.return_channel == ReturnChannel.PUBLIC_POST:
        if not draft.return_name:
            yield "return_name", _("Who receives the result? Write the name.")
        if not draft.return_address:
            yield (
                "return_address",
                _("The result goes by post: write the address it goes to."),
            )


def not_in_force(procedure: Procedure, day: date) -> str:
    """The sentence for a procedure outside its days."""
    values = {
        "code": procedure.code,
        "day": f"{day:%d/%m/%Y}",
        "start": write_date(procedure.in_force_from),
    }
    if procedure.in_force_to is None:
        return (
            _("%(code)s is not in force on %(day)s: it begins on %(start)s.") % values
        )
    values["end"] = write_date(procedure.in_force_to)
    return (
        _("%(code)s is not in force on %(day)s: it held from %(start)s to %(end)s.")
        % values
    )


def _ineligible_legs(draft: Dossier, day: date, why_not: WhyNot) -> Iterator[Finding]:
    by_post = {
        Leg.INTAKE: draft.intake_channel == IntakeChannel.PUBLIC_POST,
        Leg.RETURN: draft.return_channel == ReturnChannel.PUBLIC_POST,
    }
    for leg, field in ((Leg.INTAKE, "intake_channel"), (Leg.RETURN, "return_channel")):
        if by_post[leg] and (reason := why_not(draft.procedure, leg, day)):
            yield field, reason


def why_not_by_post(procedure: Procedure, leg: Leg, day: date) -> str:
    """The sentence that refuses a leg by public post; empty when it may go."""
    decided = procedure.eligibility(leg, day)
    values = {
        "code": procedure.code,
        "leg": leg.label.lower(),
        "day": f"{day:%d/%m/%Y}",
    }
    if decided is None:
        return (
            _(
                "On %(day)s %(code)s is not on the list for public post "
                "(%(leg)s). Choose another way."
            )
            % values
        )
    if decided.is_eligible:
        return ""
    return _("%(code)s may not go by public post (%(leg)s): %(reason)s") % {
        **values,
        "reason": decided.reason,
    }


def find_doubts(draft: Dossier, *, item_number: str = "") -> Iterator[Finding]:
    """Pairs of field and sentence: looks wrong, but may be right."""
    for field in ("applicant_phone", "representative_phone", "return_phone"):
        phone = getattr(draft, field)
        if phone and not is_plausible_phone(phone):
            yield (
                field,
                _("«%(value)s» does not look like a Vietnamese phone number.")
                % {"value": phone},
            )
    if number := draft.applicant_id_number:
        plausible = is_plausible_tax_code(number)
        if draft.applicant_kind == ApplicantKind.PERSON:
            plausible = is_plausible_personal_id(number)
        if not plausible:
            yield (
                "applicant_id_number",
                _(
                    "«%(value)s» does not look like a personal id (12 or 9 digits) "
                    "or a tax code."
                )
                % {"value": number},
            )
    number = draft.representative_id_number
    if number and not is_plausible_personal_id(number):
        yield (
            "representative_id_number",
            _("«%(value)s» does not look like a personal id (12 or 9 digits).")
            % {"value": number},
        )
    yield from doubt_item_number(item_number, leg=Leg.INTAKE, desk_id=draft.desk_id)


def doubt_item_number(
    item_number: str, *, leg: Leg | None = None, desk_id: int | None = None
) -> Iterator[Finding]:
    """Whether the number on an envelope looks wrong or is taken; empty is no doubt.

    ``leg`` and ``desk_id`` say where it is about to be written down; without a desk
    nothing is said of earlier uses. The code is told of that desk's own dossiers
    only, and an envelope that another desk has on the same leg is left to the
    refusal that follows (``put_in_item``).
    """
    if not item_number:
        return
    announced = PostalItem.objects.filter(
        number__in=near_misses(item_number),
        leg=Leg.INTAKE,
        dossiers__desk=desk_id,
        dossiers__status__in=sorted(EXPECTED),
    )
    expected = frozenset(announced.values_list("number", flat=True))
    uses = list(_earlier_uses(item_number, leg, desk_id))
    for doubt in doubts(item_number, expected=expected, is_used=bool(uses)):
        if doubt.kind == Kind.USED_BEFORE:
            yield from (("item_number", sentence) for sentence in uses)
        else:
            yield "item_number", _doubt_in_words(doubt, item_number)


def _doubt_in_words(doubt: Doubt, item_number: str) -> str:
    odd = {
        Kind.NOT_S10: _(
            "«%(value)s» is not of the form S10: two letters, nine digits, two letters."
        ),
        Kind.CHECK_DIGIT: _("«%(value)s»: the check digit does not fit."),
        Kind.RESERVED: _(
            "«%(value)s»: no service has numbers that begin with %(letter)s."
        ),
    }[doubt.kind] % {"value": item_number, "letter": item_number[0]}
    if doubt.expected:
        asked = ngettext(
            "Did you mean %(numbers)s, which is expected?",
            "Did you mean one of these, which are expected: %(numbers)s?",
            len(doubt.expected),
        ) % {"numbers": ", ".join(doubt.expected)}
    elif doubt.hints:
        asked = ngettext(
            "Did you mean %(numbers)s?",
            "Did you mean one of these: %(numbers)s?",
            len(doubt.hints),
        ) % {"numbers": ", ".join(doubt.hints)}
    else:
        asked = ""
    return " ".join(filter(None, (odd, asked, _("Compare it with the envelope."))))


def _earlier_uses(
    item_number: str, leg: Leg | None, desk_id: int | None
) -> Iterator[str]:
    """What to say of each leg on which the number stands already."""
    known = PostalItem.objects.filter(number=item_number).order_by("pk")
    for item in known.prefetch_related("dossiers") if desk_id else ():
        carried = sorted(item.dossiers.all(), key=lambda dossier: dossier.received_at)
        own = [dossier for dossier in carried if dossier.desk_id == desk_id]
        if own and own[-1].status in EXPECTED:
            said = _(
                "«%(value)s» was announced on %(day)s, for dossier %(code)s. "
                "Receive that one, or save again if this is another."
            )
        elif own and item.leg == leg:
            said = _(
                "«%(value)s» was used before (%(leg)s, %(day)s), for dossier "
                "%(code)s. If this dossier is in the same envelope, save again."
            )
        elif own:
            said = _(
                "«%(value)s» was used before (%(leg)s, %(day)s), for dossier "
                "%(code)s. Compare it with the envelope."
            )
        elif carried and item.leg != leg:
            said = _(
                "«%(value)s» was used before (%(leg)s, %(day)s), at another desk. "
                "Compare it with the envelope."
            )
        else:
            continue
        last = (own or carried)[-1]
        yield said % {
            "value": item_number,
            "code": f"{last}",
            "leg": item.get_leg_display().lower(),
            "day": write_date(_day_of_use(item, last)),
        }


def _day_of_use(item: PostalItem, dossier: Dossier) -> date:
    day = timezone.localdate(dossier.received_at)
    if item.leg == Leg.RETURN:
        return item.posted_on or dossier.returned_on or day
    return day
