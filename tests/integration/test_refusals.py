"""A rule that says no becomes a page with its sentence and a way back."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from dossiers.statuses import Status
from postal_tthc.errors import Conflict, DomainError, Invalid, Refused
from tests.factories.dossiers import dossier_at

SENTENCE = "Hồ sơ <1> không thể trả & đã đóng."
ERRORS = {error.__name__: error for error in (Refused, Conflict, Invalid, DomainError)}


@login_not_required
def say_no(request, name):
    raise ERRORS[name](SENTENCE)


urlpatterns = [path("no/<str:name>/", say_no), path("", include("postal_tthc.urls"))]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("name", "status"),
    [("Refused", 403), ("Conflict", 409), ("Invalid", 400), ("DomainError", 400)],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_domain_error_is_a_page_with_its_sentence(client, name, status, method):
    page = getattr(client, method)(
        f"/no/{name}/", headers={"referer": "/dossiers/?q=a"}
    )

    assert page.status_code == status
    assert "Hồ sơ &lt;1&gt; không thể trả &amp; đã đóng." in page.text
    assert 'href="/dossiers/?q=a"' in page.text
    assert page.templates[0].name == "refused.html"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_without_a_page_before_it_the_way_back_is_the_first_page(client):
    page = client.get("/no/Refused/").text

    assert '<a class="button" href="/">' in page


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_any_other_error_is_not_hidden(client):
    with pytest.raises(KeyError):
        client.get("/no/Nothing/")


def test_a_role_that_may_not_is_told_so(sign_in):
    page = sign_in("leader").get("/dossiers/new/")

    assert page.status_code == 403
    assert "Leader SNV may not do this" in page.text


def test_a_state_that_does_not_allow_it_is_told_so(sign_in, office):
    dossier = dossier_at(Status.WITHDRAWN, office)

    page = sign_in("clerk").get(f"{dossier.get_absolute_url()}processing/")

    assert page.status_code == 409
    assert (
        f"{dossier.code} is «Withdrawn», so it cannot become «Being processed»."
        in page.text
    )


@pytest.mark.django_db
def test_the_page_is_vietnamese_by_default(client, office):
    client.force_login(office.leader)

    page = client.get("/dossiers/new/")

    assert page.status_code == 403
    assert "may not do this" not in page.text
    assert '<html lang="vi">' in page.text
