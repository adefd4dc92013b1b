"""Whether two JSON values agree: the same keys and types, and the same values where a value can repeat."""

import re
from collections.abc import Iterator
from typing import Any

_ERROR_ID = re.compile(r"Error ID [\w-]{8}:")
_TIME_IN_TEXT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+Z| UTC)")
# Values that differ from run to run. Their types are compared like any other's.
_NEVER_REPEATS = frozenset(
    {"message_id", "message_id_md5", "delivery_status_date", "last_login", "url", "token"}
)
# Counters that a background worker writes when it comes to it; the recorded ones were racy.
_WRITTEN_LATER = frozenset({"tickets_open", "tickets_closed", "article_count"})
# Sets that the live server listed in no order.
_LEFT_BY_CUTTING = 5
_UNORDERED = frozenset({"user_ids", "users", "article_ids", "role_ids"})


def differences(recorded: Any, played: Any, *, cut: bool = False, where: str = "") -> Iterator[str]:
    """Every place where the played value is not like the recorded one. With `cut`, lists count to five."""
    if _kind(recorded) != _kind(played):
        yield f"{where}: recorded {_kind(recorded)}, played {_kind(played)}"
    elif isinstance(recorded, dict):
        yield from _in_objects(recorded, played, cut, where)
    elif isinstance(recorded, list):
        yield from _in_lists(recorded, played, cut, where)
    elif not _may_differ(where) and _comparable(recorded) != _comparable(played):
        yield f"{where}: recorded {recorded!r:.120}, played {played!r:.120}"


def _in_objects(recorded: dict[str, Any], played: dict[str, Any], cut: bool, where: str) -> Iterator[str]:
    if cut and where == ".assets.Ticket" and len(recorded) == _LEFT_BY_CUTTING:
        played = {key: played[key] for key in recorded.keys() & played.keys()}
    for key in recorded.keys() - played.keys():
        yield f"{where}.{key}: missing"
    for key in played.keys() - recorded.keys():
        yield f"{where}.{key}: not in the recording"
    for key in recorded.keys() & played.keys():
        if not _stamped_by_a_worker(key, recorded):
            yield from differences(recorded[key], played[key], cut=cut, where=f"{where}.{key}")


def _in_lists(recorded: list[Any], played: list[Any], cut: bool, where: str) -> Iterator[str]:
    if where.rpartition(".")[2] in _UNORDERED:
        recorded, played = sorted(recorded), sorted(played)
    elif recorded and all(isinstance(item, dict) and "data_type" in item for item in recorded):
        recorded, played = (sorted(rows, key=lambda row: int(row["id"])) for rows in (recorded, played))
    if cut:
        played = played[:_LEFT_BY_CUTTING]
    if len(recorded) != len(played):
        yield f"{where}: recorded {len(recorded)} entries, played {len(played)}"
        return
    for index, (left, right) in enumerate(zip(recorded, played, strict=True)):
        yield from differences(left, right, cut=cut, where=f"{where}[{index}]")


def _stamped_by_a_worker(key: str, record: dict[str, Any]) -> bool:
    """Whoever a job ran for is noted as the last to change a person or a role."""
    return key in ("updated_by_id", "updated_by") and ("firstname" in record or "permission_ids" in record)


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return {dict: "object", list: "array", str: "string", type(None): "null"}[type(value)]


def _may_differ(where: str) -> bool:
    key = where.rpartition(".")[2]
    return (
        key.endswith("_at")
        or key in _NEVER_REPEATS
        or key in _WRITTEN_LATER
        or (where.startswith(".history[") and key == "id")
    )


def _comparable(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return _TIME_IN_TEXT.sub("<time>", _ERROR_ID.sub("Error ID <id>:", value))
