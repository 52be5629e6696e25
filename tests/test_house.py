"""What must be true of the house itself."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
APPS = ("postal_tthc", "procedures", "dossiers", "reports")
LONGEST = 500  # lines; most files have 40 to 150

MODULES = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts and path.read_text()
]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is_and_stays_readable(path: Path) -> None:
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), "a module begins with a docstring"
    assert text.count("\n") <= LONGEST


def test_public_functions_are_typed() -> None:
    bare = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.returns is None
    ]
    assert bare == []


def test_every_requirement_is_bounded_and_says_why() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / file).read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.fullmatch(r"[\w.-]+>=[\d.]+,<[\d.]+ +# .{10,}", line), line


def test_pages_ask_nobody_outside() -> None:
    for folder in ("templates", "static"):
        for path in (ROOT / folder).rglob("*.*"):
            text = path.read_text().replace("http://www.w3.org/2000/svg", "")
            assert "http:" not in text, path
            assert "https:" not in text, path


def catalogue(root: Path, language: str) -> Catalog:
    with (root / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_said_is_said_in_both_languages(
    tmp_path: Path, language: str
) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("GNU gettext was not found: the catalogues are not compared.")
    for folder in (*APPS, "templates", "locale"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    said = [sys.executable, "-m", "django", "makemessages", "--no-obsolete"]
    subprocess.run([*said, "--locale", language], cwd=tmp_path, check=True)
    asked = {message.id for message in catalogue(tmp_path, language) if message.id}
    kept = {m.id: m for m in catalogue(ROOT, language) if m.id}
    assert asked - set(kept) == set(), "run make messages, then translate"
    assert set(kept) - asked == set(), "no longer said: run make messages"
    for message in kept.values():
        strings = message.string if message.pluralizable else (message.string,)
        assert all(strings), f"not translated: {message.id}"
        assert language == "vi" or message.string == message.id
        assert not message.fuzzy, f"only guessed: {message.id}"
        assert list(message.check()) == [], message.id
