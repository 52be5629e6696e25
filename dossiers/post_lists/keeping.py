"""A list of the post, kept as it was sent: matched, looked at, written.

What is kept beside it is in Vietnamese, whatever language the visitor reads: the
matching report goes to the post, and says what the page showed.
"""

from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

from django.utils import translation
from django.utils.translation import gettext as _

from dossiers.models import PostList
from dossiers.permissions import check_ability
from dossiers.post_lists import matching
from dossiers.post_lists.matching import Reached
from dossiers.post_lists.reading import Reading, read_list
from dossiers.post_lists.results import Fact, Kind, Result
from postal_tthc import kept_files
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict
from postal_tthc.lib.tables import Fault


def keep(file: BinaryIO, name: str, *, by: User, at: datetime) -> PostList:
    """Keep a list as it was sent, with its hash; it is matched next.

    A file that cannot be read is not kept. Raises ``Refused`` or ``Invalid``.
    """
    check_ability(by, Ability.CARRY)
    reading = read_list(file, name=name)
    file.seek(0)
    source = PostList(
        organisation=by.organisation.scope, rows=len(reading.lines), by=by, at=at
    )
    kept_files.keep(source, file.read(), name)
    return source


def read(source: PostList) -> Reading:
    """What the kept file says. Raises ``Invalid`` when it is gone."""
    content = BytesIO(kept_files.content_of(source))
    return read_list(content, name=source.file_name)


def match(
    source: PostList, *, by: User, at: datetime, reached: Reached | None = None
) -> PostList:
    """Match a kept list with what is here now, and keep what was found beside it.

    ``reached`` is told how many rows are done. Raises ``Refused`` or ``Invalid``.
    """
    check_ability(by, Ability.CARRY)
    with translation.override("vi"):
        reading = read(source)
        results = matching.judge(reading.lines, by=by, at=at, reached=reached)
    source.results = [asdict(result) for result in results]
    source.faults = [asdict(fault) for fault in reading.faults]
    source.unread = list(reading.unread)
    source.matched_at = at
    source.save(update_fields=["results", "faults", "unread", "matched_at"])
    return source


def write(
    source: PostList, *, by: User, at: datetime, reached: Reached | None = None
) -> PostList:
    """Write what can be written of a matched list, but for rows no longer as shown.

    All rows of a dossier are written in one transaction, or none of them; a list
    that is stopped half-way or written again goes on where it was.
    Raises ``Refused``, ``Conflict`` or ``Invalid``.
    """
    check_ability(by, Ability.CARRY)
    if source.matched_at is None:
        raise Conflict(_("This list has not been matched yet. Match it first."))
    shown = results_of(source)
    with translation.override("vi"):
        _told, changed = matching.write(
            read(source).lines, shown=shown, by=by, at=at, reached=reached
        )
    new = [x for x in shown if x.kind == Kind.WRITES and x.row not in changed]
    source.written_at, source.written_by, source.written = at, by, len(new)
    source.changed = changed
    source.save(update_fields=["written_at", "written_by", "written", "changed"])
    return source


def results_of(source: PostList) -> list[Result]:
    """What matching found, row by row."""
    return [_result(kept) for kept in source.results]


def faults_of(source: PostList) -> list[Fault]:
    """What could not be read of the file."""
    return [Fault(**kept) for kept in source.faults]


def _result(kept: dict[str, Any]) -> Result:
    facts = tuple(Fact(**fact) for fact in kept["facts"])
    return Result(**{**kept, "kind": Kind(kept["kind"]), "facts": facts})
