"""The fake is judged by what a live Zammad 5.5 answered: every recorded exchange is played again."""

import hashlib
import hmac
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from plugins.zammad.tests.fake.delivery import signed
from plugins.zammad.tests.judge import first_server, second_server
from plugins.zammad.tests.judge.comparing import differences
from plugins.zammad.tests.judge.coverage import HOOKS_NOT_JUDGED, IGNORED, NOT_REPLAYED
from plugins.zammad.tests.judge.played import Played, Sent
from plugins.zammad.tests.judge.recordings import SECRET, Exchange, Hook, deliveries, exchanges, hooks
from plugins.zammad.tests.judge.stage import Stage

FIRST_OF_SECOND_SERVER = "350"
REPLAYED = [exchange.name for exchange in exchanges() if exchange.name not in NOT_REPLAYED]
COMPARED_HEADERS = ("Content-Type", "Content-Disposition", "X-Failure")


@dataclass(frozen=True, slots=True)
class Replay:
    """All that happened on both stages."""

    answers: dict[str, Played]
    sent: list[Sent]


@pytest.fixture(scope="module")
def replay() -> Replay:
    """Play all exchanges, in order, on one stage for each recorded server."""
    answers: dict[str, Played] = {}
    sent: list[Sent] = []
    for number, server, system_id in ((1, first_server, 97), (2, second_server, 61)):
        stage = Stage(
            system_id=system_id,
            prepare=server.prepare,
            directions=server.DIRECTIONS,
            worker_rests=server.worker_rests,
        )
        with stage:
            for exchange in exchanges():
                on_second = exchange.name >= FIRST_OF_SECOND_SERVER
                if on_second == (number == 2) and exchange.name not in NOT_REPLAYED:
                    answers[exchange.name] = stage.play(exchange)
        sent += stage.sent
    return Replay(answers, sent)


def exchange_named(name: str) -> Exchange:
    return next(exchange for exchange in exchanges() if exchange.name == name)


def unlike(recorded: Exchange, played: Played) -> Iterator[str]:
    """Everything in an answer that the live server did not say."""
    if played.status != recorded.status:
        yield f"status: recorded {recorded.status}, played {played.status}"
    for header in COMPARED_HEADERS:
        told, heard = recorded.answer_headers.get(header), played.headers.get(header)
        if told != heard:
            yield f"{header}: recorded {told}, played {heard}"
    if ("ETag" in recorded.answer_headers) != ("ETag" in played.headers):
        yield "ETag: recorded or played, not both"
    if recorded.answer_bytes is not None:
        if (
            recorded.answer_headers.get("Content-Type") != "text/html; charset=utf-8"
            and recorded.answer_bytes != played.body
        ):
            yield f"body: recorded {recorded.answer_bytes!r:.100}, played {played.body!r:.100}"
    elif not played.body:
        yield "body: played nothing"
    else:
        yield from judged(recorded, json.loads(played.body))


def judged(recorded: Exchange, value: Any) -> Iterator[str]:
    ignored = IGNORED.get(recorded.name, {})
    for difference in differences(recorded.answer, value, cut=recorded.cut):
        where = difference.partition(":")[0].rpartition(".")[2]
        if where not in ignored:
            yield difference


@pytest.mark.parametrize("name", REPLAYED)
def test_the_fake_answers_as_the_live_server_did(replay: Replay, name: str) -> None:
    found = list(unlike(exchange_named(name), replay.answers[name]))
    assert not found, "\n".join(found)


def test_every_recording_is_played_again_or_listed_with_a_reason(
    replay: Replay, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {exchange.name for exchange in exchanges()}
    assert names == replay.answers.keys() | NOT_REPLAYED.keys()
    assert not replay.answers.keys() & NOT_REPLAYED.keys()
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(replay.answers)} of {len(names)} recorded exchanges played again, all but:\n"
        )
        for name, reason in (NOT_REPLAYED | HOOKS_NOT_JUDGED).items():
            sys.stdout.write(f"  {name}: {reason}\n")


def happening(trigger: str, payload: Any) -> tuple[str, int, int | None]:
    """What a delivery is about: trigger, ticket, article."""
    return trigger, payload["ticket"]["id"], payload["article"].get("id")


def test_webhooks_leave_for_exactly_the_changes_that_the_live_server_told_of(replay: Replay) -> None:
    recorded = Counter(happening(hook.trigger, json.loads(hook.raw_body)) for hook in deliveries().values())
    played = Counter(happening(sent.trigger, json.loads(sent.body)) for sent in replay.sent)
    assert played == recorded


@pytest.mark.parametrize("name", [name for name in deliveries() if name not in HOOKS_NOT_JUDGED])
def test_a_webhook_carries_what_the_live_one_did(replay: Replay, name: str) -> None:
    hook = deliveries()[name]
    recorded = json.loads(hook.raw_body)
    about = happening(hook.trigger, recorded)
    same = [sent for sent in replay.sent if happening(sent.trigger, json.loads(sent.body)) == about]
    order = [
        other
        for other in deliveries().values()
        if happening(other.trigger, json.loads(other.raw_body)) == about
    ]
    sent = same[order.index(hook)]
    found = list(differences(recorded, json.loads(sent.body)))
    assert not found, "\n".join(found)
    assert sent.headers.keys() - {"X-Zammad-Delivery"} <= hook.headers.keys()


def test_every_delivery_is_judged_or_a_repeat_or_listed() -> None:
    judged_ids = {hook.delivery for hook in deliveries().values()}
    left = [
        hook.name for hook in hooks() if hook.delivery not in judged_ids and hook.name not in HOOKS_NOT_JUDGED
    ]
    assert not left


@pytest.mark.parametrize(
    "hook", [hook for hook in hooks() if hook.method == "POST"], ids=lambda hook: hook.name
)
def test_the_signature_of_the_fake_is_the_one_recorded(hook: Hook) -> None:
    webhook = {"signature_token": SECRET, "endpoint": "http://127.0.0.1:1/ok"}
    post = signed(webhook, hook.raw_body, trigger_name=hook.trigger, delivery_id=hook.delivery)
    assert post.headers["X-Hub-Signature"] == hook.headers["X-Hub-Signature"]
    assert (
        hook.headers["X-Hub-Signature"]
        == "sha1=" + hmac.new(SECRET.encode(), hook.raw_body, hashlib.sha1).hexdigest()
    )
