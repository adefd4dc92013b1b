"""`cleaning.originals: seal`: staff get the clean file, the custodians can open it as it came, by the same quorum."""

from io import BytesIO

import pytest
from PIL import Image

from connector.vault.keyring import SealBroken
from tests.custodians import Custodians
from tests.harness_fixtures import MakeHarness
from tests.memory_desk import MemoryDesk
from tests.stored import everything_stored
from tests.vaulted import Vaulted


@pytest.fixture
def sealing(make_harness: MakeHarness, memory_desk: MemoryDesk, people: Custodians) -> Vaulted:
    harness = make_harness(memory_desk, vault=people.section, cleaning={"originals": "seal"})
    return Vaulted(harness, people)


def large(canary_photo: bytes) -> bytes:
    """More than one piece, with the canary's photo in front."""
    file = BytesIO()
    Image.effect_noise((900, 900), 90).save(file, "PNG")
    return canary_photo + file.getvalue()


def test_the_file_as_it_came_is_sealed_and_the_clean_one_arrives(sealing: Vaulted) -> None:
    harness = sealing.harness
    photo, reporter = large(harness.canary.photo()), harness.reporter()
    answer = reporter.send(files=(photo, b"no file that anybody knows"))
    assert [file["accepted"] for file in answer["files"]] == [True, False]
    harness.settle()
    received = harness.desk.received()
    assert b"photo-1.jpg" in received
    assert b"original" not in received
    opened = sealing.open(sealing.ask(reporter.case, "files"))
    assert [(one.name, one.data) for one in opened.files] == [
        ("original-1", photo),
        ("original-2", b"no file that anybody knows"),
    ]


def test_nothing_of_it_lies_open(sealing: Vaulted) -> None:
    harness = sealing.harness
    photo = harness.canary.photo()
    harness.reporter().send(files=(photo,))
    assert photo[-200:] not in everything_stored(harness.app.store, harness.directory)


def test_a_tip_without_files_keeps_none(sealing: Vaulted) -> None:
    assert sealing.open(sealing.ask(sealing.tell(), "files")).files == ()


def test_a_piece_that_was_altered_or_moved_or_lost_opens_nothing(sealing: Vaulted) -> None:
    harness = sealing.harness
    case = sealing.tell(files=(large(harness.canary.photo()),))
    app = harness.app
    with app.store.write() as tx:
        names = tx.vault.piece_names(app.sealing.hashes(case)[0], "")
        assert len(names) > 2
        tx.vault.remove_pieces(app.sealing.hashes(case)[0], names[-1])
    opened = sealing.open(sealing.ask(case, "files"))
    with pytest.raises(SealBroken):
        _ = opened.files[0].data


def test_what_is_shredded_takes_the_files_along(sealing: Vaulted) -> None:
    case = sealing.tell(files=(sealing.harness.canary.photo(),))
    sealing.harness.app.retaining.shred(case, "A. Counsel", "court order")
    with sealing.harness.app.store.read() as tx:
        assert tx.vault.hashes_of_pieces() == set()
