"""Every address of the product, by the app that answers it."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from postal_tthc.accounts.views import home

handler400 = "postal_tthc.rest.problems.bad_request"
handler500 = "postal_tthc.rest.problems.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("accounts/", include("postal_tthc.accounts.urls")),
    path("dossiers/", include("dossiers.urls")),
    path("d/", include("dossiers.public_urls")),
    path("gateway/", include("dossiers.gateway_urls")),
    path("procedures/", include("procedures.urls")),
    path("reports/", include("reports.urls")),
    path("jobs/", include("postal_tthc.jobs.urls")),
    path("api/v1/", include("procedures.api.urls")),
    path("api/v1/", include("dossiers.api.urls")),
    path("api/v1/", include("reports.api.urls")),
    path("api/", include("postal_tthc.rest.urls")),
    path("admin/", admin.site.urls),
    path("language/", login_not_required(set_language), name="set_language"),
]
