"""Photos that are too much for one article of the helpdesk: all arrive, none makes the tip fail."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from connector.plugin_api import Manifest
from connector.testing import FakeClock
from tests.harness import Harness
from tests.practice_desk import PracticeDesk


class SmallDesk(PracticeDesk):
    """A helpdesk that takes 100 kB with an article, and no file over 60 kB."""

    @property
    def manifest(self) -> Manifest:
        """The practice plugin, less able."""
        able = replace(super().manifest.capabilities, max_file=60_000, max_ticket=100_000)
        return replace(super().manifest, capabilities=able)


@pytest.fixture
def harness(make_harness: Callable[[PracticeDesk], Harness], tmp_path: Path, clock: FakeClock) -> Harness:
    return make_harness(SmallDesk(tmp_path / "desk", clock))


def photo(side: int) -> bytes:
    """Noise, of which no compression makes less: about 1.6 bytes for a pixel."""
    file = BytesIO()
    Image.effect_noise((side, side), 80).save(file, "JPEG", quality=90)
    return file.getvalue()


def photos_in(harness: Harness, ticket_id: str) -> list[list[str]]:
    return [sorted(article.files) for article in harness.staff.look(ticket_id).articles]


def test_the_photos_of_a_tip_are_spread_over_articles(harness: Harness) -> None:
    reporter = harness.reporter()
    answer = reporter.send(files=tuple(photo(170) for _ in range(5)))
    assert [file["forwarded"] for file in answer["files"]] == [True] * 5
    harness.settle()
    assert harness.rows() == []
    arrived = photos_in(harness, harness.ticket_of(reporter))
    assert len(arrived) > 1
    assert [name for names in arrived for name in names] == [f"photo-{number}.jpg" for number in range(1, 6)]


def test_the_photos_of_a_follow_up_are_spread_too(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    reporter.write("here they are", files=tuple(photo(170) for _ in range(5)))
    harness.settle()
    arrived = photos_in(harness, harness.ticket_of(reporter))
    assert sum(len(names) for names in arrived) == 5
    assert len(arrived) > 2


def test_a_photo_that_is_too_large_by_itself_is_refused_in_words_and_the_tip_arrives(
    harness: Harness,
) -> None:
    reporter = harness.reporter()
    answer = reporter.send(files=(photo(170), photo(600)))
    assert [(file["accepted"], file["forwarded"]) for file in answer["files"]] == [
        (True, True),
        (False, False),
    ]
    assert "larger than the school's helpdesk takes" in answer["files"][1]["reason"]
    harness.settle()
    ticket = harness.staff.look(harness.ticket_of(reporter))
    assert sorted(ticket.articles[0].files) == ["photo-1.jpg"]
    assert "too large" in ticket.articles[0].text
