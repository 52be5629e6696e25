"""The register of decisions: entered once, cited in full, with its scan."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from procedures.models import Decision
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

SENT = {
    "kind": "decision",
    "number": "124/QĐ-UBND",
    "issued_on": "20/1/2020",
    "issuer": "Chủ tịch UBND tỉnh Bắc Giang",
    "title": "về việc công bố Bộ thủ tục hành chính",
    "effective_from": "20/1/2020",
}
PDF = b"%PDF-1.4 scanned"


@pytest.fixture(autouse=True)
def _files_in(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def scan(name: str = "quyet-dinh.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_a_decision_is_entered_and_cited_in_full(office: Office, sign_in) -> None:
    client = sign_in("catalogue_manager")
    sent = {**SENT, "publishes_catalogue_of": office.agency.pk, "scan": scan()}
    answer = client.post("/procedures/decisions/new/", sent)
    decision = Decision.objects.get()
    assert answer.url == decision.get_absolute_url()
    page = client.get(answer.url).content.decode()
    assert (
        "Quyết định số 124/QĐ-UBND ngày 20/01/2020 của Chủ tịch UBND tỉnh Bắc Giang "
        "về việc công bố Bộ thủ tục hành chính"
    ) in page


def test_everybody_reads_it_and_downloads_the_scan(
    office: Office, sign_in, client: Client
) -> None:
    sign_in("catalogue_manager").post(
        "/procedures/decisions/new/", {**SENT, "scan": scan()}
    )
    decision = Decision.objects.get()
    make_procedure(office, decision=decision, name="Thành lập hội")
    visitor = Client()
    assert "Thành lập hội" in visitor.get(decision.get_absolute_url()).content.decode()
    file = visitor.get(f"{decision.get_absolute_url()}scan/")
    assert b"".join(file.streaming_content) == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_a_decision_without_a_scan_has_none_to_download(
    office: Office, sign_in, client: Client
) -> None:
    sign_in("catalogue_manager").post("/procedures/decisions/new/", SENT)
    address = Decision.objects.get().get_absolute_url()
    assert client.get(f"{address}scan/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"effective_to": "1/1/2020"}, "cannot end before it begins"),
        ({"scan": scan("scan.exe")}, "must be a PDF"),
        ({"scan": scan(content=b"<script>")}, "must be a PDF"),
        ({"issued_on": "31/2/2020"}, "valid date"),
        ({"number": ""}, "only an agreement goes without"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(
    office: Office, sign_in, change: dict[str, object], sentence: str
) -> None:
    answer = sign_in("catalogue_manager").post(
        "/procedures/decisions/new/", {**SENT, **change}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert SENT["title"] in page
    assert not Decision.objects.exists()


def test_one_number_of_one_day_is_entered_once(office: Office, sign_in) -> None:
    client = sign_in("catalogue_manager")
    client.post("/procedures/decisions/new/", SENT)
    answer = client.post("/procedures/decisions/new/", SENT)
    assert answer.status_code == 422
    assert "already here" in answer.content.decode()


def test_a_decision_is_corrected(office: Office, sign_in) -> None:
    client = sign_in("catalogue_manager")
    client.post("/procedures/decisions/new/", SENT)
    address = Decision.objects.get().get_absolute_url()
    client.post(f"{address}edit/", {**SENT, "effective_to": "31/12/2021"})
    assert Decision.objects.get().effective_to == date(2021, 12, 31)


def test_a_manager_does_not_publish_for_another_agency(
    office: Office, other_office: Office, sign_in
) -> None:
    sent = {**SENT, "publishes_catalogue_of": other_office.agency.pk}
    answer = sign_in("catalogue_manager").post("/procedures/decisions/new/", sent)
    assert answer.status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("change", "first", "afterwards"),
    [
        (
            {"kind": "letter", "number": "4208/UBND-KGVT"},
            (
                "Công văn số 4208/UBND-KGVT ngày 20/01/2020 của Chủ tịch UBND tỉnh Bắc "
                "Giang về việc công bố Bộ thủ tục hành chính"
            ),
            "Công văn số 4208/UBND-KGVT",
        ),
        (
            {
                "kind": "agreement",
                "number": "",
                "issuer": "UBND tỉnh Bắc Giang và Tổng công ty Bưu điện Việt Nam",
                "title": "về phối hợp cải cách hành chính",
            },
            (
                "Thỏa thuận hợp tác ngày 20/01/2020 giữa UBND tỉnh Bắc Giang và Tổng công "
                "ty Bưu điện Việt Nam về phối hợp cải cách hành chính"
            ),
            "Thỏa thuận hợp tác",
        ),
        (
            {"kind": "circular", "number": "17/2017/TT-BTTTT"},
            (
                "Thông tư số 17/2017/TT-BTTTT ngày 20/01/2020 của Chủ tịch UBND tỉnh Bắc "
                "Giang về việc công bố Bộ thủ tục hành chính"
            ),
            "Thông tư số 17/2017/TT-BTTTT",
        ),
    ],
)
def test_documents_of_every_kind_are_cited_by_their_kind(
    office: Office, sign_in, change: dict[str, str], first: str, afterwards: str
) -> None:
    client = sign_in("catalogue_manager")
    answer = client.post("/procedures/decisions/new/", {**SENT, **change})
    document = Decision.objects.get()
    assert document.short_citation == afterwards
    page, register = client.get(answer.url), client.get("/procedures/decisions/")
    assert first in page.text
    assert f">{afterwards}<" in page.text
    assert first in register.text
    assert document.get_kind_display() in register.text


def test_the_scan_of_an_agreement_without_a_number_has_a_name(
    office: Office, sign_in
) -> None:
    client = sign_in("catalogue_manager")
    sent = {**SENT, "kind": "agreement", "number": "", "scan": scan()}
    answer = client.post("/procedures/decisions/new/", sent)
    file = client.get(f"{answer.url}scan/")
    list(file.streaming_content)
    assert "Th%E1%BB%8Fa%20thu%E1%BA%ADn" in file.headers["Content-Disposition"]


def test_an_unknown_kind_is_refused(office: Office, sign_in) -> None:
    answer = sign_in("catalogue_manager").post(
        "/procedures/decisions/new/", {**SENT, "kind": "rumour"}
    )
    assert answer.status_code == 422
    assert not Decision.objects.exists()
