"""What visitors of a test choose for themselves."""

from urllib.parse import urlsplit

from playwright.sync_api import Page


def speak_english(page: Page) -> None:
    """From the next page on: sentences are then asserted by their message ids."""
    site = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": site}])
