"""A province's files, and many returns, as work for the background."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from postal_tthc.accounts.roles import ABILITIES, Ability, Role
from postal_tthc.errors import Refused
from postal_tthc.jobs.actions import stop
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.permissions import can_fetch, check_can_fetch
from postal_tthc.jobs.running import perform
from reports.actions import returns
from reports.consolidation import background, many
from reports.models import AgencyReturn
from reports.periods import parse
from tests.factories.dossiers import receive
from tests.factories.offices import Office
from tests.factories.returns import LINES, YEAR, form_of, put
from tests.integration.reports.consolidation.scenes import (
    agency,
    hand_in,
    person,
    upload,
)

PAGE = "/reports/consolidation/"
PERIOD = "?period=2019"
pytestmark = pytest.mark.usefixtures("_after_the_year")


@pytest.fixture
def _large(monkeypatch) -> None:
    """One dossier is many."""
    monkeypatch.setattr(background, "AT_ONCE", 0)


@pytest.fixture
def press(django_capture_on_commit_callbacks):
    """Post as a client does; small work without a worker is done at once."""

    def pressed(client, address: str, data: dict | None = None):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"{PAGE}{address}", data or {})

    return pressed


def cells(job: Job) -> list[tuple]:
    """The rows of the list of results, below its headings."""
    with job.file.open("rb") as file:
        sheet = load_workbook(BytesIO(file.read())).active
    return list(sheet.iter_rows(min_row=5, values_only=True))


def waiting() -> list[str]:
    if not default_storage.exists(many.FOLDER):
        return []
    return default_storage.listdir(many.FOLDER)[1]


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("merged", ["", "&merged=1"])
def test_a_large_province_gets_both_files_in_the_background(
    office, sign_in, press, merged
):
    receive(office)
    hand_in(agency(office), office.consolidator)
    client = sign_in("consolidator")
    page = client.get(f"{PAGE}{PERIOD}").content.decode()
    assert 'id="consolidation-pack"' in page
    assert "report.xlsx" not in page

    answer = press(client, f"files/{PERIOD}{merged}")
    job = Job.objects.get()
    assert answer.url == job.get_absolute_url()
    assert (job.status, job.file_name) == ("done", "TH-BCCI_UBND_2019.zip")
    assert job.sentence == "1 of 2 organisations have reported."
    assert job.link == f"{PAGE}{PERIOD}{merged}"
    with job.file.open("rb") as file, ZipFile(BytesIO(file.read())) as pack:
        names = pack.namelist()
        made = pack.read("TH-BCCI_UBND_2019.xlsx")
    assert names == ["TH-BCCI_UBND_2019.xlsx", "TH-BCCI_UBND_2019.docx"]

    background.AT_ONCE = 1_000  # and the same at once
    direct = client.get(f"{PAGE}report.xlsx{PERIOD}{merged}").content
    assert sheet_values(made) == sheet_values(direct)


def sheet_values(content: bytes) -> list[list[tuple]]:
    book = load_workbook(BytesIO(content), data_only=True)
    return [list(sheet.values) for sheet in book]


@pytest.mark.usefixtures("_large")
def test_the_address_of_a_large_file_leads_to_the_button(office, sign_in):
    receive(office)
    answer = sign_in("consolidator").get(f"{PAGE}report.docx{PERIOD}", follow=True)

    assert answer.redirect_chain[0][0] == f"{PAGE}{PERIOD}"
    assert "press the button" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_small_province_gets_its_files_at_once(office, sign_in):
    page = sign_in("consolidator").get(f"{PAGE}{PERIOD}").content.decode()

    assert "report.xlsx" in page
    assert 'id="consolidation-pack"' not in page


def test_counting_shows_how_far_it_is(office):
    for symbol in ("SYT", "STC", "SXD"):
        agency(office, symbol)
    told = []

    class Told(background.Progress):
        def begin(self, total: int, doing: str = "") -> None:
            super().begin(total, doing)
            told.append((total, doing))

        def reached(self, done: int) -> None:
            super().reached(done)
            assert done <= self.total
            told.append(done)

    job = background.start_files(
        office.province, YEAR, is_joined=False, by=office.consolidator
    )
    background.work(job, Told())

    # Four organisations and the whole, then two files.
    assert told == [(5, "Counting"), 0, 1, 2, 3, 4, (2, "Writing"), 1, 2]


def test_the_file_is_for_those_who_read_the_province(office, other_office, press):
    desk = agency(office, "TTHCC", kind="desk")
    leader = person(Role.LEADER, desk)  # of one counter, not of the province
    job = background.start_files(
        office.province, YEAR, is_joined=False, by=office.consolidator
    )
    perform(job.pk)
    job.refresh_from_db()

    for user in (office.consolidator, office.administrator):
        check_can_fetch(user, job)
    for user in (leader, office.leader, *other_office.people.values()):
        assert not can_fetch(user, job)
    office.consolidator.role = Role.CASE_OFFICER
    office.consolidator.save()
    assert can_fetch(office.consolidator, job)  # still reads figures there
    office.consolidator.role = Role.POSTAL_CLERK
    with pytest.raises(Refused, match="no longer includes what is in this file"):
        check_can_fetch(office.consolidator, job)


def test_rights_are_asked_again_when_the_work_is_done(office):
    sent = many.keep([upload(form_of(agency(office)))])
    job = background.start_returns(sent, office.province, YEAR, by=office.consolidator)
    office.consolidator.role = Role.CASE_OFFICER
    office.consolidator.save()
    perform(job.pk)

    job.refresh_from_db()
    assert job.status == "failed"
    assert "does not include" in job.sentence
    assert not AgencyReturn.objects.exists()
    assert waiting() == []  # nobody will read the file any more


def test_who_no_longer_reads_figures_gets_no_file_of_them(office):
    job = background.start_files(
        office.province, YEAR, is_joined=False, by=office.consolidator
    )
    office.consolidator.role = Role.POSTAL_CLERK
    office.consolidator.save()
    perform(job.pk)

    job.refresh_from_db()
    assert (job.status, job.file.name) == ("failed", "")
    assert job.sentence == "The figures collected by Tỉnh UBND are read there."


@pytest.mark.parametrize(
    "role", [x for x in Role if Ability.CONSOLIDATE not in ABILITIES[x]]
)
def test_other_roles_neither_make_the_files_nor_hand_in(office, sign_in, press, role):
    client = sign_in(role)
    files = {"files": [upload(form_of(agency(office)))]}

    assert client.get(f"{PAGE}returns/{PERIOD}").status_code in (400, 403)
    assert press(client, f"returns/{PERIOD}", files).status_code in (400, 403)
    if role != Role.ADMINISTRATOR:  # reads the figures of the province
        assert press(client, f"files/{PERIOD}").status_code in (400, 403)
    assert not Job.objects.exists()
    assert waiting() == []


def test_the_files_are_made_with_a_press(office, sign_in):
    assert sign_in("consolidator").get(f"{PAGE}files/{PERIOD}").status_code == 405


def test_many_returns_find_their_organisations_and_the_good_ones_are_written(
    office: Office, sign_in, press
):
    health, finance = agency(office), agency(office, "STC")
    wrong = form_of(agency(office, "SXD"), spoil=put("received", "hai mươi"))
    client = sign_in("consolidator")
    sent = [
        upload(form_of(health), "y-te.xlsx"),
        upload(form_of(finance), "tai-chinh.xlsx"),
        upload(wrong, "xay-dung.xlsx"),
        upload(b"no workbook", "anh.xlsx"),
    ]
    answer = press(client, f"returns/{PERIOD}", {"files": sent})
    job = Job.objects.get()

    assert answer.url == job.get_absolute_url()
    assert job.status == "done"
    assert job.sentence == "Returns written: 2; here already: 0; refused: 2."
    assert (job.done, job.total) == (4, 4)
    kept = AgencyReturn.objects.order_by("organisation__symbol")
    assert [x.organisation for x in kept] == [finance, health]
    assert {x.uploaded_by for x in kept} == {office.consolidator}
    assert [len(x.lines) for x in kept] == [len(LINES)] * 2
    listed = cells(job)
    assert [row[1:4] for row in listed[:2]] == [
        ("y-te.xlsx", "Sở SYT", "Đã ghi"),
        ("tai-chinh.xlsx", "Sở STC", "Đã ghi"),
    ]
    of_third = [row for row in listed if row[1] == "xay-dung.xlsx"]
    assert {row[3] for row in of_third} == {"Không ghi"}
    assert any(row[6] == "hai mươi" and row[4] for row in of_third)
    assert listed[-1][1:4] == ("anh.xlsx", None, "Không ghi")
    assert waiting() == []


def test_the_same_files_again_change_nothing(office, sign_in, press):
    content = form_of(agency(office))
    client = sign_in("consolidator")
    for _ in range(2):
        press(client, f"returns/{PERIOD}", {"files": [upload(content)]})

    last = Job.objects.latest("pk")
    assert last.sentence == "Returns written: 0; here already: 1; refused: 0."
    assert AgencyReturn.objects.count() == 1


def test_killed_half_way_a_second_attempt_goes_on_with_the_rest(office, monkeypatch):
    sent = many.keep(
        [upload(form_of(agency(office, x)), f"{x}.xlsx") for x in ("SYT", "STC")]
    )
    job = background.start_returns(sent, office.province, YEAR, by=office.consolidator)
    real, calls = returns.accept, []

    def dies(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        return real(*args, **kwargs)

    monkeypatch.setattr(returns, "accept", dies)
    with pytest.raises(SystemExit):
        perform(job.pk)
    assert AgencyReturn.objects.count() == 1
    assert len(waiting()) == 2

    perform(job.pk)
    job.refresh_from_db()
    assert job.sentence == "Returns written: 1; here already: 1; refused: 0."
    assert AgencyReturn.objects.count() == 2
    assert waiting() == []


def test_a_file_for_another_period_or_from_elsewhere_is_refused(
    office, other_office, sign_in, press
):
    elsewhere = other_office.agency
    sent = [
        upload(form_of(agency(office), parse("2018")), "2018.xlsx"),
        upload(form_of(elsewhere), "STP.xlsx"),
    ]
    press(sign_in("consolidator"), f"returns/{PERIOD}", {"files": sent})
    job = Job.objects.get()

    assert job.sentence == "Returns written: 0; here already: 0; refused: 2."
    said = " ".join(row[7] for row in cells(job))
    assert "not for 2019" in said
    assert "«STP»" in said
    assert not AgencyReturn.objects.exists()


def test_stopped_before_it_began_the_files_go(office):
    sent = many.keep([upload(form_of(agency(office)))])
    job = background.start_returns(sent, office.province, YEAR, by=office.consolidator)
    stop(job, by=office.consolidator)

    assert waiting() == []


def test_no_file_too_large_a_file_and_too_many_are_said(office, sign_in, monkeypatch):
    client = sign_in("consolidator")
    address = f"{PAGE}returns/{PERIOD}"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 422

    monkeypatch.setattr(returns, "MAX_RETURN", 3)
    answer = client.post(address, {"files": [upload(b"1234", "lớn.xlsx")]})
    assert answer.status_code == 422
    assert "lớn.xlsx: The file is larger" in answer.content.decode()

    several = [upload(b"1") for _ in range(61)]
    answer = client.post(address, {"files": several})
    assert "at most 60 files" in answer.content.decode()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Choose the period first."),
        ("?period=20", "«20» is not a period."),
        ("?period=<b>", "«&lt;b&gt;» is not a period."),
    ],
)
def test_an_address_without_a_period_leads_to_choosing_one(
    sign_in, office, query, sentence
):
    page = sign_in("consolidator").get(f"{PAGE}returns/{query}", follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert sentence in page.content.decode()
