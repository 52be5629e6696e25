"""``manage.py export_report``: the yearly report as a file."""

import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from dossiers.models import Dossier
from dossiers.statuses import IntakeChannel, ReturnChannel, Status
from postal_tthc.accounts.models import Organisation
from reports import actions, counting, yearly
from reports.models import Report
from reports.periods import parse
from tests.factories.dossiers import dossier_at, envelope, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.reports import begin, correct, send, sign, withdraw
from tests.integration.reports.papers.faces import words_of
from tests.libreoffice import needs_libreoffice

POST_OUT = {"return_channel": ReturnChannel.PUBLIC_POST}
POST_IN = {"intake_channel": IntakeChannel.PUBLIC_POST}
TODAY = date(2020, 10, 1)
SPRING, JUNE = date(2020, 3, 2), date(2020, 6, 1)


@pytest.fixture
def work(office: Office) -> Office:
    """Dossiers of March and June 2020, by post and not."""
    procedure = make_procedure(office, code="1.000001", name="Xếp lương lần đầu")
    make_procedure(office, code="1.000002", name="Lập hội", by_post=False)
    for on in (SPRING, JUNE):
        dossier_at(Status.RETURNED, office, on=on, procedure=procedure, **POST_OUT)
        dossier_at(Status.RETURNED, office, on=on, procedure=procedure)
    receive(
        office,
        procedure,
        on=JUNE,
        item=envelope(77),
        applicant_name="=1+1",
        **POST_IN,
        **POST_OUT,
    )
    receive(office, procedure, on=SPRING)
    return office


def run(
    output: Path, *words: str, organisation: str = "SNV", kind: str = "xlsx"
) -> str:
    """Run the command for these periods; what it prints."""
    periods = [argument for word in words for argument in ("--period", word)]
    printed = StringIO()
    call_command(
        "export_report",
        *("--organisation", organisation, *periods, "--output", str(output)),
        *("--format", kind),
        stdout=printed,
    )
    return printed.getvalue()


def export(output: Path, *words: str, organisation: str = "SNV") -> Workbook:
    """Run the command for these periods and open what it wrote."""
    run(output, *words, organisation=organisation)
    return load_workbook(output, data_only=True)


def letter(output: Path, *words: str, organisation: str = "SNV") -> str:
    """The same as Word: all its words."""
    run(output, *words, organisation=organisation, kind="docx")
    return "\n".join(words_of(output.read_bytes()))


def column(book: Workbook, name: str) -> Iterator[object]:
    """A column of the list of dossiers, by its heading."""
    rows = book["Hồ sơ qua bưu chính"].iter_rows(min_row=4, values_only=True)
    position = next(rows).index(name)
    return (row[position] for row in rows)


def summary(book: Workbook, label: str) -> list[object]:
    """The numbers of a row of the summary."""
    for row in book["Tổng hợp"].iter_rows(values_only=True):
        if row[1] == label:
            return [value for value in row[2:] if value not in (None, "")]
    raise AssertionError(label)


def test_the_file_gives_what_is_counted(work, tmp_path):
    book = export(tmp_path / "report.xlsx", "2020-H1")

    counts = counting.count(work.agency, parse("2020-H1"), today=TODAY).counts
    assert (counts.received, counts.by_post) == (6, 3)
    assert summary(book, "Hồ sơ tiếp nhận trong kỳ") == [6]
    assert summary(book, "Hồ sơ qua bưu chính công ích") == ["03/06 (50,00%)"]


def test_quarters_that_adjoin_stand_beside_their_whole(work, tmp_path):
    book = export(tmp_path / "report.xlsx", "2020-Q2", "2020-Q1")

    assert summary(book, "Hồ sơ tiếp nhận trong kỳ") == [3, 3, 6]
    assert summary(book, "Từ kỳ trước chuyển sang") == [0, 1, 0]
    assert summary(book, "Đang giải quyết vào ngày cuối kỳ") == [1, 2, 2]


def test_periods_that_overlap_have_no_whole(work, tmp_path):
    book = export(tmp_path / "report.xlsx", "2020", "2020-Q2")

    assert summary(book, "Hồ sơ tiếp nhận trong kỳ") == [6, 3]
    notes = [str(row[0]) for row in book["Tổng hợp"].values]
    assert any(note.startswith("Không cộng các kỳ") for note in notes)


def test_the_list_holds_each_postal_dossier_once(work, tmp_path):
    book = export(tmp_path / "report.xlsx", "2020", "2020-Q2")

    postal = Dossier.objects.by_post().order_by("clock_started_on", "code")
    assert list(column(book, "Mã hồ sơ")) == [dossier.code for dossier in postal]
    items = list(column(book, "Số hiệu bưu gửi"))
    assert items[-1] == f"Gửi: {envelope(77).number}"
    assert items[0].startswith("Trả: EA")
    assert list(column(book, "Người nộp"))[-1] == "=1+1"


