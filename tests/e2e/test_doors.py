"""The doors of the test server, with threads."""

from threading import Event, Thread

import pytest

from tests.e2e.doors import Doors


class Slow:
    """An application whose answer waits for a sign, in its middle."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.closed = Event(), Event(), Event()

    def __call__(self, environ: dict, start_response) -> "Slow":
        return self

    def __iter__(self):
        self.begun.set()
        yield b"one"
        assert self.may_end.wait(5)
        yield b"two"

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def doors(slow: Slow) -> Doors:
    return Doors(slow)


def ask(doors: Doors, answers: list) -> Thread:
    """A request in its own thread, as the test server answers it."""
    asked = Thread(
        target=lambda: answers.append(
            b"".join(doors({}, lambda *of: answers.append(of)))
        )
    )
    asked.start()
    return asked


def test_shutting_waits_for_the_last_byte(doors: Doors, slow: Slow) -> None:
    answers: list = []
    asked = ask(doors, answers)
    assert slow.begun.wait(5)
    shutting = Thread(target=doors.shut)
    shutting.start()
    shutting.join(0.05)
    assert shutting.is_alive()

    slow.may_end.set()
    shutting.join(5)

    asked.join(5)
    assert slow.closed.is_set()
    assert not shutting.is_alive()
    assert answers == [b"onetwo"]


def test_who_comes_to_shut_doors_is_sent_away_until_they_open(
    doors: Doors, slow: Slow
) -> None:
    doors.shut()
    answers: list = []
    ask(doors, answers).join(5)
    assert answers == [("503 Service Unavailable", [("Content-Length", "0")]), b""]
    assert not slow.begun.is_set()

    doors.open()
    slow.may_end.set()
    ask(doors, answers).join(5)
    assert answers[-1] == b"onetwo"


def test_a_request_without_an_end_is_named(doors: Doors, slow: Slow) -> None:
    asked = ask(doors, [])
    assert slow.begun.wait(5)
    with pytest.raises(AssertionError, match="1 requests did not end"):
        doors.shut(seconds=0.05)
    slow.may_end.set()
    asked.join(5)
