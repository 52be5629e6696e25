"""Pieces of long work to try the machinery with, and a worker to do them.

Run as a module it is that worker: `python -m tests.factories.jobs` knows the samples.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).parent.parent.parent
BRIEF = "4"  # seconds of silence after which a worker of a test counts as gone

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction  # noqa: E402

from postal_tthc.accounts.models import Organisation  # noqa: E402
from postal_tthc.errors import Invalid  # noqa: E402
from postal_tthc.jobs import Outcome, Progress, register  # noqa: E402
from postal_tthc.jobs.models import Job, Worker  # noqa: E402


def whole(job: Job, progress: Progress) -> Outcome:
    """Organisations written in one transaction: all of them or none."""
    count, pause = job.parameters["count"], job.parameters.get("pause", 0)
    progress.begin(count, "Writing")
    with transaction.atomic():
        for number in range(count):
            _write(job, number)
            progress.reached(number + 1)
            time.sleep(pause)
        return progress.conclude(Outcome(f"{count} written."))


def parts(job: Job, progress: Progress) -> Outcome:
    """The same in parts, so that others may write in between."""
    count, pause = job.parameters["count"], job.parameters.get("pause", 0)
    progress.begin(count, "Writing")
    for part in progress.slices(range(count), job.parameters.get("slice", 10)):
        with transaction.atomic():
            for number in part:
                _write(job, number)
        time.sleep(pause)
    return Outcome(f"{count} written.")


def letter(job: Job, progress: Progress) -> Outcome:
    """A file to fetch."""
    content = job.parameters.get("content", "Nội dung").encode()
    return Outcome("The letter is written.", "Thư mời.txt", content, "/dossiers/")


def refused(job: Job, progress: Progress) -> Outcome:
    """Says no in words."""
    raise Invalid("The sheet has no heading.")


def broken(job: Job, progress: Progress) -> Outcome:
    """Fails as programs do."""
    progress.begin(3)
    with transaction.atomic():
        _write(job, 0)
        progress.reached(1)
        raise ZeroDivisionError("secret detail")


def _write(job: Job, number: int) -> None:
    # A second attempt finds what the first one left: doing it again is harmless.
    Organisation.objects.get_or_create(
        symbol=f"X{job.pk}-{number}",
        defaults={"kind": Organisation.Kind.PROVINCE, "name": f"Sample {job.pk}"},
    )


def written(job: Job) -> int:
    """How many rows the samples of a job left behind."""
    return Organisation.objects.filter(name=f"Sample {job.pk}").count()


for work in (whole, parts, letter, refused, broken):
    register(f"sample-{work.__name__}", work)
register("sample-secret", letter, may_see=lambda user, job: user == job.by)


def address() -> str:
    """DATABASE_URL of the database that the tests use now."""
    now = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{now['NAME']}"
    who = f"{now['USER']}:{now['PASSWORD']}" if now["PASSWORD"] else now["USER"]
    return f"postgres://{who}@{now['HOST']}:{now['PORT']}/{now['NAME']}"


def surroundings() -> dict[str, str]:
    """The environment of a worker that serves this test."""
    return {
        **{name: x for name, x in os.environ.items() if not name.startswith("COV_")},
        "DATABASE_URL": address(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "JOBS_SILENCE": BRIEF,
        "DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "postal_tthc.settings",
    }


@contextmanager
def worker(*options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own; killed when the block is left."""
    command = [sys.executable, "-m", "tests.factories.jobs", *options]
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings())
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    """Look again and again; an error after so many seconds."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def wait_for_worker(count: int = 1) -> None:
    """Until so many workers have said that they are there."""
    wait_until(lambda: Worker.objects.count() >= count)


if __name__ == "__main__":
    from django.core.management import call_command

    call_command("work", *sys.argv[1:])
