"""A webhook makes an answer fast; a lost, doubled or forged one makes no difference to what arrives."""

import requests

from connector.plugin_api import WebhookDelivery
from tests.harness import Harness


def post(harness: Harness, delivery: WebhookDelivery) -> int:
    url = f"{harness.url}/webhooks/{harness.desk.helpdesk_id}"
    return requests.post(url, data=delivery.body, headers=dict(delivery.headers), timeout=10).status_code


def answered_case(harness: Harness) -> tuple[str, list[str]]:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    harness.staff.answer(ticket_id, "We are coming")
    return ticket_id, reporter.answers()


def test_a_webhook_brings_an_answer_without_waiting_for_a_poll(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    harness.staff.answer(ticket_id, "We are coming")
    assert post(harness, harness.staff.webhook(ticket_id)) == 202
    harness.read()
    assert reporter.answers() == ["We are coming"]


def test_a_lost_webhook_costs_only_time(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    harness.staff.answer(harness.ticket_of(reporter), "We are coming")
    assert reporter.answers() == []
    harness.settle()
    assert reporter.answers() == ["We are coming"]


def test_a_webhook_that_comes_three_times_brings_the_answer_once(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    harness.staff.answer(ticket_id, "We are coming")
    delivery = harness.staff.webhook(ticket_id)
    for _ in range(3):
        assert post(harness, delivery) == 202
        harness.read()
    harness.settle()
    assert reporter.answers() == ["We are coming"]


def test_a_forged_webhook_is_refused_and_changes_nothing(harness: Harness) -> None:
    ticket_id, _ = answered_case(harness)
    genuine = harness.staff.webhook(ticket_id)
    forged = WebhookDelivery(genuine.headers, genuine.body.replace(b"{", b"{ ", 1))
    bare = WebhookDelivery({"content-type": "application/json"}, genuine.body)
    assert post(harness, forged) == 401
    assert post(harness, bare) == 401
    with harness.app.store.read() as tx:
        assert tx.hints.count() == 0


def test_a_genuine_webhook_that_cannot_be_read_is_400_and_an_unknown_helpdesk_404(harness: Harness) -> None:
    assert post(harness, harness.staff.sign(b"not json")) == 400
    unknown = requests.post(f"{harness.url}/webhooks/nobody", data=b"{}", timeout=10)
    assert unknown.status_code == 404
    assert unknown.content == b""


def test_a_webhook_about_a_ticket_that_is_not_ours_is_accepted_and_ignored(harness: Harness) -> None:
    ticket_id, _ = answered_case(harness)
    genuine = harness.staff.webhook(ticket_id)
    foreign = harness.staff.sign(genuine.body.replace(ticket_id.encode(), b"999999"))
    assert post(harness, foreign) in (202, 400)
    with harness.app.store.read() as tx:
        assert tx.hints.claim(harness.desk.helpdesk_id, harness.clock.now(), harness.clock.now()) is None
