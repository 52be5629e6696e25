"""Every main screen on desktop and phone, light and dark: it fits, and it is readable.

With UPDATE_SCREENSHOTS set the pictures of the README are drawn again.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page
from time_machine import TimeMachineFixture

from dossiers import actions
from dossiers.demo.aftermath import PRESENT
from dossiers.demo.loading import load
from dossiers.demo.organisations import PASSWORD
from dossiers.models import Dossier, Handover, PostalItem
from dossiers.statuses import Status
from postal_tthc.accounts.models import User
from procedures.models import Procedure
from tests.e2e.conftest import sign_in
from tests.factories.reference import bring_back

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UPDATE = bool(os.environ.get("UPDATE_SCREENSHOTS"))
DOCS = Path(__file__).parents[2] / "docs" / "screens"
SIZES = {
    "desktop": (1366, 768, "light"),
    "desktop dark": (1366, 768, "dark"),
    "phone": (390, 844, "light"),
    "phone dark": (390, 844, "dark"),
    "narrow": (360, 640, "light"),
}
SCREENS = {
    "desk": ("motcua", "/dossiers/today/"),
    "postman": ("motcua", "/dossiers/handovers/{pile}/"),
    "minutes": ("motcua", "/dossiers/handovers/"),
    "items": ("motcua", "/dossiers/items/"),
    "item": ("motcua", "/dossiers/items/{item}/"),
    "incidents": ("motcua", "/dossiers/incidents/"),
    "why-not": ("motcua", "/dossiers/why-not/"),
    "post": ("buudien", "/dossiers/today/"),
    "announce": ("buudien", "/dossiers/new/"),
    "register": ("motcua", "/dossiers/"),
    "entry": ("motcua", "/dossiers/new/"),
    "dossier": ("motcua", "/dossiers/000.00.16.H02-200427-0001/"),
    "step": ("motcua", "/dossiers/000.00.16.H02-200928-0001/take-back/"),
    "dashboard": ("lanhdao", "/reports/?period=2020-9M"),
    "yearly": ("lanhdao", "/reports/yearly/?period=2019&period=2020-9M"),
    "catalogue": ("danhmuc", "/procedures/"),
    "procedure": ("danhmuc", "/procedures/{procedure}/"),
    "load": ("danhmuc", "/procedures/load/"),
    "calendar": ("danhmuc", "/procedures/calendar/?year=2026"),
    "decisions": ("danhmuc", "/procedures/decisions/"),
    "norms": ("danhmuc", "/procedures/norms/"),
    "sign-in": (None, "/accounts/login/"),
}
# The rules look at words and colours: two sizes and two schemes show them all.
READ_IN = {"desktop", "phone dark"}
IN_README = {"desk", "postman", "dossier", "dashboard"}


def faults_of(page: Page, *, reads: bool) -> list[str]:
    """Whether the page is wider than the screen, and what the rules of reading find."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    faults = [f"{wide} px wide"] if wide > screen else []
    if not reads:
        return faults
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
    return faults + [
        f"{x['id']}: {x['nodes'][0]['html'][:150]}"
        for x in found.response["violations"]
    ]


def half_counted_pile() -> Handover:
    """The postman is here: one envelope counted, one unknown, others missing."""
    clerk = User.objects.get(username="motcua")
    now = timezone.now()
    handover = actions.open_handover(
        clerk.organisation, Handover.Direction.IN, by=clerk, at=now
    )
    announced = Dossier.objects.filter(status=Status.ANNOUNCED).order_by("pk")
    for text in ("EE123456785VN", str(announced[0])):
        actions.scan(handover, text, by=clerk, at=now)
    return handover


def test_every_screen_fits_and_can_be_read(
    open_page: Callable[..., Page], time_machine: TimeMachineFixture
) -> None:
    # The desk as it is on the last day of the demo, not years later.
    time_machine.move_to(PRESENT + timedelta(minutes=30))
    bring_back()
    load()
    places = {
        "procedure": Procedure.objects.get(code="1.990001").pk,
        "item": PostalItem.objects.get(number="EA990000434VN").pk,
        "pile": half_counted_pile().pk,
    }
    faults = {}
    for size, shape in SIZES.items():
        for user in ("motcua", "lanhdao", "danhmuc", "buudien", None):
            page = open_page(*shape)
            if user:
                sign_in(page, user, PASSWORD)
            for name, (whose, address) in SCREENS.items():
                if whose != user:
                    continue
                answer = page.goto(address.format(**places))
                assert answer.status == 200, name
                page.wait_for_load_state("networkidle")
                if found := faults_of(page, reads=size in READ_IN):
                    faults[name, size] = found
                if UPDATE and name in IN_README and size in ("desktop", "phone"):
                    DOCS.mkdir(parents=True, exist_ok=True)
                    page.screenshot(path=DOCS / f"{name}-{size}.png")
            page.context.close()  # it keeps sessions at the database
    assert not faults, "\n".join(f"{key}: {found}" for key, found in faults.items())
