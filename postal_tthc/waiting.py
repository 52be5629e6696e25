"""A file between "judge it" and "write it": kept, so that nobody chooses it twice."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid

LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True)
class WaitingRoom:
    """One file for each visitor, under a key of the session, in a folder of its own.

    ``about`` says what the file waits for (an organisation, a period): whoever asks
    about something else finds nothing.
    """

    key: str
    folder: str

    def keep(self, session: SessionBase, file: File, **about: str | int) -> None:
        """Keep the file instead of an earlier one."""
        self.forget(session)
        self._sweep()
        stored = default_storage.save(f"{self.folder}/{uuid4().hex}.xlsx", file)
        session[self.key] = {"stored": stored, "name": file.name, "about": about}

    def name(self, session: SessionBase, **about: str | int) -> str:
        """The name of the file that waits for this, or empty."""
        waiting = session.get(self.key, {})
        return str(waiting["name"]) if waiting.get("about") == about else ""

    def file(self, session: SessionBase) -> BytesIO:
        """What is in the file; ``Invalid`` when it is gone."""
        try:
            with default_storage.open(session[self.key]["stored"], "rb") as file:
                return BytesIO(file.read())
        except (KeyError, FileNotFoundError) as error:
            self.forget(session)
            raise Invalid(_("The file is no longer here. Choose it again.")) from error

    def forget(self, session: SessionBase) -> None:
        """Take the file away."""
        if waiting := session.pop(self.key, None):
            default_storage.delete(waiting["stored"])

    def _sweep(self) -> None:
        """Files that nobody came back for go after a day."""
        if not default_storage.exists(self.folder):
            return
        for left in default_storage.listdir(self.folder)[1]:
            stored = f"{self.folder}/{left}"
            age = timezone.now() - default_storage.get_modified_time(stored)
            if age > LONGEST_WAIT:
                default_storage.delete(stored)
