"""The register narrowed: filters, the chips that take them away, and words."""

from datetime import timedelta
from unicodedata import normalize

import pytest
from django.http import QueryDict

from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, dossier_at, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import Page, fields_of

REGISTER = "/dossiers/"


def codes(response) -> list[str]:
    return [dossier.code for dossier in response.context["page"].rows]


@pytest.fixture
def four(office):
    """Four dossiers that differ in everything a filter looks at."""
    law = make_procedure(office, code="1.000101", field="Tư pháp")
    work = make_procedure(office, code="1.000102", field="Việc làm")
    by_post = "public_post"
    return {
        "both": receive(office, law, intake_channel=by_post, return_channel=by_post),
        "in": receive(
            office, work, on=MONDAY + timedelta(days=1), intake_channel=by_post
        ),
        "out": receive(
            office, work, on=MONDAY + timedelta(days=2), return_channel=by_post
        ),
        "none": dossier_at(
            Status.PROCESSING,
            office,
            on=MONDAY + timedelta(days=3),
            procedure=work,
            applicant_name="Lê Thị Đào",
            intake_channel="online",
            return_channel="online",
        ),
    }


WEEK = {"start": "2020-06-01", "end": "2020-06-07"}
# Every filter but the field, in the order of the form.
ONE_OF_EACH = {
    "q": "a",
    "procedure": "1.000101",
    "field": "",
    "field_name": "Tư pháp",
    "agency": "SNV",
    "status": "received",
    "intake": "public_post",
    "out": "public_post",
    "post": "both",
    "why_not": "any",
    "received_from": "2020-06-01",
    "received_to": "2020-06-02",
    "counted": "received",
    "work": "late",
}
FILTERS = {
    "words": ({"q": "dao le"}, {"none"}),
    "a part of the code": ({"q": "200602"}, {"in"}),
    "procedure": ({"procedure": "1.000101"}, {"both"}),
    "name of the field": ({"field_name": "Tư pháp"}, {"both"}),
    "agency": ({"agency": "SNV"}, {"both", "in", "out", "none"}),
    "unknown agency": ({"agency": "STP"}, set()),
    "status": ({"status": "processing"}, {"none"}),
    "in by post": ({"intake": "public_post"}, {"both", "in"}),
    "in online": ({"intake": "online"}, {"none"}),
    "out by post": ({"out": "public_post"}, {"both", "out"}),
    "any leg by post": ({"post": "any"}, {"both", "in", "out"}),
    "both legs by post": ({"post": "both"}, {"both"}),
    "no leg by post": ({"post": "none"}, {"none"}),
    "from a day": ({"received_from": "03/06/2020"}, {"out", "none"}),
    "to a day": ({"received_to": "2020-06-02"}, {"both", "in"}),
    "a counted set": ({"counted": "intake_by_post", **WEEK}, {"both", "in"}),
    "a counted set without days": ({"counted": "received"}, set()),
    "two at once": ({"post": "any", "received_to": "02.06.2020"}, {"both", "in"}),
}


@pytest.mark.parametrize(("query", "names"), FILTERS.values(), ids=FILTERS)
def test_a_filter_leaves_what_it_says(sign_in, four, query, names):
    response = sign_in("clerk").get(REGISTER, query)

    assert set(codes(response)) == {four[name].code for name in names}


def test_the_field_is_chosen_from_a_list(sign_in, four):
    field = four["both"].procedure.field

    response = sign_in("clerk").get(REGISTER, {"field": field.pk})

    assert codes(response) == [four["both"].code]


def test_each_chip_takes_exactly_its_own_filter_away(sign_in, four):
    client = sign_in("clerk")
    applied = {**ONE_OF_EACH, "field": str(four["both"].procedure.field_id)}
    query = {**applied, **WEEK, "tab": "open"}

    chips = client.get(REGISTER, {**query, "after": "9_9"}).context["chips"]

    assert len(chips) == len(applied)
    for name, chip in zip(applied, chips, strict=True):
        gone = {name, *WEEK} if name == "counted" else {name}
        rest = {key: value for key, value in query.items() if key not in gone}
        assert QueryDict(chip["address"].removeprefix("?")).dict() == rest
        left = client.get(REGISTER + chip["address"]).context["chips"]
        assert chip not in left
        assert len(left) == len(chips) - 1


@pytest.mark.parametrize(
    ("query", "chip"),
    [
        ({"q": "a"}, "Code or name: <strong>a</strong>"),
        ({"status": "returned"}, "Status: <strong>Result returned</strong>"),
        ({"post": "both"}, "By post: <strong>Both legs by post</strong>"),
        ({"received_to": "01062020"}, "Received to: <strong>01/06/2020</strong>"),
        (
            {"counted": "received", **WEEK},
            "Counted as: <strong>Received in the period, 01/06/2020 – 07/06/2020",
        ),
    ],
)
def test_a_chip_says_in_words_what_is_applied(sign_in, query, chip):
    assert chip in sign_in("clerk").get(REGISTER, query).text


def test_without_filters_there_are_no_chips(sign_in):
    response = sign_in("clerk").get(REGISTER, {"tab": "open", "q": "", "status": ""})

    assert response.context["chips"] == []


def test_the_filters_applied_stay_in_the_form(sign_in, four):
    query = {**ONE_OF_EACH, **WEEK, "field": str(four["both"].procedure.field_id)}

    fields = fields_of(sign_in("clerk").get(REGISTER, {**query, "tab": "open"}))

    of_other_figures = dict.fromkeys(("by", "desk", "late", "step", "version"), "")
    assert fields == {**query, **of_other_figures, "tab": "open"}


def test_clearing_all_filters_keeps_the_tab(sign_in, four):
    response = sign_in("clerk").get(REGISTER, {"post": "any", "tab": "open"})

    assert f"{REGISTER}?tab=open" in Page(response).links


@pytest.mark.parametrize("kept", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nguyễn Văn A", "nguyen van a"),
        ("Nguyễn Văn A", "NGUYỄN VĂN A"),
        ("Nguyễn Văn A", "văn  nguyễn"),
        ("Đỗ Đức Đạt", "do duc dat"),
        ("Đỗ Đức Đạt", "đỗ ĐỨC đạt"),
    ],
)
def test_names_are_found_with_and_without_their_marks(
    sign_in, office, kept, typed, name, words
):
    wanted = receive(office, applicant_name=normalize(kept, name))
    receive(office, applicant_name="Trần Thị B")

    response = sign_in("clerk").get(REGISTER, {"q": normalize(typed, words)})

    assert codes(response) == [wanted.code]


def test_the_authorised_person_is_found_too(sign_in, office):
    wanted = receive(office, representative_name="Phạm Thị Gấm")

    assert codes(sign_in("clerk").get(REGISTER, {"q": "gam"})) == [wanted.code]


def test_percent_and_underscore_are_letters_like_others(sign_in, office):
    receive(office)

    assert codes(sign_in("clerk").get(REGISTER, {"q": "%"})) == []
    assert codes(sign_in("clerk").get(REGISTER, {"q": "_"})) == []
