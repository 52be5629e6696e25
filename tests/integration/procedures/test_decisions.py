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
