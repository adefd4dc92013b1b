"""Whatever prints, logs, copies or stores Python objects gets nothing of a secret out of them."""

import copy
import json
import pickle
import pprint
from collections.abc import Callable
from dataclasses import asdict, astuple, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from connector.domain.code import Code
from connector.vault.codes import CodeKeys
from connector.vault.envelope import Envelope
from connector.vault.idempotency import IdempotencyKey
from connector.vault.key_files import Key
from connector.vault.keyring import PepperRing, ServiceKeys
from connector.vault.mailbox import MailboxKey
from connector.vault.secret import SecretBytes
from connector.vault.sessions import Session
from tests.unit.vault.new_keys import TODAY

PLANTED = b"canary-secret-in-thirty-two-byte"
DIGITS = "31415926535897932384"
FACES: list[Callable[[object], str]] = [
    repr,
    str,
    ascii,
    format,
    "{}".format,
    "{!r:>80}".format,
    lambda thing: "%s %r" % (thing, thing),  # noqa: UP031 - how logging formats
    lambda thing: f"{[thing]} { {'key': thing} }",
    pprint.pformat,
    lambda thing: str(ValueError(thing)),
]
WRITERS: list[Callable[[Any], object]] = [
    pickle.dumps,
    lambda thing: pickle.dumps(thing, protocol=0),
    lambda thing: pickle.dumps([thing]),
    json.dumps,
]
REFUSALS = (TypeError, pickle.PicklingError)


def secret_things() -> list[object]:
    secret = SecretBytes(PLANTED)
    pair = CodeKeys(PLANTED, secret)
    return [
        secret,
        Code(DIGITS),
        pair,
        Key("0a1b2c3d", TODAY, True, secret),
        Session(pair, datetime(2026, 11, 24, tzinfo=UTC), PLANTED[:16].hex()),
        MailboxKey(secret),
        IdempotencyKey(PLANTED.decode(), PepperRing([secret]), b"tip"),
        PepperRing([secret]),
    ]


def names(thing: object) -> str:
    return type(thing).__name__


def traces() -> list[str]:
    """How the planted secrets would look in any of the usual dresses."""
    return [
        PLANTED.decode(),
        PLANTED.hex(),
        PLANTED[:16].hex(),
        repr(list(PLANTED))[1:-1],
        DIGITS,
        DIGITS[:4],
    ]


@pytest.mark.parametrize("thing", [*secret_things(), Envelope(PLANTED, PLANTED)], ids=names)
def test_nothing_that_prints_shows_a_secret(thing: object) -> None:
    printed = " ".join(face(thing) for face in FACES)
    assert not [trace for trace in traces() if trace in printed]


@pytest.mark.parametrize("thing", secret_things(), ids=names)
def test_nothing_that_stores_or_copies_takes_a_secret(thing: object) -> None:
    for writer in WRITERS:
        with pytest.raises(REFUSALS):
            writer(thing)


@pytest.mark.parametrize("thing", secret_things()[:6], ids=names)
def test_what_holds_a_secret_cannot_be_copied_or_taken_apart(thing: Any) -> None:
    for taken_apart in (
        (copy.copy, copy.deepcopy) if not is_dataclass(thing) else (copy.deepcopy, asdict, astuple)
    ):
        with pytest.raises(TypeError):
            taken_apart(thing)


def test_no_cipher_in_a_keyring_is_written_anywhere(keys: ServiceKeys) -> None:
    printed = " ".join(face(keys) for face in FACES)
    assert not any(key.secret.reveal().hex() in printed for key in keys._keys)
    for writer in WRITERS:
        with pytest.raises(REFUSALS):
            writer(keys)


def test_secrets_are_equal_by_value_are_no_dictionary_keys_and_take_no_attributes() -> None:
    assert SecretBytes(PLANTED) == SecretBytes(bytes(bytearray(PLANTED)))
    assert SecretBytes(PLANTED) != SecretBytes(PLANTED[::-1])
    assert SecretBytes(PLANTED) != PLANTED
    with pytest.raises(TypeError):
        hash(SecretBytes(PLANTED))
    with pytest.raises(AttributeError):
        SecretBytes(PLANTED).note = 1  # type: ignore[attr-defined]
    assert not hasattr(SecretBytes(PLANTED), "__dict__")


def test_a_code_is_shown_only_when_asked_and_compared_with_nothing() -> None:
    assert Code(DIGITS).reveal() == "3141-5926-5358-9793-2384"
    with pytest.raises(TypeError):
        _ = Code(DIGITS) == Code(DIGITS)
    with pytest.raises(TypeError):
        hash(Code(DIGITS))
