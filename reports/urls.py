"""Addresses of figures and reports."""

from django.urls import path

from reports.views import figures, papers

app_name = "reports"

urlpatterns = [
    path("", figures.dashboard, name="dashboard"),
    path("yearly/", figures.yearly, name="yearly"),
    path("yearly/download/", figures.download, name="download"),
    path("papers/", papers.papers, name="papers"),
]
