"""Templates of exports are renamed by their owners, and by nobody else."""

import pytest
from django.urls import reverse

from dossiers.models import ExportTemplate
from dossiers.spreadsheets import templates
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import receive
from tests.integration.dossiers.exports.test_pages import (
    PAGE,
    asked,
    boxes,
    ticked,
)


@pytest.fixture
def page(sign_in):
    return sign_in(Role.CLERK)


@pytest.fixture
def template(page, office) -> ExportTemplate:
    page.post(PAGE, asked(save="1", name="Cũ", is_shared="on", query=""))
    return ExportTemplate.objects.get()


def rename(page, template: ExportTemplate, name: str, query: str = ""):
    address = reverse("dossiers:export_template_rename", args=[template.pk])
    return page.post(address, {"name": name, "query": query}, follow=True)


def test_a_template_gets_another_name_and_the_filters_stay(page, template):
    response = rename(page, template, "  Mới   hơn ", query="q=hoa")

    template.refresh_from_db()
    assert template.name == "Mới hơn"
    assert "The template is called «Mới hơn» now." in response.text
    assert "<strong>hoa</strong>" in response.text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (" ", "Give the template a name."),
        ("a" * 101, "The name has 101 letters; shorten it to 100."),
        ("Khác", "You have a template «Khác» already. Choose another name."),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_words_and_stays_to_be_mended(
    page, template, name, sentence
):
    page.post(PAGE, asked(save="1", name="Khác"))

    response = rename(page, template, name)

    template.refresh_from_db()
    assert template.name == "Cũ"
    assert sentence in response.text
    assert f'value="{name}"' in response.text


def test_a_template_keeps_the_order_of_its_columns(page, office):
    receive(office)
    page.post(PAGE, asked(save="1", name="Của tôi", first="Ghi chú; Trạng thái"))
    template = ExportTemplate.objects.get()

    words = page.get(f"{PAGE}?template={template.pk}").text

    chosen = ["note", "status", "code", "applicant_name"]
    assert boxes(words)[:5] == [*chosen, "procedure_code"]
    assert ticked(words) == chosen
    assert templates.wish_of(template).columns == tuple(chosen)


def test_its_own_name_is_no_other(page, template):
    assert "called «Cũ» now" in rename(page, template, "Cũ").text


def test_a_colleague_uses_it_but_may_not_rename_it(page, template, office):
    colleague = User.objects.create(
        username="second", role=Role.CLERK, organisation=office.desk
    )
    page.force_login(colleague)

    assert "Rename" not in page.get(PAGE).text
    assert rename(page, template, "Của tôi").status_code == 403
    template.refresh_from_db()
    assert template.name == "Cũ"


def test_another_organisation_cannot_even_find_it(template, sign_in, other_office):
    stranger = sign_in(Role.CLERK, other_office)

    assert rename(stranger, template, "Của tôi").status_code == 404
