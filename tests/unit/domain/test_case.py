"""Case numbers and the three safe words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.domain.case import CaseStatus, case_number, joint_status, parse_case_number


@given(st.integers(0, 10**8 - 1))
def test_every_case_number_reads_back_as_itself(digits: int) -> None:
    number = case_number(digits)
    assert parse_case_number(f" {number} ") == number
    assert int(number.replace("-", "")) == digits


@pytest.mark.parametrize("digits", [-1, 10**8])
def test_a_number_of_another_length_is_refused(digits: int) -> None:
    with pytest.raises(ValueError, match="eight digits"):
        case_number(digits)


def test_a_case_is_closed_only_when_all_its_tickets_are() -> None:
    assert joint_status([CaseStatus.CLOSED, CaseStatus.CLOSED]) is CaseStatus.CLOSED
    assert joint_status([CaseStatus.CLOSED, CaseStatus.RECEIVED]) is CaseStatus.IN_PROGRESS


def test_a_case_without_a_ticket_yet_has_been_received() -> None:
    assert joint_status([]) is CaseStatus.RECEIVED
