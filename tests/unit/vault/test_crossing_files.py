"""Every file that crosses machines: read only as it was written, refused otherwise, whatever it holds."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.domain.identity import NOTHING
from connector.errors import VaultShut
from connector.vault.crossing import CrossingFile, FileBroken, written
from connector.vault.custodians import CustodianKeys, KeyFile, PublicFile
from connector.vault.handover import HandOver, OwnShare, OwnShares, hand_over
from connector.vault.passphrase import INSECURE_PASSPHRASE_COST
from connector.vault.record import seal_identity, share_context
from connector.vault.requests import Approval, Grounds, OpenerFile, Request, RequestShare, approve, deny
from connector.vault.seal_keys import HYBRID, SealPrivate
from connector.vault.secret import SecretBytes

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
ANNA, BERT = (CustodianKeys(name, SecretBytes(os.urandom(32)), HYBRID) for name in ("anna", "bert"))
OPENER = SecretBytes(b"\x05" * 32)


def _request() -> Request:
    place = "1234-5678|identity"
    record = seal_identity(NOTHING, place, [ANNA.public_file.public(), BERT.public_file.public()], 2)
    public = SealPrivate.from_seed(OPENER).public()
    return Request(
        format="tipbridge request 1",
        request="0" * 32,
        case="1234-5678",
        what="identity",
        grounds=Grounds(ground="court-order", order_number="D-1", court="Zürich \u2603"),
        by="A. Counsel",
        requested_at="2026-11-24T08:00:00Z",
        expires_at="2026-11-27T08:00:00Z",
        quorum=2,
        commitment=record.commitment,
        opener_algorithm=1,
        opener_key=public.data,
        shares=[
            RequestShare(holder=one.holder, number=one.number, sealed=one.sealed) for one in record.shares
        ],
    )


def _own_shares() -> OwnShares:
    context = share_context("1234-5678|identity", 1, b"c" * 32)
    sealed = ANNA.private.public().seal(b"s" * 32, context)
    share = OwnShare(case="1234-5678", what="identity", number=1, commitment=b"c" * 32, sealed=sealed)
    return OwnShares(
        format="tipbridge shares 1", holder=ANNA.public_file.fingerprint, name="anna", shares=[share]
    )


REQUEST = _request()
FILES: dict[str, CrossingFile] = {
    "public": ANNA.public_file,
    "key": ANNA.key_file("a long passphrase", INSECURE_PASSPHRASE_COST),
    "request": REQUEST,
    "approval": approve(REQUEST, ANNA, NOW),
    "denial": deny(REQUEST, ANNA, NOW, "not convincing"),
    "opener": OpenerFile.locked(
        OPENER, HYBRID, REQUEST.digest, "a long passphrase", INSECURE_PASSPHRASE_COST
    ),
    "shares": _own_shares(),
    "hand-over": hand_over(_own_shares(), ANNA, BERT.public_file),
}
each_file = pytest.mark.parametrize("file", FILES.values(), ids=FILES)


def _meaning(file: CrossingFile) -> Callable[[bytes], Any]:
    """What the other side makes of a file: reading it, and checking what in it can be checked without others."""

    def public(data: bytes) -> object:
        return PublicFile.parse(data).public()

    def key(data: bytes) -> object:
        return KeyFile.parse(data).unlocked("a long passphrase").public_file

    def request(data: bytes) -> object:
        return Request.parse(data).digest

    def approval(data: bytes) -> object:
        read = Approval.parse(data)
        if not ANNA.public_file.public().has_signed(read.signature, read.unsigned()):
            raise FileBroken(Approval.kind)
        return read

    def opener(data: bytes) -> object:
        read = OpenerFile.parse(data)
        if read.request != REQUEST.digest:
            raise FileBroken(OpenerFile.kind)
        return read.unlocked("a long passphrase").public()

    def shares(data: bytes) -> object:
        return hand_over(OwnShares.parse(data), ANNA, BERT.public_file).shares[0].number

    def handed(data: bytes) -> object:
        read = HandOver.parse(data)
        read.to.public()
        if not ANNA.public_file.public().has_signed(read.signature, read.unsigned()):
            raise FileBroken(HandOver.kind)
        return read

    table = {
        PublicFile: public,
        KeyFile: key,
        Request: request,
        Approval: approval,
        OpenerFile: opener,
        OwnShares: shares,
        HandOver: handed,
    }
    return table[type(file)]


@each_file
def test_what_was_written_is_read(file: CrossingFile) -> None:
    assert type(file).parse(file.to_bytes()) == file


@each_file
def test_one_bit_altered_anywhere_is_noticed(file: CrossingFile) -> None:
    data, meaning = file.to_bytes(), _meaning(file)
    whole = meaning(data)
    step = max(1, len(data) // 600)
    for position in range(0, len(data), step):
        for bit in (0, 5):
            altered = data[:position] + bytes([data[position] ^ 1 << bit]) + data[position + 1 :]
            try:
                assert meaning(altered) != whole
            except VaultShut:
                continue
            # Only a request may be read with another meaning: the log does not know its digest.
            assert isinstance(file, Request)


@each_file
def test_a_file_cut_off_or_with_something_behind_it_is_refused(file: CrossingFile) -> None:
    data = file.to_bytes()
    for altered in (
        b"",
        data[:-1],
        data[: len(data) // 2],
        data + b"\n",
        data + data,
        b"\xef\xbb\xbf" + data,
    ):
        with pytest.raises(FileBroken):
            type(file).parse(altered)


@each_file
def test_a_field_more_or_less_or_of_another_kind_is_refused(file: CrossingFile) -> None:
    fields = json.loads(file.to_bytes())
    altered = [{**fields, "more": 1}, {**fields, "format": "tipbridge other 1"}, [fields], None]
    altered += [{name: value for name, value in fields.items() if name != gone} for gone in fields]
    altered += [{**fields, name: {"deep": [value]}} for name, value in fields.items()]
    for body in altered:
        with pytest.raises(FileBroken):
            type(file).parse(written(body))


@each_file
def test_a_larger_file_than_can_be_is_refused_unread(file: CrossingFile) -> None:
    class Small(type(file)):  # type: ignore[misc]
        largest = 10

    with pytest.raises(FileBroken):
        Small.parse(file.to_bytes())


@settings(max_examples=60)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_garbage_is_refused_with_nothing_of_it_in_the_message(garbage: bytes) -> None:
    for kind in {type(file) for file in FILES.values()}:
        with pytest.raises(FileBroken) as refusal:
            kind.parse(garbage)
        assert str(refusal.value) == str(FileBroken(kind.kind))


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
        max_leaves=20,
    )
)
def test_any_json_that_is_not_such_a_file_is_refused(value: Any) -> None:
    for kind in {type(file) for file in FILES.values()}:
        with pytest.raises(FileBroken):
            kind.parse(written(value))


def test_deeply_nested_json_ends_no_process() -> None:
    with pytest.raises(FileBroken):
        Request.parse(b"[" * 100_000)
