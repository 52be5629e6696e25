"""Starting up: what must be set outside debug, and that the rest is safe by default."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings

LAWFUL = {
    "DEBUG": "false",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "motcua.example.gov.vn",
}


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process of its own. Empty also hides what .env may set."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith(("COV_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**inherited, "DATABASE_URL": "", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_outside_debug_a_missing_setting_is_told_with_what_to_do(name):
    run = start("check", **{**LAWFUL, name: ""})

    told = run.stderr.strip().splitlines()[-1]
    assert run.returncode != 0
    assert f"{name} is not set. Outside debug it is required" in told
    assert ".env.example" in told


def test_in_debug_nothing_needs_to_be_set():
    run = start("check", DEBUG="true", SECRET_KEY="", ALLOWED_HOSTS="")

    assert run.returncode == 0, run.stderr


def test_a_production_start_has_no_warning():
    run = start("check", "--deploy", "--fail-level", "WARNING", **LAWFUL)

    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout


def setting(name: str, **environment: str) -> str:
    code = f"from django.conf import settings; print(settings.{name})"
    run = start("shell", "--no-imports", "--command", code, **{**LAWFUL, **environment})
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_debug_is_off_unless_asked_for():
    assert setting("DEBUG", DEBUG="") == "False"


def test_the_key_for_debug_is_never_used_in_production():
    assert setting("SECRET_KEY") == LAWFUL["SECRET_KEY"]


def test_hosts_are_read_from_a_list_with_stray_spaces():
    assert setting("ALLOWED_HOSTS", ALLOWED_HOSTS="a.gov.vn, b.gov.vn ") == (
        "['a.gov.vn', 'b.gov.vn']"
    )


def test_an_empty_database_address_means_the_file():
    assert "sqlite3" in setting("DATABASES['default']['ENGINE']", DATABASE_URL="")


def test_postgresql_is_chosen_by_its_address():
    address = "postgres://name:word@db.example:5433/tthc"

    assert "postgresql" in setting(
        "DATABASES['default']['ENGINE']", DATABASE_URL=address
    )
    assert setting("DATABASES['default']['PORT']", DATABASE_URL=address) == "5433"
