"""Reading a page as a browser does: its links, and what its form would send."""

from html.parser import HTMLParser

from django.http import HttpResponse

TICKED = ("checkbox", "radio")


class Page(HTMLParser):
    """What stands between the header of a page and its end."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.links: list[str] = []
        self.is_main = "<main" not in response.text
        self.area = self.select = ""
        self.feed(response.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_main = self.is_main or tag == "main"
        if not self.is_main:
            return
        values = {name: value or "" for name, value in attrs}
        name, value = values.get("name", ""), values.get("value", "")
        if tag == "a":
            self.links.append(values.get("href", ""))
        elif tag == "textarea":
            self.area, self.fields[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in values:
            self.fields[self.select] = value
        elif tag == "input" and values.get("type") not in TICKED:
            self.fields[name] = value
        elif tag == "input" and "checked" in values:
            self.fields[name] = values.get("value", "on")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self.area] = self.fields[self.area].removeprefix("\n")
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] += data


def fields_of(response: HttpResponse) -> dict[str, str]:
    """Everything a browser would send if the form were sent as it stands."""
    fields = Page(response).fields
    fields.pop("csrfmiddlewaretoken", None)
    return fields
