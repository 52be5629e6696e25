"""Addresses of the catalogue."""

from django.urls import path

from procedures.models import OfficialForm, TransitNorm
from procedures.views import (
    calendar_days,
    catalogue,
    decisions,
    editing,
    loading,
    norms,
)

app_name = "procedures"

NORM, FORM = {"model": TransitNorm}, {"model": OfficialForm}

urlpatterns = [
    path("", catalogue.procedures, name="list"),
    path("new/", editing.new, name="new"),
    path("load/", loading.load, name="load"),
    path("blank/", loading.blank, name="blank"),
    path("export/", loading.export, name="export"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.edit, name="decision_new"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/edit/", decisions.edit, name="decision_edit"),
    path("decisions/<int:pk>/scan/", decisions.scan, name="decision_scan"),
    path("calendar/", calendar_days.year, name="calendar"),
    path("calendar/new/", calendar_days.edit, name="calendar_new"),
    path("calendar/<int:pk>/", calendar_days.edit, name="calendar_edit"),
    path("calendar/<int:pk>/remove/", calendar_days.remove, name="calendar_remove"),
    path("norms/", norms.norms, name="norms"),
    path("norms/transit/<int:pk>/", norms.mend, NORM, name="norm_mend"),
    path("norms/transit/<int:pk>/new/", norms.start, NORM, name="norm_start"),
    path("norms/forms/<int:pk>/", norms.mend, FORM, name="form_mend"),
    path("norms/forms/<int:pk>/new/", norms.start, FORM, name="form_start"),
    path("<int:pk>/", catalogue.procedure, name="detail"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/version/", editing.version, name="version"),
    path("<int:pk>/post/", editing.eligibility, name="eligibility"),
]
