"""What each role may do: one table, read by permissions, pages and docs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """One person has one role in one organisation."""

    CLERK = "clerk", _("One-stop clerk")
    CASE_OFFICER = "case_officer", _("Case officer")
    LEADER = "leader", _("Leader")
    CATALOGUE_MANAGER = "catalogue_manager", _("Catalogue manager")
    POSTAL_CLERK = "postal_clerk", _("Postal clerk")
    CONSOLIDATOR = "consolidator", _("Provincial consolidator")
    ADMINISTRATOR = "administrator", _("Administrator")


class Ability(TextChoices):
    """One thing that a role may do."""

    SEE_DESK = "see_desk", _("See what waits today")
    RECEIVE = "receive", _("Receive and correct dossiers")
    PROCESS = "process", _("Process dossiers")
    RETURN = "return", _("Return results")
    ANNOUNCE = "announce", _("Announce dossiers that were posted")
    CARRY = "carry", _("Record what the post did with an item")
    TAKE_BACK = "take_back", _("Take back anybody's last step")
    EDIT_CATALOGUE = "edit_catalogue", _("Edit the catalogue and the calendar")
    READ_FIGURES = "read_figures", _("Read figures and reports")
    READ_WORKLOAD = "read_workload", _("See the workload of each clerk")
    KEEP_LEDGER = "keep_ledger", _("Write the outreach ledger")
    WRITE_REPORTS = "write_reports", _("Write reports")
    SIGN_REPORTS = "sign_reports", _("Sign reports")
    ENTER_TOTALS = "enter_totals", _("Enter totals of the years before the system")
    CONSOLIDATE = "consolidate", _("Collect the figures of other organisations")
    MANAGE_ACCOUNTS = "manage_accounts", _("Manage accounts")


ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.CLERK: frozenset(
        {
            Ability.SEE_DESK,
            Ability.RECEIVE,
            Ability.PROCESS,
            Ability.RETURN,
            Ability.ANNOUNCE,
            Ability.CARRY,
            Ability.READ_FIGURES,
            Ability.KEEP_LEDGER,
        }
    ),
    Role.CASE_OFFICER: frozenset(
        {Ability.SEE_DESK, Ability.PROCESS, Ability.READ_FIGURES}
    ),
    Role.LEADER: frozenset(
        {
            Ability.SEE_DESK,
            Ability.TAKE_BACK,
            Ability.READ_FIGURES,
            Ability.READ_WORKLOAD,
            Ability.WRITE_REPORTS,
            Ability.SIGN_REPORTS,
        }
    ),
    Role.CATALOGUE_MANAGER: frozenset(
        {
            Ability.EDIT_CATALOGUE,
            Ability.READ_FIGURES,
            Ability.KEEP_LEDGER,
            Ability.WRITE_REPORTS,
            Ability.ENTER_TOTALS,
        }
    ),
    Role.POSTAL_CLERK: frozenset({Ability.SEE_DESK, Ability.ANNOUNCE, Ability.CARRY}),
    Role.CONSOLIDATOR: frozenset(
        {Ability.READ_FIGURES, Ability.WRITE_REPORTS, Ability.CONSOLIDATE}
    ),
    Role.ADMINISTRATOR: frozenset({Ability.MANAGE_ACCOUNTS, Ability.READ_FIGURES}),
}

# Where a person begins the day.
HOME: dict[Role, str] = {
    Role.CLERK: "dossiers:today",
    Role.CASE_OFFICER: "dossiers:today",
    Role.LEADER: "reports:dashboard",
    Role.CATALOGUE_MANAGER: "procedures:list",
    Role.POSTAL_CLERK: "dossiers:today",
    Role.CONSOLIDATOR: "reports:dashboard",
    Role.ADMINISTRATOR: "admin:index",
}
