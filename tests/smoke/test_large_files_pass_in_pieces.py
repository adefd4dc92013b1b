"""A large file is held in sealed pieces until the helpdesk has it, and then it is gone here."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from connector.domain.blob import InMemory
from connector.services.holding import LARGE
from connector.store.schema import held_files, held_pieces, outbox_files
from tests.harness import Harness


@pytest.fixture(scope="module")
def photo() -> bytes:
    """Noise, of which PNG makes no less."""
    file = BytesIO()
    noise = [Image.effect_noise((1400, 1400), 90) for _ in range(3)]
    Image.merge("RGB", noise).save(file, "PNG", compress_level=1)
    return file.getvalue()


def held(harness: Harness) -> tuple[int, int, int]:
    """How many files, pieces and links there are."""
    with harness.app.store.engine.connect() as connection:
        files, pieces, links = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (held_files, held_pieces, outbox_files)
        )
    return files, pieces, links


def test_it_arrives_whole_and_nothing_of_it_stays(harness: Harness, photo: bytes) -> None:
    reporter = harness.reporter()
    answer = reporter.send(files=(photo,))
    assert [file["accepted"] for file in answer["files"]] == [True]
    files, pieces, links = held(harness)
    assert (files, links) == (1, 1)
    assert pieces > LARGE // 262_144
    harness.settle()
    (article,) = harness.staff.look(harness.ticket_of(reporter)).articles[:1]
    assert Image.open(BytesIO(article.files["photo-1.png"])).size == (1400, 1400)
    assert held(harness) == (0, 0, 0)


def test_it_waits_as_long_as_the_helpdesk_is_down(harness: Harness, photo: bytes) -> None:
    reporter = harness.reporter()
    harness.desk.go_down()
    reporter.send(files=(photo,))
    harness.deliver()
    harness.fast_forward(days=2)
    assert harness.app.holding.forget() == 0, "a file that a row needs is not forgotten, however old"
    harness.desk.come_back()
    harness.expect_error("alarm")
    for _ in range(4):
        harness.settle()
    assert "photo-1.png" in harness.staff.look(harness.ticket_of(reporter)).articles[0].files
    assert held(harness) == (0, 0, 0)


def test_a_follow_up_into_a_deleted_ticket_takes_its_file_along(harness: Harness, photo: bytes) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    harness.staff.delete(harness.ticket_of(reporter))
    harness.expect_error("alarm")
    reporter.write("with a photo", files=(photo,))
    for _ in range(3):
        harness.settle()
    tickets = harness.staff.tickets_with(f"TIP-{reporter.case}-2")
    assert "photo-1.png" in harness.staff.look(tickets[0]).articles[0].files
    assert held(harness) == (0, 0, 0)


def test_what_a_process_that_died_has_left_is_forgotten_after_a_day(harness: Harness, photo: bytes) -> None:
    harness.app.holding.hold(InMemory(photo))
    assert held(harness)[0] == 1
    harness.clock.advance(timedelta(hours=23))
    assert harness.app.holding.forget() == 0
    harness.clock.advance(timedelta(hours=2))
    assert harness.app.holding.forget() == 1
    assert held(harness) == (0, 0, 0)
