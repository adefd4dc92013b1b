"""A double tap, a retry after a lost answer: one case, the identical answer."""

import secrets
import threading

import requests

from tests.harness import Harness


def test_the_same_key_twice_gives_the_identical_answer_and_one_case(harness: Harness) -> None:
    key = secrets.token_urlsafe(24)
    first = harness.reporter().try_send(key=key)
    second = harness.reporter().try_send(key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    with harness.app.store.read() as tx:
        assert tx.cases.count() == 1


def test_the_same_key_from_eight_threads_at_once_is_one_case(harness: Harness) -> None:
    key = secrets.token_urlsafe(24)
    answers: list[bytes] = []
    barrier = threading.Barrier(8)

    def send() -> None:
        barrier.wait()
        answers.append(harness.reporter().try_send(key=key).content)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert len(set(answers)) == 1
    with harness.app.store.read() as tx:
        assert tx.cases.count() == 1


def test_the_same_key_with_other_words_is_refused(harness: Harness) -> None:
    key = secrets.token_urlsafe(24)
    harness.reporter().try_send("first", key=key)
    refused = harness.reporter().try_send("second", key=key)
    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:tipbridge:problem:idempotency-key-reused"


def test_a_day_later_the_same_call_is_a_new_tip(harness: Harness) -> None:
    key = secrets.token_urlsafe(24)
    harness.reporter().try_send(key=key)
    harness.fast_forward(hours=25)
    assert harness.reporter().try_send(key=key).status_code == 201
    with harness.app.store.read() as tx:
        assert tx.cases.count() == 2


def test_a_follow_up_sent_twice_arrives_once(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    key = secrets.token_urlsafe(24)
    assert reporter.write("again", key=key).content == reporter.write("again", key=key).content
    harness.settle()
    ticket = harness.staff.look(harness.ticket_of(reporter))
    assert sum("again" in article.text for article in ticket.articles) == 1


def test_without_a_key_each_call_is_a_new_tip(harness: Harness) -> None:
    for _ in range(2):
        answer = requests.post(f"{harness.url}/api/v1/tips", json={"text": "no key"}, timeout=30)
        assert answer.status_code == 201
    with harness.app.store.read() as tx:
        assert tx.cases.count() == 2
