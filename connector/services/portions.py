"""Files in portions: no article larger than its helpdesk takes, so that no tip fails because of its photos."""

from collections.abc import Sequence
from dataclasses import replace

from connector.domain.ticket import NewArticle
from connector.domain.tip import CleanFile
from connector.plugin_api import Capabilities
from connector.services.helpdesk import Helpdesks, capabilities_of
from connector.store.transaction import Transaction


def largest_file(capabilities: Capabilities) -> int | None:
    """The bytes that one file may have at a helpdesk; None where no limit is known."""
    limits = [limit for limit in (capabilities.max_file, capabilities.max_ticket) if limit is not None]
    return min(limits, default=None)


def largest_for(tx: Transaction, helpdesks: Helpdesks, case_id: str) -> int | None:
    """The bytes that every helpdesk of a case takes with one file."""
    names = {ticket.helpdesk for ticket in tx.tickets.of_case(case_id)}
    limits = [largest_file(capabilities_of(helpdesks, name)) for name in names]
    return min((limit for limit in limits if limit is not None), default=None)


def in_portions(article: NewArticle, capabilities: Capabilities) -> list[NewArticle]:
    """The article, followed by as many more as its files need; each is within `max_ticket`.

    The first keeps the words and the reference. A file that is too large by itself stays alone: it should have been
    refused before.
    """
    portions = _portions(article.files, capabilities.max_ticket)
    more = [
        replace(
            article,
            reference=f"{article.reference}/files-{number}",
            body=f"More files of the same message ({number} of {len(portions)}).",
            files=files,
        )
        for number, files in enumerate(portions[1:], start=2)
    ]
    return [replace(article, files=portions[0]), *more]


def _portions(files: Sequence[CleanFile], limit: int | None) -> list[tuple[CleanFile, ...]]:
    if limit is None:
        return [tuple(files)]
    portions: list[tuple[CleanFile, ...]] = [()]
    room = limit
    for file in files:
        if file.size > room and portions[-1]:
            portions.append(())
            room = limit
        portions[-1] = (*portions[-1], file)
        room -= file.size
    return portions
