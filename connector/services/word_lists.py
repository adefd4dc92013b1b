"""Reading the word lists that come with Tipbridge: one TOML file for each language in `connector/word_lists`.

How a list is written is told in docs/triage.md.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from connector.domain.wording import Entry, Sense, WordList, WordLists
from connector.domain.wording.phrases import parsed
from connector.domain.wording.senses import CIRCUMSTANCES, SUBJECTS

_WEIGHED = SUBJECTS.keys() | CIRCUMSTANCES


def load_word_lists() -> WordLists:
    """Every list there is. Raises ValueError for one that is not written right; the tests would have said so."""
    folder = files("connector").joinpath("word_lists")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return WordLists([word_list(folder.joinpath(name).read_text(encoding="utf-8")) for name in names])


def word_list(text: str) -> WordList:
    """A list from its TOML. Raises ValueError."""
    data = tomllib.loads(text)
    sets = {name: words for name, words in data.get("sets", {}).items()}
    turns = data.get("negation", {})
    return WordList(
        language=data["language"],
        source=data["source"],
        entries=tuple(_entries(data, sets)),
        spelled={typed: meant for meant, all_typed in data.get("spelled", {}).items() for typed in all_typed.split()},
        sounds=tuple((written, heard) for written, heard in data.get("sounds", [])),
        slips=_words(data.get("slips", "")),
        right=_words(data.get("right", "")),
        negators=_words(turns.get("negators", "")),
        scope_ends=_words(turns.get("ends", "")),
        scope_ends_later=_words(turns.get("ends-later", "")),
    )


def _entries(data: dict[str, Any], sets: dict[str, str]) -> Iterator[Entry]:
    for name, block in data["phrases"].items():
        sense = Sense(name)
        by_weight = block if sense in _WEIGHED else {"0": block}
        for weight, lines in by_weight.items():
            for line in lines.splitlines():
                written = line.partition("#")[0].strip()
                if written:
                    yield Entry(sense, parsed(_filled_in(written, sets)), int(weight))


def _filled_in(written: str, sets: dict[str, str]) -> str:
    for name, words in sets.items():
        written = written.replace(f"<{name}>", "|".join(words.split()))
    return written


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
