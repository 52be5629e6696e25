"""Papers written one a line: asked for, handed in, and what the page offers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dossiers import actions
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at, dossier_at, register
from tests.integration.dossiers.pages import fields_of

LINES = [
    ("chính Bằng tốt nghiệp", ("Bằng tốt nghiệp", "original")),
    ("Chứng thực: Giấy khai sinh", ("Giấy khai sinh", "certified_copy")),
    ("sao Sơ yếu lý lịch", ("Sơ yếu lý lịch", "copy")),
    ("Sao lục hồ sơ", ("lục hồ sơ", "copy")),
    ("Đơn đề nghị", ("Đơn đề nghị", "original")),
]


def step(dossier, name):
    return reverse("dossiers:step", args=[dossier.reference, name])


@pytest.mark.parametrize(("line", "paper"), LINES)
def test_the_first_word_tells_the_form(sign_in, office, line, paper):
    dossier = dossier_at(Status.RECEIVED, office)
    client = sign_in("clerk")
    typed = {"on": "02/06/2020", "reason": "Thiếu", "papers": f"\n{line}\n\n"}

    client.post(step(dossier, "supplement_requested"), typed)

    (asked,) = dossier.notices.get().papers
    assert (asked["name"], asked["form"]) == paper


def test_too_many_lines_are_told_and_kept(sign_in, office):
    dossier = dossier_at(Status.RECEIVED, office)
    typed = {"on": "02/06/2020", "reason": "Thiếu", "papers": "Đơn\n" * 31}

    answer = sign_in("clerk").post(step(dossier, "supplement_requested"), typed)

    assert answer.status_code == 422
    assert "At most 30 papers" in answer.text
    assert fields_of(answer)["papers"].count("Đơn") == 31


def test_a_supplement_at_the_counter_brings_its_papers(sign_in, office):
    dossier = dossier_at(Status.PROCESSING, office)
    actions.request_supplement(
        dossier,
        by=office.clerk,
        at=at(MONDAY + timedelta(days=2)),
        reason="Thiếu",
        papers=[{"name": "Giấy khai sinh", "form": "certified_copy", "quantity": 1}],
    )
    client = sign_in("clerk")
    address = step(dossier, "supplemented")

    offered = fields_of(client.get(address))
    client.post(address, offered | {"on": "05/06/2020"})

    assert offered["papers"] == "chứng thực Giấy khai sinh"
    added = dossier.papers.last()
    assert (added.name, added.held_by) == ("Giấy khai sinh", office.desk)


def test_a_registered_dossier_is_received_with_its_papers(sign_in, office):
    dossier = register(office, Status.REGISTERED)
    client = sign_in("clerk")
    address = step(dossier, "received")

    offered = fields_of(client.get(address))
    answer = client.post(
        address, offered | {"on": "02/06/2020", "papers": "chính Bằng tốt nghiệp"}
    )

    assert offered["papers"].splitlines() == [
        "chính Đơn đề nghị",
        "chính Bằng tốt nghiệp",
    ]
    dossier.refresh_from_db()
    assert answer.status_code == 302
    assert [paper.name for paper in dossier.papers.all()] == ["Bằng tốt nghiệp"]
