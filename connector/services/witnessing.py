"""What a ticket, as just read, says about who has taken a case: evidence for the escalation, written and not acted upon."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from connector.domain.escalating import Escalation, Evidence, EvidenceKind
from connector.domain.merging import Homed, KnownMerge, recipients
from connector.domain.ticket import Author, Ticket, TicketState
from connector.domain.urgency import Urgency
from connector.services.helpdesk import Helpdesk
from connector.store.tickets import Observed
from connector.store.transaction import Transaction


class Witnessing:
    """Compares a ticket with what was seen of it before. Stateless: what was seen is in the database."""

    def record(
        self,
        tx: Transaction,
        helpdesk: Helpdesk,
        ticket: Ticket,
        homes: Sequence[Homed],
        merges: Sequence[KnownMerge],
        present: Sequence[str],
        now: datetime,
    ) -> None:
        """Write down what a person has done: an article, a state, the owner where that counts, the priority.

        An article counts for the cases that lay in its ticket when it was written; all else for those that lie in it
        now. What our own account or a rule did counts for nothing, and neither does a merge.
        """
        before = tx.tickets.observed(helpdesk.helpdesk_id, ticket.ticket_id)
        after = Observed(
            ticket.state.value if ticket.state_set_by_person else None, ticket.owned, ticket.urgency
        )
        tx.tickets.observe(helpdesk.helpdesk_id, ticket.ticket_id, after)
        cases = sorted({home.case_id for home in homes} | set(present))
        known = {case_id: last for case_id in cases if (last := tx.escalations.latest_of(case_id))}
        for case_id, episode in known.items():
            seen = _articles(case_id, episode, helpdesk, ticket, homes, merges)
            if case_id in present and ticket.state is not TicketState.MERGED:
                case = tx.cases.by_id(case_id)
                first = episode.urgency if case is None else case.urgency
                seen += _changes(case_id, episode, first, helpdesk, ticket, before, after)
            for one in seen:
                tx.evidence.put(one, now)


def _articles(
    case_id: str,
    episode: Escalation,
    helpdesk: Helpdesk,
    ticket: Ticket,
    homes: Sequence[Homed],
    merges: Sequence[KnownMerge],
) -> list[Evidence]:
    """In a later episode, what was written before it began does not count, whenever it is read."""
    return [
        Evidence(
            case_id,
            EvidenceKind.ARTICLE,
            f"article/{helpdesk.helpdesk_id}/{article.article_id}",
            article.created_at,
        )
        for article in ticket.articles
        if article.author is Author.PERSON
        and (episode.episode == 1 or article.created_at >= episode.wanted_at)
        and case_id in recipients(article, homes, merges)
    ]


def _changes(
    case_id: str,
    episode: Escalation,
    first: Urgency,
    helpdesk: Helpdesk,
    ticket: Ticket,
    before: Observed | None,
    after: Observed,
) -> list[Evidence]:
    place = f"{helpdesk.helpdesk_id}/{ticket.ticket_id}/{ticket.version}"
    moment = max((article.created_at for article in ticket.articles), default=episode.wanted_at)

    def evidence(kind: EvidenceKind) -> Evidence:
        return Evidence(case_id, kind, f"{kind.value}/{place}"[:120], moment)

    found = []
    if after.person_state is not None and (before is None or before.person_state != after.person_state):
        closed = ticket.state is TicketState.CLOSED
        found.append(evidence(EvidenceKind.CLOSED if closed else EvidenceKind.STATE))
    if helpdesk.trust_owner and after.owned and not (before is not None and before.owned):
        found.append(evidence(EvidenceKind.OWNER))
    urgency = _new_urgency(episode, first, before, after)
    if urgency is not None:
        found.append(replace(evidence(EvidenceKind.URGENCY), urgency=urgency))
    return found


def _new_urgency(
    episode: Escalation, first: Urgency, before: Observed | None, after: Observed
) -> Urgency | None:
    """What the priority was changed to. At the first look only a raise counts: a platform may have its own default.

    Many platforms know just one high priority, so a case that was an emergency is one again when it is raised again.
    """
    now = after.urgency
    if now is None or now is episode.urgency:
        return None
    known = None if before is None else before.urgency
    if known is None:
        return now if episode.urgency is Urgency.ROUTINE else None
    if now is known:
        return None
    return max(now, first) if known is Urgency.ROUTINE else now
