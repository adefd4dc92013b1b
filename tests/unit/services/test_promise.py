"""The promise follows from the settings: "anonymous" only where nothing is kept by this way."""

from datetime import timedelta
from itertools import chain, combinations

import pytest

from connector.domain.identity import Captured
from connector.services.promise import Keeping, promise

KEEPING = Keeping(2, ["superintendent", "counsel", "police"], timedelta(days=45))
EVERYTHING: tuple[Captured, ...] = ("ip", "phone", "device", "contact")
ONLY_IP: tuple[Captured, ...] = ("ip",)
CAPTURES = list(chain.from_iterable(combinations(EVERYTHING, count) for count in range(5)))


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda capture: "+".join(capture) or "nothing")
def test_it_says_anonymous_only_where_a_browser_leaves_nothing(capture: tuple[Captured, ...]) -> None:
    text = promise(capture, KEEPING)
    by_web = set(capture) - {"phone"}
    assert text.startswith("Anonymous") == (not by_web)
    assert ("nonymous" in text) == (not by_web)
    assert ("network address of your device" in text) == ("ip" in capture)
    assert ("what your browser says" in text) == ("device" in capture)
    assert ("if you choose to give one" in text) == ("contact" in capture)


def test_it_names_who_can_open_how_many_and_for_how_long() -> None:
    text = promise(ONLY_IP, KEEPING)
    for words in (
        "superintendent, counsel and police",
        "2 of these 3",
        "order of a court",
        "45 days",
        "recorded",
    ):
        assert words in text


def test_a_single_custodian_is_not_called_several() -> None:
    assert "only counsel can open it" in promise(ONLY_IP, Keeping(1, ["counsel"], timedelta(days=30)))


def test_what_is_kept_cannot_be_promised_without_a_vault() -> None:
    with pytest.raises(ValueError):
        promise(ONLY_IP)
