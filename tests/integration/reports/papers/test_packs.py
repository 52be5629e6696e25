"""All files of reports in one .zip: who gets what, and what is inside."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from postal_tthc.accounts.roles import Ability, Role
from postal_tthc.errors import Conflict, Invalid, Refused
from postal_tthc.jobs.models import Job, Worker
from postal_tthc.jobs.permissions import can_fetch, check_can_fetch
from postal_tthc.jobs.running import perform
from postal_tthc.lib import office as libreoffice
from reports import packs
from reports.models import Report
from tests.factories.dossiers import receive
from tests.factories.offices import Office
from tests.factories.reports import begin, report_at, sign
from tests.integration.reports.papers.faces import values_of, words_of

PACK = "/reports/papers/pack/"
Status = Report.Status


@pytest.fixture
def _pdf(monkeypatch) -> None:
    """LibreOffice is slow, and is tried by itself."""
    monkeypatch.setattr(libreoffice, "to_pdf", lambda docx: b"%PDF-" + docx[:4])


@pytest.fixture
def press(sign_in, django_capture_on_commit_callbacks):
    """Choose reports in a role; without a worker they are done at once."""

    def pressed(role: Role | str, *reports: Report, **more):
        client = sign_in(role, **more)
        with django_capture_on_commit_callbacks(execute=True):
            asked = {"report": [report.pk for report in reports]}
            return client.post(PACK, asked)

    return pressed


def opened(job: Job) -> dict[str, bytes]:
    """The files of a pack by their names."""
    with job.file.open("rb") as file, ZipFile(BytesIO(file.read())) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


@pytest.mark.usefixtures("_pdf")
def test_a_pack_has_the_files_that_the_page_gives_and_form_06(office, press, sign_in):
    receive(office)
    report = report_at(Status.SENT, office, "2020-H1")
    answer = press("leader", report)
    job = Job.objects.get()

    assert answer.url == job.get_absolute_url()
    assert (job.status, job.sentence) == ("done", "4 files of 1 report.")
    assert (job.file_name, job.done, job.total) == ("BC_SNV_05_2020.zip", 4, 4)
    assert job.title == "All files of BC_SNV_05_2020"
    files = opened(job)
    assert sorted(files) == [
        "BC_SNV_05_2020.docx",
        "BC_SNV_05_2020.pdf",
        "BC_SNV_05_2020.xlsx",
        "Bieu06_SNV_05_2020.xlsx",
    ]
    page = report.get_absolute_url()
    client = sign_in("leader")
    docx = client.get(f"{page}report.docx").content
    assert words_of(files["BC_SNV_05_2020.docx"]) == words_of(docx)
    xlsx = values_of(client.get(f"{page}report.xlsx").content)
    assert values_of(files["BC_SNV_05_2020.xlsx"]) == xlsx
    assert values_of(files["Bieu06_SNV_05_2020.xlsx"]) == {"Biểu 06": xlsx["Biểu 06"]}


@pytest.mark.libreoffice
@pytest.mark.skipif(not libreoffice.is_installed(), reason="no LibreOffice here")
def test_the_pdf_is_a_real_one(office, press):
    press("leader", begin(office))

    pdf = next(x for name, x in opened(Job.objects.get()).items() if ".pdf" in name)
    assert pdf.startswith(b"%PDF-")


@pytest.mark.usefixtures("_pdf")
def test_several_reports_have_a_folder_each_even_of_one_name(office, press, settings):
    settings.JOBS_INLINE_SIZE = 10_000
    reports = [begin(office, "2020-H1"), begin(office, "2020-H1"), begin(office)]
    press("catalogue_manager", *reports)
    job = Job.objects.get()
    names = list(opened(job))

    assert job.title == "All files of 3 reports"
    assert (job.done, job.total, len(names)) == (12, 12, 12)
    assert len({name.split("/")[0] for name in names}) == 3
    assert job.file_name.startswith("bao-cao-SNV-2")
    assert job.link == "/reports/papers/"


def test_without_libreoffice_the_rest_is_there_and_the_pdf_is_said_to_lack(
    office, press, monkeypatch
):
    monkeypatch.setattr(libreoffice, "PROGRAM", "no-such-program")
    press("leader", begin(office, "2020-H1"))
    job = Job.objects.get()

    assert {name[-4:] for name in opened(job)} == {"docx", "xlsx"}
    assert job.sentence == (
        "3 files of 1 report. Without PDF, which LibreOffice on this server did not "
        "make: BC_SNV_2020-H1_du-thao."
    )
    assert (job.done, job.total) == (4, 4)


def test_with_a_worker_or_when_many_it_waits_with_a_bar(office, press, settings):
    settings.JOBS_INLINE_SIZE = 3_000
    press("leader", begin(office), begin(office))
    assert Job.objects.get().status == "queued"

    Worker.objects.create(name="somewhere:1")
    press("leader", begin(office))
    assert [job.status for job in Job.objects.all()] == ["queued", "queued"]


@pytest.mark.parametrize("asked", [[], ["x"], ["²"], ["9" * 30]])
def test_nothing_chosen_is_said_on_the_list(sign_in, asked):
    answer = sign_in("leader").post(PACK, {"report": asked}, follow=True)

    assert "Choose at least one report." in answer.content.decode()
    assert not Job.objects.exists()


def test_too_many_are_refused_before_anything_is_drawn(office):
    with pytest.raises(Invalid, match="at most 60 reports"):
        packs.chosen(office.leader, range(1, 62))


def test_a_pack_is_asked_for_with_a_press(sign_in):
    assert sign_in("leader").get(PACK).status_code == 405


def test_the_reports_of_another_house_are_not_packed(office, other_office, press):
    report = begin(office)
    answer = press("leader", report, at=other_office)

    assert answer.url == "/reports/papers/"
    assert not Job.objects.exists()
    signed = sign(begin(office), office)
    with pytest.raises(Invalid, match="gone, or is not yours"):
        packs.chosen(other_office.leader, [signed.pk])
    assert packs.chosen(office.administrator, [signed.pk]) == [signed]  # the province
    with pytest.raises(Invalid, match="gone, or is not yours"):
        packs.chosen(office.administrator, [report.pk])  # a draft of one below


def test_a_role_without_figures_packs_nothing(office, press):
    assert press("postal_clerk", begin(office)).status_code == 403
    with pytest.raises(Refused):
        packs.chosen(office.postal_clerk, [1])


@pytest.mark.usefixtures("_pdf")
def test_what_may_be_read_is_asked_again_when_the_work_is_done(office):
    gone, stays = begin(office), begin(office)
    job = packs.start([gone, stays], by=office.leader)
    Report.objects.filter(pk=gone.pk).update(organisation=office.province)
    perform(job.pk)

    job.refresh_from_db()
    assert (job.status, job.file.name) == ("failed", "")
    assert "not yours to read" in job.sentence


@pytest.mark.usefixtures("_pdf")
def test_the_file_is_for_readers_of_the_same_house_at_the_time_of_fetching(
    office: Office, other_office: Office, press, monkeypatch
):
    press("leader", begin(office))
    job = Job.objects.get()
    check_can_fetch(office.leader, job)

    # The administrator sees the work of the whole province, but not its drafts.
    assert job.is_visible_to(office.administrator)
    for user in (office.administrator, other_office.leader, office.case_officer):
        assert not can_fetch(user, job)

    monkeypatch.setattr(
        type(office.leader), "may", lambda user, x: x != Ability.READ_FIGURES
    )
    with pytest.raises(Refused, match="no longer includes what is in this file"):
        check_can_fetch(office.leader, job)


@pytest.mark.usefixtures("_pdf")
def test_a_report_that_somebody_tampered_with_fails_the_pack_by_name(office):
    report = report_at(Status.SENT, office)
    fine = begin(office)
    Report.objects.filter(pk=report.pk).update(content_hash="0" * 64)
    job = packs.start([report, fine], by=office.leader)
    perform(job.pk)

    job.refresh_from_db()
    assert job.status == "failed"
    assert job.sentence.startswith("BC_SNV_05_2020: What is stored no longer has")
    with pytest.raises(Conflict):
        check_can_fetch(office.leader, job)


def test_stopped_or_broken_no_file_is_left_lying_about(office, monkeypatch, tmp_path):
    def broken(docx: bytes) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(libreoffice, "to_pdf", broken)
    job = packs.start([begin(office)], by=office.leader)
    perform(job.pk)

    job.refresh_from_db()
    assert job.status == "failed"
    assert not list(tmp_path.iterdir())


def test_the_pages_offer_the_pack(office, sign_in):
    report = begin(office)
    client = sign_in("leader")

    page = client.get(report.get_absolute_url()).content.decode()
    assert f'action="{PACK}"' in page
    assert "All files (.zip)" in page
    listed = client.get("/reports/papers/").content.decode()
    assert f'<input type="checkbox" name="report" value="{report.pk}"' in listed
