"""The post signed on paper: the scan is told by its content, and is small."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from dossiers.models import Handover
from tests.factories.dossiers import envelope, register
from tests.factories.offices import Office
from tests.integration.api.conftest import Ask

HANDOVERS = "/api/v1/handovers/"
PDF = b"%PDF-1.4 signed"
LARGEST = 10 * 1024 * 1024
KEY = {"Idempotency-Key": "giay-1"}
pytestmark = pytest.mark.usefixtures("known_calendar_days", "known_norms_and_forms")


@pytest.fixture
def clerk(ask: Ask) -> APIClient:
    return ask("clerk")


@pytest.fixture
def address(office: Office, clerk: APIClient) -> str:
    """Where minutes that the desk has signed wait for the sheet of the post."""
    register(office, item=envelope(12))
    begun = clerk.post(HANDOVERS, {"direction": "in"}, format="json").json()
    address = f"{HANDOVERS}{begun['id']}/"
    scanned = {"scanned": envelope(12).number}
    clerk.post(f"{address}scan/", scanned, format="json")
    assert clerk.post(f"{address}sign/").json()["status"] == "desk_signed"
    return address


def send(client: APIClient, address: str, content: bytes, **headers: str) -> Any:
    """The sheet, under the name that every scanner gives it."""
    told = {
        "signatory": "Nguyễn Văn Bưu",
        "signed_at": client.get(address).json()["desk_signed_at"],
        "scan": SimpleUploadedFile("scan.pdf", content),
    }
    how = {"format": "multipart", "headers": headers}
    return client.post(f"{address}on-paper/", told, **how)


def kept() -> bytes:
    with Handover.objects.get().scan.open("rb") as scan:
        return scan.read()


def test_a_scan_is_told_by_its_content_not_by_its_name(
    clerk: APIClient, address: str
) -> None:
    first = send(clerk, address, PDF, **KEY)
    again = send(clerk, address, PDF, **KEY)
    other = send(clerk, address, b"%PDF-1.4 another", **KEY)

    assert (first.status_code, again.status_code) == (200, 200), first.json()
    assert again["Idempotent-Replay"] == "true"
    assert again.json() == first.json()
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert kept() == PDF


@pytest.mark.parametrize(
    ("seen", "status"), [('"old"', 412), (None, 200), ("*", 200), ("now", 200)]
)
def test_no_sheet_is_put_under_minutes_that_changed(
    clerk: APIClient, address: str, seen: str | None, status: int
) -> None:
    now = clerk.get(address)["ETag"] if seen == "now" else seen
    headers = {"If-Match": now} if now else {}

    answer = send(clerk, address, PDF, **headers)

    assert answer.status_code == status, answer.json()
    is_locked = Handover.objects.get().status == Handover.Status.LOCKED
    assert is_locked is (status == 200)


@pytest.mark.parametrize("over", [0, 1])
def test_a_scan_has_ten_megabytes_at_most(
    clerk: APIClient, address: str, over: int
) -> None:
    answer = send(clerk, address, PDF.ljust(LARGEST + over, b"0"))

    if over:
        assert answer.status_code == 400
        assert answer.json()["errors"]["scan"] == ["The file is larger than 10 MB."]
    else:
        assert answer.status_code == 200, answer.json()
    assert bool(Handover.objects.get().scan) is not bool(over)
