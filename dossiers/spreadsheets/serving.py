"""An export that is served at once, or made in the background and fetched later."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.spreadsheets import export_log
from dossiers.spreadsheets.exporting import Wish, choose, too_many, write
from dossiers.spreadsheets.layouts import LAYOUTS
from postal_tthc import jobs
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.jobs import Outcome, Progress
from postal_tthc.lib.big_sheets import MOST_ROWS
from postal_tthc.lib.vietnamese import fold, write_number

if TYPE_CHECKING:
    from postal_tthc.jobs.models import Job

KIND = "export"
AT_ONCE = 5_000  # dossiers; more than that is work for the background


def count(wish: Wish, user: User) -> int:
    """How many dossiers the wish is about. Raises ``Invalid``."""
    number = choose(wish, user).dossiers.order_by().count()
    if number > MOST_ROWS:
        raise too_many()
    return number


def file_name(wish: Wish, organisation: Organisation) -> str:
    """``so-theo-doi-ho-so-snv-20201028.xlsx``."""
    symbol = "".join(x if x.isalnum() else "-" for x in fold(organisation.symbol))
    day = f"{timezone.localdate():%Y%m%d}"
    return f"{LAYOUTS[wish.layout].file_name}-{symbol}-{day}.{wish.file_format}"


def content(wish: Wish, user: User) -> bytes:
    """The whole file, for a list that is short; the log says who took it."""
    path = _scratch(wish)
    try:
        done = write(choose(wish, user), wish, user.organisation, path)
        export_log.note(wish, user.organisation, done, by=user)
        return path.read_bytes()
    finally:
        path.unlink()


def start(wish: Wish, user: User, number: int) -> "Job":
    """Ask for the file; the job's page shows how far it is and serves it."""
    title = _("Export: %(layout)s, %(number)s dossiers") % {
        "layout": LAYOUTS[wish.layout].name,
        "number": write_number(number),
    }
    return jobs.start(
        KIND, title=title, by=user, parameters=wish.parameters(), size=number
    )


def work(job: "Job", progress: Progress) -> Outcome:
    """Write the file of a job: what its owner may see at this moment."""
    wish, user = Wish.of(job.parameters), job.by
    chosen = choose(wish, user)
    total = chosen.dossiers.order_by().count()
    progress.begin(total)
    path = _scratch(wish)
    try:
        # What comes in meanwhile is written too, and not counted twice.
        done = write(
            chosen,
            wish,
            user.organisation,
            path,
            each=lambda number: progress.reached(min(number, total)),
        )
        export_log.note(wish, user.organisation, done, by=user)
    except BaseException:
        path.unlink()
        raise
    sentence = ngettext(
        "%(number)s dossier was written.", "%(number)s dossiers were written.", done
    ) % {"number": write_number(done)}
    return Outcome(sentence, file_name(wish, user.organisation), path)


def _scratch(wish: Wish) -> Path:
    suffix = f".{wish.file_format}"
    with NamedTemporaryFile(prefix="export-", suffix=suffix, delete=False) as file:
        return Path(file.name)
