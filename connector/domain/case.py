"""Our record of handling one tip, and the number that staff see."""

import re
from enum import StrEnum
from typing import NewType

CaseNumber = NewType("CaseNumber", str)
"""`dddd-dddd`, random. Says nothing of the reporter's code or of the time; no page shows it to a reporter."""

_SHAPE = re.compile(r"\d{4}-\d{4}")


def case_number(digits: int) -> CaseNumber:
    """The case number for a random value below 10**8. Raises ValueError outside that range."""
    if not 0 <= digits < 10**8:
        raise ValueError("a case number has eight digits")
    text = f"{digits:08d}"
    return CaseNumber(f"{text[:4]}-{text[4:]}")


def parse_case_number(text: str) -> CaseNumber:
    """Read a case number typed by staff or an operator. Raises ValueError when it is none."""
    if not _SHAPE.fullmatch(text.strip()):
        raise ValueError("a case number looks like 1234-5678")
    return CaseNumber(text.strip())


class CaseStatus(StrEnum):
    """The three safe words a reporter sees, whatever the helpdesk calls its states."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


def joint_status(statuses: list[CaseStatus]) -> CaseStatus:
    """One word for a case with several tickets: closed when all are, else in progress if any has moved."""
    if statuses and all(status is CaseStatus.CLOSED for status in statuses):
        return CaseStatus.CLOSED
    if any(status is not CaseStatus.RECEIVED for status in statuses):
        return CaseStatus.IN_PROGRESS
    return CaseStatus.RECEIVED
