"""Reading a ticket again, and acting on what is new in it. The helpdesk's word is the truth; hints only say when."""

from dataclasses import dataclass, replace

from connector.cleaning import safe_text
from connector.clock import Clock
from connector.domain.case import CaseStatus
from connector.domain.merging import Homed, KnownMerge, recipients, ticket_at
from connector.domain.relay import Verdict, judge
from connector.domain.ticket import Article, Author, Ticket, TicketState
from connector.log import Log
from connector.plugin_api import TicketGone
from connector.services.alarms import TICKET_GONE, Alarms
from connector.services.helpdesk import Helpdesk
from connector.services.relaying import Relaying
from connector.services.telling_staff import TellingStaff
from connector.services.ticket_text import ELSEWHERE, REPEAT, UNMARKED
from connector.services.witnessing import Witnessing
from connector.store import Store
from connector.store.articles import SeenArticle

UNPLACED = "unplaced"
"""The verdict on an answer that cannot be told to belong to any one reporter."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """A ticket as just read, with what we knew about it."""

    helpdesk: Helpdesk
    ticket: Ticket
    homes: tuple[Homed, ...]
    merges: tuple[KnownMerge, ...]
    seen: dict[str, SeenArticle]
    present: tuple[str, ...]
    """The cases that lie in this ticket now."""


class Reading:
    """Reads one ticket at a time, however often: everything in it is acted on exactly once."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        log: Log,
        relaying: Relaying,
        telling: TellingStaff,
        alarms: Alarms,
    ) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._relaying = relaying
        self._telling = telling
        self._alarms = alarms
        self._witnessing = Witnessing()

    def read(self, helpdesk: Helpdesk, ticket_id: str) -> None:
        """Read a ticket and relay, withdraw, hint and note what follows from it.

        Raises what the plugin raises; what was done until then stays done, and the rest follows at the next reading.
        """
        try:
            ticket = helpdesk.plugin.read_ticket(ticket_id)
        except TicketGone:
            self._gone(helpdesk, ticket_id)
            return
        self._note_merges(helpdesk, ticket)
        scene = self._scene(helpdesk, ticket)
        if not scene.homes:
            return
        for article in ticket.articles:
            scene = self._look_at(scene, article)
        self._record_state(scene)

    def _gone(self, helpdesk: Helpdesk, ticket_id: str) -> None:
        with self._store.write() as tx:
            ours = tx.tickets.mark_gone(helpdesk.helpdesk_id, ticket_id)
        if ours:
            self._alarms.open(TICKET_GONE, f"{helpdesk.helpdesk_id} {ticket_id}")

    def _note_merges(self, helpdesk: Helpdesk, ticket: Ticket) -> None:
        name = helpdesk.helpdesk_id
        with self._store.write() as tx:
            fresh = [
                merge.source
                for merge in ticket.merges
                if tx.merges.add(name, KnownMerge(merge.source, ticket.ticket_id, merge.at))
            ]
            if ticket.merged_into is not None:
                # The target knows when the merge was; it is read next.
                tx.hints.put(name, ticket.merged_into, self._clock.now())
        if fresh:
            self._telling.merged(helpdesk, ticket.ticket_id, fresh, self._scene(helpdesk, ticket).present)

    def _scene(self, helpdesk: Helpdesk, ticket: Ticket) -> _Scene:
        name = helpdesk.helpdesk_id
        with self._store.read() as tx:
            merges = tuple(tx.merges.around(name, ticket.ticket_id))
            ends = (
                {ticket.ticket_id} | {merge.source for merge in merges} | {merge.target for merge in merges}
            )
            ours = tx.tickets.by_ticket_ids(name, sorted(ends))
            seen = tx.articles.seen(name, (article.article_id for article in ticket.articles))
        homes = tuple(Homed(our.case_id, our.ticket_id) for our in ours if our.ticket_id is not None)
        now = self._clock.now()
        present = tuple(
            home.case_id for home in homes if ticket_at(home.ticket_id, merges, now) == ticket.ticket_id
        )
        return _Scene(helpdesk, ticket, homes, merges, seen, present)

    def _look_at(self, scene: _Scene, article: Article) -> _Scene:
        known = scene.seen.get(article.article_id)
        if known is not None and known.visibility is article.visibility:
            return scene
        if known is not None:
            article = replace(article, written_on=known.written_on)
        text = safe_text(article.body, article.content_type)
        verdict, words = judge(article, text, scene.helpdesk.marker)
        outcome = verdict.value
        if verdict is Verdict.RELAY:
            cases = recipients(article, scene.homes, scene.merges)
            if article.written_on is None:
                outcome = UNPLACED
            self._relaying.relay(scene.helpdesk, article, words, cases, outcome, known=known is not None)
            if article.written_on is None and scene.present:
                reference = f"repeat/{article.article_id}"
                self._telling.once(
                    scene.helpdesk, scene.ticket.ticket_id, scene.present[0], reference, REPEAT
                )
            elif cases:
                self._telling.confirm(scene.helpdesk, scene.ticket.ticket_id, cases[0], article.article_id)
        else:
            self._relaying.keep_inside(scene.helpdesk, article, outcome, known=known is not None)
            self._hint(scene, verdict)
        seen = SeenArticle(article.article_id, article.written_on, article.visibility, outcome)
        return replace(scene, seen={**scene.seen, article.article_id: seen})

    def _hint(self, scene: _Scene, verdict: Verdict) -> None:
        if not scene.present:
            return
        ticket_id, case_id = scene.ticket.ticket_id, scene.present[0]
        answered = any(seen.verdict == Verdict.RELAY.value for seen in scene.seen.values())
        if verdict is Verdict.UNMARKED_NOTE and not answered:
            self._telling.hint(scene.helpdesk, ticket_id, case_id, "note", UNMARKED)
        elif verdict is Verdict.ELSEWHERE:
            self._telling.hint(scene.helpdesk, ticket_id, case_id, "elsewhere", ELSEWHERE)

    def _record_state(self, scene: _Scene) -> None:
        ticket, name = scene.ticket, scene.helpdesk.helpdesk_id
        with self._store.write() as tx:
            tx.tickets.was_read(name, ticket.ticket_id, ticket.version)
            tx.merges.target_was_read(name, ticket.ticket_id, ticket.version)
            self._witnessing.record(
                tx, scene.helpdesk, ticket, scene.homes, scene.merges, scene.present, self._clock.now()
            )
            if ticket.state is not TicketState.MERGED:
                tx.tickets.set_status(
                    list(scene.present), name, status_of(ticket, scene.helpdesk.trust_owner)
                )


def status_of(ticket: Ticket, trust_owner: bool) -> CaseStatus:
    """The safe word for a ticket: in progress once a person has done something that shows they took it.

    Ownership counts only where the platform cannot have set it by a rule.
    """
    if ticket.state is TicketState.CLOSED:
        return CaseStatus.CLOSED
    by_person = any(article.author is Author.PERSON for article in ticket.articles)
    taken = by_person or ticket.state_set_by_person or (trust_owner and ticket.owned)
    return CaseStatus.IN_PROGRESS if taken else CaseStatus.RECEIVED
