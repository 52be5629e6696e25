"""The schema in the repository is the one that the code draws."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

KEPT = Path(__file__).parents[3] / "docs" / "api-schema.yml"
DRAW = "python manage.py spectacular --lang en --file docs/api-schema.yml"


def test_the_kept_schema_is_what_the_code_says_and_is_valid() -> None:
    with translation.override("en"):
        drawn = SchemaGenerator().get_schema(request=None, public=True)
    assert GENERATOR_STATS._warn_cache == {}
    assert GENERATOR_STATS._error_cache == {}
    validate_schema(drawn)
    text = OpenApiYamlRenderer().render(drawn, renderer_context={}).decode()
    assert text == KEPT.read_text(), f"draw it again: {DRAW}"


@pytest.mark.django_db
def test_everybody_may_read_the_schema_and_the_page_about_it(client: Client) -> None:
    assert client.get("/api/schema/").status_code == 200
    page = client.get("/api/").content.decode()
    assert "swagger-ui-bundle.js" in page
    # Said in the visitor's language, before what is drawn from the schema.
    assert page.index("<h1>") < page.index('<main id="api"')
    assert "<script>" not in page
    assert "//" not in page.replace("<!doctype html>", "")
