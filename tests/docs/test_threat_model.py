"""Every row of the threat model is complete, and every test that it names exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| \d+ \|", line)
]


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_the_rows_are_numbered_without_a_gap() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 73))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row-{row[0]}")
def test_every_row_says_what_holds_it(row: list[str]) -> None:
    _, leak, answer, held_by = row
    assert len(leak) > 5
    assert len(answer) > 3
    if held_by in ("operator", "not yet"):
        return
    path, name = held_by.strip("`").split("::")
    assert name in named_in(path)
