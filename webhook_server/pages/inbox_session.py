"""The one cookie: a sealed inbox session. Nothing about it is on the server; it ends 15 minutes after the last use."""

import hmac
from datetime import timedelta

from flask import Request, Response

from connector.services.mailbox import OpenMailbox
from connector.vault.codes import CodeKeys
from connector.vault.sessions import Session, SessionEnded
from webhook_server.parts import WebParts

COOKIE = "s"
LASTS = timedelta(minutes=15)


def open_session_cookie(parts: WebParts, response: Response, keys: CodeKeys) -> Session:
    """Begin a session for a mailbox."""
    session = Session.begin(keys, parts.clock.now() + LASTS)
    _set(parts, response, session)
    return session


def current_session(parts: WebParts, request: Request) -> tuple[Session, OpenMailbox] | None:
    """The session of a request and its mailbox; None where there is none, or it has ended."""
    cookie = request.cookies.get(COOKIE)
    if cookie is None:
        return None
    try:
        session = parts.sessions.open(cookie, parts.clock.now())
    except SessionEnded:
        return None
    mailbox = parts.mailboxes.open((session.keys,))
    return None if mailbox is None else (session, mailbox)


def renew(parts: WebParts, response: Response, session: Session) -> None:
    """Another 15 minutes."""
    _set(parts, response, session.until(parts.clock.now() + LASTS))


def is_genuine(session: Session, given: str) -> bool:
    """Whether a form was made by us for this session (its nonce is sealed in the cookie)."""
    return hmac.compare_digest(session.nonce.encode(), given.encode("utf-8", "replace"))


def forget(response: Response) -> None:
    """End the session, and ask the browser to drop what it has of these pages."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'


def _set(parts: WebParts, response: Response, session: Session) -> None:
    # A session cookie without an age: gone when the browser is closed.
    response.set_cookie(
        COOKIE, parts.sessions.seal(session), path="/", httponly=True, samesite="Strict", secure=parts.secure
    )
