"""Transit times and printed forms on their page: read by all, edited by managers."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.utils import timezone

from postal_tthc.accounts.roles import Role
from procedures.models import OfficialForm, TransitNorm
from procedures.official_forms import form_on
from procedures.transit import transit_days
from tests.factories.offices import Office

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("known_norms_and_forms"),
]

Kind, Route = OfficialForm.Kind, TransitNorm.Route
NORMS = "/procedures/norms/"
LETTER = "Văn bản số 1/BKHCN-BC ngày 01/03/2030 (mẫu)"
NORM = {"days": "2", "days_with_appointment": "3", "source": LETTER}
FORM = {
    "circular": "Thông tư số 9/2030/TT-VPCP (mẫu)",
    "number": "01",
    "title": "GIẤY TIẾP NHẬN",
    "paper": "A5",
    "opening": "Đã nhận:",
    "closing": "Trân trọng.",
    "is_confirmed": "on",
    "source": LETTER,
}


def norm(route: str = Route.SAME_DISTRICT) -> TransitNorm:
    return TransitNorm.objects.get(route=route, valid_to=None)


def form(kind: str = Kind.RECEIPT) -> OfficialForm:
    return OfficialForm.objects.get(kind=kind, valid_to=None)


def mend(row: TransitNorm | OfficialForm) -> str:
    table = "transit" if isinstance(row, TransitNorm) else "forms"
    return f"{NORMS}{table}/{row.pk}/"


def start(row: TransitNorm | OfficialForm) -> str:
    return f"{mend(row)}new/"


def stored() -> list[dict[str, object]]:
    """Everything in both tables, to see that nothing was left behind."""
    return [*TransitNorm.objects.values(), *OfficialForm.objects.values()]


def test_everybody_reads_both_tables(client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = client.get(NORMS).text
    assert "J+8" in page
    assert "not published yet" in page
    assert "Thông tư số 17/2017/TT-BTTTT ngày 23/06/2017, Điều 7" in page
    assert "wording not confirmed" in page
    assert "no form prescribed" in page
    assert "until 14/09/2025" in page
    assert "from 15/09/2025" in page
    assert "within 6 months" in page
    assert "within 5 working days inside a province, 7 working days otherwise" in page
    assert "New from a day on" not in page
    assert "not yet in effect" not in page


def test_the_catalogue_leads_to_it(client: Client) -> None:
    assert f'href="{NORMS}"' in client.get("/procedures/").text


@pytest.mark.parametrize("role", set(Role) - {Role.CATALOGUE_MANAGER})
@pytest.mark.parametrize("way", [mend, start])
@pytest.mark.parametrize("row", [norm, form])
def test_only_a_catalogue_manager_edits(sign_in, role: Role, way, row) -> None:
    before = stored()
    client, address = sign_in(role), way(row())
    sent = {**NORM, **FORM, "valid_from": "1/3/2030"}
    for answer in (client.get(address), client.post(address, sent)):
        assert answer.status_code == 403
        assert "Only a catalogue manager edits the catalogue." in answer.text
    assert stored() == before


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    answer = client.post(start(norm()), {**NORM, "valid_from": "1/3/2030"})
    assert "/accounts/login/" in answer.url


def test_a_norm_from_a_day_on_ends_the_one_before(sign_in) -> None:
    old, client = norm(), sign_in("catalogue_manager")
    answer = client.post(start(old), {**NORM, "valid_from": "4/3/2030"})
    assert answer.url == NORMS
    old.refresh_from_db()
    assert old.valid_to == date(2030, 3, 3)
    assert transit_days(Route.SAME_DISTRICT, date(2030, 3, 3)) == 1
    assert transit_days(Route.SAME_DISTRICT, date(2030, 3, 4)) == 2
    page = client.get(NORMS).text
    assert "Within one district was saved." in page
    assert "15/08/2017 – 03/03/2030" in page
    assert "not yet in effect" in page


def test_what_held_before_stays_to_be_seen(sign_in) -> None:
    client = sign_in("catalogue_manager")
    client.post(start(norm()), {**NORM, "valid_from": "1/1/2018"})
    page = client.get(NORMS).text
    assert "15/08/2017 – 31/12/2017" in page
    assert page.index("from 01/01/2018") < page.index("15/08/2017 – 31/12/2017")


@pytest.mark.parametrize(
    ("days_left", "place"), [(1, "present"), (0, "present"), (-1, "past")]
)
def test_a_norm_is_past_on_the_day_after_its_last(
    client: Client, days_left: int, place: str
) -> None:
    row = norm()
    row.valid_to = timezone.localdate() + timedelta(days=days_left)
    row.save()
    table = client.get(NORMS).context["norms"]
    assert row in [shown.row for shown in table[place]]


@pytest.mark.parametrize(("days_to_come", "is_coming"), [(0, False), (1, True)])
def test_a_norm_is_in_effect_on_its_first_day(
    sign_in, days_to_come: int, is_coming: bool
) -> None:
    client = sign_in("catalogue_manager")
    begins = timezone.localdate() + timedelta(days=days_to_come)
    client.post(start(norm()), {**NORM, "valid_from": f"{begins:%d/%m/%Y}"})
    assert ("not yet in effect" in client.get(NORMS).text) is is_coming


def test_a_form_from_a_day_on_begins_with_the_words_of_the_present_one(
    sign_in,
) -> None:
    page = sign_in("catalogue_manager").get(start(form())).text
    assert form().title in page
    assert form().closing.splitlines()[1] in page
    assert form().source not in page


def test_a_form_from_a_day_on_ends_the_one_before(sign_in) -> None:
    client = sign_in("catalogue_manager")
    client.post(start(form()), {**FORM, "valid_from": "1/3/2030"})
    new = form_on(Kind.RECEIPT, date(2030, 3, 1))
    assert (new.title, new.paper, new.is_confirmed) == ("GIẤY TIẾP NHẬN", "A5", True)
    assert (new.opening, new.closing) == ("Đã nhận:", "Trân trọng.")
    old = form_on(Kind.RECEIPT, date(2030, 2, 28))
    assert (old.number, old.valid_to) == ("01", date(2030, 2, 28))
    assert "wording confirmed" in client.get(NORMS).text


def test_a_mended_row_keeps_its_place(sign_in) -> None:
    row, count = norm(), TransitNorm.objects.count()
    answer = sign_in("catalogue_manager").post(
        mend(row), {**NORM, "valid_from": "15/8/2017", "note": "Sửa lỗi nhập"}
    )
    assert answer.url == NORMS
    row.refresh_from_db()
    assert (row.route, row.days, row.source) == (Route.SAME_DISTRICT, 2, LETTER)
    assert TransitNorm.objects.count() == count


def test_the_norm_of_special_areas_is_entered_once_it_is_published(sign_in) -> None:
    sign_in("catalogue_manager").post(
        start(norm(Route.SPECIAL)), {**NORM, "days": "10", "valid_from": "1/3/2030"}
    )
    assert transit_days(Route.SPECIAL, date(2030, 2, 28)) is None
    assert transit_days(Route.SPECIAL, date(2030, 3, 1)) == 10


def test_who_changed_what_is_kept(office: Office, sign_in) -> None:
    row = form()
    sent = {**FORM, "valid_from": "15/9/2025", "title": "GIẤY HẸN"}
    sign_in("catalogue_manager").post(mend(row), sent)
    entry = LogEntry.objects.get_for_object(row).latest("timestamp")
    assert entry.actor == office.catalogue_manager
    assert entry.changes_dict["title"][1] == "GIẤY HẸN"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"valid_from": ""}, "This field is required", id="no day"),
        pytest.param({"valid_from": "31/2/2030"}, "Enter a valid date", id="bad day"),
        pytest.param(
            {"valid_from": "1/1/0001"}, "covers the years 2000 to 2099", id="far past"
        ),
        pytest.param(
            {"valid_to": "1/1/2200"}, "covers the years 2000 to 2099", id="far future"
        ),
        pytest.param(
            {"valid_to": "1/1/2029"}, "cannot end before it begins", id="ends first"
        ),
        pytest.param(
            {"valid_from": "15/8/2017"},
            "Within one district: one begins on 15/08/2017 already. Correct that one.",
            id="the same day",
        ),
        pytest.param(
            {"valid_from": "1/1/2010"},
            "Within one district: another one holds from 15/08/2017. "
            "Two cannot hold on one day.",
            id="before one that holds",
        ),
        pytest.param({"days": "0"}, "greater than or equal to 1", id="no time"),
        pytest.param({"days": "61"}, "less than or equal to 60", id="months"),
        pytest.param({"source": "  "}, "This field is required", id="no source"),
    ],
)
def test_a_bad_norm_is_refused_in_words_and_nothing_is_left_behind(
    sign_in, change: dict[str, str], sentence: str
) -> None:
    before = stored()
    answer = sign_in("catalogue_manager").post(
        start(norm()), {**NORM, "valid_from": "1/3/2030", "note": "Ghi chú", **change}
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Ghi chú" in answer.text
    assert stored() == before


def test_a_norm_that_ends_may_stand_before_a_later_one(sign_in) -> None:
    sign_in("catalogue_manager").post(
        start(norm()), {**NORM, "valid_from": "1/1/2010", "valid_to": "14/8/2017"}
    )
    assert transit_days(Route.SAME_DISTRICT, date(2017, 8, 14)) == 2
    assert transit_days(Route.SAME_DISTRICT, date(2017, 8, 15)) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param(
            {"valid_from": "14/9/2025"},
            "Receipt with appointment: another one holds until 14/09/2025. "
            "Two cannot hold on one day.",
            id="begins too early",
        ),
        pytest.param(
            {"valid_from": ""}, "another one holds until 14/09/2025", id="since ever"
        ),
        pytest.param(
            {"circular": ""}, "names the circular it belongs to", id="no circular"
        ),
        pytest.param({"paper": "A3"}, "Select a valid choice", id="paper"),
        pytest.param({"title": ""}, "This field is required", id="title"),
    ],
)
def test_a_form_mended_badly_is_refused_in_words_and_stays_as_it_was(
    sign_in, change: dict[str, str], sentence: str
) -> None:
    before = stored()
    answer = sign_in("catalogue_manager").post(
        mend(form()), {**FORM, "valid_from": "15/9/2025", **change}
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert stored() == before


@pytest.mark.parametrize("last_day", ["", "15/9/2025"])
def test_the_one_before_may_not_reach_under_the_present_one(
    sign_in, last_day: str
) -> None:
    old = OfficialForm.objects.get(kind=Kind.RECEIPT, valid_from=None)
    sent = {**FORM, "valid_to": last_day}
    answer = sign_in("catalogue_manager").post(mend(old), sent)
    assert answer.status_code == 422
    assert "another one holds from 15/09/2025" in answer.text
    old.refresh_from_db()
    assert old.valid_to == date(2025, 9, 14)


@pytest.mark.parametrize("table", ["transit", "forms"])
@pytest.mark.parametrize("end", ["", "new/"])
def test_a_row_that_does_not_exist_is_not_found(sign_in, table: str, end: str) -> None:
    answer = sign_in("catalogue_manager").get(f"{NORMS}{table}/999999/{end}")
    assert answer.status_code == 404
