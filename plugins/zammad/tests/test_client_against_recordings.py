"""What a live Zammad answered, given to the plugin's client word for word."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import responses
from pydantic import SecretStr, TypeAdapter

from connector.plugin_api import (
    Author,
    HelpdeskMisconfigured,
    PermanentFailure,
    PluginContext,
    RejectedWebhook,
    TemporaryFailure,
    TicketGone,
    WebhookDelivery,
)
from connector.testing.context import kit_context
from plugins.zammad.answers import NotAllowed, Unprocessable
from plugins.zammad.client import ZammadClient
from plugins.zammad.directory import Directory
from plugins.zammad.merges import told
from plugins.zammad.models import (
    ANYTHING,
    ARTICLES,
    HISTORY,
    PRIORITIES,
    STATES,
    TICKET,
    TICKETS,
    USER,
    USERS,
)
from plugins.zammad.reading import Reader
from plugins.zammad.tests.judge.recordings import SECRET, Exchange, exchanges, hooks
from plugins.zammad.webhook import tickets_in

URL = "http://127.0.0.1:9"
RECORDED = {exchange.name: exchange for exchange in exchanges()}
SHAPES: list[tuple[str, TypeAdapter[Any]]] = [
    (r"GET /api/v1/tickets/\d+(\?expand=true)?", TICKET),
    (r"(POST|PUT) /api/v1/tickets(/\d+)?", TICKET),
    (r"GET /api/v1/tickets/search\?.*expand=true.*", TICKETS),
    (r"GET /api/v1/ticket_articles/by_ticket/\d+.*", ARTICLES),
    (r"GET /api/v1/ticket_history/\d+", HISTORY),
    (r"GET /api/v1/ticket_states", STATES),
    (r"GET /api/v1/ticket_priorities", PRIORITIES),
    (r"GET /api/v1/users/me", USER),
    (r"GET /api/v1/users/search.*", USERS),
]
REFUSALS: dict[str, type[Exception]] = {
    "002_users_me_wrong_token": HelpdeskMisconfigured,
    "003_users_me_no_auth": HelpdeskMisconfigured,
    "322_expired_token": HelpdeskMisconfigured,
    "323_inactive_user_token": HelpdeskMisconfigured,
    "047_err_token_without_ticket_permission": HelpdeskMisconfigured,
    "308_group_get_as_agent": HelpdeskMisconfigured,
    "044_err_group_without_access": NotAllowed,
    "066_err_get_no_access_agent": NotAllowed,
    "320b_createonly_get": NotAllowed,
    "065_err_get_missing": TicketGone,
    "261b_get_deleted": TicketGone,
    "040_err_invalid_group": Unprocessable,
    "041_err_missing_title": Unprocessable,
    "071_number_given_dup": Unprocessable,
    "076_err_accept_html": PermanentFailure,
}


@pytest.fixture
def answering() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture
def client(answering: responses.RequestsMock) -> ZammadClient:
    context: PluginContext = kit_context()
    return ZammadClient(context.open_http(URL, {"Authorization": "Token token=t"}))


def play(answering: responses.RequestsMock, exchange: Exchange) -> tuple[str, str]:
    """Let the mock answer as recorded; the method and path to ask."""
    content = exchange.answer_bytes or (
        exchange.answer if isinstance(exchange.answer, str) else json.dumps(exchange.answer)
    )
    answering.add(
        exchange.method,
        URL + exchange.path.partition("?")[0],
        body=content,
        status=exchange.status,
        headers=exchange.answer_headers,
    )
    return exchange.method, exchange.path.partition("?")[0].removeprefix("/api/v1")


def recorded_shapes() -> list[Any]:
    found = []
    for exchange in exchanges():
        for pattern, shape in SHAPES:
            if exchange.status < 300 and re.fullmatch(pattern, f"{exchange.method} {exchange.path}"):
                found.append(pytest.param(exchange, shape, id=exchange.name))
                break
    return found


@pytest.mark.parametrize(("exchange", "shape"), recorded_shapes())
def test_every_recorded_success_is_understood(exchange: Exchange, shape: TypeAdapter[Any]) -> None:
    assert shape.validate_python(exchange.answer) is not None


@pytest.mark.parametrize("name", REFUSALS)
def test_every_kind_of_refusal_is_the_right_kind_of_failure(
    client: ZammadClient, answering: responses.RequestsMock, name: str
) -> None:
    method, path = play(answering, RECORDED[name])
    with pytest.raises(REFUSALS[name]) as failure:
        client.ask(method, path, ANYTHING)
    said = RECORDED[name].answer
    words = said.get("error", "nothing of the kind") if isinstance(said, dict) else "<html"
    assert words not in str(failure.value)


def test_the_request_id_is_told_so_that_an_administrator_finds_the_reason(
    client: ZammadClient, answering: responses.RequestsMock
) -> None:
    exchange = RECORDED["071_number_given_dup"]
    method, path = play(answering, exchange)
    with pytest.raises(Unprocessable, match=exchange.answer_headers["X-Request-Id"]):
        client.ask(method, path, ANYTHING)


def test_states_and_priorities_are_known_by_their_kind_and_not_by_their_name(
    client: ZammadClient, answering: responses.RequestsMock
) -> None:
    play(answering, RECORDED["016_ticket_states"])
    directory = Directory(client)
    kinds = [directory.state(state_id).value for state_id in range(1, 9)]
    assert kinds == ["new", "open", "open", "closed", "merged", "closed", "open", "unknown"]


def test_the_recorded_merge_is_told_by_the_history_of_its_target() -> None:
    history = HISTORY.validate_python(RECORDED["263m_history_target"].answer).history
    story = told(30, {30: history, 29: ()}.__getitem__)
    assert [(merge.source, f"{merge.at:%H:%M:%S}") for merge in story.merges] == [("29", "01:58:18")]
    assert (story.written_on(44), story.written_on(43)) == ("30", None)


def test_recorded_articles_are_read_by_their_writers() -> None:
    rows = ARTICLES.validate_python(RECORDED["090_articles_by_ticket_agent"].answer)
    history = HISTORY.validate_python(RECORDED["120_history"].answer).history
    reader = Reader(me=5, reply_address=None, story=told(6, lambda _: history))
    read = {article.article_id: article for article in map(reader.article, rows)}
    assert read["6"].author is Author.CONNECTOR
    assert read["6"].files[0].media_type == "text/plain"
    assert read["6"].files[0].size == 8
    assert read["21"].author is Author.PERSON
    assert read["20"].author is not Author.PERSON, "the customer's own"


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook.name)
def test_every_recorded_delivery_is_genuine_and_names_its_ticket(hook: Any) -> None:
    delivery = WebhookDelivery({name.lower(): value for name, value in hook.headers.items()}, hook.raw_body)
    if "x-hub-signature" not in delivery.headers or not hook.raw_body:
        with pytest.raises(RejectedWebhook):
            tickets_in(delivery, [SecretStr(SECRET)])
        return
    (ticket_id,) = tickets_in(delivery, [SecretStr("a newer one"), SecretStr(SECRET)])
    assert f'"id":{ticket_id}' in hook.raw_body.decode()
    with pytest.raises(RejectedWebhook):
        tickets_in(delivery, [SecretStr("another")])


def test_a_page_of_somebody_elses_is_no_answer(
    client: ZammadClient, answering: responses.RequestsMock
) -> None:
    answering.add("GET", f"{URL}/api/v1/tickets/1", body="<html>Welcome to nginx</html>")
    with pytest.raises(TemporaryFailure, match="shape"):
        client.ticket("1")
