"""The part of `check` that needs an administrator's token."""

from collections.abc import Callable, Iterator

from connector.plugin_api import Finding, HelpdeskFailure, HelpdeskMisconfigured, Level
from plugins.zammad.admin import Installation
from plugins.zammad.settings import ZammadSettings

_PROVISION = "`tipbridge check --provision` with an administrator's token does it"
_OLDEST = 5


class InstallationCheck:
    """Looks at group, attributes, webhook, trigger and settings."""

    def __init__(self, installation: Installation, settings: ZammadSettings, webhook_url: str) -> None:
        self._installation = installation
        self._settings = settings
        self._webhook_url = webhook_url

    def findings(self) -> Iterator[Finding]:
        """Each part by itself: what the token may not see is said and does not hide the rest."""
        parts: dict[str, Callable[[], Iterator[Finding]]] = {
            "the version": self._version,
            "the group": self._group,
            "the attributes": self._attributes,
            "webhook and trigger": self._webhook,
            "automatic assignment": self._assignment,
        }
        for name, look in parts.items():
            try:
                yield from look()
            except (HelpdeskMisconfigured, HelpdeskFailure):
                yield Finding(
                    "ZMD-I005", Level.NOT_LOOKED_AT, f"{name}: the administrator's token may not see it"
                )

    def _version(self) -> Iterator[Finding]:
        version = self._installation.version()
        major = version.partition(".")[0]
        if major.isdecimal() and int(major) < _OLDEST:
            yield Finding(
                "ZMD-W005",
                Level.WARNING,
                f"Zammad {version} is older than what this was tried with",
                "upgrade Zammad",
            )
        else:
            yield Finding("ZMD-I006", Level.OK, f"Zammad {version}")

    def _group(self) -> Iterator[Finding]:
        name = self._settings.group
        group = self._installation.group(name)
        if group is None or not group.active:
            yield Finding(
                "ZMD-E004",
                Level.ERROR,
                f"there is no active group {name!r}",
                "Admin > Manage > Groups: make it, or enter its exact name in the config",
            )
        elif self._settings.reply_address is not None and group.email_address_id is None:
            yield Finding(
                "ZMD-E008",
                Level.ERROR,
                f"the group {name!r} has no e-mail address, so agents get no Reply button",
                "Admin > Manage > Groups > the group > Outgoing E-Mail Address; or leave reply_address out",
            )

    def _attributes(self) -> Iterator[Finding]:
        known = {row.name: row for row in self._installation.attributes()}
        for name in self._settings.attributes.values():
            row = known.get(name)
            if row is None or not row.active or row.to_migrate:
                yield Finding(
                    "ZMD-E009",
                    Level.ERROR,
                    f"the ticket attribute {name!r} is missing, inactive or not yet migrated: Zammad drops it silently",
                    f"Admin > System > Objects > Ticket; or {_PROVISION}",
                )
        filled = set(self._settings.attributes.values())
        for row in known.values():
            if row.mandatory and row.name not in filled:
                yield Finding(
                    "ZMD-E010",
                    Level.ERROR,
                    f"the ticket attribute {row.name!r} is mandatory for agents: Zammad refuses tips without it",
                    "Admin > System > Objects > Ticket > the attribute: not mandatory for agents; or fill it by `attributes`",
                )

    def _webhook(self) -> Iterator[Finding]:
        if not self._settings.webhook_secret:
            return
        ours = [
            row for row in self._installation.webhooks() if row.endpoint == self._webhook_url and row.active
        ]
        if not ours:
            yield Finding(
                "ZMD-W006", Level.WARNING, f"no active webhook calls {self._webhook_url}", f"{_PROVISION}"
            )
            return
        secrets = {secret.get_secret_value() for secret in self._settings.webhook_secret}
        if ours[0].signature_token is not None and ours[0].signature_token not in secrets:
            yield Finding(
                "ZMD-E011",
                Level.ERROR,
                "the webhook's HMAC SHA1 signature token is not our webhook_secret, so every call is refused",
                f"Admin > Manage > Webhook > HMAC SHA1 Signature Token; or {_PROVISION}",
            )
        if any(row.active and row.calls(ours[0].id) for row in self._installation.triggers()):
            yield Finding("ZMD-I007", Level.OK, "webhook and trigger are there")
        else:
            yield Finding("ZMD-W007", Level.WARNING, "no active trigger uses the webhook", f"{_PROVISION}")

    def _assignment(self) -> Iterator[Finding]:
        if self._installation.setting("ticket_auto_assignment"):
            yield Finding(
                "ZMD-W008",
                Level.WARNING,
                "Zammad makes whoever opens a ticket its owner; keep trust_owner: false, for opening is not answering",
                "Admin > Settings > Ticket > Auto Assignment: off",
            )
        else:
            yield Finding("ZMD-I008", Level.OK, "no ticket is assigned by being opened")
