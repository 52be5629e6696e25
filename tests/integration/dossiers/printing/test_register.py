"""Sổ theo dõi hồ sơ on paper: the filters of the register, its period, its numbers."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from dossiers import actions, paging
from dossiers.printing import register
from dossiers.statuses import Status, Step
from procedures.models import Leg
from tests.factories.dossiers import (
    at,
    dossier_at,
    envelope,
    receive,
    take,
)
from tests.factories.dossiers import (
    register as announce,
)
from tests.factories.printing import HOME, NEW_DAY, OLD_DAY, received

DAY = date(2020, 6, 1)
PAGE = "/dossiers/print/register/"


def numbers(page: str) -> list[str]:
    """The first cell of each line."""
    return re.findall(r'<tr><td class="n">(\d+)</td>', page)


def codes(page: str) -> list[str]:
    return re.findall(r'<td class="n">\d+</td><td>([^<]+)</td>', page)


def test_a_line_tells_what_the_columns_ask_for(printed, office):
    dossier = received(office, DAY)
    for days, step in ((1, Step.PROCESSING), (4, Step.RESULT_READY)):
        dossier = take(step, dossier, office, at(DAY + timedelta(days=days)))
    take(Step.RETURNED, dossier, office, at(DAY + timedelta(days=7)))

    words = printed(PAGE)

    assert (
        f"01 {dossier.code} Thủ tục thi tuyển công chức 1 Nguyễn Thị Hồng Hạnh "
        "Thôn 3, xã Cảnh Thụy, huyện Yên Dũng; 0912345678 Sở SNV "
        "01/06/2020 15/06/2020 02/06/2020 05/06/2020 08/06/2020 Trực tiếp" in words
    )
    assert "SỔ THEO DÕI HỒ SƠ NĂM 2020 Từ ngày 01/06/2020 đến ngày 01/06/2020" in words
    assert "Tổng số: 1 hồ sơ." in words


def test_a_result_by_post_is_signed_for_by_its_item(printed, office):
    dossier = dossier_at(Status.WITH_POST, office, on=DAY)

    words = printed(PAGE)

    assert f"Bưu chính công ích {dossier.postal_items.get().number}" in words


def test_papers_sent_home_are_no_result_that_was_signed_for(printed, office):
    dossier = actions.withdraw(
        received(office, DAY, **HOME),
        reason="x",
        by=office.clerk,
        at=at(DAY, 10),
        gives_back=False,
    )
    actions.post_papers_home(
        dossier, envelope(3, Leg.RETURN), by=office.clerk, at=at(DAY, 11)
    )

    assert dossier.postal_items.get().number not in printed(PAGE)


@pytest.mark.parametrize(
    ("status", "note"),
    [
        (Status.REFUSED, "Từ chối ngày 02/06/2020"),
        (Status.WITHDRAWN, "Rút hồ sơ ngày 02/06/2020"),
        (Status.DISCONTINUED, "Dừng giải quyết ngày 03/06/2020"),
        (Status.UNDELIVERED, "Phát không thành công, chuyển hoàn"),
    ],
)
def test_a_special_end_is_noted(printed, office, status, note):
    dossier_at(status, office, on=DAY)

    assert note in printed(PAGE)


def test_a_step_taken_back_leaves_no_day(printed, office):
    dossier = dossier_at(Status.PROCESSING, office, on=DAY)
    assert "02/06/2020" in printed(PAGE)

    actions.take_back(dossier, reason="x", by=office.leader, at=at(date(2020, 6, 9)))

    assert "02/06/2020" not in printed(PAGE)


@pytest.mark.parametrize(
    ("end", "number"),
    [
        (OLD_DAY, "Mẫu số 06 – Thông tư số 01/2018/TT-VPCP"),
        (NEW_DAY, "Mẫu số 07 – Thông tư số 03/2025/TT-VPCP"),
    ],
)
def test_it_follows_the_circular_of_the_last_day_of_its_period(
    sign_in, office, end, number
):
    received(office, date(2025, 9, 8))
    page = sign_in("clerk").get(
        PAGE, {"received_from": "2025-09-01", "received_to": f"{end}"}
    )

    assert number in page.text
    assert '<body class="wide">' in page.text


def test_the_filters_of_the_register_are_kept(sign_in, office):
    by_post = received(office, DAY, **HOME)
    received(office, DAY)
    client = sign_in("clerk")
    query = "?out=public_post&tab=open"

    page = client.get(f"{reverse('dossiers:list')}{query}&after=1_1").text

    (link,) = re.findall(rf'href="({PAGE}[^"]*)"', page)
    address = link.replace("&amp;", "&")
    assert "after" not in address
    printed = client.get(address)
    assert codes(printed.text) == [by_post.code]
    assert f'href="/dossiers/{query}"' in printed.text.replace("&amp;", "&")


def test_conditions_are_named_in_vietnamese_and_days_as_the_period(printed, office):
    received(office, DAY)

    words = printed(
        f"{PAGE}?out=counter&tab=open&received_from=2020-06-01&received_to=2020-06-30"
    )

    assert "Từ ngày 01/06/2020 đến ngày 30/06/2020" in words
    conditions = words[words.index("Điều kiện lọc") : words.index("Số thứ tự")]
    assert "06/2020" not in conditions
    assert "At the counter" not in conditions
    assert "Open" not in conditions


def test_numbers_go_on_from_the_lines_of_the_year_before_the_period(sign_in, office):
    for day in (date(2019, 12, 2), date(2020, 5, 4), date(2020, 5, 5), DAY, DAY):
        received(office, day)
    client = sign_in("clerk")

    june = client.get(PAGE, {"received_from": "2020-06-01"}).text
    whole = client.get(PAGE).text

    assert numbers(june) == ["03", "04"]
    assert numbers(whole) == ["01", "01", "02", "03", "04"]
    assert codes(june) == codes(whole)[-2:]


def test_numbers_go_on_among_those_that_the_filters_leave(sign_in, office):
    received(office, date(2020, 5, 4))
    received(office, date(2020, 5, 4), **HOME)
    received(office, DAY, **HOME)

    page = sign_in("clerk").get(
        PAGE, {"received_from": "2020-06-01", "out": "public_post"}
    )

    assert numbers(page.text) == ["02"]


def test_what_has_not_been_received_is_not_in_the_book(sign_in, office):
    announce(office, on=DAY)
    there = received(office, DAY)

    assert codes(sign_in("clerk").get(PAGE).text) == [there.code]


def test_a_book_longer_than_a_browser_bears_says_so(sign_in, office, monkeypatch):
    monkeypatch.setattr(register, "MOST_ROWS", 2)
    first, second, _third = (received(office, DAY) for _ in range(3))

    page = sign_in("clerk").get(PAGE).text

    assert codes(page) == [first.code, second.code]
    assert "Chỉ in 2 hồ sơ đầu tiên trong 3 hồ sơ." in page


def test_large_numbers_are_written_as_in_vietnam(sign_in, office, monkeypatch):
    count = paging.Count(10_000, is_more=True)
    monkeypatch.setattr("dossiers.paging.count", lambda _: count)
    received(office, DAY)

    page = sign_in("clerk").get(PAGE).text

    assert "Chỉ in 3.000 hồ sơ đầu tiên trong hơn 10.000 hồ sơ." in page


def test_an_empty_period_says_so(printed, office):
    words = printed(f"{PAGE}?received_from=2020-06-01&received_to=2020-06-30")

    assert "Không có hồ sơ nào được tiếp nhận trong kỳ này." in words
    assert "Từ ngày 01/06/2020 đến ngày 30/06/2020" in words


def test_a_filter_that_makes_no_sense_is_told_on_the_register(sign_in, office):
    answer = sign_in("clerk").get(PAGE, {"received_from": "hôm qua"})

    assert answer.status_code == 302
    assert answer.url.startswith("/dossiers/?received_from=")


def test_everybody_prints_only_what_they_see(sign_in, office, other_office):
    by_post = received(office, DAY, **HOME)
    receive(office, on=DAY)
    receive(other_office, on=DAY)

    assert codes(sign_in("postal_clerk").get(PAGE).text) == [by_post.code]


def test_the_number_of_queries_does_not_grow_with_the_book(
    sign_in, office, django_assert_max_num_queries
):
    for _ in range(8):
        dossier_at(Status.RETURNED, office, on=DAY)
    client = sign_in("clerk")

    with django_assert_max_num_queries(16):
        client.get(PAGE)
