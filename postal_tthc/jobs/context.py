"""The count of one's open jobs, in the menu of every page."""

from typing import Any

from django.http import HttpRequest

from postal_tthc.jobs.models import Job


def open_jobs(request: HttpRequest) -> dict[str, Any]:
    """``open_jobs``: asked for by the template, so pages without a menu ask nothing."""

    def count() -> int:
        return Job.objects.asked_by(request.user).open().count()

    return {"open_jobs": count}
