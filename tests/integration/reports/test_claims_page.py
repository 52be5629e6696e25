"""The page that checks a report: findings, the marked text, nothing typed lost."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from tests.unit.reports.claim_reports import SEED, variants

pytestmark = pytest.mark.django_db

PAGE = "/reports/claims/"
MENDED = variants()["only what is listed"]


def page(response) -> str:
    return unescape(response.content.decode())


def of_word(*paragraphs: str) -> SimpleUploadedFile:
    document, stream = Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(stream)
    return SimpleUploadedFile("report.docx", stream.getvalue())


def test_an_empty_page_says_what_to_do(sign_in):
    response = sign_in(Role.LEADER).get(PAGE)

    assert response.status_code == 200
    assert "Paste last year's report" in page(response)
    assert "Nothing wrong was found." not in page(response)


def test_pasted_text_comes_back_marked_and_linked_both_ways(sign_in):
    text = page(sign_in(Role.CLERK).post(PAGE, {"text": SEED}))

    assert "6 errors, 7 warnings." in " ".join(text.split())
    for number in range(1, 14):
        assert text.count(f'id="finding-{number}"') == 1
        assert text.count(f'id="mark-{number}"') == 1
        assert f'href="#finding-{number}"' in text
        assert f'href="#mark-{number}"' in text
    assert "10,08% không phải là 23/212; đúng là 10,85%." in text
    assert "Read as a report of Sở Nội vụ." in text


def test_the_marked_text_is_what_was_pasted(sign_in):
    text = page(sign_in(Role.CLERK).post(PAGE, {"text": SEED}))
    shown = re.search(r"pre-wrap[^>]*>(.*?)</div>", text, re.DOTALL)[1]
    shown = re.sub(r"<sup>.*?</sup>|<[^>]+>", "", shown)

    assert shown == SEED


def test_the_correction_is_drafted_to_copy(sign_in):
    text = page(sign_in(Role.LEADER).post(PAGE, {"text": SEED}))

    assert "Sở Nội vụ đính chính Báo cáo số …" in text
    assert "«24,16%» sửa thành «24,17%»" in text


def test_a_mended_report_is_said_to_be_in_order(sign_in):
    text = page(sign_in(Role.LEADER).post(PAGE, {"text": MENDED}))

    assert "Nothing wrong was found." in text
    assert "Correction, to copy" not in text
    assert MENDED.split("\n")[0] in text


def test_a_word_file_is_checked(sign_in):
    file = of_word("Năm 2019: 23/212 hồ sơ (chiếm 10,08%).")
    text = page(sign_in(Role.LEADER).post(PAGE, {"file": file}))

    assert "1 error, 0 warnings." in " ".join(text.split())


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": "  \n"}, "Paste the text of a report, or choose a file."),
        ({"text": "a" * 300_001}, "longer than 300.000 characters"),
        (
            {"text": "Đã gõ ở đây", "file": SimpleUploadedFile("a.docx", b"no")},
            "The file is damaged or is not a Word document (.docx).",
        ),
        (
            {"text": "Đã gõ ở đây", "file": SimpleUploadedFile("a.xlsx", b"no")},
            "“a.xlsx” is neither .txt nor .docx.",
        ),
        (
            {"text": "Đã gõ ở đây", "file": SimpleUploadedFile("a.txt", b"")},
            "The file is empty.",
        ),
        (
            {"text": "Đã gõ ở đây", "file": SimpleUploadedFile("a.txt", b"abc")},
            "Here are a text and a file.",
        ),
    ],
)
def test_bad_input_is_said_at_its_field_and_what_was_typed_stays(
    sign_in, sent, sentence
):
    for value in sent.values():
        if not isinstance(value, str):
            value.seek(0)
    response = sign_in(Role.LEADER).post(PAGE, sent)

    text = page(response)
    assert response.status_code == 200
    assert "Nothing was checked." in text
    assert sentence in text
    assert sent["text"] in text


def test_markup_in_a_text_is_shown_and_not_obeyed(sign_in):
    attack = "<script>alert(1)</script> 23/212 hồ sơ (<b>10,08%</b>) (10,08%)"
    response = sign_in(Role.LEADER).post(PAGE, {"text": attack})

    assert b"<script>alert(1)" not in response.content
    assert b"&lt;script&gt;alert(1)" in response.content


def test_more_findings_than_a_page_holds_are_counted(sign_in):
    text = page(sign_in(Role.LEADER).post(PAGE, {"text": "23/212 hồ sơ (1%).\n" * 230}))

    assert "30 more are not shown." in text
    assert 'id="finding-201"' not in text


@pytest.mark.parametrize("role", [Role.POSTAL_CLERK])
def test_a_role_without_figures_is_turned_away(sign_in, role):
    assert sign_in(role).get(PAGE).status_code == 403
    assert sign_in(role).post(PAGE, {"text": SEED}).status_code == 403


def test_the_figures_of_others_are_not_compared_with(sign_in, other_office):
    response = sign_in(Role.LEADER).post(PAGE, {"text": SEED, "organisation": "STP"})

    assert response.status_code == 403


def test_a_visitor_is_asked_to_sign_in(client: Client):
    assert client.post(PAGE, {"text": SEED}).status_code == 302


@pytest.mark.usefixtures("demo")
class TestBesideOurFigures:
    """Asked of the demo, loaded once for all."""

    @pytest.fixture
    def leader(self, client: Client) -> Client:
        client.force_login(User.objects.get(username="lanhdao"))
        client.cookies["django_language"] = "en"
        return client

    def test_the_mended_report_agrees_with_what_we_count(self, leader):
        text = " ".join(page(leader.post(PAGE, {"text": MENDED})).split())

        assert "Nothing wrong was found." in text
        assert "year 2019" in text
        assert "first nine months of 2020" in text

    def test_a_figure_that_differs_is_said_with_ours(self, leader):
        wrong = "Hồ sơ qua bưu chính năm 2019: 25/212 hồ sơ."
        text = page(leader.post(PAGE, {"text": wrong}))

        assert "Văn bản ghi 25/212, phần mềm đếm được 23/212 (10,85%)" in text

    def test_a_report_of_another_department_is_not_compared(self, leader):
        wrong = (
            "Sở Tư pháp báo cáo kết quả. Hồ sơ qua bưu chính năm 2019: 25/212 hồ sơ."
        )
        text = page(leader.post(PAGE, {"text": wrong}))

        assert "Not compared with the figures of" in text
        assert "Nothing wrong was found." in text
