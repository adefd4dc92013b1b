"""Reading the objects of a cleaned PDF without any library (ISO 32000-1, 7.2 to 7.5).

Only the plainest layout is understood, which is how cleaned files are written: objects one after the other
from the first byte to the table, each named once, nothing between them. Shares no code with the routine.
"""

import re
import zlib
from dataclasses import dataclass

_HEAD = re.compile(rb"%PDF-1\.7\n%\xbf\xf7\xa2\xfe\n")
_OBJECT = re.compile(rb"([0-9]+) 0 obj\n")
_XREF = re.compile(rb"xref\n0 ([0-9]+)\n((?:[0-9]{10} [0-9]{5} [nf] \n)+)trailer ")
_TAIL = re.compile(rb"\nstartxref\n([0-9]+)\n%%EOF\n")
_WORD = re.compile(
    rb"[\n\r\t\f\0 ]*(?:(<<|>>|\[|\])|/([^\0\t\n\f\r ()<>\[\]{}/%]*)|([0-9]+) 0 R(?![A-Za-z])|([-+.0-9]+)|<([0-9A-Fa-f]*)>"
    rb"|(\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))|(true|false|null)|(\())",
    re.DOTALL,
)
_BRACKETS = re.compile(rb"\\.|[()]", re.DOTALL)
_DEEP = 40


class NotPlain(ValueError):
    """The file is laid out in another way. Says nothing of its content."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an object."""

    number: int


@dataclass(frozen=True, slots=True)
class Text:
    """A string, as it is written between its brackets."""

    written: bytes


class Key(str):
    """A name."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An object, and the bytes of its stream if it has one, as they lie in the file."""

    value: object
    packed: bytes | None


def items_of(data: bytes) -> tuple[dict[int, Item], dict[str, object]]:
    """All objects by their numbers, and the trailer. Raises NotPlain."""
    head = _HEAD.match(data)
    if head is None:
        raise NotPlain("another beginning")
    items: dict[int, Item] = {}
    at = head.end()
    while (start := _OBJECT.match(data, at)) is not None:
        number = int(start[1])
        if number in items:
            raise NotPlain("an object twice")
        items[number], at = _item(data, start.end())
    table = _XREF.match(data, at)
    if table is None or int(table[1]) != len(items) + 1:
        raise NotPlain("something between the objects")
    trailer, at = _value(data, table.end(), 0)
    tail = _TAIL.match(data, at)
    if tail is None or tail.end() != len(data) or not isinstance(trailer, dict):
        raise NotPlain("something after the end")
    return items, trailer


def unpacked(item: Item, most: int) -> bytes:
    """A stream's bytes, if they are packed as deflate or not at all. Raises NotPlain for more than `most`."""
    if item.packed is None or not isinstance(item.value, dict):
        raise NotPlain("no stream")
    if "Filter" not in item.value or not item.packed:
        return item.packed
    inflate = zlib.decompressobj()
    try:
        data = inflate.decompress(item.packed, most)
    except zlib.error as why:
        raise NotPlain("a broken stream") from why
    if inflate.unconsumed_tail or inflate.unused_data or not inflate.eof:
        raise NotPlain("a stream with something after it")
    return data


def _item(data: bytes, at: int) -> tuple[Item, int]:
    value, at = _value(data, at, 0)
    packed = None
    if data.startswith(b"\nstream\n", at) and isinstance(value, dict):
        length, start = value.get("Length"), at + len(b"\nstream\n")
        if not isinstance(length, int):
            raise NotPlain("a stream without a length")
        packed, at = data[start : start + length], start + length
        if not data.startswith(b"endstream", at) and not data.startswith(b"\nendstream", at):
            raise NotPlain("a stream of another length")
        at = data.index(b"endstream", at) + len(b"endstream")
    if not data.startswith(b"\nendobj\n\n", at) and not data.startswith(b"\nendobj\n", at):
        raise NotPlain("something after an object")
    at += len(b"\nendobj\n")
    return Item(value, packed), at + data.startswith(b"\n", at)


def _value(data: bytes, at: int, deep: int) -> tuple[object, int]:
    found = _WORD.match(data, at)
    if found is None or deep > _DEEP:
        raise NotPlain("no value")
    bracket, name, ref, number, digits, text, word, opened = found.groups()
    at = found.end()
    if bracket == b"<<":
        return _dictionary(data, at, deep)
    if bracket == b"[":
        return _array(data, at, deep)
    if bracket is not None:
        raise NotPlain("a bracket too many")
    if opened is not None:
        return _nested(data, at - 1)
    value: object = {b"true": True, b"false": False}.get(word or b"")
    if name is not None:
        value = Key(name.decode("latin-1"))
    elif ref is not None:
        value = Ref(int(ref))
    elif number is not None:
        value = int(number) if number.lstrip(b"-").isdigit() else float(number)
    elif digits is not None:
        value = Text(bytes.fromhex(digits.decode()))
    elif text is not None:
        value = Text(text[1:-1])
    return value, at


def _nested(data: bytes, start: int) -> tuple[Text, int]:
    depth = 0
    for match in _BRACKETS.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if not depth:
            return Text(data[start + 1 : match.start()]), match.end()
    raise NotPlain("a string without an end")


def _dictionary(data: bytes, at: int, deep: int) -> tuple[dict[str, object], int]:
    entries: dict[str, object] = {}
    while not (end := _END_OF_DICTIONARY.match(data, at)):
        key, at = _value(data, at, deep + 1)
        value, at = _value(data, at, deep + 1)
        if not isinstance(key, Key):
            raise NotPlain("a key that is no name")
        entries[str(key)] = value
    return entries, end.end()


def _array(data: bytes, at: int, deep: int) -> tuple[list[object], int]:
    values: list[object] = []
    while not (end := _END_OF_ARRAY.match(data, at)):
        value, at = _value(data, at, deep + 1)
        values.append(value)
    return values, end.end()


_END_OF_DICTIONARY = re.compile(rb"[\n\r\t\f\0 ]*>>")
_END_OF_ARRAY = re.compile(rb"[\n\r\t\f\0 ]*\]")
