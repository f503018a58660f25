"""The OpenAPI document: current, and true of whatever a machine would send that reads nothing else (schemathesis, in-process, always the same examples)."""

import json
import os
from collections.abc import Iterator

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import strategies
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
)

from measurement.api.schema_file import SCHEMA_FILE, schema_text
from measurement.rules.machine_access import Scope
from tests.support.characters import cycle_at
from tests.support.machines import ROOT, secret_of

EXAMPLES = int(os.environ.get("API_EXAMPLES", "15"))  # of each call and kind
DOCUMENT = json.loads(SCHEMA_FILE.read_text())
CALLS = sorted(DOCUMENT["paths"])
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance, negative_data_rejection,
    positive_data_acceptance, allow_header_conformance,
]  # fmt: skip


def test_the_document_is_current():
    assert SCHEMA_FILE.read_text() == schema_text(), "run python -m measurement.api.schema_file"


def test_the_document_is_served_to_everybody(client):
    response = client.get(f"{ROOT}openapi.json")
    assert json.loads(response.content) == DOCUMENT


def test_nothing_in_the_document_leads_elsewhere():
    assert "http" not in SCHEMA_FILE.read_text().replace('"type": "http"', "")


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The application answers in this test's transaction: its connection stays open between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


# the client of schemathesis reads the answer of a file and leaves it open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["positive", "negative"]
)
def test_whatever_is_sent_the_document_holds(kecamatan, one_connection, settings, quick_papers, mode):
    """Half of what could be meant is about things that there are."""
    settings.API_CALLS_PER_MINUTE = 10**6
    cycle, headers = (
        cycle_at(kecamatan, "archive"),
        {"Authorization": f"Bearer {secret_of(kecamatan, *Scope)}"},
    )
    known = {"siklus_id": cycle.pk, "rencana_id": kecamatan.plan.pk, "naskah_id": cycle.papers.first().pk}
    document = schemathesis.openapi.from_wsgi(f"{ROOT}openapi.json", get_wsgi_application())
    for path in CALLS:
        if mode is GenerationMode.POSITIVE or DOCUMENT["paths"][path]["get"]["parameters"]:
            try_call(document[path]["GET"], mode, known, headers | {"Accept-Encoding": "identity"})


def try_call(
    call: APIOperation, mode: GenerationMode, known: dict[str, int], headers: dict[str, str]
) -> None:
    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=call.as_strategy(generation_mode=mode), is_known=strategies.booleans())
    def sent(case: Case, is_known: bool):
        wrong = {
            place for place, part in case.meta.components.items() if part.mode is GenerationMode.NEGATIVE
        }
        hypothesis.assume(wrong != {ParameterLocation.HEADER})  # the token is put right below
        if is_known and mode is GenerationMode.POSITIVE:
            case.path_parameters = {name: known[name] for name in case.path_parameters}
        case.call_and_validate(headers=headers, checks=CHECKS)

    sent()
