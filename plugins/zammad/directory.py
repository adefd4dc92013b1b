"""What ids mean at one Zammad: its states and priorities, which an administrator may rename, and who we are."""

from connector.plugin_api import TicketState, Urgency
from plugins.zammad.client import ZammadClient
from plugins.zammad.models import PRIORITIES, STATES, USER, PriorityRow, StateRow

_STATE_TYPES = {
    1: TicketState.NEW,
    2: TicketState.OPEN,
    3: TicketState.OPEN,  # pending reminder
    4: TicketState.OPEN,  # pending action
    5: TicketState.CLOSED,
    6: TicketState.MERGED,
    7: TicketState.CLOSED,  # removed
}
_OPEN, _CLOSED = 2, 5


class Directory:
    """Asked once and kept; asked again for an id that is new. Safe from several threads."""

    def __init__(self, client: ZammadClient) -> None:
        self._client = client
        self._me: int | None = None
        self._states: tuple[StateRow, ...] = ()
        self._priorities: tuple[PriorityRow, ...] = ()

    def me(self) -> int:
        """Our own account's user id."""
        if self._me is None:
            self._me = self._client.get("/users/me", USER).id
        return self._me

    def state(self, state_id: int) -> TicketState:
        """What a state is."""
        if not any(row.id == state_id for row in self._states):
            self._states = self._client.get("/ticket_states", STATES)
        types = {row.id: row.state_type_id for row in self._states}
        return _STATE_TYPES.get(types.get(state_id, 0), TicketState.UNKNOWN)

    def open_state(self) -> int:
        """The id of the state that a follow-up opens a ticket with."""
        return self._state_of_type(_OPEN)

    def closed_state(self) -> int:
        """The id of the state of a closed ticket."""
        return self._state_of_type(_CLOSED)

    def priority_for(self, urgency: Urgency) -> int:
        """The id of the priority for a tip: high, or what the site gives new tickets."""
        rows = sorted(self._known_priorities(), key=lambda row: row.name)
        if urgency is Urgency.ROUTINE:
            return next((row.id for row in rows if row.default_create), rows[0].id)
        return rows[-1].id

    def urgency_of(self, priority_id: int) -> Urgency | None:
        """What a priority says: the highest is urgent, the site's default and what is below it routine."""
        if priority_id == self.priority_for(Urgency.URGENT):
            return Urgency.URGENT
        return Urgency.ROUTINE

    def _known_priorities(self) -> tuple[PriorityRow, ...]:
        if not self._priorities:
            rows = self._client.get("/ticket_priorities", PRIORITIES)
            self._priorities = tuple(row for row in rows if row.active) or rows
        return self._priorities

    def _state_of_type(self, type_id: int) -> int:
        if not self._states:
            self._states = self._client.get("/ticket_states", STATES)
        rows = [row for row in self._states if row.state_type_id == type_id and row.active]
        return min(rows, key=lambda row: (not row.default_follow_up, row.id)).id
