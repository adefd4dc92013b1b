"""Whatever somebody sends, the work grows with its length and no faster; and nothing is loaded before it is needed."""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from connector.cleaning import clean_tip_text
from connector.cleaning.text import phones
from connector.domain.identity import Contact
from tests.unit.cleaning.text.looking import CHECKER, REGIONS

HOSTILE = [
    *(
        "my name is ",
        "my ",
        "i am i'm ",
        "I'm A. ",
        "my snap is ",
        "snap my ",
        "ig:",
        "maria ",
        "kanarienvogel",
        "m",
        "marιa-",
    ),
    *("@", "@a", "a@", "a.", "a.a@", "a at ", "(at)", "me at a dot ", "_", "#1234", "a#1234"),
    *("https://x/", "https://", "www.a.", "a.b/", "https://x.org/?utm_a=1&", "?utm_a=", "&", "="),
    *("https://instagram.com/maria?igsh=1 ", "https://vm.tiktok.com/a/ "),
    *(
        "1 ",
        "1",
        "(1)-",
        "505-555-0142 ",
        "5055550142",
        "2026-11-24 ",
        "1.2.3.4 ",
        "10:30 ",
        "+",
        "0",
        "-1",
        "((",
        "1)",
    ),
    *(" ", "\n", "\t", "-", "'", "o'", "A ", "Aa ", "...", "\u200b", "\u0301", "e\u0301", "\u200d", "\ufdfa"),
    *(
        "저는 ",
        "제 이름은 ",
        "제",
        "김",
        "我叫",
        "我是王",
        "我",
        "我的微信",
        "اسمي ",
        "و",
        "меня зовут ",
        "я ",
    ),
    "https://" + "a." * 40,
    "\U0001f468\u200d",
]
DECLARED = Contact("Maria Elena Kanarienvogel", "505-555-0142", "m.a.r.i.a@example.org")
SHORT, LONG = 3_000, 12_000


def seconds(work: Callable[[str], object], text: str) -> float:
    """The processor's time, the best of some: other programs make it longer, never shorter."""
    times = []
    for _ in range(2):
        start = time.process_time()
        work(text)
        times.append(time.process_time() - start)
    return min(times)


def look(text: str) -> object:
    return CHECKER.warnings(text, CHECKER.declared(DECLARED))


def clean(text: str) -> object:
    return CHECKER.declared(DECLARED).take_out(clean_tip_text(text))


@pytest.mark.parametrize(
    ("contact", "piece"),
    [
        (Contact(phone="2020202020202020"), "%20"),
        (Contact(phone="2020202020"), "2%20"),
        (Contact(phone="1111111"), "1 "),
        (Contact(phone="505 555 0142 " * 4), "505 555 014"),
        (Contact(email=f"{'d.o.t.' * 10}d@example.org"), "dot "),
        (Contact(email=f"{'d.o.t.' * 10}d@example.org"), "d dot o dot t dot "),
        (Contact(email="a@b " * 60), "a@"),
        (Contact(email=f"a@{'b.' * 120}c"), "a@b.b dot b . b"),
        (Contact(email="a." * 30 + "b@c.d"), "a.a "),
        (Contact(name="a " * 100), "a a b "),
        (Contact(name="Ann Ann Ann"), "ann ann an "),
        (Contact(name="a@a 1 " * 30, phone="1", email="%" * 254), "%a"),
    ],
)
def test_whatever_was_given_as_a_contact(contact: Contact, piece: str) -> None:
    def take(text: str) -> object:
        return CHECKER.declared(contact).take_out(text)

    short, long = (seconds(take, (piece * size)[:size]) for size in (SHORT, LONG))
    assert long < 9 * short + 0.05


@pytest.mark.parametrize("work", [look, clean])
@pytest.mark.parametrize("piece", HOSTILE)
def test_four_times_the_text_is_about_four_times_the_work(piece: str, work: Callable[[str], object]) -> None:
    work("a")
    short, long = (seconds(work, (piece * size)[:size]) for size in (SHORT, LONG))
    # Work that grew with the square would be 16 times as much; the constant keeps very short times out of it.
    assert long < 9 * short + 0.02


def test_the_library_for_phone_numbers_is_asked_a_bounded_number_of_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    library = phones._library()

    class Counting:
        Leniency = library.Leniency

        @staticmethod
        def PhoneNumberMatcher(row: str, region: str, **how: Any) -> Any:  # noqa: N802
            asked.append(len(row))
            return library.PhoneNumberMatcher(row, region, **how)

    monkeypatch.setattr(phones, "_library", lambda: Counting)
    counts = []
    for size in (100, 1_000):
        asked.clear()
        text = "\n".join(f"{number:04} 11 22 33 44 55" for number in range(size))
        found = phones.find_phones(text, REGIONS)
        assert len(found) >= size
        counts.append(sum(asked))
    assert counts[1] <= counts[0] + 100
    assert counts[0] < 4_000


def test_nothing_is_loaded_before_somebody_writes_a_number() -> None:
    program = (
        "import sys; from connector.cleaning import TextChecker; from connector.cleaning.text import data;"
        "checker = TextChecker(('US',)); assert data.listed.cache_info().misses == 0;"
        "checker.warnings('he has a knife'); assert 'phonenumbers' not in sys.modules;"
        "checker.warnings('505-555-0142'); assert 'phonenumbers' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
