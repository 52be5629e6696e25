"""Addresses of dossiers."""

from django.urls import path

from dossiers.views import detail, entry, register, steps

app_name = "dossiers"

urlpatterns = [
    path("", register.dossiers, name="list"),
    path("jump/", register.jump, name="jump"),
    path("new/", entry.new, name="new"),
    path("new/promise/", entry.promise, name="promise"),
    path("<str:code>/", detail.dossier, name="detail"),
    path("<str:code>/correct/", detail.correct, name="correct"),
    path("<str:code>/take-back/", steps.take_back, name="take_back"),
    path("<str:code>/<slug:to>/", steps.step, name="step"),
]
