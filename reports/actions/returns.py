"""Returns of other organisations: judged as a whole, kept whole, withdrawn in words."""

from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.kept_files import hash_of
from postal_tthc.lib.packages import MEGABYTE
from postal_tthc.lib.tables import Fault
from postal_tthc.lib.vietnamese import fold, tidy, write_date
from reports.consolidation import judging, reading
from reports.consolidation.collecting import counts_in_system
from reports.consolidation.judging import Judgement, Request
from reports.consolidation.membership import existed_in
from reports.consolidation.permissions import check_can_hand_in
from reports.models import AgencyReturn
from reports.periods import Period

MAX_RETURN = 5 * MEGABYTE  # a form with every field filled in has 30 kB
LONGEST_REASON = 300


def judge(
    content: bytes,
    *,
    name: str,
    organisation: Organisation,
    period: Period,
    today: date,
) -> Judgement:
    """Every fault of a file handed in for an organisation. Writes nothing.

    Raises ``Invalid`` with one sentence for a file that cannot be opened.
    """
    check_size(len(content))
    request = Request(organisation.name, organisation.symbol, period, today)
    file_hash = hash_of(content)
    read = reading.read(content, name=name)
    faults, lines = judging.judge(read, request)
    faults = [*_known(organisation, period, file_hash, today), *faults]
    return Judgement(
        request, name, file_hash, tuple(faults), lines if not faults else ()
    )


def check_size(size: int) -> None:
    """Refuse, before it is read, a file that no form can grow to."""
    if size > MAX_RETURN:
        raise Invalid(
            _(
                "The file is larger than %(limit)s MB; a filled form is far smaller. "
                "Fill in the blank form again, without pictures or other sheets."
            )
            % {"limit": MAX_RETURN // MEGABYTE}
        )


@transaction.atomic
def accept(
    content: bytes,
    *,
    name: str,
    organisation: Organisation,
    period: Period,
    by: User,
    at: datetime,
) -> AgencyReturn:
    """Keep the return of an organisation for a period, with the file itself.

    It is judged again under a lock. Raises ``Refused``, ``Invalid`` when the file has
    faults, ``Conflict`` when another return stands; nothing is written then.
    """
    check_can_hand_in(by, organisation)
    # Of two uploads at one moment the second waits here and then sees the first.
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    judgement = judge(
        content,
        name=name,
        organisation=organisation,
        period=period,
        today=timezone.localdate(at),
    )
    if standing := _standing(organisation, period):
        raise Conflict(_stands(standing))
    if judgement.faults:
        raise Invalid(_("The file has faults; nothing was written."))
    kept = AgencyReturn(
        collector=organisation.parent,
        organisation=organisation,
        period=period.word,
        start=period.start,
        end=period.end,
        lines=[line.as_json() for line in judgement.lines],
        file_name=tidy(name)[-200:],
        file_hash=judgement.file_hash,
        uploaded_by=by,
        uploaded_at=at,
    )
    plain = fold(f"{organisation.symbol} {period.word}").replace(" ", "-")
    stored = f"{plain}-{judgement.file_hash[:12]}.xlsx"
    kept.file.save(stored, ContentFile(content), save=False)
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:  # the last line, whoever got past the lock
        kept.file.delete(save=False)
        raise Conflict(_("A return for this period was handed in just now.")) from error
    except BaseException:
        kept.file.delete(save=False)
        raise
    return kept


@transaction.atomic
def withdraw(
    handed_in: AgencyReturn, *, reason: str, by: User, at: datetime
) -> AgencyReturn:
    """Take a return out of the figures; it stays on record with the reason.

    Raises ``Refused``, ``Invalid`` without a reason, ``Conflict`` the second time.
    """
    handed_in = (
        AgencyReturn.objects.select_for_update(of=("self",))
        .select_related("organisation__parent")
        .get(pk=handed_in.pk)
    )
    check_can_hand_in(by, handed_in.organisation)
    reason = tidy(reason)
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(
            _("Write why it is withdrawn, in at most %(n)d letters.")
            % {"n": LONGEST_REASON}
        )
    if handed_in.withdrawn_reason:
        raise Conflict(
            _("This return was withdrawn already: “%(reason)s”.")
            % {"reason": handed_in.withdrawn_reason}
        )
    handed_in.withdrawn_reason = reason
    handed_in.withdrawn_by, handed_in.withdrawn_at = by, at
    handed_in.save(update_fields=["withdrawn_reason", "withdrawn_by", "withdrawn_at"])
    return handed_in


def _standing(organisation: Organisation, period: Period) -> AgencyReturn | None:
    return AgencyReturn.objects.filter(
        collector=organisation.parent,
        organisation=organisation,
        period=period.word,
        withdrawn_reason="",
    ).first()


def _known(
    organisation: Organisation, period: Period, file_hash: str, today: date
) -> list[Fault]:
    """What stands against a return before its cells are looked at."""
    sentences = []
    if not existed_in(organisation, period):
        sentences.append(
            _("%(name)s did not exist in %(days)s.")
            % {"name": organisation, "days": period.days}
        )
    same = AgencyReturn.objects.filter(
        collector=organisation.parent, file_hash=file_hash
    ).first()
    if standing := _standing(organisation, period):
        sentences.append(_stands(standing))
    elif counts_in_system(organisation, period, today=today):
        sentences.append(
            _(
                "%(name)s works in this system: its figures are counted from its own "
                "dossiers and opening totals, and a file would count them twice."
            )
            % {"name": organisation}
        )
    if same and same.withdrawn_reason:
        sentences.append(
            _(
                "This very file was handed in before and withdrawn: “%(reason)s”. Hand "
                "in the corrected one."
            )
            % {"reason": same.withdrawn_reason}
        )
    elif same:
        sentences.append(
            _("This very file was handed in already, on %(day)s for %(name)s.")
            % {"day": _day(same), "name": same.organisation}
        )
    return [Fault(0, "", "", sentence) for sentence in sentences]


def _stands(standing: AgencyReturn) -> str:
    return _(
        "A return of %(name)s for this period stands already (“%(file)s”, %(day)s, "
        "%(person)s). Withdraw it with a reason first."
    ) % {
        "name": standing.organisation,
        "file": standing.file_name,
        "day": _day(standing),
        "person": standing.uploaded_by,
    }


def _day(handed_in: AgencyReturn) -> str:
    return write_date(timezone.localtime(handed_in.uploaded_at).date())
