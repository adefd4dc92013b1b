"""E-mail addresses in a text, also those that somebody has written out to hide them.

The pattern is wider than RFC 5321 where people are, and narrower where nobody is. Ways to say "at" and "dot" are those of
the languages of the schools.
"""

import re

from connector.cleaning.text.folding import folded
from connector.cleaning.text.found import Found

AT = r"(?:@|\s@\s|%40|&#64;|\s?[(\[{<]\s?(?:at|arroba|arr?obase)\s?[)\]}>]\s?)"
SPOKEN_AT = rf"(?:at|arroba|arr?obase|a commercial|sobaka|a cong|{folded('собака')}|{folded('골뱅이')})"
DOT = r"(?:\.|\s\.\s|\s?[(\[{<]\s?(?:dot|punto|ponto|point|punkt)\s?[)\]}>]\s?)"
SPOKEN_DOT = rf"(?:dot|punto|ponto|point|punkt|cham|{folded('точка')}|\u70b9|\u9ede)"
_PROVIDERS = "gmail|googlemail|yahoo|hotmail|outlook|icloud|aol|protonmail|gmx|naver|yandex"

_LOCAL = r"[a-z0-9_+%-]{1,64}(?:\.[a-z0-9_+%-]{1,64}){0,6}"
_LABEL = "[a-z0-9-]{1,63}"
_LAST = rf"(?!{SPOKEN_DOT}\b)[a-z][a-z0-9-]{{1,62}}"
_WRITTEN = re.compile(rf"(?<![a-z0-9_+%-]){_LOCAL}{AT}{_LABEL}(?:{DOT}{_LABEL}){{0,5}}{DOT}{_LAST}", re.ASCII)
_SPOKEN = re.compile(
    rf"(?<![a-z0-9_.+%-]){_LOCAL}\s{{1,2}}{SPOKEN_AT}\s{{1,2}}"
    rf"(?:{_LABEL}\s{SPOKEN_DOT}\s{_LAST}|(?:{_PROVIDERS})(?:\s?\.\s?{_LAST})?)(?![a-z0-9])"
)
_ANY_SCRIPT = re.compile(r"(?<!\S)[^\s@<>\"]{1,64}@[^\s@.<>\"]{1,63}(?:\.[^\s@.<>\"]{1,63}){1,4}")


def find_mails(plain: str) -> list[Found]:
    """The mail addresses in a folded text, some perhaps by two of the patterns. Linear in time."""
    spans = [match.span() for pattern in (_WRITTEN, _SPOKEN) for match in pattern.finditer(plain)]
    if not plain.isascii():
        # The widest pattern comes last: where two overlap, the first counts.
        spans += [
            (match.start(), match.start() + len(match[0].rstrip(".,;:!?)]}'")))
            for match in _ANY_SCRIPT.finditer(plain)
        ]
    return [Found("email", start, end) for start, end in spans]
