"""Addresses of dossiers."""

from django.urls import path, register_converter

from dossiers.views import detail, entry, register, steps

app_name = "dossiers"


class Code:
    """A dossier code in an address: anything a database can look up."""

    regex = r"[^/\0]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Code, "code")

urlpatterns = [
    path("", register.dossiers, name="list"),
    path("jump/", register.jump, name="jump"),
    path("new/", entry.new, name="new"),
    path("new/promise/", entry.promise, name="promise"),
    path("<code:code>/", detail.dossier, name="detail"),
    path("<code:code>/correct/", detail.correct, name="correct"),
    path("<code:code>/take-back/", steps.take_back, name="take_back"),
    path("<code:code>/<slug:to>/", steps.step, name="step"),
]
