"""Addresses of figures and reports."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("yearly/", views.yearly, name="yearly"),
    path("yearly/download/", views.download, name="download"),
]
