"""Every address of the product, by the app that answers it."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from postal_tthc.accounts.views import home

urlpatterns = [
    path("", home, name="home"),
    path("accounts/", include("postal_tthc.accounts.urls")),
    path("dossiers/", include("dossiers.urls")),
    path("d/", include("dossiers.public_urls")),
    path("procedures/", include("procedures.urls")),
    path("reports/", include("reports.urls")),
    path("admin/", admin.site.urls),
    path("language/", login_not_required(set_language), name="set_language"),
]
