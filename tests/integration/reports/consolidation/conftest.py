"""What the tests of the consolidation share."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.integration.reports.consolidation.scenes import AFTER


@pytest.fixture
def _after_the_year(settings, tmp_path) -> Iterator[None]:
    """The year is over and its returns are due; files go with the test."""
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(AFTER, tick=False):
        yield
