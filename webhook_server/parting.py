"""Where a request's technical side ends: what is captured goes to the door, all else goes nowhere."""

from flask import Request

from connector.domain.identity import Contact, ShareContact
from connector.services.door import Door, Parted


def parted_from(request: Request, door: Door, share: ShareContact, contact: Contact | None) -> Parted:
    """What the door lets through. Raises ContactRefused.

    The address is the one that `trusted_proxies` vouches for (see `webhook_server.app`).
    """
    return door.part(
        share=share,
        contact=contact,
        ip=lambda: request.remote_addr,
        device=lambda: request.headers.get("User-Agent"),
    )
