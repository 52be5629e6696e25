"""The export page: what it counts it writes; large ones wait in the background."""

import re
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponseRedirect
from django.urls import reverse
from python_calamine import CalamineWorkbook

from dossiers.models import ExportTemplate
from dossiers.spreadsheets import serving
from dossiers.spreadsheets.exporting import Wish
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from postal_tthc.jobs import Cancelled, Progress
from postal_tthc.jobs.models import Job
from tests.factories.dossiers import receive

PAGE = "/dossiers/export/"


def asked(**values: Any) -> dict[str, Any]:
    """What the form sends."""
    return {
        "query": "",
        "layout": "columns",
        "file_format": "xlsx",
        "order": "newest",
        "columns": ["code", "applicant_name"],
        "download": "1",
        **values,
    }


def cells(content: bytes) -> list[list[Any]]:
    return (
        CalamineWorkbook.from_filelike(BytesIO(content))
        .get_sheet_by_index(0)
        .to_python()
    )


def boxes(words: str) -> list[str]:
    """The columns that the page offers, in their order."""
    return re.findall(r'name="columns" value="(\w+)"', words)


def ticked(words: str) -> list[str]:
    """The columns that are chosen on the page."""
    return re.findall(r'name="columns" value="(\w+)"[^>]* checked', words)


@pytest.fixture
def page(sign_in):
    return sign_in(Role.CLERK)


def test_the_button_of_the_register_carries_the_count_and_the_filters(page, office):
    receive(office, applicant_name="Trần Văn Bình")
    receive(office, applicant_name="Lê Thị Hoa")

    words = page.get("/dossiers/?q=hoa").text

    assert 'href="/dossiers/export/?q=hoa"' in words
    assert "Export (1)" in words


def test_an_empty_register_offers_no_export(page):
    assert PAGE not in page.get("/dossiers/").text


def test_the_page_leads_to_the_yearly_forms_that_are_no_list(page):
    words = page.get(PAGE).text

    assert f'href="{reverse("reports:yearly")}"' in words
    assert "Form 06/VPCP" in words
    assert page.get(reverse("reports:yearly")).status_code == 200


def test_who_reads_no_figures_is_not_led_to_them(sign_in):
    page = sign_in(Role.POSTAL_CLERK)

    assert reverse("reports:yearly") not in page.get(PAGE).text


def test_the_page_counts_what_it_would_write_and_names_the_filters(page, office):
    receive(office, applicant_name="Lê Thị Hoa")
    receive(office)

    words = page.get(f"{PAGE}?q=hoa").text

    assert "Export 1 dossier" in words
    assert "<strong>hoa</strong>" in words


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("csv", "text/csv; charset=utf-8"),
    ],
)
def test_a_short_list_comes_at_once_as_an_attachment(page, office, kind, content_type):
    dossier = receive(office)

    response = page.post(PAGE, asked(file_format=kind))

    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert f".{kind}" in response.headers["Content-Disposition"]
    if kind == "csv":
        assert dossier.code in response.content.decode()
    else:
        assert cells(response.content)[1][0] == dossier.code


def test_the_file_has_what_the_filters_of_the_page_show(page, office):
    receive(office, applicant_name="Trần Văn Bình")
    found = receive(office, applicant_name="Lê Thị Hoa")

    response = page.post(PAGE, asked(query="q=hoa"))

    assert [row[0] for row in cells(response.content)[1:]] == [found.code]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"columns": []}, "Choose at least one column."),
        ({"file_format": "exe"}, "Select a valid choice."),
        ({"layout": "nothing"}, "Select a valid choice."),
        ({"query": "received_from=yesterday"}, "Set them again."),
        ({"query": "q=nobody"}, "there is nothing to export."),
        ({"save": "1"}, "Give the template a name."),
    ],
)
def test_what_cannot_be_exported_is_said_and_the_choice_stays(
    page, office, wrong, sentence
):
    receive(office)

    response = page.post(PAGE, asked(**wrong))

    assert response.status_code == 422
    assert sentence in response.text
    assert ticked(response.text) == wrong.get("columns", ["code", "applicant_name"])


@pytest.mark.parametrize(
    ("first", "headings"),
    [
        ("", ["Mã hồ sơ", "Chủ hồ sơ"]),
        ("Chủ hồ sơ", ["Chủ hồ sơ", "Mã hồ sơ"]),
        (" chu ho so ; Mã hồ sơ;", ["Chủ hồ sơ", "Mã hồ sơ"]),
        ("Ghi chú; Chủ hồ sơ", ["Ghi chú", "Chủ hồ sơ", "Mã hồ sơ"]),
        ("Số định danh, mã số thuế", ["Số định danh, mã số thuế", "Mã hồ sơ"]),
    ],
)
def test_columns_that_are_named_come_first(page, office, first, headings):
    receive(office)

    response = page.post(PAGE, asked(first=first))

    assert cells(response.content)[0][: len(headings)] == headings


def test_a_column_that_is_not_known_is_named(page, office):
    receive(office)

    response = page.post(PAGE, asked(first="Chủ hồ sơ; Cỡ giày"))

    assert response.status_code == 422
    assert "No column is called «Cỡ giày»." in response.text


def test_an_address_may_name_the_columns_in_their_order(page):
    words = page.get(f"{PAGE}?columns=note&columns=code&columns=nothing&q=hoa").text

    assert boxes(words)[:3] == ["note", "code", "procedure_code"]
    assert ticked(words) == ["note", "code"]
    assert 'name="query" value="q=hoa"' in words


def test_all_boxes_are_ticked_and_unticked_where_scripts_run(page):
    words = page.get(PAGE).text

    assert 'data-tick="columns" hidden>All columns</button>' in words
    assert 'data-untick="columns" hidden>No column</button>' in words
    assert "js/ticks.js" in words


