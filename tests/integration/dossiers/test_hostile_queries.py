"""Whatever is written into an address, the pages answer and repeat no markup."""

import pytest

from dossiers.filters import DossierFilter
from tests.factories.dossiers import receive

PARAMETERS = [*DossierFilter.base_filters, "tab", "after"]
HOSTILE = {
    "NUL": "\x00",
    "NUL inside": "a\x00b",
    "markup": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "quote": "' OR '1'='1",
    "emoji": "📮" * 50,
    "long": "a " * 2_000,
    "huge number": "9" * 400,
    "negative": "-1",
    "a day that is not": "31/02/2020",
    "year 1": "01/01/0001",
    "year 9999": "31/12/9999",
    "lone surrogate": "\ud800".encode("utf-8", "surrogatepass"),
    "template": "{{ 7|add:7 }}{% debug %}",
    "right to left": "\u202eabc",
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_the_register_answers(sign_in, office, parameter, value):
    receive(office)
    week = {"start": "01/01/2020", "end": "31/12/2020", "counted": "received"}

    response = sign_in("clerk").get("/dossiers/", {**week, parameter: value})

    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text


def test_a_broken_filter_is_named_and_hides_everything(sign_in, office):
    receive(office)

    page = sign_in("clerk").get("/dossiers/", {"received_from": "31/02/2020"})

    assert "Enter a valid date" in page.text
    assert 'value="31/02/2020"' in page.text
    assert page.context["page"].rows == []


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("parameter", ["procedure_code", "received_on", "papers_for"])
def test_the_promise_answers(sign_in, parameter, value):
    typed = {"procedure_code": "1.00", "received_on": "20/01/2020"}

    response = sign_in("clerk").get(
        "/dossiers/new/promise/", {**typed, parameter: value}
    )

    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text


def test_markup_in_a_name_is_shown_as_it_was_written(sign_in, office):
    receive(office, applicant_name="<script>alert(1)</script>")

    page = sign_in("clerk").get("/dossiers/")

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
