"""A Word file as PDF, by the LibreOffice of the server, when it has one."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from postal_tthc.errors import DomainError

PROGRAM = "soffice"
TIMEOUT = 60  # seconds; a report of a hundred pages takes a tenth of it
PDF = b"%PDF-"


class NoPdf(DomainError):
    """LibreOffice is not installed, or could not make the PDF."""

    http_status = 503


def is_installed() -> bool:
    """Whether the server can make a PDF."""
    return shutil.which(PROGRAM) is not None


def to_pdf(docx: bytes, *, timeout: float = TIMEOUT) -> bytes:
    """The PDF of a .docx file. Raises ``NoPdf`` with a sentence; takes seconds.

    Every call has a profile of its own: LibreOffice lets one profile do one thing
    at a time, and hands a second call to a window that somebody left open.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise NoPdf(
            _(
                "LibreOffice is not installed on this server, so no PDF can be made; "
                "download the Word file and print it to PDF."
            )
        )
    with TemporaryDirectory(prefix="pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "paper.docx"
        source.write_bytes(docx)
        _run(program, source, timeout)
        made = folder / "paper.pdf"
        content = made.read_bytes() if made.exists() else b""
    if not content.startswith(PDF):
        raise NoPdf(_failed())
    return content


def _run(program: str, source: Path, timeout: float) -> None:
    folder = source.parent
    # It starts helpers of its own, which outlive it unless the group is killed.
    process = subprocess.Popen(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            str(folder),
            str(source),
        ],
        env=os.environ | {"HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        raise NoPdf(_failed()) from error
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # all of it has ended by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _failed() -> str:
    return _(
        "The PDF could not be made. Try again, or download the Word file and print it "
        "to PDF."
    )
