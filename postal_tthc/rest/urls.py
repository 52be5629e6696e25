"""Addresses of the API as a whole: its schema, its page, its tokens."""

from django.urls import path, re_path

from postal_tthc.rest import jobs, views
from postal_tthc.rest.problems import nothing_here

app_name = "rest"

urlpatterns = [
    path("", views.browse, name="browse"),
    path("schema/", views.Schema.as_view(), name="schema"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<slug:key>/revoke/", views.revoke, name="revoke"),
    path("v1/jobs/", jobs.Jobs.as_view(), name="jobs"),
    path("v1/jobs/<int:pk>/", jobs.JobDetail.as_view(), name="job"),
    path("v1/jobs/<int:pk>/stop/", jobs.StopJob.as_view(), name="job_stop"),
    path("v1/jobs/<int:pk>/file/", jobs.JobFile.as_view(), name="job_file"),
    re_path(r"^v1/", nothing_here),
]
