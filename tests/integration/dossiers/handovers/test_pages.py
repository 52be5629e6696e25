"""The pages of the minutes: who sees what, what a scan answers, who may press."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dossiers import actions
from dossiers.models import Handover
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at, envelope, register
from tests.factories.handovers import begin, bring_in, scan
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import Page, fields_of

TUESDAY = MONDAY + timedelta(days=1)
HTMX = {"HX-Request": "true"}


def page(name, *args):
    return reverse(f"dossiers:{name}", args=args)


def test_the_clerk_sees_what_is_expected_and_begins(sign_in, office):
    register(office)
    client = sign_in("clerk")

    answer = client.get(page("handovers"))
    begun = client.post(page("handover_start"), {"direction": "in"}, follow=True)

    assert "1 thing is expected from the post." in answer.text
    assert "0 things wait to go out with the post." in answer.text
    assert "Expected, not here yet" in begun.text
    assert envelope(50_000_000).number[:4] in begun.text


def test_going_on_opens_the_same_minutes(sign_in, office):
    client = sign_in("clerk")

    for _again in range(2):
        client.post(page("handover_start"), {"direction": "out"})

    assert Handover.objects.count() == 1


@pytest.mark.parametrize("direction", ["", "up", "IN\x00"])
def test_there_are_two_directions(sign_in, direction):
    answer = sign_in("clerk").post(page("handover_start"), {"direction": direction})

    assert answer.status_code == 404


SCANS = [
    ("the envelope", "added", "✓"),
    ("nothing known", "unknown", "not known here"),
    ("", "wrong", "Scan or type"),
    ("\x00", "wrong", "Scan or type"),
]


@pytest.mark.parametrize(("text", "outcome", "words"), SCANS)
def test_a_scan_answers_in_words_and_with_a_cue(sign_in, office, text, outcome, words):
    item = envelope(7)
    register(office, item=item)
    handover = begin(office, at(TUESDAY))
    text = item.number if text == "the envelope" else text

    answer = sign_in("clerk").post(
        page("handover_scan", handover.pk), {"scanned": text}, headers=HTMX
    )

    assert f'data-outcome="{outcome}"' in answer.text
    assert words in answer.text


def test_without_scripts_a_scan_comes_back_to_the_page(sign_in, office):
    item = envelope(7)
    register(office, item=item)
    handover = begin(office, at(TUESDAY))

    answer = sign_in("clerk").post(
        page("handover_scan", handover.pk), {"scanned": item.number}, follow=True
    )

    assert answer.redirect_chain
    assert item.number in answer.text
    assert handover.lines.count() == 1


def test_a_scan_is_undone_on_the_page(sign_in, office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))

    answer = sign_in("clerk").post(
        page("handover_remove", handover.pk, 1), headers=HTMX
    )

    assert "was taken off the list" in answer.text
    assert not handover.lines.exists()


def test_a_line_says_what_was_counted(sign_in, office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))
    client = sign_in("clerk")
    address = page("handover_line", handover.pk, 1)
    counted = {"originals": 2, "certified_copies": 0, "copies": 1, "fees_dong": 5000}

    refused = client.post(address, counted | {"set_aside": "on", "note": ""})
    saved = client.post(
        address, counted | {"is_complete": "on", "note": "Thừa bản sao"}
    )

    assert refused.status_code == 422
    assert "Say why" in refused.text
    assert saved.status_code == 302
    line = handover.lines.get()
    assert (line.originals, line.copies, line.fees_dong) == (2, 1, 5000)


def test_the_whole_way_by_pages(sign_in, office, client):
    dossier = register(office, on=timezone.localdate())
    sign_in("clerk")
    client.post(page("handover_start"), {"direction": "in"})
    handover = Handover.objects.get()
    client.post(page("handover_scan", handover.pk), {"scanned": dossier.reference})
    signed = client.post(page("handover_sign", handover.pk), follow=True)
    assert "Waiting for" in signed.text

    sign_in("postal_clerk")
    assert "Sign for the post" in client.get(page("handover", handover.pk)).text
    locked = client.post(page("handover_confirm", handover.pk), follow=True)

    dossier.refresh_from_db()
    assert dossier.status == Status.RECEIVED
    assert dossier.code in locked.text
    assert "locked" in locked.text


def test_the_paper_signature_needs_its_scan(sign_in, office, client):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))
    actions.sign_for_desk(handover, by=office.clerk, at=at(TUESDAY))
    sign_in("clerk")
    address = page("handover_on_paper", handover.pk)
    typed = {"signatory": "Bưu tá Hùng", "on": "02/06/2020", "time": "16:10"}

    without = client.post(address, typed)
    wrong = client.post(address, typed | {"scan": SimpleUploadedFile("x.exe", b"MZ")})
    signed = client.post(
        address, typed | {"scan": SimpleUploadedFile("x.pdf", b"%PDF-1.4")}, follow=True
    )

    assert (without.status_code, wrong.status_code) == (422, 422)
    assert "Bưu tá Hùng" in without.text
    assert "Bưu tá Hùng" in signed.text
    dossier.refresh_from_db()
    assert dossier.received_at == at(TUESDAY, 16) + timedelta(minutes=10)
    got = client.get(page("handover_paper", handover.pk))
    assert got.getvalue() == b"%PDF-1.4"


def test_minutes_of_others_are_not_found(sign_in, office, other_office):
    theirs = begin(other_office, at(TUESDAY))
    client = sign_in("clerk")

    for name in ("handover", "handover_print", "handover_paper"):
        assert client.get(page(name, theirs.pk)).status_code == 404
    for name in ("handover_scan", "handover_sign", "handover_reopen"):
        assert client.post(page(name, theirs.pk)).status_code == 404


def test_a_counter_line_by_page(sign_in, office, client):
    dossier, handover = bring_in(register(office), office, at(TUESDAY))
    sign_in("clerk")

    answer = client.post(
        page("handover_cancel_line", handover.pk, 1),
        {"reason": "Nhầm phong bì"},
        follow=True,
    )

    assert "Line 1 was cancelled by line 2." in answer.text
    assert "Nhầm phong bì" in answer.text
    dossier.refresh_from_db()
    assert dossier.status == Status.ANNOUNCED


def test_a_postal_clerk_sees_the_minutes_of_the_own_office(sign_in, office):
    begin(office, at(TUESDAY))

    answer = sign_in("postal_clerk").get(page("handovers"))

    assert office.desk.name in answer.text
    assert "Begin to count" not in answer.text


def test_a_long_pile_asks_no_more_questions_than_a_short_one(
    sign_in, office, django_assert_max_num_queries
):
    procedure = make_procedure(office)
    handover = begin(office, at(TUESDAY))
    for serial in range(1, 41):
        register(office, procedure=procedure, item=envelope(serial))
    for serial in range(1, 31):
        scan(handover, envelope(serial).number, office, at(TUESDAY))
    client = sign_in("clerk")

    with django_assert_max_num_queries(20):
        answer = client.get(page("handover", handover.pk))

    assert answer.text.count("<tr") >= 30


def test_older_minutes_are_one_link_away(sign_in, office, monkeypatch):
    monkeypatch.setattr("dossiers.views.handovers.RECENT", 2)
    dossiers = [register(office) for _ in range(3)]
    codes = [bring_in(x, office, at(TUESDAY))[1].code for x in dossiers]
    client = sign_in("clerk")

    first = client.get(page("handovers")).text
    address = first.split('href="?before=')[1].split('"')[0]
    second = client.get(page("handovers"), {"before": address}).text

    assert [code in first for code in codes] == [False, True, True]
    assert [code in second for code in codes] == [True, False, False]
    assert client.get(page("handovers"), {"before": "9" * 40}).status_code == 200


def test_a_dossier_names_the_minutes_it_came_in_with(sign_in, office):
    dossier, handover = bring_in(register(office), office, at(TUESDAY))

    answer = sign_in("clerk").get(dossier.get_absolute_url())

    assert handover.get_absolute_url() in answer.text


def test_an_unknown_envelope_is_entered_from_the_pile(sign_in, office):
    handover = begin(office, at(TUESDAY))
    number = envelope(9).number
    scan(handover, number, office, at(TUESDAY))
    client = sign_in("clerk")

    pile = client.get(page("handover", handover.pk))
    (address,) = [x for x in Page(pile).links if "?item=" in x]
    fields = fields_of(client.get(address))

    assert fields["item_number"] == number
    assert fields["intake_channel"] == "public_post"
