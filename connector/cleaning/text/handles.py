"""Names of accounts in a text: `@name`, "my snap is ...", `name#1234`, and links to a profile.

The names of services, and the words for "my", are data: `data/accounts.toml`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from connector.cleaning.text.data import listed
from connector.cleaning.text.folding import folded
from connector.cleaning.text.found import Found
from connector.cleaning.text.links import Link, of_host

_AT = re.compile(
    r"(?<![a-z0-9_@./+-])@([a-z0-9_](?:[a-z0-9_.\-]{0,28}[a-z0-9_])|[^\W\x00-\x7f][\w.\-]{0,28}\w)"
)
"""What stands before may be a letter of a script without spaces, and so may what follows a name in ASCII."""
_TIME = re.compile(r"\d{1,2}(?:[ap]m)?")
_NUMBERED = re.compile(r"(?<![\w#])[a-z0-9_.]{2,32}#\d{4}(?!\d)", re.ASCII)
_NAME = r"@?(?P<name>[a-z0-9_][a-z0-9_.\-]{1,28}[a-z0-9_])(?![a-z0-9_@])"
_WITHIN_WORDS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_TELLING = re.compile(r"(?=.*[a-z]).*[0-9_.\-]", re.DOTALL)
"""Letters with digits or marks among them are no word of a language."""


def find_handles(plain: str, found_links: Iterable[Link]) -> list[Found]:
    """The account names in a folded text whose links are known. Linear in time."""
    found = [*_at_names(plain), *_told(plain)]
    found += [Found("handle", *match.span()) for match in _NUMBERED.finditer(plain)]
    found += [Found("handle", link.start, link.end) for link in found_links if is_profile(link)]
    return sorted(found, key=lambda one: (one.start, -one.end, not one.mine))


def is_profile(link: Link) -> bool:
    """Whether a link leads to somebody's account."""
    for entries in of_host(link.host, _profiles()):
        for path, but in entries:
            match = path.match(link.path)
            if match is not None and match["name"].lower() not in but:
                return True
    return False


def _at_names(plain: str) -> Iterator[Found]:
    for match in _AT.finditer(plain):
        if match[1] not in _words("no_handles") and not _TIME.fullmatch(match[1]):
            yield Found("handle", *match.span())


def _told(plain: str) -> Iterator[Found]:
    """Where a service or "my account" is named, and then a name."""
    for word in _account_words().finditer(plain):
        if word.start() and plain[word.start() - 1] in _WITHIN_WORDS:
            continue
        match = _name_after().match(plain, word.end())
        if match is None or match["name"] in _words("no_names") or match["name"] in _words("services"):
            continue
        before = _mine_before().search(plain[max(0, word.start() - 20) : word.start()]) is not None
        if not before and word[0] not in _words("services"):
            continue
        mine, said = before or match["after"] is not None, match["said"] or ""
        if _TELLING.match(match["name"]) or (mine and said) or ":" in said or "=" in said:
            yield Found("handle", *match.span("name"), mine=mine)


@cache
def _account_words() -> re.Pattern[str]:
    # Begins with letters, which is what makes it fast: what stands before is looked at afterwards.
    return re.compile(rf"(?:{_any_of('services', 'everyday_services', 'account_words')})(?![a-z0-9])")


@cache
def _mine_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{_any_of('mine')})\s{{0,2}}\Z")


@cache
def _name_after() -> re.Pattern[str]:
    mine = rf"(?:\s{{0,2}}(?P<after>{_any_of('mine')})(?=[\s:=\-]|[^\x00-\x7f]))?"
    said = rf"(?P<said>\s{{0,2}}(?:[:=\-]|{_any_of('between')})\s{{0,2}}(?:[:=\-]\s{{0,2}})?)?"
    return re.compile(rf"{mine}{said}\s{{0,2}}{_NAME}")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(folded(word) for word in listed("accounts")[name])


def _any_of(*names: str) -> str:
    # The longest first, so that "user name" is not taken for "user".
    words = sorted({word for name in names for word in _words(name)}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,2}") for word in words)


@cache
def _profiles() -> dict[str, list[tuple[re.Pattern[str], frozenset[str]]]]:
    """By host: the shape of a profile's path, and the names that are none."""
    found: dict[str, list[tuple[re.Pattern[str], frozenset[str]]]] = {}
    for entry in listed("accounts")["profiles"]:
        for path in entry["paths"]:
            before, _, after = path.partition("{name}")
            shape = rf"{re.escape(before)}(?P<name>[^/?#&\s]{{2,60}}){re.escape(after)}/?(?:[?#&]|\Z)"
            for host in entry["hosts"]:
                found.setdefault(host, []).append(
                    (re.compile(shape, re.IGNORECASE), frozenset(entry.get("but", ())))
                )
    return found
