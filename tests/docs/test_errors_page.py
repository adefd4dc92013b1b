"""docs/errors.md has an entry for every id that the source can show, and for no other."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
AN_ID = r"[A-Z]{3,4}-[EWI]\d{3}"
OURS = ("connector", "plugins", "escalation", "webhook_server")
SHOWN = {
    found
    for folder in OURS
    for file in (ROOT / folder).rglob("*.py")
    if "tests" not in file.parts
    for found in re.findall(rf'"({AN_ID})"', file.read_text(encoding="utf-8"))
}
ENTRIES = dict(re.findall(rf"^### ({AN_ID}): [^\n]+\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_the_source_shows_ids_at_all() -> None:
    assert {"CFG-E001", "VLT-E002", "HTTP-E003", "ZMD-E004"} <= SHOWN


@pytest.mark.parametrize("error_id", sorted(SHOWN))
def test_every_id_has_a_cause_and_a_remedy(error_id: str) -> None:
    entry = ENTRIES[error_id]
    assert re.search(r"^Cause: \S", entry, re.MULTILINE)
    assert re.search(r"^Remedy: \S", entry, re.MULTILINE)


def test_no_entry_is_left_over_and_none_stands_twice() -> None:
    headings = re.findall(r"^### (\S+):", PAGE, re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert set(ENTRIES) - SHOWN == set()
