"""What a ticket's history tells: which tickets were merged into it, and where each article was first written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from connector.plugin_api import Merge, PermanentFailure
from plugins.zammad.models import HistoryRow

_ZAMMAD_ITSELF = 1
_SAME_MOMENT = timedelta(seconds=5)
_MOST_SOURCES = 50


@dataclass(frozen=True, slots=True)
class Story:
    """The history of a ticket, and, where it has taken others in, of those."""

    ticket_id: int
    merges: tuple[Merge, ...] = ()
    merged_into: int | None = None
    merged_at: datetime | None = None
    state_set_by: int | None = None
    homes: Mapping[int, int] = field(default_factory=dict)

    def written_on(self, article_id: int) -> str | None:
        """The ticket an article was first written on; None where articles came from elsewhere and it is not told."""
        if not self.merges:
            return str(self.ticket_id)
        home = self.homes.get(article_id)
        return None if home is None else str(home)

    def left_by_merging(self, moment: datetime) -> bool:
        """Whether something was written in the moment in which this ticket was merged away."""
        return self.merged_at is not None and abs(moment - self.merged_at) <= _SAME_MOMENT

    def state_set_by_person(self, me: int) -> bool:
        """Whether the last change of the state was neither ours nor Zammad's own."""
        return self.state_set_by not in (None, me, _ZAMMAD_ITSELF)


def told(ticket_id: int, history_of: Callable[[int], Sequence[HistoryRow]]) -> Story:
    """The story of a ticket, from its own history and those of all that was ever merged into it."""
    own = history_of(ticket_id)
    merges = tuple(
        Merge(str(row.id_from), row.created_at)
        for row in own
        if row.type == "received_merge" and row.id_from is not None and row.id_from != ticket_id
    )
    left = [row for row in own if row.type == "merged_into" and row.id_to is not None]
    states = [
        row for row in own if row.object == "Ticket" and row.type == "updated" and row.attribute == "state"
    ]
    return Story(
        ticket_id=ticket_id,
        merges=merges,
        merged_into=left[-1].id_to if left else None,
        merged_at=left[-1].created_at if left else None,
        state_set_by=states[-1].created_by_id if states else None,
        homes=_homes(ticket_id, own, history_of) if merges else {},
    )


def _homes(
    ticket_id: int, own: Sequence[HistoryRow], history_of: Callable[[int], Sequence[HistoryRow]]
) -> dict[int, int]:
    """Where each article was first written: a merge moves the articles, but not the history's word of their making."""
    homes: dict[int, int] = {}
    waiting = [(ticket_id, own)]
    seen = {ticket_id}
    while waiting:
        home, history = waiting.pop()
        homes.update({row.o_id: home for row in history if _made_an_article(row)})
        sources = [row.id_from for row in history if row.type == "received_merge" and row.id_from is not None]
        for source in sources:
            if source not in seen and len(seen) < _MOST_SOURCES:
                seen.add(source)
                waiting.append((source, _history_or_nothing(source, history_of)))
    return homes


def _made_an_article(row: HistoryRow) -> bool:
    return row.object == "Ticket::Article" and row.type == "created"


def _history_or_nothing(
    ticket_id: int, history_of: Callable[[int], Sequence[HistoryRow]]
) -> Sequence[HistoryRow]:
    """A merged ticket may have been deleted since, or lie where we may not look: then its articles have no home."""
    try:
        return history_of(ticket_id)
    except PermanentFailure:
        return ()
