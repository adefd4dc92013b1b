"""Who is asking, and what they may do."""

from dataclasses import dataclass

from plugins.zammad.tests.fake.errors import Forbidden, TokenLacksPermission
from plugins.zammad.tests.fake.people import ADMIN_ROLE, AGENT_ROLE, CUSTOMER_ROLE
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World

_ROLE_PERMISSIONS: dict[int, frozenset[str]] = {
    ADMIN_ROLE: frozenset({"admin", "user_preferences", "report", "knowledge_base.editor"}),
    AGENT_ROLE: frozenset({"ticket.agent", "user_preferences", "chat.agent", "cti.agent"}),
    CUSTOMER_ROLE: frozenset({"ticket.customer", "user_preferences"}),
}


def _covers(held: frozenset[str], wanted: str) -> bool:
    """A permission covers those below it: `admin` covers `admin.webhook`."""
    parts = wanted.split(".")
    return any(".".join(parts[:length]) in held for length in range(1, len(parts) + 1))


def role_permissions(user: Row) -> frozenset[str]:
    """What a person's roles allow, whatever token they use."""
    return frozenset[str]().union(*(_ROLE_PERMISSIONS.get(role, frozenset()) for role in user["role_ids"]))


@dataclass(frozen=True, slots=True)
class Caller:
    """The person behind a request. A token's permissions narrow theirs; None: no token was used."""

    user: Row
    token_permissions: frozenset[str] | None = None
    is_system: bool = False
    """Nobody at all: a trigger at work."""

    @property
    def id(self) -> int:
        """The person's user id."""
        return int(self.user["id"])

    def may(self, permission: str) -> bool:
        """Whether both roles and token allow it."""
        if not _covers(role_permissions(self.user), permission):
            return False
        return self.token_permissions is None or _covers(self.token_permissions, permission)

    @property
    def is_agent(self) -> bool:
        """Whether they act as staff."""
        return self.may("ticket.agent")

    def require(self, *permissions: str) -> None:
        """Raise unless one of the permissions is held."""
        if any(self.may(permission) for permission in permissions):
            return
        if self.token_permissions is None:
            raise Forbidden("Not authorized (user)!")
        raise TokenLacksPermission


def has_right(user: Row, group_id: int, right: str) -> bool:
    """Whether a person holds `read`, `create`, `change` or `full` in a group; `full` holds all of them."""
    held = user["group_ids"].get(str(group_id), ())
    return "full" in held or right in held


def may_own(user: Row, group_id: int) -> bool:
    """Whether a person can own tickets of a group: an active agent with `full`."""
    return bool(user["active"]) and AGENT_ROLE in user["role_ids"] and has_right(user, group_id, "full")


def may_read(caller: Caller, ticket: Row) -> bool:
    """Whether the ticket is shown: to agents by group, to customers if it is theirs."""
    if caller.is_agent and has_right(caller.user, ticket["group_id"], "read"):
        return True
    return caller.may("ticket.customer") and bool(ticket["customer_id"] == caller.id)


def require_right(caller: Caller, ticket: Row, right: str) -> None:
    """Raise unless an agent holds `right` in the ticket's group, or it is the caller's own ticket."""
    if caller.is_agent and has_right(caller.user, ticket["group_id"], right):
        return
    if caller.may("ticket.customer") and ticket["customer_id"] == caller.id:
        return
    raise Forbidden


def readable_tickets(world: World, caller: Caller) -> list[Row]:
    """What lists and searches show. They ask for the person's roles only: a token without any ticket
    permission still lists and searches, as the live server did."""
    permissions = role_permissions(caller.user)
    agent = "ticket.agent" in permissions
    groups = {row["id"] for row in world.groups if agent and has_right(caller.user, row["id"], "read")}
    return [row for row in world.tickets if row["group_id"] in groups or row["customer_id"] == caller.id]
