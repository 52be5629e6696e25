"""Where the post's systems push what they know. Signed, and outside any session."""

from django.urls import path

from dossiers.views import gateway

app_name = "gateway"

urlpatterns = [path("<slug:name>/events/", gateway.push, name="events")]
