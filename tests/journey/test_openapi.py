"""The document of the REST interface: in two formats and languages, made once."""

import json
from io import StringIO

import yaml
from django.core.management import call_command
from django.test import Client

from config.openapi import SchemaView

JSON, YAML = "application/vnd.oai.openapi+json", "application/vnd.oai.openapi"


def asked(format_: str, language: str = "fr") -> bytes:
    """The document, as it is sent."""
    client = Client()
    client.cookies["django_language"] = language
    answer = client.get("/api/schema/", headers={"accept": format_})
    assert (answer.status_code, answer["Content-Type"]) == (200, format_)
    return answer.content


def test_programs_read_one_document_in_two_formats() -> None:
    document = json.loads(asked(JSON))
    assert yaml.safe_load(asked(YAML)) == document
    assert document["openapi"].startswith("3.")
    assert "/api/polls/{poll}/cast/" in document["paths"]


def test_the_document_is_made_without_a_guess() -> None:
    call_command("spectacular", "--fail-on-warn", "--validate", stdout=StringIO())


def test_what_was_written_once_is_sent_again() -> None:
    first = asked(JSON)
    kept = SchemaView.written[JSON, "fr"]
    assert asked(JSON) == first
    assert SchemaView.written[JSON, "fr"] is kept


def test_fields_are_named_in_the_language_asked_for() -> None:
    assert "Titre de la proposition réunie" in asked(JSON).decode()
    assert "Titre de la proposition réunie" not in asked(JSON, "en").decode()


def test_people_read_the_same_list_as_a_page() -> None:
    paths = json.loads(asked(JSON))["paths"]
    page = Client().get("/api/docs/").content.decode()
    assert [path for path in paths if path not in page] == []
