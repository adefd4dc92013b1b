"""`tipbridge check` for a Zammad: what the agent's own token can see. Changes nothing and writes to nobody."""

from collections.abc import Iterator

from connector.plugin_api import (
    Finding,
    HelpdeskFailure,
    HelpdeskMisconfigured,
    Level,
    TicketGone,
)
from plugins.zammad.admin import Installation
from plugins.zammad.checking_admin import InstallationCheck
from plugins.zammad.client import ZammadClient
from plugins.zammad.models import ANYTHING, USER, UserRow
from plugins.zammad.settings import ZammadSettings

NEEDED_RIGHTS = ("read", "create", "change")
_AGENT_PAGE = "Admin > Manage > Users > Tipbridge's agent"


class Check:
    """Looks at one Zammad; with `installation`, also at what only administrators see."""

    def __init__(
        self,
        client: ZammadClient,
        settings: ZammadSettings,
        installation: Installation | None,
        webhook_url: str,
    ) -> None:
        self._client = client
        self._settings = settings
        self._installation = installation
        self._webhook_url = webhook_url

    def findings(self) -> list[Finding]:
        """All that is to be said. A failure on the way is a finding, not an exception."""
        try:
            me = self._client.get("/users/me", USER)
            return [
                Finding("ZMD-I001", Level.OK, "Zammad answers and accepts our token"),
                *self._account(me),
                *self._customer(),
                *self._config(),
                *self._as_administrator(),
            ]
        except HelpdeskMisconfigured as problem:
            return [Finding(problem.error_id, Level.ERROR, problem.what, problem.remedy)]
        except HelpdeskFailure as problem:
            return [
                Finding(
                    "ZMD-E006", Level.ERROR, problem.what, "open url in a browser on this machine; see there"
                )
            ]

    def _account(self, me: UserRow) -> Iterator[Finding]:
        rights = me.groups.get(self._settings.group, ())
        missing = [] if "full" in rights else [right for right in NEEDED_RIGHTS if right not in rights]
        if missing:
            yield Finding(
                "ZMD-E003",
                Level.ERROR,
                f"our account lacks {', '.join(missing)} in the group {self._settings.group!r}",
                f"{_AGENT_PAGE} > Group permissions: {', '.join(NEEDED_RIGHTS)} (given to the agent itself, not by a role)",
            )
        else:
            yield Finding("ZMD-I002", Level.OK, f"our account may work in the group {self._settings.group!r}")
        others = sorted(name for name in me.groups if name != self._settings.group)
        if others:
            yield Finding(
                "ZMD-W001",
                Level.WARNING,
                f"our account may also work in {len(others)} other group(s)",
                f"{_AGENT_PAGE} > Group permissions: take them away, so that a stolen token opens nothing else",
            )
        if not (me.firstname and me.lastname):
            yield Finding(
                "ZMD-W002",
                Level.WARNING,
                "our account has no full name, so staff see notes by nobody",
                f"{_AGENT_PAGE}: first and last name, such as Tip Bridge",
            )
        if self._may_administrate():
            yield Finding(
                "ZMD-W003",
                Level.WARNING,
                "our token may do more than it needs: it has administrator's permissions",
                "Profile > Token Access: one with only the permission ticket.agent, for an account with only the role Agent",
            )

    def _may_administrate(self) -> bool:
        try:
            self._client.ask("GET", "/webhooks", ANYTHING)
        except (HelpdeskMisconfigured, HelpdeskFailure):
            return False
        return True

    def _customer(self) -> Iterator[Finding]:
        if self._settings.customer is None:
            return
        try:
            customer = self._client.get(f"/users/{self._settings.customer}", USER)
        except TicketGone:
            yield Finding(
                "ZMD-E005",
                Level.ERROR,
                f"the configured customer {self._settings.customer} does not exist",
                "leave `customer` out, or enter the id of a customer without an e-mail address",
            )
            return
        wanted = (self._settings.reply_address or "").lower()
        if (customer.email or "").lower() != wanted:
            yield Finding(
                "ZMD-E007",
                Level.ERROR,
                "the configured customer's e-mail address is not the reply_address (or, without one, not empty): "
                "Zammad could write to it",
                "Admin > Manage > Users > the customer: clear the e-mail address, or set reply_address to it",
            )

    def _config(self) -> Iterator[Finding]:
        if not self._settings.webhook_secret:
            yield Finding(
                "ZMD-W004",
                Level.WARNING,
                "no webhook_secret is set, so answers arrive only as often as Zammad is polled",
                "set webhook_secret, then `tipbridge check --provision` with an administrator's token",
            )
        if self._settings.reply_address is not None:
            yield Finding(
                "ZMD-I003",
                Level.NOT_LOOKED_AT,
                f"whether mail to {self._settings.reply_address} is accepted and discarded: send one mail there yourself",
            )

    def _as_administrator(self) -> Iterator[Finding]:
        if self._installation is None:
            yield Finding(
                "ZMD-I004",
                Level.NOT_LOOKED_AT,
                "group, attributes, webhook, trigger and automatic assignment: they need an administrator's token "
                "(--admin-token-file)",
            )
            return
        yield from InstallationCheck(self._installation, self._settings, self._webhook_url).findings()
