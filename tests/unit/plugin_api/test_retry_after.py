"""How long a helpdesk asks us to wait."""

from datetime import UTC, datetime

import pytest

from connector.plugin_api.http.retry_after import LONGEST, retry_after

NOW = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("99999999999999999999", LONGEST),
        ("Mon, 02 Mar 2026 08:01:30 GMT", 90.0),
        ("Mon, 02 Mar 2026 10:01:30 +0200", 90.0),
        ("Mon, 02 Mar 2026 07:00:00 GMT", 0.0),
        ("Tue, 03 Mar 2026 08:00:00 GMT", LONGEST),
        (None, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("\u0661\u0662", None),
        ("Mon, 99 Mar 2026 08:01:30 GMT", None),
    ],
)
def test_a_number_and_a_date_are_understood_and_nothing_else(
    header: str | None, seconds: float | None
) -> None:
    assert retry_after(header, NOW) == seconds
