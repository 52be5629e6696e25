"""The pages of long work."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from postal_tthc.accounts.roles import Role
from postal_tthc.jobs import start
from postal_tthc.jobs.models import Job, Worker
from postal_tthc.jobs.statuses import Status
from tests.factories import jobs  # noqa: F401  (registers the samples)

LARGE = 1_000_000


@pytest.fixture
def ask(office, django_capture_on_commit_callbacks):
    """The clerk asks; small work is done at once."""

    def asked(work: str = "letter", size: int = 1, by=None, **parameters) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            return start(
                f"sample-{work}",
                title=f"Try {work}",
                by=by or office.clerk,
                parameters=parameters,
                size=size,
            )

    return asked


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_without_any_work_the_page_says_what_comes_here(sign_in):
    page = text(sign_in(Role.CLERK).get("/jobs/"))

    assert "Nothing yet. Large imports" in page
    assert "hx-get" not in page


def test_one_sees_the_own_work_and_a_leader_that_of_the_house(sign_in, ask, office):
    mine, officers = ask(), ask("whole", by=office.case_officer, count=1)

    page = text(sign_in(Role.CLERK).get("/jobs/"))
    assert mine.title in page
    assert officers.title not in page
    assert officers.title in text(sign_in(Role.LEADER).get("/jobs/"))


def test_another_office_finds_nothing(client, sign_in, ask, other_office):
    job = ask(size=1)
    for role in Role:
        visitor = sign_in(role, at=other_office)
        for part in ("", "progress/", "file/"):
            assert visitor.get(f"/jobs/{job.pk}/{part}").status_code == 404
        assert visitor.post(f"/jobs/{job.pk}/stop/").status_code == 404
        assert job.title not in text(visitor.get("/jobs/lines/"))


def test_signed_out_the_moving_part_starts_the_page_anew(client, ask):
    job = ask("whole", size=LARGE, count=1)
    for address in (f"/jobs/{job.pk}/progress/", "/jobs/lines/"):
        answer = client.get(address)
        assert (answer.status_code, answer["HX-Refresh"]) == (403, "true")
        assert job.title not in answer.content.decode()
    for address in ("/jobs/", f"/jobs/{job.pk}/", f"/jobs/{job.pk}/file/"):
        assert client.get(address)["Location"].startswith("/accounts/login/")


def test_large_work_without_a_worker_says_what_to_start(sign_in, ask):
    job = ask("whole", size=LARGE, count=1)
    page = text(sign_in(Role.CLERK).get(f"/jobs/{job.pk}/"))

    assert "No worker is running, so this waits." in page
    assert "<code>python manage.py work</code>" in page
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page

    Worker.objects.create(name="somewhere:1")
    page = text(sign_in(Role.CLERK).get(f"/jobs/{job.pk}/"))
    assert "Waits until a worker is free." in page
    assert "No worker is running" not in page


def run(job: Job, *, done: int = 25, total: int = 100, beat: int = 0) -> None:
    """As if a worker were at it since ten seconds, heard so many seconds ago."""
    heard = timezone.now() - timedelta(seconds=beat)
    begun = heard - timedelta(seconds=10)
    Job.objects.filter(pk=job.pk).update(
        status=Status.RUNNING,
        attempts=1,
        started_at=begun,
        begun_at=begun,
        beat_at=heard,
        done=done,
        total=total,
        doing="Writing rows",
    )


def test_a_running_job_shows_its_bar_its_rate_and_the_time_left(sign_in, ask):
    job = ask("whole", size=LARGE, count=1)
    run(job, done=25000, total=100000)
    for address in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/progress/", "/jobs/"):
        page = text(sign_in(Role.CLERK).get(address))
        assert '<progress max="100000" value="25000"' in page
        assert "25,000 / 100,000" in page
        assert "Writing rows" in page
        assert "2,500 a second" in page
        assert "about 30 seconds left" in page


def test_a_job_that_nothing_is_heard_of_is_told_as_such(sign_in, ask):
    job = ask("whole", size=LARGE, count=1)
    run(job, beat=60)
    page = text(sign_in(Role.CLERK).get(f"/jobs/{job.pk}/"))

    assert "Nothing heard" in page
    assert "The next worker takes it up again; nothing is half-written." in page
    assert "No worker is running" in page
    assert "seconds left" not in page


def test_a_running_job_is_asked_to_stop(sign_in, ask, office):
    job = ask("whole", size=LARGE, count=1)
    run(job)
    page = text(sign_in(Role.LEADER).post(f"/jobs/{job.pk}/stop/", follow=True))

    assert "Asked to stop: it ends at its next row." in page
    assert "Stopping" in page
    assert "Stop this work" not in page  # once is enough
    job.refresh_from_db()
    assert job.stop_asked_by == office.leader


def test_stopping_needs_a_post(sign_in, ask):
    assert sign_in(Role.CLERK).get(f"/jobs/{ask().pk}/stop/").status_code == 405


def test_what_is_over_is_told_and_asks_no_more(sign_in, ask):
    job = ask()
    page = text(sign_in(Role.CLERK).get(f"/jobs/{job.pk}/"))

    assert "The letter is written." in page
    assert "Download Thư mời.txt" in page
    assert 'href="/dossiers/">Open what came out' in page
    assert "hx-get" not in page
    assert "Stop this work" not in page


def test_the_file_comes_as_an_attachment_under_its_name(sign_in, ask):
    job = ask(content="<script>alert(1)</script>")
    answer = sign_in(Role.CLERK).get(f"/jobs/{job.pk}/file/")

    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''Th%C6%B0")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_kept_from_leaders_is_refused_in_words(sign_in, ask):
    job = ask("secret")
    leader = sign_in(Role.LEADER)

    answer = leader.get(f"/jobs/{job.pk}/file/")
    assert answer.status_code == 403
    assert "This file is only for One-stop clerk SNV" in answer.content.decode()
    page = text(leader.get(f"/jobs/{job.pk}/"))
    assert "This file is only for One-stop clerk SNV" in page
    assert f"/jobs/{job.pk}/file/" not in page


def test_a_file_whose_time_is_over_is_refused_though_nobody_swept_it(sign_in, ask):
    job = ask()
    Job.objects.update(file_until=timezone.now())
    clerk = sign_in(Role.CLERK)

    answer = clerk.get(f"/jobs/{job.pk}/file/")
    assert answer.status_code == 409
    assert "no longer kept" in answer.content.decode()
    assert "The file was kept until" in text(clerk.get(f"/jobs/{job.pk}/"))


def test_the_list_is_paged_and_asks_as_often_for_many_as_for_few(
    sign_in, ask, django_assert_max_num_queries
):
    for _ in range(30):
        ask("whole", size=LARGE, count=1)
    clerk = sign_in(Role.LEADER)
    with django_assert_max_num_queries(8):
        first = text(clerk.get("/jobs/"))
    oldest = Job.objects.order_by("-pk")[24].pk

    assert first.count('<li class="card">') == 25
    assert f"?after={oldest}" in first
    second = text(clerk.get(f"/jobs/?after={oldest}"))
    assert second.count('<li class="card">') == 5
    assert "To the newest" in second
    assert text(clerk.get("/jobs/?after=²")).count('<li class="card">') == 25


def test_the_menu_counts_what_is_open(sign_in, ask, office):
    ask("whole", size=LARGE, count=1)
    ask()
    ask("whole", size=LARGE, count=1, by=office.case_officer)

    assert "Background work (1)</a>" in text(sign_in(Role.CLERK).get("/jobs/"))
    assert "Background work</a>" in text(sign_in(Role.LEADER).get("/jobs/"))
    page = Client().get("/accounts/login/")
    assert "Background work" not in page.content.decode()
    assert DBTaskResult.objects.count() == 2
