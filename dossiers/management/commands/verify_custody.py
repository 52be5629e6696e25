"""Reads the custody logs link by link and says where one is broken."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dossiers import custody
from dossiers.models import Dossier

BROKEN, UNKNOWN = 1, 2  # exit statuses

WHAT: dict[str, LazyText] = {
    "missing": gettext_lazy("this entry is gone"),
    "altered": gettext_lazy("this entry was changed after it was written"),
    "unlinked": gettext_lazy("this entry does not follow the one before it"),
    "cut": gettext_lazy("the entries from here on are gone"),
    "strayed": gettext_lazy(
        "the dossier or its papers are not as this last entry left them"
    ),
}


class Command(BaseCommand):
    """``verify_custody`` ends with 0 when every log is whole, with 1 when not."""

    help = "Check that no custody log was changed, cut or left behind by its dossier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One dossier, or all of them."""
        parser.add_argument(
            "--dossier", metavar="CODE", help="Check only the dossier of this code."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read everything, tell each first broken link, and count."""
        dossiers = Dossier.objects.all()
        if code := options["dossier"]:
            dossiers = dossiers.referred_to(code)
            if not dossiers.exists():
                raise CommandError(
                    _("No dossier has the code %(code)s.") % {"code": code},
                    returncode=UNKNOWN,
                )
        found = custody.verify(dossiers)
        for dossier, sequence, what in found.breaks:
            self.stdout.write(
                _("%(code)s, entry %(sequence)d: %(what)s.")
                % {"code": dossier, "sequence": sequence, "what": WHAT[what]}
            )
        self.stdout.write(
            ngettext(
                "%(n)d entry was checked.", "%(n)d entries were checked.", found.entries
            )
            % {"n": found.entries}
        )
        if count := len(found.breaks):
            raise CommandError(
                ngettext(
                    "The custody log of %(n)d dossier is broken.",
                    "The custody logs of %(n)d dossiers are broken.",
                    count,
                )
                % {"n": count},
                returncode=BROKEN,
            )
        self.stdout.write(_("Every link holds."))
