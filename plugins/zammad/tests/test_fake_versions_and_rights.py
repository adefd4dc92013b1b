"""Where the lines differ, and what each right in a group is good for."""

from typing import Any

import pytest

from plugins.zammad.tests.fake.versions import VersionName
from plugins.zammad.tests.judge.client import Client, client_of
from plugins.zammad.tests.judge.receiver import Receiver

MODES = {"activator": "action", "execution_condition_mode": "selective"}


def trigger(client: Client, condition: dict[str, Any], **modes: str) -> int:
    """Make a trigger for the first webhook. Returns the status."""
    perform = {"notification.webhook": {"webhook_id": 1}}
    given = {
        "name": f"t{len(client.zammad.world.triggers)}",
        "condition": condition,
        "perform": perform,
        **modes,
    }
    return client.send("POST", "/triggers", given, by=client.zammad.admin).status_code


def test_triggers_need_their_modes_from_6_on_and_know_none_before() -> None:
    condition = {"ticket.action": {"operator": "is", "value": "update"}}
    with client_of("6.5") as modern:
        assert trigger(modern, condition) == 422
        assert trigger(modern, {}, **MODES) == 422
        assert trigger(modern, condition, **MODES) == 201
    with client_of("5.5") as client:
        assert trigger(client, condition, **MODES) == 201
        assert "activator" not in client.ok("GET", "/triggers", by=client.zammad.admin)[-1]


@pytest.mark.parametrize(("mode", "deliveries"), [("selective", 2), ("always", 3)])
def test_a_selective_trigger_heeds_only_articles_and_attributes_it_names(mode: str, deliveries: int) -> None:
    condition = {
        "operator": "AND",
        "conditions": [
            {"name": "ticket.action", "operator": "is", "value": "update"},
            {"name": "ticket.state_id", "operator": "is not", "value": ["6"]},
        ],
    }
    with client_of("6.5") as client, Receiver() as receiver:
        hook = {"name": "h", "endpoint": receiver.url, "active": True}
        client.ok("POST", "/webhooks", hook, by=client.zammad.admin)
        assert trigger(client, condition, activator="action", execution_condition_mode=mode) == 201
        ticket = client.ticket()
        client.zammad.agent.set_priority(ticket, "3 high")
        client.zammad.agent.set_state(ticket, "open")
        client.zammad.agent.reply_note(ticket, "x", public=False)
        assert client.zammad.hooks.wait_until_idle()
        assert len(client.zammad.hooks.all) == deliveries


def test_newer_lines_have_columns_that_older_ones_lack() -> None:
    hook = {"name": "h", "endpoint": "http://127.0.0.1:1/"}
    seen: dict[VersionName, tuple[bool, ...]] = {}
    for version in ("5.5", "6.5", "7.1"):
        with client_of(version) as client:
            ticket = client.ticket()
            webhook = client.ok("POST", "/webhooks", hook, by=client.zammad.admin)
            (article,) = client.ok("GET", f"/ticket_articles/by_ticket/{ticket['id']}")
            group = client.ok("GET", "/groups/3", by=client.zammad.admin)
            seen[version] = (
                "ai_agent_running" in ticket,
                "http_method" in webhook,
                "custom_payload" in webhook,
                "detected_language" in article,
                "name_last" in group,
            )
    assert seen == {
        "5.5": (False, False, False, False, False),
        "6.5": (False, False, True, True, True),
        "7.1": (True, True, True, True, True),
    }


@pytest.mark.parametrize(
    ("version", "right", "status"),
    [("5.5", "create", 201), ("5.5", "change", 403), ("6.5", "change", 403), ("7.1", "change", 201)],
)
def test_the_right_to_add_an_article_was_create_for_years(
    version: VersionName, right: str, status: int
) -> None:
    with client_of(version, connector_rights=("read", right)) as client:
        ticket = client.ticket(by=client.zammad.agent)
        answer = client.send("POST", "/ticket_articles", {"ticket_id": ticket["id"], "body": "x"})
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("rights", "allowed"),
    [
        (("create",), {"create"}),
        (("read",), {"read"}),
        (("read", "create"), {"create", "read"}),
        (("read", "create", "change"), {"create", "read", "change", "tag"}),
        (("full",), {"create", "read", "change", "tag"}),
    ],
)
def test_each_right_is_good_for_one_thing_and_full_for_all(
    rights: tuple[str, ...], allowed: set[str]
) -> None:
    with client_of("5.5", connector_rights=rights) as client:
        ticket = client.ticket(by=client.zammad.agent)
        path = f"/tickets/{ticket['id']}"
        tip = {"title": "t", "group": "Hinweise", "customer_id": 6, "article": {"body": "x"}}
        answers = {
            "create": client.send("POST", "/tickets", tip),
            "read": client.send("GET", path),
            "change": client.send("PUT", path, {"priority": "3 high"}),
            "tag": client.send("POST", "/tags/add", {"object": "Ticket", "o_id": ticket["id"], "item": "x"}),
        }
    assert {name for name, answer in answers.items() if answer.ok} == allowed


def test_owning_a_ticket_takes_full() -> None:
    with client_of("5.5") as client:
        ticket = client.ticket()
        mine = {"owner_id": client.zammad.connector.id}
        assert client.ok("PUT", f"/tickets/{ticket['id']}", mine)["owner_id"] == 1
        theirs = {"owner_id": client.zammad.agent.id}
        assert client.ok("PUT", f"/tickets/{ticket['id']}", theirs)["owner_id"] == client.zammad.agent.id
