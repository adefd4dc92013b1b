"""Random identifiers: from the system's randomness, so that none tells an order or a time."""

import secrets

from connector.domain.case import CaseNumber, case_number


def new_id() -> str:
    """An id for a case, a message, a file: 128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


def new_case_number() -> CaseNumber:
    """A random case number. It may be taken; the database's unique key says so."""
    return case_number(secrets.randbelow(10**8))
