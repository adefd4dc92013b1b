"""Coming back with the code: read, answer, delete, fetch, leave."""

import secrets

from flask import Response, request

from connector.services.intake import Refusal
from connector.services.mailbox import OpenMailbox
from connector.services.submissions import KeyReused
from connector.vault.lanes import LaneFull
from connector.vault.sessions import Session
from webhook_server.api.inbox import file_response
from webhook_server.incoming import idempotency_key, read_files
from webhook_server.pages.forms import Draft
from webhook_server.pages.inbox_session import (
    current_session,
    forget,
    is_genuine,
    renew,
)
from webhook_server.pages.rendering import Pages, refused
from webhook_server.parts import WebParts
from webhook_server.problems import Problem


class InboxSteps:
    """Each method answers one POST. Without a live session the code is asked for."""

    def __init__(self, parts: WebParts, pages: Pages) -> None:
        self._parts = parts
        self._pages = pages

    def ask(self) -> Response:
        """The page that asks for the code."""
        return self._pages.show("enter.html")

    def open(self) -> Response:
        """Enter with a code."""
        try:
            mailbox = self._parts.entrance.enter(request.form.get("code", ""), request.remote_addr or "")
        except LaneFull as full:
            response = self._pages.show("enter.html", 503, busy=True)
            response.headers["Retry-After"] = str(max(1, round(full.retry_after)))
            return response
        if mailbox is None:
            return self._pages.show("enter.html", 401, wrong=True)
        session = Session.begin(mailbox.keys, self._parts.clock.now())
        return self._inbox(mailbox, session)

    def read(self) -> Response:
        """Look again."""
        live = current_session(self._parts, request)
        return self._pages.show("enter.html", ended=True) if live is None else self._inbox(live[1], live[0])

    def write(self) -> Response:
        """Send a message from the inbox."""
        live = self._live()
        if live is None:
            return self._ended()
        session, mailbox = live
        text = request.form.get("text", "")
        try:
            uploads = read_files(request, self._parts.limits)
            key = idempotency_key(request.form.get("key") or None)
            receipt = self._parts.mailboxes.write(
                mailbox, text, uploads, key, Draft.read(request.form).contact()
            )
        except Problem as problem:
            reason = problem.errors[0][1] if problem.errors else "one of the files is too large"
            return self._inbox(mailbox, session, error=f"Nothing was sent: {reason}.", text=text)
        except Refusal as refusal:
            return self._inbox(mailbox, session, error=f"Nothing was sent: {refusal}.", text=text)
        except KeyReused:
            return self._inbox(
                mailbox, session, error="Something else was sent from this form before.", text=text
            )
        return self._inbox(mailbox, session, sent=True, files=refused(receipt.files))

    def delete(self) -> Response:
        """Remove a message."""
        live = self._live()
        if live is None:
            return self._ended()
        session, mailbox = live
        self._parts.mailboxes.delete(mailbox, request.form.get("message", ""))
        return self._inbox(mailbox, session)

    def fetch(self) -> Response:
        """Download a file from staff."""
        live = self._live()
        if live is None:
            return self._ended()
        session, mailbox = live
        found = self._parts.mailboxes.file(mailbox, request.form.get("file", ""))
        return self._inbox(mailbox, session) if found is None else file_response(found)

    def leave(self) -> Response:
        """End the session and leave nothing behind."""
        response = self._pages.show("left.html")
        forget(response)
        return response

    def _live(self) -> tuple[Session, OpenMailbox] | None:
        live = current_session(self._parts, request)
        if live is None or not is_genuine(live[0], request.form.get("nonce", "")):
            return None
        return live

    def _ended(self) -> Response:
        return self._pages.show("enter.html", 401, ended=True)

    def _inbox(
        self,
        mailbox: OpenMailbox,
        session: Session,
        *,
        error: str | None = None,
        text: str = "",
        sent: bool = False,
        files: list[tuple[int, str]] | None = None,
    ) -> Response:
        inbox = self._parts.mailboxes.read(mailbox)
        response = self._pages.show(
            "inbox.html",
            422 if error else 200,
            inbox=inbox,
            nonce=session.nonce,
            key=secrets.token_urlsafe(24),
            error=error,
            text=text,
            sent=sent,
            files=files or [],
        )
        renew(self._parts, response, session)
        return response
