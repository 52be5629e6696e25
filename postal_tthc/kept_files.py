"""Files that people sent and that are kept beside what was read in them.

``kept`` is an unsaved or stored row with ``file``, ``file_name`` and ``file_hash``.
"""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from postal_tthc import audit
from postal_tthc.accounts.models import User
from postal_tthc.errors import Invalid

LONGEST_NAME = 200


def hash_of(content: bytes) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def keep(kept: Any, content: bytes, name: str) -> None:
    """Store the file under its hash, its own name beside it; saves the row."""
    kept.file_name, kept.file_hash = name[-LONGEST_NAME:], hash_of(content)
    ending = name.rpartition(".")[2][:5].lower()
    kept.file.save(f"{kept.file_hash[:16]}.{ending}", ContentFile(content))


def content_of(kept: Any) -> bytes:
    """The file as it was sent. Raises ``Invalid`` when it is gone."""
    try:
        with kept.file.open("rb") as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise Invalid(_("The file is no longer here. Choose it again.")) from error


def discard(kept: Any, *, by: User) -> None:
    """Delete the row, and its file once that is certain; who did it stays in the log.

    Called inside the transaction that made sure that nothing rests upon the file.
    """
    file, storage = kept.file.name, kept.file.storage
    gone = {"file": (kept.file_name, ""), "sha256": (kept.file_hash, "")}
    audit.log(kept, audit.Action.DELETE, gone, by=by)
    kept.delete()
    transaction.on_commit(lambda: storage.delete(file))
