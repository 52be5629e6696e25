"""The address that everybody may open who holds a receipt."""

from django.urls import path

from dossiers.views import public

app_name = "public"

urlpatterns = [path("<slug:token>/", public.dossier, name="dossier")]
