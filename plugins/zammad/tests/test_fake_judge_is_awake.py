"""The comparison that judges the fake is itself held against answers with one thing wrong."""

from typing import Any

import pytest

from plugins.zammad.tests.judge.comparing import differences
from plugins.zammad.tests.judge.coverage import HOOKS_NOT_JUDGED, IGNORED, NOT_REPLAYED
from plugins.zammad.tests.judge.recordings import exchanges, hooks

RIGHT = {
    "id": 6,
    "title": "t",
    "closed": False,
    "owner": None,
    "updated_at": "2026-11-22T01:50:35.154Z",
    "tags": ["a", "b"],
    "user_ids": [5, 4, 3],
    "error": "Error ID GycEsAzx: Please contact your administrator.",
    "ticket": {"article_ids": [6], "message_id": "<1@x>"},
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 7},
        {"id": "6"},
        {"title": "u"},
        {"closed": 0},
        {"owner": "-"},
        {"updated_at": None},
        {"tags": ["a", "c"]},
        {"tags": ["a"]},
        {"user_ids": [5, 4]},
        {"error": "Error ID : Please contact your administrator."},
        {"ticket": {"article_ids": [6]}},
        {"ticket": {"article_ids": [6], "message_id": 1}},
        {"ticket": {"article_ids": [6], "message_id": "<1@x>", "more": None}},
        {"ticket": []},
    ],
)
def test_one_thing_wrong_is_noticed(wrong: dict[str, Any]) -> None:
    assert len(list(differences(RIGHT, RIGHT | wrong))) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"updated_at": "2027-01-01T00:00:00.000Z"},
        {"user_ids": [3, 4, 5]},
        {"error": "Error ID abcdefgh: Please contact your administrator."},
        {"ticket": {"article_ids": [6], "message_id": "<2@y>"}},
    ],
)
def test_what_cannot_repeat_may_differ(other: dict[str, Any]) -> None:
    assert list(differences(RIGHT, RIGHT | other)) == []


def test_the_lists_of_exceptions_name_only_recordings_that_exist() -> None:
    names = {exchange.name for exchange in exchanges()}
    assert NOT_REPLAYED.keys() | IGNORED.keys() <= names
    assert HOOKS_NOT_JUDGED.keys() <= {hook.name for hook in hooks()}
