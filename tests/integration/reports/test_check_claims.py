"""The command that checks a letter: what it prints, and its exit status."""

import json
from io import StringIO
from pathlib import Path
from subprocess import run
from sys import executable

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from docx import Document

from tests.unit.reports.claim_reports import SEED, mend, variants

KEYS = {"kind", "severity", "text", "found", "expected", "explanation"}


def checked(path: Path, *options: str) -> tuple[int, str]:
    """Exit status and what stands on standard output."""
    output = StringIO()
    try:
        call_command("check_claims", str(path), *options, stdout=output)
    except SystemExit as end:
        return int(end.code), output.getvalue()
    return 0, output.getvalue()


@pytest.fixture
def letter(tmp_path):
    def written(text: str, name: str = "report.txt") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return written


def test_json_holds_every_finding_with_its_six_things(letter):
    status, output = checked(letter(SEED), "--json")

    found = json.loads(output)
    assert status == 1
    assert all(set(x) == KEYS and all(x.values()) for x in found)
    pairs = {(x["found"], x["expected"]) for x in found}
    assert {("10,08%", "10,85%"), ("24,16%", "24,17%")} <= pairs
    assert {x["severity"] for x in found} == {"error", "warning"}


def test_people_read_the_line_the_passage_and_a_count(letter):
    status, output = checked(letter(SEED))

    assert status == 1
    assert "ERROR, line 29: 10,08% → 10,85%" in output
    assert "10,08% không phải là 23/212; đúng là 10,85%." in output
    assert output.rstrip().endswith("Errors: 6. Warnings: 7.")


def test_a_mended_report_ends_with_status_0_and_an_empty_list(letter):
    path = letter(variants()["only what is listed"])

    assert checked(path, "--json") == (0, "[]\n")
    assert checked(path) == (0, "Nothing wrong was found.\n")


def test_warnings_alone_are_no_failure(letter):
    text = mend(variants()["in October"], [("Kết quả tiếp nhận", "Kết quả tiến nhận")])
    status, output = checked(letter(text), "--json")

    assert status == 0
    assert [x["severity"] for x in json.loads(output)] == ["warning"]


def test_a_word_file_is_read(tmp_path):
    document = Document()
    for line in SEED.split("\n"):
        document.add_paragraph(line)
    document.save(tmp_path / "report.docx")

    assert checked(tmp_path / "report.docx", "--json")[0] == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("none.txt", None, "could not be read: No such file or directory"),
        ("empty.txt", b"", "The file is empty"),
        ("report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old form"),
        ("report.docx", b"abc", "not a Word document"),
        ("report.pdf", b"abc", "neither .txt nor .docx"),
    ],
)
def test_what_cannot_be_read_ends_with_status_2_and_a_sentence(
    tmp_path, name, content, sentence
):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(CommandError, match=sentence) as refused:
        checked(tmp_path / name)

    assert refused.value.returncode == 2


def test_no_database_is_needed(letter, tmp_path):
    ended = run(
        [executable, "manage.py", "check_claims", letter(SEED), "--json"],
        cwd=settings.BASE_DIR,
        env={"PATH": "", "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3"},
        capture_output=True,
        check=False,
    )

    assert ended.returncode == 1
    assert len(json.loads(ended.stdout)) == 13
    assert not (tmp_path / "none.sqlite3").exists()


class TestWithOurFigures:
    @pytest.mark.usefixtures("demo")
    @pytest.mark.django_db
    def test_the_mended_report_agrees_with_what_we_count(self, letter):
        path = letter(variants()["only what is listed"])

        assert checked(path, "--organisation=SNV", "--json") == (0, "[]\n")

    @pytest.mark.usefixtures("demo")
    @pytest.mark.django_db
    def test_another_figure_is_said_with_ours(self, letter):
        text = mend(
            variants()["only what is listed"],
            [("23/212 hồ sơ (chiếm 10,85%)", "23/221 hồ sơ (chiếm 10,41%)")],
        )
        status, output = checked(letter(text), "--organisation=SNV", "--json")

        (finding,) = json.loads(output)
        assert (status, finding["kind"]) == (0, "differs_from_ours")
        assert finding["expected"] == "23/212 (10,85%)"

    @pytest.mark.django_db
    def test_an_unknown_organisation_is_no_error_of_the_letter(self, letter):
        with pytest.raises(CommandError, match="No organisation") as refused:
            checked(letter(SEED), "--organisation=XYZ")

        assert refused.value.returncode == 2