def test_a_visitor_gets_only_what_the_visitor_may_see(work):
    day = Dossier.objects.filter(clock_started_on=SPRING)

    report = yearly.assemble(work.agency, [parse("2020-H1")], today=TODAY, dossiers=day)

    assert report.periods[0].counts.received == 3
    assert [row.received_on for row in report.dossiers] == [SPRING]


def test_reading_the_list_asks_a_fixed_number_of_questions(
    work, django_assert_num_queries
):
    report = yearly.assemble(work.agency, [parse("2020")], today=TODAY)

    with django_assert_num_queries(2):
        assert len(list(report.dossiers)) == 3


def test_a_report_has_at_least_one_period(office):
    with pytest.raises(ValueError, match="kỳ báo cáo"):
        yearly.workbook(office.agency, [], today=TODAY)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["2020-9M", "2019"], "BC-BCCI_SNV_2019_2020-9M.xlsx"),
        (["2020@15"], "BC-BCCI_SNV_2020-15.xlsx"),
        (["A1@2019-09-20"], "BC-BCCI_SNV_A1-2019-09-20.xlsx"),
        (["2020-01-01..2020-01-31"], "BC-BCCI_SNV_2020-01-01-den-2020-01-31.xlsx"),
        (
            [f"2020-{n:02}" for n in range(1, 13)],
            "BC-BCCI_SNV_2020-01_den_2020-12.xlsx",
        ),
    ],
)
def test_the_name_of_the_file_says_what_is_in_it(office, words, name):
    made = yearly.filename(office.desk, [parse(word) for word in words])

    assert made == name
    assert re.fullmatch(r"[\w.-]+", made, re.ASCII)


def test_a_post_office_reports_its_province_in_plain_letters(office):
    Organisation.objects.filter(pk=office.province.pk).update(symbol="BĐ 1")
    office.post_office.refresh_from_db()

    name = yearly.filename(office.post_office, [parse("2020")])
    assert name == "BC-BCCI_BD-1_2020.xlsx"


def test_what_stood_there_is_replaced_in_one_step(work, tmp_path):
    output = tmp_path / "report.xlsx"
    output.write_text("old")

    export(output, "2020")

    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]


def test_when_it_cannot_be_written_nothing_is_left(work, tmp_path, monkeypatch):
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    output = tmp_path / "report.xlsx"
    output.write_text("old")
    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(CommandError, match="No space left"):
        export(output, "2020")
    assert output.read_text() == "old"
    assert not list(tmp_path.glob(".report*"))


