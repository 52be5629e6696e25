"""Loads the sample data and says who can sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from dossiers.demo.organisations import ACCOUNTS, PASSWORD
from postal_tthc.errors import Conflict
from reports.demo import load


class Command(BaseCommand):
    """``load_demo`` fills an empty database; a second time it changes nothing."""

    help = "Load sample data into an empty database and print the sample accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say why not, and print the accounts."""
        try:
            is_new = load()
        except Conflict as error:
            raise CommandError(str(error)) from error
        if is_new:
            self.stdout.write(_("The demo was loaded."))
        else:
            self.stdout.write(_("The demo is already here; nothing was changed."))
        self.stdout.write(accounts_table())
        self.stdout.write(_("Sign in with one of these accounts."))


def accounts_table() -> str:
    """Account, role and password in columns."""
    head = (_("Account"), _("Role"), _("Password"))
    rows = [head] + [
        (account.username, str(account.role.label), PASSWORD) for account in ACCOUNTS
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
