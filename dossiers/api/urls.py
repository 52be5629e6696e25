"""Routes of dossiers, items, minutes and incidents."""

from django.urls import path

from dossiers.api import (
    dossiers,
    handover_lines,
    handovers,
    incidents,
    items,
    steps,
    why_not,
)

app_name = "dossiers-api"

ONE = "dossiers/<str:reference>/"
ITEM = "items/<int:pk>/"
MINUTES = "handovers/<int:pk>/"

urlpatterns = [
    path("dossiers/", dossiers.Dossiers.as_view(), name="dossiers"),
    path("expected-dossiers/", dossiers.ExpectedDossiers.as_view(), name="expected"),
    path(ONE, dossiers.DossierDetail.as_view(), name="dossier"),
    path(f"{ONE}papers/", dossiers.Papers.as_view(), name="papers"),
    path(f"{ONE}custody/", dossiers.Custody.as_view(), name="custody"),
    path(f"{ONE}take-back/", steps.TakeBack.as_view(), name="take_back"),
    *(
        path(f"{ONE}{step.value}/", steps.view_of(step), name=f"step_{step.value}")
        for step in steps.ROUTES
    ),
    path("items/", items.Items.as_view(), name="items"),
    path(ITEM, items.ItemDetail.as_view(), name="item"),
    path(f"{ITEM}events/", items.Events.as_view(), name="item_events"),
    path(f"{ITEM}open-case/", items.OpenCase.as_view(), name="item_open_case"),
    *(
        path(f"{ITEM}{name}/", items.view_of(name), name=f"item_{name}")
        for name in items.ROUTES
    ),
    path("handovers/", handovers.Handovers.as_view(), name="handovers"),
    path(MINUTES, handovers.HandoverDetail.as_view(), name="handover"),
    path(f"{MINUTES}scan/", handovers.Scan.as_view(), name="handover_scan"),
    path(f"{MINUTES}on-paper/", handovers.OnPaper.as_view(), name="handover_paper"),
    *(
        path(f"{MINUTES}{name}/", handovers.view_of(name), name=f"handover_{name}")
        for name in handovers.ROUTES
    ),
    path(
        f"{MINUTES}lines/<int:position>/",
        handover_lines.Line.as_view(),
        name="handover_line",
    ),
    path(
        f"{MINUTES}lines/<int:position>/cancel/",
        handover_lines.CancelLine.as_view(),
        name="handover_cancel_line",
    ),
    path("why-not-post/", why_not.WhyNotPost.as_view(), name="why_not"),
    path("incidents/", incidents.Incidents.as_view(), name="incidents"),
    path("incidents/<int:pk>/", incidents.IncidentDetail.as_view(), name="incident"),
    path(
        "incidents/<int:pk>/resolve/",
        incidents.Resolve.as_view(),
        name="incident_resolve",
    ),
]