def test_a_folder_that_is_not_there_is_said(work, tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command(
            "export_report",
            *("--organisation", "SNV", "--period", "2020"),
            *("--output", str(tmp_path / "nowhere" / "report.xlsx")),
        )


@pytest.mark.parametrize(
    ("organisation", "word", "sentence"),
    [
        ("SXD", "2020", "«SXD»"),
        ("SNV", "2020-Q5", "«2020-Q5» không phải là kỳ báo cáo"),
    ],
)
def test_what_is_not_known_is_refused_in_words(
    office, tmp_path, organisation, word, sentence
):
    with pytest.raises(CommandError, match=sentence):
        export(tmp_path / "report.xlsx", word, organisation=organisation)
    assert not (tmp_path / "report.xlsx").exists()


def test_the_word_file_says_what_the_excel_file_says(work, tmp_path):
    text = letter(tmp_path / "report.docx", "2020-Q2", "2020-Q1")
    book = export(tmp_path / "report.xlsx", "2020-Q1", "2020-Q2")

    assert summary(book, "Hồ sơ qua bưu chính công ích") == [
        "01/03 (33,33%)",
        "02/03 (66,67%)",
        "03/06 (50,00%)",
    ]
    assert "03/06 (50,00%) hồ sơ có ít nhất một chiều" in text
    assert "quý I năm 2020: 01/03 (33,33%) hồ sơ; quý II năm 2020: 02/03" in text
    assert "01 (33,33%)" in text
    assert "Kính gửi:" in text


def test_the_report_that_nobody_began_writes_itself_and_is_not_kept(work, tmp_path):
    text = letter(tmp_path / "report.docx", "2020-H1")

    assert "Sở SNV đã tiếp nhận 06 hồ sơ" in text
    assert not Report.objects.exists()


def test_a_draft_is_written_with_its_own_words(work, tmp_path):
    report = begin(work, "2020-H1")
    actions.save_words(
        report,
        [actions.Word("tasks", "Riêng {2020-H1:received} hồ sơ.")],
        by=work.leader,
        at=report.created_at,
        seen=report.revision,
    )

    assert "Riêng 06 hồ sơ." in letter(tmp_path / "report.docx", "2020-H1")
    assert "Riêng" not in letter(tmp_path / "report.docx", "2020-Q2")


def test_a_signed_report_is_written_as_it_was_frozen(work, tmp_path):
    report = send(sign(begin(work, "2020-Q2", "2020-Q1"), work), work, 5)
    before = letter(tmp_path / "report.docx", "2020-Q1", "2020-Q2")
    begin(work, "2020-Q1", "2020-Q2")  # a draft of the same periods does not win
    receive(work, on=JUNE, **POST_OUT)

    assert letter(tmp_path / "report.docx", "2020-Q2", "2020-Q1") == before
    assert "Số: 05/BC-SNV" in before
    assert report.content_hash in before.replace(" ", "")
    book = export(tmp_path / "report.xlsx", "2020-Q1", "2020-Q2")
    assert summary(book, "Hồ sơ tiếp nhận trong kỳ") == [3, 3, 6]
    # Other periods are counted as they are now.
    book = export(tmp_path / "report.xlsx", "2020-Q2")
    assert summary(book, "Hồ sơ tiếp nhận trong kỳ") == [4]


def test_what_was_put_aside_or_withdrawn_is_not_written(work, tmp_path):
    first = sign(begin(work, "2020-H1"), work)
    receive(work, on=JUNE)
    second = sign(correct(first, work), work)
    book = export(tmp_path / "report.xlsx", "2020-H1")
    assert summary(book, "Hồ sơ tiếp nhận trong kỳ") == [7]

    withdraw(second, work)
    receive(work, on=JUNE)

    book = export(tmp_path / "report.xlsx", "2020-H1")
    assert summary(book, "Hồ sơ tiếp nhận trong kỳ") == [8]


def test_a_desk_writes_the_report_of_its_agency(work, tmp_path):
    send(sign(begin(work, "2020-H1"), work), work, 5)

    text = letter(tmp_path / "report.docx", "2020-H1", organisation="SNV-MC")

    assert "Số: 05/BC-SNV" in text


def test_a_committee_has_a_report_of_its_own(work, tmp_path):
    text = letter(tmp_path / "report.docx", "2020-H1", organisation="UBND")

    assert "TM. ỦY BAN NHÂN DÂN" in text
    assert "CHỦ TỊCH" in text
    assert "đã tiếp nhận 06 hồ sơ" in text


def test_an_organisation_without_anything_has_a_report_of_nothing(
    work, other_office, tmp_path
):
    text = letter(tmp_path / "report.docx", "2020-H1", organisation="STP")

    assert "đã tiếp nhận 0 hồ sơ" in text
    assert "%" not in text.replace("90%", "")


@needs_libreoffice
@pytest.mark.libreoffice
def test_the_report_as_pdf(work, tmp_path):
    output = tmp_path / "report.pdf"

    assert run(output, "2020-H1", kind="pdf") == f"{output}\n"
    assert output.read_bytes().startswith(b"%PDF-")


def test_without_libreoffice_the_pdf_is_a_sentence_and_no_file(
    work, tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError, match="LibreOffice is not installed"):
        run(tmp_path / "report.pdf", "2020-H1", kind="pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_tampered_report_is_refused_in_words(work, tmp_path):
    report = sign(begin(work, "2020-H1"), work)
    Report.objects.filter(pk=report.pk).update(frozen={"paper": 1})

    with pytest.raises(CommandError, match="content hash"):
        run(tmp_path / "report.docx", "2020-H1", kind="docx")
    assert list(tmp_path.iterdir()) == []


def test_a_report_whose_numbers_were_changed_is_refused_too(work, tmp_path):
    report = sign(begin(work, "2020-H1"), work)
    frozen = report.frozen
    frozen["paper"]["closing"] = ["Đều tốt."]
    Report.objects.filter(pk=report.pk).update(frozen=frozen)

    with pytest.raises(CommandError, match="content hash"):
        run(tmp_path / "report.docx", "2020-H1", kind="docx")


@pytest.mark.parametrize(
    ("kind", "organisation", "sentence"),
    [
        ("odt", "SNV", "invalid choice: 'odt'"),
        ("docx", "BĐ-UBND", "post office; ask for the agency it serves"),
        ("docx", "???", "No organisation has the symbol"),
    ],
)
def test_what_cannot_be_written_is_said_for_every_format(
    office, tmp_path, kind, organisation, sentence
):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run(tmp_path / "report", "2020", kind=kind, organisation=organisation)
    assert list(tmp_path.iterdir()) == []
