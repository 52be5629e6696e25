"""Which form is printed on which day: the two sets, and what no circular prescribes."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from procedures.models import OfficialForm, TransitNorm
from procedures.official_forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_norms_and_forms")]

Kind = OfficialForm.Kind
OLD_DAY, NEW_DAY = date(2025, 9, 14), date(2025, 9, 15)
OLD, NEW = "Thông tư số 01/2018/TT-VPCP", "Thông tư số 03/2025/TT-VPCP"


@pytest.mark.parametrize(
    ("kind", "old_number", "old_paper", "new_number"),
    [
        (Kind.RECEIPT, "01", "A5", "01"),
        (Kind.SUPPLEMENT, "02", "A5", "02"),
        (Kind.REFUSAL, "03", "A5", "03"),
        (Kind.APOLOGY, "04", "A5", "04"),
        (Kind.CONTROL_SLIP, "05", "A5", "06"),
        (Kind.REGISTER, "06", "A4", "07"),
    ],
)
def test_a_form_changes_its_circular_on_15_september_2025(
    kind, old_number, old_paper, new_number
):
    old, new = form_on(kind, OLD_DAY), form_on(kind, NEW_DAY)

    assert (old.circular, old.number, old.paper) == (OLD, old_number, old_paper)
    assert (new.circular, new.number) == (NEW, new_number)
    assert new.reference == f"Mẫu số {new_number}, {NEW}"


def test_the_apology_asks_for_more_time_since_15_september_2025():
    assert form_on(Kind.APOLOGY, OLD_DAY).title == (
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
    )
    assert form_on(Kind.APOLOGY, NEW_DAY).title == (
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"
    )


def test_the_notice_of_discontinuation_had_no_form_before():
    old = form_on(Kind.DISCONTINUATION, OLD_DAY)
    new = form_on(Kind.DISCONTINUATION, NEW_DAY)

    assert (old.circular, old.number, old.reference) == ("", "", "")
    assert old.title == new.title == "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"
    assert old.source == "Chưa có mẫu quy định trước 15/09/2025"
    assert (new.circular, new.number) == (NEW, "05")


@pytest.mark.parametrize("kind", [Kind.POSTING_SLIP, Kind.HANDOVER_MINUTES])
@pytest.mark.parametrize("day", [date(2019, 1, 2), OLD_DAY, NEW_DAY])
def test_the_papers_of_the_post_follow_no_form(kind, day):
    form = form_on(kind, day)

    assert not form.is_prescribed
    assert "45/2016/QĐ-TTg" in form.source


def test_no_wording_is_called_official_before_it_was_compared():
    assert not OfficialForm.objects.filter(is_confirmed=True).exists()


def test_the_unknown_paper_size_of_the_new_set_is_said():
    for form in OfficialForm.objects.filter(circular=NEW):
        assert "Chưa xác định được khổ giấy" in form.note


def test_a_kind_without_a_row_on_the_day_has_no_form():
    OfficialForm.objects.filter(kind=Kind.RECEIPT, valid_from=None).delete()

    assert form_on(Kind.RECEIPT, OLD_DAY) is None


def test_a_kind_that_does_not_exist_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="postcard"):
        form_on("postcard", NEW_DAY)


def test_adding_what_is_known_again_keeps_what_was_edited():
    form = form_on(Kind.RECEIPT, NEW_DAY)
    form.title, form.paper = "GIẤY TIẾP NHẬN", "A5"
    form.save()
    norm = TransitNorm.objects.get(route="same_district")
    norm.days = 3
    norm.save()
    counted = OfficialForm.objects.count(), TransitNorm.objects.count()

    import_module("procedures.migrations.0004_known_norms_and_forms").add(apps, None)

    form.refresh_from_db()
    norm.refresh_from_db()
    assert (form.title, form.paper, norm.days) == ("GIẤY TIẾP NHẬN", "A5", 3)
    assert counted == (OfficialForm.objects.count(), TransitNorm.objects.count())
