"""A real browser against a real server: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.doors import Doors

# Playwright runs an event loop in this thread; Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Root needs --no-sandbox; the rest keeps the browser from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(django_db_setup) -> Iterator[Browser]:
    """One browser for the whole run.

    It comes after the tables and goes before them: a connection that it keeps open
    keeps a thread of the server, and that thread's session at the database.
    """
    if CHROMIUM is None:
        pytest.skip("No Chromium was found: browser tests are skipped.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def doors(live_server) -> Doors:
    """Before the test server, from its first request on."""
    server = live_server.thread.httpd
    server.set_app(Doors(server.get_app()))
    return server.get_app()


@pytest.fixture
def open_page(
    browser: Browser, live_server, doors: Doors
) -> Iterator[Callable[..., Page]]:
    """Opens a fresh visitor's page; fails the test on any error in the page."""
    contexts, faults = [], []
    doors.open()

    def opened(
        width: int = 1366,
        height: int = 768,
        scheme: str = "light",
        *,
        scripts: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="en-US",
            accept_downloads=True,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((live_server.url, "data:", "blob:"))
                or faults.append(f"left the house: {request.url}")
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    doors.shut()
    assert faults == []


def sign_in(page: Page, username: str, password: str) -> None:
    """By the front door."""
    page.goto("/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
