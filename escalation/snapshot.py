"""A policy as it was when a chain began, as text: a running case keeps its steps when the config changes."""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from connector.domain.chain import Policy, Step, Via


def to_text(policy: Policy) -> str:
    """The policy as JSON; durations in seconds."""
    return json.dumps(asdict(policy), default=lambda value: value.total_seconds())


def from_text(text: str) -> Policy:
    """The policy again."""
    data: dict[str, Any] = json.loads(text)
    steps = tuple(_step(step) for step in data.pop("steps"))
    times = {name: _time(value) for name, value in data.items() if name not in {"name", "urgent_waits"}}
    return Policy(name=data["name"], steps=steps, urgent_waits=data["urgent_waits"], **times)


def _step(data: dict[str, Any]) -> Step:
    times = {name: _time(data[name]) for name in ("wait", "gap", "ring")}
    via = tuple(Via(word) for word in data["via"])
    return Step(data["contact"], via, tries=data["tries"], police=data["police"], **times)


def _time(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)
