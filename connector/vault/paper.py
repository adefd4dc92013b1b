"""The seed on paper: 24 words (BIP-39, English list), of which the last holds a checksum."""

import re

from mnemonic import Mnemonic

from connector.errors import VaultShut
from connector.vault.custodians import SEED
from connector.vault.secret import SecretBytes

WORDS = 24


class BadWords(VaultShut):
    """Not the 24 words, or one of them is mistyped."""


def to_words(seed: SecretBytes) -> list[str]:
    """The seed as words."""
    return Mnemonic("english").to_mnemonic(seed.reveal()).split()


def from_words(text: str) -> SecretBytes:
    """The seed again, from text in which the words stand in order; numbers and line breaks between them do not matter.

    Raises BadWords, saying which word is not on the list.
    """
    memory = Mnemonic("english")
    words = re.findall(r"[a-z]+", text.lower())
    if len(words) != WORDS:
        raise BadWords(f"there must be {WORDS} words, and there are {len(words)}")
    unknown = [place for place, word in enumerate(words, start=1) if word not in memory.wordlist]
    if unknown:
        raise BadWords(f"word {unknown[0]} is not on the list; is it mistyped?")
    try:
        seed = bytes(memory.to_entropy(words))
    except (ValueError, LookupError):
        raise BadWords("the words do not belong together: one is another's place, or mistyped") from None
    if len(seed) != SEED:
        raise BadWords("the words do not belong together")
    return SecretBytes(seed)


def page(name: str, fingerprint: str, seed: SecretBytes) -> str:
    """What is printed, and kept in an envelope."""
    words = to_words(seed)
    rows = [
        "   ".join(f"{place + 1:2d} {words[place]:<10}" for place in range(first, first + 4)).rstrip()
        for first in range(0, WORDS, 4)
    ]
    lines = [
        f"Tipbridge: the key of custodian {name} on paper",
        f"Fingerprint: {grouped(fingerprint)}",
        "",
        "Whoever reads these words can do what this custodian can. Print this page, put it into a sealed",
        "envelope, lock it away, and remove the file.",
        "",
        *rows,
        "",
        "To bring the key back:  tipbridge custodian init --name NAME --from-paper FILE -o DIR",
    ]
    return "\n".join(lines) + "\n"


def words_of(page_text: str) -> str:
    """The words out of a page as `page` writes it, or out of plain words."""
    numbered = re.findall(r"\b\d{1,2}[.)]?\s+([a-z]+)\b", page_text.lower())
    return " ".join(numbered) if len(numbered) >= WORDS else page_text


def grouped(fingerprint: str) -> str:
    """In groups of four, to be read aloud."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))
