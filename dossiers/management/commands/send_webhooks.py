"""Sends the events of dossiers that are queued for other systems."""

import time
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.translation import gettext as _

from dossiers.webhooks.sending import send_due


class Command(BaseCommand):
    """``send_webhooks`` once, or ``send_webhooks --every 30`` until it is stopped."""

    help = "Send what is queued for webhook endpoints, and what is to be tried again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, unless told to go on."""
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help="Go on, with so many seconds between two rounds.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say what came of it."""
        while True:
            sent = send_due()
            if not options["every"] or sent.delivered or sent.failed or sent.given_up:
                told = _(
                    "Delivered %(delivered)d, to be tried again %(failed)d, given up "
                    "%(given_up)d."
                )
                self.stdout.write(told % asdict(sent))
            if not options["every"]:
                return
            close_old_connections()
            time.sleep(max(options["every"], 1))
