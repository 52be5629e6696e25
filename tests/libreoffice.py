"""LibreOffice as a second opinion on what a workbook calculates."""

import shutil
import subprocess
import warnings
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed"
)


def recalculated(content: bytes, folder: Path) -> Workbook:
    """The workbook as LibreOffice calculates it, all stored values thrown away."""
    plain = folder / "report.xlsx"
    load_workbook(BytesIO(content)).save(plain)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            folder / "out",
            plain,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions of the format
        return load_workbook(folder / "out" / "report.xlsx", data_only=True)
