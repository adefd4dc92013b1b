"""What reporters gave as their own leaves in no spelling; what is said about others stays."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.cleaning import TAKEN_OUT, TextChecker, clean_tip_text
from connector.cleaning.text.folding import folded
from connector.domain.identity import Contact
from tests.unit.cleaning.text.looking import CHECKER, warned

MARIA = Contact("Maria Kanarienvogel", "+1 505 555 0142", "maria.k@example.org")


def taken_out(text: str, contact: Contact = MARIA) -> str:
    return CHECKER.declared(contact).take_out(clean_tip_text(text))


@pytest.mark.parametrize(
    "number",
    [
        "505-555-0142",
        "(505) 555-0142",
        "(505)5550142",
        "505.555.0142",
        "505 555 0142",
        "5055550142",
        "5 0 5 5 5 5 0 1 4 2",
        "505/555/0142",
        "505_555_0142",
        "505*555*0142",
        "505 - 555 - 0142",
        "505\u2013555\u20140142",
        "+1 505 555 0142",
        "+15055550142",
        "+1 (505) 555-0142",
        "1-505-555-0142",
        "001 505 555 0142",
        "011 1 505 555 0142",
        "tel:+1-505-555-0142",
        "505%20555%200142",
        "505\n555\n0142",
        "\uff15\uff10\uff15-\uff15\uff15\uff15-\uff10\uff11\uff14\uff12",
        "\u0665\u0660\u0665 \u0665\u0665\u0665 \u0660\u0661\u0664\u0662",
        "\u2075\u2070\u2075\u2075\u2075\u2075\u2070\u00b9\u2074\u00b2",
        "5\ufe0f\u20e30\ufe0f\u20e35\ufe0f\u20e3-555-0142",
        "505\u200b555\u200d0142",
        "5\u03360\u03365\u0336 555 0142",
        "555-0142",
    ],
)
def test_the_phone_number_is_taken_out_however_it_is_written(number: str) -> None:
    assert taken_out(f"call me at {number}, please") == f"call me at {TAKEN_OUT}, please".replace(
        "at [", "at tel:[" if number.startswith("tel") else "at ["
    )


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("505-555-0142", "+1 (505) 555 0142"),
        ("15055550142", "505 555 0142"),
        ("0049 171 2345678", "0171 234 56 78"),
        ("+49 171 2345678", "0171/2345678"),
        ("0171 2345678", "+49 171 2345678"),
        ("06 12 34 56 78", "+33 6 12 34 56 78"),
        ("+33 6 12 34 56 78", "06.12.34.56.78"),
        ("0912 345 678", "+84 912 345 678"),
        ("8 912 345-67-89", "+7 (912) 345 67 89"),
        ("010-1234-5678", "+82 10 1234 5678"),
        ("+52 1 55 1234 5678", "55 1234 5678"),
        ("\uff10\uff11\uff17\uff11 2345678", "01712345678"),
        ("505-555-0142 (mom)", "505 555 0142"),
        ("505 555 0142 or 505 555 0199", "5055550199"),
        ("505-555-0142 x12", "505.555.0142"),
    ],
)
def test_with_and_without_its_country(declared: str, written: str) -> None:
    left = taken_out(f"my number: {written}.", Contact(phone=declared))
    assert left == f"my number: {TAKEN_OUT}."


@pytest.mark.parametrize(
    "address",
    [
        "maria.k@example.org",
        "MARIA.K@EXAMPLE.ORG",
        "Maria.K@Example.org",
        "maria.k @ example.org",
        "maria.k@example . org",
        "maria.k (at) example.org",
        "maria.k[at]example[dot]org",
        "maria.k at example dot org",
        "maria dot k at example dot org",
        "maria.k arroba example punto org",
        "mariak@example.org",
        "maria.k%40example.org",
        "\uff4d\uff41\uff52\uff49\uff41.k\uff20example.org",
        "m\u200baria.k@exa\u00admple.org",
        "maria.k at example",
    ],
)
def test_the_mail_address_is_taken_out_however_it_is_written(address: str) -> None:
    assert taken_out(f"write to {address}, ok") == f"write to {TAKEN_OUT}, ok"


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("Maria Kanarienvogel", "Maria Kanarienvogel"),
        ("Maria Kanarienvogel", "MARIA KANARIENVOGEL"),
        ("Maria Kanarienvogel", "maria   kanarienvogel"),
        ("Maria Kanarienvogel", "Maria\nKanarienvogel"),
        ("Maria Kanarienvogel", "Kanarienvogel, Maria"),
        ("Maria Kanarienvogel", "Maria-Kanarienvogel"),
        ("Maria Kanarienvogel", "maria_kanarienvogel"),
        ("Maria Kanarienvogel", "MariaKanarienvogel"),
        ("Maria Kanarienvogel", "M\u200baria Kana\u00adrienvogel"),
        ("José García", "jose garcia"),
        ("Jose Garcia", "JOSÉ GARCÍA"),
        ("Jose\u0301 Garci\u0301a", "José García"),
        ("Nguyễn Văn An", "nguyen van an"),
        ("Łukasz Øvergård", "Lukasz Overgard"),
        ("张伟", "张伟"),
        ("王小明", "王小明"),
        ("김민수", "김민수"),
        ("Мария Иванова", "Иванова Мария"),
        ("محمد علي", "محمد على"),
        ("فاطمة الزهراء", "فاطمه الزهراء"),
        ("Anna Maria da Silva", "anna maria da silva"),
        ("Al Li", "Al Li"),
    ],
)
def test_the_full_name_is_taken_out_however_it_is_written(declared: str, written: str) -> None:
    assert taken_out(f"yes ({written}) was there", Contact(name=declared)) == f"yes ({TAKEN_OUT}) was there"


def test_particles_and_prefixes_that_are_written_onto_a_name_save_nothing_of_it() -> None:
    assert taken_out("저는 김민수입니다", Contact(name="김민수")) == f"저는 {TAKEN_OUT}입니다"
    assert taken_out("他打张伟了", Contact(name="张伟")) == f"他打{TAKEN_OUT}了"
    assert "محمد علي" not in taken_out("ومحمد علي هناك", Contact(name="محمد علي"))
    assert taken_out("Maria Kanarienvogels bag") == f"{TAKEN_OUT}s bag"


@pytest.mark.parametrize(
    "text",
    [
        "Maria hit me, and so did Maria Lopez",
        "Mr. Kanarienvogel yells at us",
        "his number is 505-555-0199, or 212-555-0187",
        "he mails from jake.m@example.org and maria@example.org",
        "real lizards all live",
        "room 5055, case 5550-1420",
        "Maria, Tom and Kanarienvogel",
    ],
)
def test_what_is_said_about_others_stays(text: str) -> None:
    assert taken_out(text) == text
    assert taken_out(text, Contact(name="Al Li")) == text


def test_one_word_of_a_name_stays_and_is_told() -> None:
    text = "they call Maria names and kanarienvogel too"
    assert taken_out(text) == text
    assert [(one.kind, text[one.start : one.end]) for one in warned(text, MARIA)] == [
        ("name", "Maria"),
        ("name", "kanarienvogel"),
    ]


def test_a_name_of_one_word_is_taken_out_where_the_text_gives_it_as_the_writers() -> None:
    text = "my name is Will. He will bring it, and Will Smith knows. - and so on\n- Will"
    contact = Contact(name="Will")
    assert taken_out(text, contact) == (
        f"my name is {TAKEN_OUT}. He will bring it, and Will Smith knows. - and so on\n- {TAKEN_OUT}"
    )


@pytest.mark.parametrize(
    "name", ["anonymous", "A student", "mom", "idk", "nobody", "estudiante", "匿名", "-", "???"]
)
def test_what_is_no_name_takes_nothing_out(name: str) -> None:
    text = f"my mom hit me, I am a student and anonymous, {name}"
    assert taken_out(text, Contact(name=name)) == text


def test_whichever_field_it_was_written_into() -> None:
    contact = Contact(name="@bluebird_07", phone="maria.k@example.org", email="505 555 0142")
    text = "snap bluebird_07, mail maria.k@example.org, call 505-555-0142"
    assert taken_out(text, contact) == f"snap {TAKEN_OUT}, mail {TAKEN_OUT}, call {TAKEN_OUT}"


def test_nothing_is_taken_out_where_nothing_was_declared() -> None:
    text = "call 505-555-0142, maria.k@example.org"
    for nothing in (None, Contact(), Contact(phone="123"), Contact(email="a"), Contact(name=" ")):
        assert CHECKER.declared(nothing).take_out(text) == text


def test_what_is_taken_out_is_told_once_and_in_its_place() -> None:
    text = "\U0001f622 call +1 (505) 555-0142 or maria.k@example.org, \ufb01nd Maria Kanarienvogel"
    told = [
        (one.kind, text[one.start : one.end], "take it out" in one.message) for one in warned(text, MARIA)
    ]
    assert told == [
        ("phone", "+1 (505) 555-0142", True),
        ("email", "maria.k@example.org", True),
        ("name", "Maria Kanarienvogel", True),
    ]


def test_what_was_declared_is_in_no_representation() -> None:
    assert "555" not in repr(CHECKER.declared(MARIA))
    assert "aria" not in repr(CHECKER.declared(MARIA))


_SEPARATOR = st.sampled_from(["", " ", "-", ".", ") ", " - ", "\u2013", "\u00a0", "\u200b", "/", "_"])
_DIGITS = {
    "plain": "0123456789",
    "wide": "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
    "arabic": "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
}
_AROUND = st.text(st.characters(codec="utf-8", categories=("L", "P", "Zs", "So", "Mn")), max_size=20)


@given(
    area=st.integers(200, 989),
    line=st.integers(2_000_000, 9_999_999),
    separators=st.lists(_SEPARATOR, min_size=9, max_size=9),
    country=st.sampled_from(["", "+1 ", "+1", "1-", "001 "]),
    digits=st.sampled_from(sorted(_DIGITS)),
    given_as=st.sampled_from(["{}", "+1{}", "1-{}", "({}"]),
    before=_AROUND,
    after=_AROUND,
)
def test_no_spelling_of_a_number_is_left(
    area: int,
    line: int,
    separators: list[str],
    country: str,
    digits: str,
    given_as: str,
    before: str,
    after: str,
) -> None:
    number = f"{area}{line}"
    spelt = "".join(map("".join, zip(number, [*separators, ""], strict=True)))
    spelt = spelt.translate(str.maketrans(_DIGITS["plain"], _DIGITS[digits]))
    left = taken_out(f"{before} {country}{spelt} {after}", Contact(phone=given_as.format(number)))
    assert not any(number in re.sub(r"\D", "", folded(part)) for part in left.split(TAKEN_OUT))
    assert TAKEN_OUT in left


_LETTERS = st.text("abcdeiklmnorstuvz", min_size=4, max_size=9)
_CASE = st.sampled_from([str.lower, str.upper, str.title])


@given(
    first=_LETTERS,
    last=_LETTERS,
    case=_CASE,
    gap=st.sampled_from([" ", "  ", "\n", "-", "", ", ", "\u00a0"]),
    turned=st.booleans(),
    accents=st.booleans(),
    before=_AROUND,
    after=_AROUND,
)
def test_no_spelling_of_a_name_is_left(
    first: str,
    last: str,
    case: Callable[[str], str],
    gap: str,
    turned: bool,
    accents: bool,
    before: str,
    after: str,
) -> None:
    contact = Contact(name=f"{first.title()} {last.title()}")
    parts = [last, first] if turned else [first, last]
    written = case(gap.join(parts))
    if accents:
        written = unicodedata.normalize("NFC", written.replace("e", "e\u0301").replace("i", "i\u0308"))
    left = taken_out(f"{before} {written} {after}", contact)
    assert not any(first + last in re.sub(r"[\W_]", "", folded(part)) for part in left.split(TAKEN_OUT))
    assert TAKEN_OUT in left


@given(
    local=_LETTERS,
    domain=_LETTERS,
    case=_CASE,
    at=st.sampled_from(["@", " @ ", "(at)", " at ", "\uff20"]),
    dot=st.sampled_from([".", " dot ", "(dot)"]),
    before=_AROUND,
    after=_AROUND,
)
def test_no_spelling_of_a_mail_address_is_left(
    local: str, domain: str, case: Callable[[str], str], at: str, dot: str, before: str, after: str
) -> None:
    written = case(f"{local}{at}{domain}{dot}org")
    left = taken_out(f"{before} {written} {after}", Contact(email=f"{local}@{domain}.org"))
    assert TAKEN_OUT in left
    assert not re.search(rf"{local}\W{{0,3}}(?:at)?\W{{0,3}}{domain}(?![a-z])", folded(left))


_FIELD = (
    st.none()
    | st.text(max_size=30)
    | st.from_regex(r"[a-z.]{0,5}@[a-z.]{0,9}|[+0-9() -]{0,20}|@[a-z.]{0,6}", fullmatch=True)
)


@given(_FIELD, _FIELD, _FIELD, st.text(max_size=50))
def test_whatever_was_given_is_used_or_ignored(
    name: str | None, phone: str | None, email: str | None, text: str
) -> None:
    contact = Contact(name, phone, email)
    left = CHECKER.declared(contact).take_out(f"{text} {name} {phone} {email}")
    assert len(re.findall(r"\[taken out\]", left)) >= left.count("taken") - text.count("taken") - 1


def test_nothing_of_a_contact_is_kept_in_memory() -> None:
    CHECKER.declared(MARIA).take_out("call 505-555-0142")
    kept = [str(pattern) for cache in (re._cache, re._cache2) for pattern in cache]  # type: ignore[attr-defined]
    assert not [pattern for pattern in kept if "kanarienvogel" in pattern]


@given(st.text(max_size=200), st.sampled_from([MARIA, Contact(name="An Li"), Contact(phone="55501")]))
def test_any_text_is_taken_and_comes_out_the_same_twice(text: str, contact: Contact) -> None:
    declared = TextChecker(("US",)).declared(contact)
    once = declared.take_out(text)
    assert declared.take_out(once) == once
