"""From a code to a mailbox: one door for API and pages, the same for right, wrong and malformed codes."""

from collections.abc import Callable

from connector.domain.code import Code, MalformedCode
from connector.services.mailbox import Mailboxes, OpenMailbox
from connector.vault.codes import CodeKeys

_STAND_IN = "0000-0000-0000-0000-0000"
"""Derived where the code is malformed, so that a malformed code takes as long as a wrong one."""


class Entrance:
    """Opens mailboxes by code. `derive(code, address)` is slow on purpose and shared fairly among addresses."""

    def __init__(self, mailboxes: Mailboxes, derive: Callable[[Code, str], tuple[CodeKeys, ...]]) -> None:
        self._mailboxes = mailboxes
        self._derive = derive

    def enter(self, code_text: str, address: str) -> OpenMailbox | None:
        """The mailbox of a code, None for a wrong or malformed one.

        `address` only decides whose turn it is; nothing of it is kept. Raises LaneFull when too many are waiting, for
        right and wrong codes alike.
        """
        try:
            code, genuine = Code.parse(code_text), True
        except MalformedCode:
            code, genuine = Code.parse(_STAND_IN), False
        candidates = self._derive(code, address)
        mailbox = self._mailboxes.open(candidates)
        return mailbox if genuine else None
