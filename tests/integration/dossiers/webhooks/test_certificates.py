"""Sending over TLS: only to a receiver whose certificate holds for its name."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossiers.webhooks import posting
from dossiers.webhooks.addresses import Target
from tests.integration.dossiers.webhooks.receiver import Receiver, receiving

NAME = "hook.example.vn"

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None,
    reason="openssl was not found: no certificate is made for the receiver.",
)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate signed by itself for one name, with its key in the same file."""
    path = tmp_path / "receiver.pem"
    other = tmp_path / "certificate.pem"
    words = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME}".split()
    words += ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", path, "-out", other]
    subprocess.run(["openssl", *words], check=True, capture_output=True)
    path.write_text(path.read_text() + other.read_text())
    return path


@pytest.fixture
def receiver(certificate: Path) -> Iterator[Receiver]:
    """A receiver that speaks TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with receiving() as found:
        found.socket = context.wrap_socket(
            found.socket, server_side=True, do_handshake_on_connect=False
        )
        yield found


@pytest.fixture
def trusted(certificate: Path, monkeypatch) -> Iterator[None]:
    """This machine trusts the certificate, as it trusts those of its system."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    posting._certificates.cache_clear()
    yield
    posting._certificates.cache_clear()


def sent(receiver: Receiver, name: str = NAME) -> posting.Answer:
    port = receiver.server_port
    return posting.post(Target("https", name, port, "127.0.0.1", "/hook"), b"{}", {})


def test_a_certificate_that_nobody_vouches_for_is_refused(receiver):
    answer = sent(receiver)

    assert answer.status == 0
    assert answer.words.startswith("The certificate does not hold")
    assert receiver.got == []


def test_a_trusted_certificate_is_taken_for_its_name(receiver, trusted):
    assert sent(receiver).status == 204
    assert [(path, body) for path, _headers, body in receiver.got] == [("/hook", b"{}")]


@pytest.mark.parametrize("name", ["other.example.vn", "127.0.0.1"])
def test_a_trusted_certificate_is_refused_under_another_name(receiver, trusted, name):
    answer = sent(receiver, name)

    assert answer.status == 0
    assert "certificate is not valid for" in answer.words
    assert receiver.got == []
