"""How a helpdesk can fail. Two failures matter: temporary (try again later) and permanent (stop and tell someone).

No message ever holds a response body, a credential or a word of a tip: a message is what happened in our own words,
and where the platform gives one, a request id by which its administrator finds the entry in its log.
"""

from connector.errors import ConfigError, TipbridgeError


class HelpdeskFailure(TipbridgeError):
    """A call to the helpdesk did not do what was asked. `what` is safe to log."""

    def __init__(self, what: str, *, request_id: str | None = None) -> None:
        super().__init__(what if request_id is None else f"{what} (request id {request_id})")
        self.what = what
        self.request_id = request_id


class TemporaryFailure(HelpdeskFailure):
    """Worth trying again: not reachable, busy, in maintenance, rate limited.

    `retry_after` is the number of seconds the platform asked us to wait, None where it did not say. It concerns the
    whole helpdesk: the worker pauses all rows of it.
    """

    def __init__(self, what: str, *, retry_after: float | None = None, request_id: str | None = None) -> None:
        super().__init__(what, request_id=request_id)
        self.retry_after = retry_after


class OutcomeUnknown(TemporaryFailure):
    """The request may have been carried out although no answer came. Look before repeating."""


class PermanentFailure(HelpdeskFailure):
    """Trying the same again cannot help. The row is set aside with an alarm; nothing is dropped."""


class TicketGone(PermanentFailure):
    """The ticket has been deleted, or was moved where our account may not look."""


class Unsupported(PermanentFailure):
    """The platform cannot express this. The manifest's capabilities say so beforehand."""


class HelpdeskMisconfigured(ConfigError):
    """The helpdesk answers, but our access is set up wrong (token, rights, group).

    Stands outside HelpdeskFailure on purpose: it is the operator's to mend, and no row may be set aside for it. The
    worker pauses the helpdesk, raises an alarm and tries again now and then.
    """


class RejectedWebhook(TipbridgeError):
    """The proof is missing or wrong. Answered with a bare 401, before the body is parsed."""


class UnreadableWebhook(TipbridgeError):
    """Genuine, but not in a shape we can read. Answered with 400."""