def test_a_stranger_is_asked_to_sign_in(client):
    response = client.get(PAGE)

    assert isinstance(response, HttpResponseRedirect)
    assert response.url.startswith(reverse("accounts:login"))


def test_a_long_list_is_written_in_the_background(page, office, monkeypatch):
    receive(office)
    monkeypatch.setattr(serving, "AT_ONCE", 0)
    started = []

    def start(kind: str, **values: Any) -> HttpResponseRedirect:
        started.append((kind, values))
        return "/jobs/7/"

    monkeypatch.setattr(serving.jobs, "start", start)

    response = page.post(PAGE, asked(query="q=a", layout="register"))

    assert response.url == "/jobs/7/"
    ((kind, values),) = started
    assert (kind, values["by"], values["size"]) == ("export", office.clerk, 1)
    assert Wish.of(values["parameters"]) == Wish(
        "q=a", "register", ("code", "applicant_name"), "newest", "xlsx"
    )


def job(user: User, **wish: Any) -> SimpleNamespace:
    return SimpleNamespace(by=user, parameters=Wish(**wish).parameters())


def test_the_work_writes_the_file_and_tells_how_far_it_is(office):
    for _ in range(3):
        receive(office)
    progress = Progress()

    outcome = serving.work(job(office.clerk, columns=("code",)), progress)

    assert (progress.done, progress.total) == (3, 3)
    assert outcome.sentence == "3 dossiers were written."
    assert outcome.file_name.startswith("ho-so-snv-mc-")
    assert len(cells(outcome.content.read_bytes())) == 4
    outcome.content.unlink()


def test_work_that_is_stopped_leaves_no_file(office, tmp_path, monkeypatch):
    receive(office)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    class Stopped(Progress):
        def reached(self, done: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        serving.work(job(office.clerk), Stopped())
    assert list(tmp_path.glob("export-*")) == []


def test_work_gives_its_owner_nothing_of_another_organisation(office, other_office):
    receive(office)

    outcome = serving.work(job(other_office.clerk), Progress())

    assert len(cells(outcome.content.read_bytes())) == 1
    outcome.content.unlink()


def test_a_template_keeps_columns_format_and_the_filters_when_asked(page, office):
    receive(office, applicant_name="Lê Thị Hoa")
    save = {"save": "1", "name": "Của tôi", "keeps_filters": "on", "query": "q=hoa"}

    response = page.post(PAGE, asked(**save, file_format="ods"), follow=True)

    template = ExportTemplate.objects.get()
    assert (template.owner, template.is_shared) == (office.clerk, False)
    assert template.columns == ["code", "applicant_name"]
    assert "Template «Của tôi» was saved." in response.text
    again = page.get(f"{PAGE}?template={template.pk}").text
    assert "<strong>hoa</strong>" in again
    assert 'value="ods" required id="id_file_format_1" checked' in again


def test_a_template_of_the_same_name_is_replaced(page, office):
    page.post(PAGE, asked(save="1", name="Của tôi"))
    page.post(PAGE, asked(save="1", name="Của tôi", columns=["code"]))

    assert ExportTemplate.objects.get().columns == ["code"]


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_template_is_seen_by_colleagues_only_when_it_is_shared(
    page, sign_in, office, is_shared
):
    shared = {"is_shared": "on"} if is_shared else {}
    page.post(PAGE, asked(save="1", name="Chung", **shared), follow=True)
    colleague = User.objects.create(
        username="second", role=Role.CLERK, organisation=office.desk
    )
    page.force_login(colleague)

    assert ("Chung" in page.get(PAGE).text) is is_shared
    status = 200 if is_shared else 404
    pk = ExportTemplate.objects.get().pk
    assert page.get(f"{PAGE}?template={pk}").status_code == status


def test_another_organisation_never_sees_a_shared_template(
    page, sign_in, office, other_office
):
    page.post(PAGE, asked(save="1", name="Chung", is_shared="on"), follow=True)
    pk = ExportTemplate.objects.get().pk
    stranger = sign_in(Role.CLERK, other_office)

    assert "Chung" not in stranger.get(PAGE).text
    assert stranger.get(f"{PAGE}?template={pk}").status_code == 404


def test_only_its_owner_deletes_a_template(page, sign_in, office):
    page.post(PAGE, asked(save="1", name="Chung", is_shared="on"), follow=True)
    template = ExportTemplate.objects.get()
    address = reverse("dossiers:export_template_delete", args=[template.pk])
    colleague = User.objects.create(
        username="second", role=Role.CLERK, organisation=office.desk
    )
    page.force_login(colleague)
    assert page.post(address).status_code == 403
    assert ExportTemplate.objects.exists()

    sign_in(Role.CLERK).post(address)
    assert not ExportTemplate.objects.exists()


def test_filters_too_long_to_keep_are_refused_in_words(page, office):
    receive(office)
    query = "&".join(f"x{n}={'a' * 90}" for n in range(30))

    response = page.post(
        PAGE, asked(save="1", name="Dài", keeps_filters="on", query=query)
    )

    assert response.status_code == 422
    assert "too long to be saved" in response.text
    assert not ExportTemplate.objects.exists()


def test_without_a_worker_a_list_that_is_not_so_long_is_there_at_once(
    page, office, monkeypatch, django_capture_on_commit_callbacks
):
    dossier = receive(office)
    monkeypatch.setattr(serving, "AT_ONCE", 0)

    with django_capture_on_commit_callbacks(execute=True):
        response = page.post(PAGE, asked())

    job = Job.objects.get()
    assert response.url == job.get_absolute_url()
    assert (job.status, job.done, job.total) == ("done", 1, 1)
    with job.file.open() as file:
        assert cells(file.read())[1][0] == dossier.code
