"""The printed minutes: twenty lines, two copies, codes a scanner reads."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dossiers.models import Handover
from tests.e2e.conftest import sign_in
from tests.factories.dossiers import MONDAY, at, register
from tests.factories.handovers import begin, scan, sign
from tests.factories.offices import PASSWORD, make_office
from tests.factories.procedures import make_procedure
from tests.printing import (
    codes_in,
    needs_poppler,
    page_sizes,
    pages_as_images,
    pdf_of,
    text_of,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    needs_poppler,
]
TUESDAY = MONDAY + timedelta(days=1)
LINES = 20


@pytest.fixture
def signed(known_calendar_days) -> Handover:
    """Locked minutes with twenty dossiers of an agency with the longest codes."""
    office = make_office(identifier="000.00.16.H02")
    procedure = make_procedure(office, name="Xét tặng danh hiệu " * 12)
    dossiers = [
        register(
            office,
            procedure=procedure,
            applicant_name=f"Ủy ban nhân dân xã Nghĩa Phương, huyện Lục Nam {n}",
        )
        for n in range(LINES)
    ]
    handover = begin(office, at(TUESDAY))
    for dossier in dossiers:
        scan(handover, dossier, office, at(TUESDAY))
    return sign(handover, office, at(TUESDAY))


def test_the_minutes_are_printed_twice_with_readable_codes(open_page, signed):
    page = open_page()
    sign_in(page, "clerk-SNV", PASSWORD)
    page.goto(reverse("dossiers:handover_print", args=[signed.pk]))

    pdf = pdf_of(page)

    sizes = page_sizes(pdf)
    assert set(sizes) == {(297, 210)}
    assert len(sizes) % 2 == 0
    text = text_of(pdf)
    assert text.count("BIÊN BẢN GIAO NHẬN HỒ SƠ") == 2
    assert "Bản 1/2" in text
    assert "Bản 2/2" in text
    codes = {line.dossier.code for line in signed.lines.select_related("dossier")}
    numbers = {line.item.number for line in signed.lines.select_related("item")}
    assert len(codes) == len(numbers) == LINES
    for written in codes | numbers:
        assert text.count(written) == 2, written
    images = pages_as_images(pdf, 300)
    half = len(images) // 2
    for copy in (images[:half], images[half:]):
        read = set().union(*(codes_in(image) for image in copy))
        assert codes | numbers <= read
