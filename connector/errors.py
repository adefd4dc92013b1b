"""The errors of the core. What a helpdesk does wrong is told apart from what the operator has set up wrong.

A message says what is wrong and what to do. It never holds a vendor's response body, a reporter's word or a secret,
so it may be logged and shown as it is.
"""


class TipbridgeError(Exception):
    """Base of everything raised on purpose by the core."""


class ConfigError(TipbridgeError):
    """The installation is set up wrong: stop, and say what to type.

    Stands apart from helpdesk failures on purpose, so that no retry can hide it.
    `error_id` is stable (`CFG-E004`) and has a line in docs/errors.md.
    """

    def __init__(self, error_id: str, what: str, remedy: str) -> None:
        super().__init__(f"{error_id} {what}; {remedy}")
        self.error_id = error_id
        self.what = what
        self.remedy = remedy


class VaultShut(TipbridgeError):
    """The vault, or a custodian's tool, refuses: exit code 3. The message says why and what to do."""


class StoreUnavailable(TipbridgeError):
    """The database could not be reached or could not write: nothing was confirmed, the caller may try again."""


class Conflict(TipbridgeError):
    """A unique constraint refused the row: somebody else was first. Nothing of the transaction was written."""
