"""`python manage.py work`: do the jobs that people ask for."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from postal_tthc.jobs.worker import JobWorker


class Command(BaseCommand):
    """One worker. Several may run, on one machine or many."""

    help = "Do background jobs: imports, exports, report packs. Ctrl+C ends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long to stay."""
        parser.add_argument(
            "--once", action="store_true", help="Do what waits, then end."
        )
        parser.add_argument(
            "--beside",
            type=int,
            metavar="PID",
            help="The process that started this one: end when it has ended.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to end."""
        worker = JobWorker(once=options["once"], parent=options["beside"])
        worker.configure_signals()
        if not options["once"]:
            self.stdout.write(f"Worker {worker.worker_id} waits for jobs.")
            self.stdout.flush()
        worker.run()
