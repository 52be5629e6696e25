"""Who may read figures, and whose; who may write, sign and send reports."""

from django.utils.translation import gettext as _

from dossiers.permissions import check_ability
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Refused, allows
from reports.models import Report, ReportEvent
from reports.moves import CORRECTABLE, EDITABLE, MOVES


def readable(user: User) -> list[Organisation]:
    """The organisations whose figures this person may read: the own and those below.

    Raises ``Refused`` for a role without figures.
    """
    at_post_office = (
        user.organisation and user.organisation.kind == Organisation.Kind.POST_OFFICE
    )
    if at_post_office or not user.may(Ability.READ_FIGURES):
        raise Refused(
            _("The role «%(role)s» does not include figures.")
            % {"role": user.get_role_display()}
        )
    scope = user.organisation.scope
    below = Organisation.objects.within(scope).filter(
        kind__in=[Organisation.Kind.PROVINCE, Organisation.Kind.AGENCY]
    )
    return sorted(below, key=lambda x: (x.pk != scope.pk, x.name))


def chosen(user: User, symbol: str) -> Organisation:
    """The organisation asked for by its symbol; without one, the own.

    Raises ``Refused`` when its figures are not this person's to read.
    """
    organisations = readable(user)
    if not symbol:
        return organisations[0]
    for organisation in organisations:
        if organisation.symbol == symbol:
            return organisation
    raise Refused(_("The figures of %(symbol)s belong to others.") % {"symbol": symbol})


def check_can_write(user: User, organisation: Organisation) -> None:
    """A writer writes the reports of the own organisation."""
    check_ability(user, Ability.WRITE_REPORTS)
    _check_own(user, organisation)


def can_write(user: User, organisation: Organisation) -> bool:
    """Whether to offer a new report."""
    return allows(check_can_write, user, organisation)


def check_can_edit(user: User, report: Report) -> None:
    """Facts and words change while the report is a draft."""
    check_can_write(user, report.organisation)
    if report.status not in EDITABLE:
        raise Conflict(
            _(
                "The report is «%(status)s». Take it back to change it, or correct it "
                "with a new version once it is signed."
            )
            % {"status": report.get_status_display()}
        )


def can_edit(user: User, report: Report) -> bool:
    """Whether to offer the forms."""
    return allows(check_can_edit, user, report)


def check_can_move(user: User, report: Report, step: ReportEvent.Step) -> None:
    """The role may do it, the report is ours, and the table has the move."""
    move = MOVES[step]
    check_ability(user, move.ability)
    _check_own(user, report.organisation)
    if report.status not in move.sources:
        raise Conflict(
            _("The report is «%(status)s», so it cannot become «%(to)s».")
            % {"status": report.get_status_display(), "to": move.to.label}
        )


def can_move(user: User, report: Report, step: ReportEvent.Step) -> bool:
    """Whether to offer a step."""
    return allows(check_can_move, user, report, step)


def check_can_correct(user: User, report: Report) -> None:
    """A signed report is corrected by one new version."""
    check_can_write(user, report.organisation)
    if report.status not in CORRECTABLE:
        raise Conflict(
            _("The report is «%(status)s»: there is nothing signed to correct.")
            % {"status": report.get_status_display()}
        )
    if Report.objects.filter(replaces=report).exists():
        raise Conflict(
            _("A new version of this report has been begun already; go on with it.")
        )


def can_correct(user: User, report: Report) -> bool:
    """Whether to offer a new version."""
    return allows(check_can_correct, user, report)


def _check_own(user: User, organisation: Organisation) -> None:
    if user.organisation is None or user.organisation.scope != organisation:
        raise Refused(
            _("The reports of %(name)s are written by its own people.")
            % {"name": organisation}
        )
