"""`tipbridge check --provision`: makes what is missing in Zammad, leaves what is right, can be repeated."""

from collections.abc import Iterator
from typing import Any

from connector.plugin_api import Finding, HelpdeskFailure, HelpdeskMisconfigured, Level
from plugins.zammad.admin import Installation, WebhookRow
from plugins.zammad.directory import Directory
from plugins.zammad.requester import Requester
from plugins.zammad.settings import ZammadSettings

_WEBHOOK = "webhooks"
_TRIGGER = "triggers"
_NOTE = "Made by Tipbridge."


class Provisioning:
    """The customer (with our own token), attributes, webhook and trigger (with the administrator's)."""

    def __init__(
        self,
        installation: Installation,
        directory: Directory,
        requester: Requester,
        settings: ZammadSettings,
        webhook_url: str,
    ) -> None:
        self._installation = installation
        self._directory = directory
        self._requester = requester
        self._settings = settings
        self._webhook_url = webhook_url

    def done(self) -> list[Finding]:
        """What was done, step by step; a step that fails is told and ends it."""
        findings: list[Finding] = []
        try:
            for step in (self._customer, self._attributes, self._hook):
                findings += step()
        except HelpdeskMisconfigured as problem:
            findings.append(Finding(problem.error_id, Level.ERROR, problem.what, problem.remedy))
        except HelpdeskFailure as problem:
            remedy = "use the token of an administrator (permission admin), and look at Zammad's log"
            findings.append(Finding("ZMD-E012", Level.ERROR, problem.what, remedy))
        return findings

    def _customer(self) -> Iterator[Finding]:
        self._requester.is_lost()
        yield Finding("ZMD-I009", Level.OK, f"the customer of all tips is user {self._requester.id()}")

    def _attributes(self) -> Iterator[Finding]:
        known = {row.name for row in self._installation.attributes()}
        new = {name: fact for fact, name in self._settings.attributes.items() if name not in known}
        for name, fact in new.items():
            self._installation.make(
                "object_manager_attributes", _attribute(name, fact.replace("_", " ").title())
            )
        if new:
            self._installation.migrate()
            made = ", ".join(sorted(new))
            yield Finding(
                "ZMD-I010",
                Level.WARNING,
                f"ticket attribute(s) made: {made}",
                "restart Zammad, or some of its processes go on dropping them silently",
            )

    def _hook(self) -> Iterator[Finding]:
        if not self._settings.webhook_secret:
            yield Finding("ZMD-I011", Level.NOT_LOOKED_AT, "webhook and trigger: no webhook_secret is set")
            return
        group = self._installation.group(self._settings.group)
        if group is None:
            raise HelpdeskMisconfigured(
                "ZMD-E004",
                f"there is no group {self._settings.group!r}",
                "Admin > Manage > Groups: make it, or enter its exact name in the config",
            )
        webhook = self._webhook()
        triggers = self._installation.triggers()
        body = self._trigger(webhook, group.id)
        ours = next((row for row in triggers if row.calls(webhook) or row.name == body["name"]), None)
        if ours is None:
            self._installation.make(_TRIGGER, body)
        elif not (ours.active and ours.condition == body["condition"] and ours.calls(webhook)):
            self._installation.change(_TRIGGER, ours.id, body)
        yield Finding("ZMD-I012", Level.OK, f"webhook and trigger call {self._webhook_url}")

    def _webhook(self) -> int:
        # The first secret is the newest: an older one may still be accepted while Zammad changes over.
        secret = self._settings.webhook_secret[0].get_secret_value()
        known: WebhookRow | None = next(
            (row for row in self._installation.webhooks() if row.endpoint == self._webhook_url), None
        )
        body = {
            "name": f"Tipbridge ({self._settings.group})",
            "endpoint": self._webhook_url,
            "signature_token": secret,
            "ssl_verify": True,
            "note": _NOTE,
            "active": True,
        }
        if known is None:
            return self._installation.make(_WEBHOOK, body)
        if not known.active or known.signature_token != secret:
            self._installation.change(_WEBHOOK, known.id, body)
        return known.id

    def _trigger(self, webhook: int, group: int) -> dict[str, Any]:
        """For every change in the group but our own.

        Without `ticket.action` it also fires for attributes that it does not name, and for merges; 6.x asks for
        `activator` and `always`, which older versions ignore.
        """
        return {
            "name": f"Tipbridge ({self._settings.group})",
            "activator": "action",
            "execution_condition_mode": "always",
            "condition": {
                "ticket.group_id": {"operator": "is", "value": [str(group)]},
                "ticket.updated_by_id": {
                    "operator": "is not",
                    "pre_condition": "specific",
                    "value": [str(self._directory.me())],
                },
            },
            "perform": {"notification.webhook": {"webhook_id": webhook}},
            "note": _NOTE,
            "active": True,
        }


def _attribute(name: str, display: str) -> dict[str, Any]:
    shown = {"ticket.agent": {"shown": True, "required": False}, "ticket.customer": {"shown": False}}
    return {
        "name": name,
        "object": "Ticket",
        "display": display,
        "active": True,
        "data_type": "input",
        "data_option": {"type": "text", "maxlength": 120, "default": "", "null": True, "linktemplate": ""},
        "position": 1600,
        "screens": {"create_middle": shown, "edit": shown},
    }
