"""Routes of the catalogue."""

from django.urls import path

from procedures.api import views

app_name = "procedures-api"

urlpatterns = [
    path("procedures/", views.Procedures.as_view(), name="procedures"),
    path("procedures/<int:pk>/", views.ProcedureDetail.as_view(), name="procedure"),
    path("decisions/", views.Decisions.as_view(), name="decisions"),
    path("decisions/<int:pk>/", views.DecisionDetail.as_view(), name="decision"),
    path("calendar-days/", views.CalendarDays.as_view(), name="calendar_days"),
    path("transit-norms/", views.TransitNorms.as_view(), name="transit_norms"),
]
