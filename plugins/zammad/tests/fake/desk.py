"""What lies on a desk: tickets to be found, files to be attached, a signature to be put below."""

import base64
import mimetypes

from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World

TicketKey = int | str | Row
"""A ticket by id, by number or as an answer showed it."""


def signed(text: str, signature: str = "Alan Agent<br>Support") -> str:
    """An HTML body as the editor sends it, with the group's signature below."""
    return f'<div>{text}</div><div data-signature="true" data-signature-id="1">{signature}</div>'


def upload(name: str, content: bytes) -> Row:
    """A file as the API takes it."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {"filename": name, "data": base64.b64encode(content).decode(), "mime-type": kind}


def find_ticket(world: World, ticket: TicketKey) -> Row:
    """The stored ticket. Raises LookupError where there is none."""
    key = ticket["id"] if isinstance(ticket, dict) else ticket
    found = world.tickets.get(key) if isinstance(key, int) else world.tickets.named(key, "number")
    if found is None:
        raise LookupError(f"no ticket {key}")
    return found
