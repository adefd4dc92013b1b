"""`seal_files`: staff never get the files of such a tip; the custodians do, by the same quorum."""

import io

import pytest
from PIL import Image

from connector.domain.tip import CleanFile
from connector.errors import VaultShut
from connector.services.sealed_files import FilesKey
from tests.custodians import Custodians
from tests.harness import Harness
from tests.harness_fixtures import MakeHarness
from tests.memory_desk import MemoryDesk
from tests.vaulted import Vaulted


@pytest.fixture
def sealing(make_harness: MakeHarness, memory_desk: MemoryDesk, people: Custodians) -> Vaulted:
    harness = make_harness(
        memory_desk,
        vault=people.section,
        categories={"bullying": {"seal_files": True}},
    )
    return Vaulted(harness, people)


def _size(data: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(data)).size


def test_the_file_is_not_in_the_ticket_and_two_custodians_can_open_it(sealing: Vaulted) -> None:
    harness: Harness = sealing.harness
    reporter = harness.reporter()
    answer = reporter.send(files=(harness.canary.photo(),))
    (file,) = answer["files"]
    assert (file["accepted"], file["forwarded"]) == (True, False)
    harness.settle()
    received = harness.desk.received()
    assert b"photo-1" not in received
    assert b"sealed: only the custodians" in received
    opened = sealing.open(sealing.ask(reporter.case, "files"))
    assert [_size(one.data) for one in opened.files] == [(64, 48)]
    assert opened.identity is None
    assert sealing.identity_of(reporter.case) is None


def test_asking_for_the_identity_opens_no_file_and_the_other_way_round(sealing: Vaulted) -> None:
    reporter = sealing.harness.reporter()
    reporter.send(files=(sealing.harness.canary.photo(),))
    for_identity, for_files = sealing.ask(reporter.case), sealing.ask(reporter.case, "files")
    assert sealing.open(for_identity).files == ()
    approvals = sealing.people.approvals(for_identity.request, sealing.harness.clock.now())
    with pytest.raises(VaultShut):
        sealing.open(for_files, *approvals)


def test_a_file_sent_later_is_refused_with_what_to_do_and_the_words_arrive(sealing: Vaulted) -> None:
    reporter = sealing.harness.reporter()
    reporter.send()
    sealing.harness.settle()
    answer = reporter.write("more words", files=(sealing.harness.canary.photo(),)).json()
    assert answer["files"][0]["accepted"] is False
    assert "send a new tip" in answer["files"][0]["reason"]
    sealing.harness.settle()
    assert b"more words" in sealing.harness.desk.received()


def test_a_file_that_took_longer_is_sealed_when_it_is_clean(
    make_harness: MakeHarness, memory_desk: MemoryDesk, people: Custodians
) -> None:
    harness = make_harness(
        memory_desk,
        vault=people.section,
        categories={"bullying": {"seal_files": True}},
        cleaning={"answer_within": "1ms"},
    )
    vaulted, reporter = Vaulted(harness, people), harness.reporter()
    answer = reporter.send(files=(harness.canary.photo(), harness.canary.photo()))
    assert [file["accepted"] for file in answer["files"]] == [None, None]
    assert vaulted.open(vaulted.ask(reporter.case, "files")).files == ()
    while harness.app.finishing.finish_one():
        pass
    harness.settle()
    assert b"photo-1" not in harness.desk.received()
    opened = vaulted.open(vaulted.ask(reporter.case, "files"))
    assert [_size(one.data) for one in opened.files] == [(64, 48), (64, 48)]
    assert all("only the custodians" in text for text in reporter.answers())


def test_what_a_process_that_died_has_left_of_a_case_that_never_was_goes_at_the_second_look(
    sealing: Vaulted,
) -> None:
    app = sealing.harness.app
    file, key = CleanFile("photo-1.jpg", "image/jpeg", b"x" * 1000), FilesKey.new()
    app.sealing_files.put_one("0000-0001", key, 0, file)
    case = sealing.tell(files=(sealing.harness.canary.photo(),))
    for _ in range(2):
        assert len(_pieces(sealing, "0000-0001")) == 2
        app.retaining.purge()
    assert _pieces(sealing, "0000-0001") == []
    assert len(_pieces(sealing, case)) == 2


def _pieces(sealing: Vaulted, number: str) -> list[str]:
    with sealing.harness.app.store.read() as tx:
        return tx.vault.piece_names(sealing.harness.app.sealing.hashes(number)[0], "")


def test_asking_for_files_where_there_are_none_gives_none(sealing: Vaulted) -> None:
    reporter = sealing.harness.reporter()
    reporter.send()
    assert sealing.open(sealing.ask(reporter.case, "files")).files == ()
