"""Two who work on one file: the later is told, and undoes nothing of the first."""

import pytest
from django.utils import timezone

from dossiers.models import Dossier, RegisterImport
from dossiers.spreadsheets import background, importing
from postal_tthc.errors import Conflict
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.running import perform
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import kept
from tests.integration.dossiers.pages import fields_of

LIST = "/dossiers/imports/"
Status = RegisterImport.Status


@pytest.fixture
def source(office) -> RegisterImport:
    return kept(office, workbooks.plain(make_procedure(office).code))


@pytest.fixture(autouse=True)
def _waits_for_a_worker(settings) -> None:
    settings.JOBS_INLINE_SIZE = 0


def status(source: RegisterImport) -> str:
    return RegisterImport.objects.get(pk=source.pk).status


def test_a_second_writing_that_comes_late_fails_and_the_file_stays_written(
    office, source
):
    first, second = [
        background.start_writing(source, by=office.clerk, skips_faulty=False)
        for _press in range(2)
    ]

    perform(first.pk)
    perform(second.pk)

    ends = [Job.objects.get(pk=job.pk).status for job in (first, second)]
    assert ends == ["done", "failed"]
    assert (status(source), Dossier.objects.count()) == (Status.WRITTEN, 2)


def test_what_was_judged_while_it_was_written_is_not_noted(office, source):
    importing.write(source, by=office.clerk, at=timezone.now())
    counts = RegisterImport.objects.get().counts

    with pytest.raises(Conflict, match="was written already"):
        # ``source`` is as it was read before the writing.
        importing.judge(source, by=office.clerk, now=timezone.now())

    assert (status(source), RegisterImport.objects.get().counts) == (
        Status.WRITTEN,
        counts,
    )


@pytest.mark.parametrize(
    ("is_done", "says", "stays"),
    [
        pytest.param(False, "is being worked on", Status.WRITING, id="being written"),
        pytest.param(True, "was written already", Status.WRITTEN, id="written"),
    ],
)
def test_from_a_page_opened_before_a_file_is_not_judged_again(
    office, sign_in, source, is_done, says, stays
):
    client, page = sign_in("clerk"), f"{LIST}{source.pk}/"
    fields = fields_of(client.get(page))
    job = background.start_writing(source, by=office.clerk, skips_faulty=False)
    if is_done:
        perform(job.pk)

    answer = client.post(page, fields, follow=True)

    assert answer.redirect_chain == [(page, 302)]
    assert says in answer.text
    assert status(source) == stays


def test_a_file_that_is_being_undone_is_not_undone_beside_it(office, sign_in, source):
    importing.write(source, by=office.clerk, at=timezone.now())
    background.start_undoing(RegisterImport.objects.get(), by=office.clerk)

    answer = sign_in("clerk").post(f"{LIST}{source.pk}/undo/", follow=True)

    assert "is being worked on" in answer.text
    assert (status(source), Dossier.objects.count()) == (Status.WRITTEN, 2)
