"""When something breaks while a secret ballot is cast, whoever receives the report of the error does not learn it."""

import sys
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.test import Client
from django.views.debug import ExceptionReporter

from cooperation.models import Person
from realtime.bursts import do_each
from tests.votes.conftest import line_of
from tests.votes.secret_scene import opened_secret
from tests.votes.test_bursts import ballot
from tests.votes.test_secret_pages import review
from votes.api import BALLOT_CAST
from votes.secrecy import new_code

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.logs_errors]

# The word is in lines of source that reports show; as a value it is in quotes of another kind.
AS_A_VALUE = ("'against'", "&#x27;against&#x27;", "choices=against")


def assert_silent(found: ExceptionReporter, log: str, code: str) -> None:
    """Neither the report, as text and as a page, nor the log tells the code or the choice."""
    text = found.get_traceback_text()
    assert "ZeroDivisionError" in text
    for told in (text, found.get_traceback_html(), log):
        assert code not in told
        assert not any(value in told for value in AS_A_VALUE)


@pytest.mark.parametrize("step", ["relire", "voter"])
def test_no_report_of_a_page_tells_a_ballot(
    alice: Person,
    room_clients: dict[str, Client],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    poll, client, reports = opened_secret([line_of(alice)]), room_clients["alice"], []
    sent = review(client, poll, "against")

    def report(sender: object, request: Any, **_: object) -> None:
        reports.append(ExceptionReporter(request, *sys.exc_info()))

    got_request_exception.connect(report)
    monkeypatch.setattr("votes.methods.resolution.Resolution.check", lambda *_: 1 / 0)
    client.raise_request_exception = False
    assert client.post(f"/votes/{poll.pk}/{step}/", sent).status_code == 500
    got_request_exception.disconnect(report)
    (found,) = reports
    assert_silent(found, caplog.text, sent["code"])


@pytest.mark.parametrize(
    "broken",
    ["realtime.bursts.digest_of", "votes.methods.resolution.Resolution.check", "realtime.acts.write_rows"],
)
def test_no_report_of_a_set_tells_a_ballot(
    alice: Person, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    poll, code = opened_secret([line_of(alice)]), new_code()
    monkeypatch.setattr(broken, lambda *_: 1 / 0)
    (answer,) = do_each(BALLOT_CAST, [ballot(poll, alice, "against", code=code)])
    assert "internal_error" in answer
    (record,) = (record for record in caplog.records if record.exc_info)
    assert record.exc_info is not None
    assert_silent(ExceptionReporter(None, *record.exc_info), caplog.text, code)
