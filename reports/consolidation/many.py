"""Many returns at once: each finds its organisation by what stands in its head.

Every file is judged and written by itself. Doing it again is harmless: what was
written the first time is found and said to be here already.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import DomainError
from postal_tthc.lib.tables import Fault
from reports.actions import returns
from reports.consolidation import form, reading
from reports.consolidation.membership import reporting_below
from reports.models import AgencyReturn
from reports.periods import Period

FOLDER = "waiting-returns"  # swept after a day by whoever keeps a file there


@dataclass(frozen=True)
class Sent:
    """A file that waits: its name in the storage, its name at who sent it."""

    stored: str
    name: str

    def as_json(self) -> dict[str, str]:
        """For the parameters of a job."""
        return asdict(self)


class Verdict(StrEnum):
    """What became of a file, in the words of the list of results."""

    WRITTEN = "Đã ghi"
    HERE = "Đã có từ trước"
    REFUSED = "Không ghi"


@dataclass(frozen=True)
class Taken:
    """One file with its verdict; ``organisation`` is empty when it names none."""

    name: str
    organisation: str
    verdict: Verdict
    faults: tuple[Fault, ...] = ()


def keep(files: Iterable[File]) -> list[Sent]:
    """Put the files away until they are judged."""
    return [
        Sent(default_storage.save(f"{FOLDER}/{uuid4().hex}.xlsx", file), file.name)
        for file in files
    ]


def throw_away(kept: Iterable[dict[str, str]]) -> None:
    """Delete files that were kept."""
    for file in kept:
        default_storage.delete(file["stored"])


def take(
    sent: Sent, collector: Organisation, period: Period, *, by: User, at: datetime
) -> Taken:
    """Judge a file and write it when nothing stands against it; never raises a no."""
    organisation = None
    try:
        content = _content(sent)
        said = reading.read(content, name=sent.name).said
        organisation = _named(said.get(form.SYMBOL, ""), collector)
        judged = returns.judge(
            content,
            name=sent.name,
            organisation=organisation,
            period=period,
            today=timezone.localdate(at),
        )
        if _is_here(judged.file_hash, organisation, period):
            return Taken(sent.name, organisation.name, Verdict.HERE)
        if judged.faults:
            name = organisation.name
            return Taken(sent.name, name, Verdict.REFUSED, judged.faults)
        returns.accept(
            content,
            name=sent.name,
            organisation=organisation,
            period=period,
            by=by,
            at=at,
        )
    except DomainError as error:
        name = organisation.name if organisation else ""
        fault = Fault(0, "", "", str(error))
        return Taken(sent.name, name, Verdict.REFUSED, (fault,))
    return Taken(sent.name, organisation.name, Verdict.WRITTEN)


def _content(sent: Sent) -> bytes:
    try:
        with default_storage.open(sent.stored, "rb") as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise DomainError(_("The file is no longer here. Choose it again.")) from error


def _named(symbol: str, collector: Organisation) -> Organisation:
    below = reporting_below(collector)
    found = below.filter(symbol__iexact=symbol).first() if symbol else None
    if found is None:
        raise DomainError(
            _(
                "No organisation that reports to %(collector)s has the symbol "
                "«%(symbol)s» that stands in the file. Fill in the blank form made for "
                "the organisation."
            )
            % {"collector": collector, "symbol": symbol[:60]}
        )
    return found


def _is_here(file_hash: str, organisation: Organisation, period: Period) -> bool:
    standing = AgencyReturn.objects.filter(withdrawn_reason="", file_hash=file_hash)
    return standing.filter(organisation=organisation, period=period.word).exists()
