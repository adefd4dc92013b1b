"""Marks of who shared a link are taken out of it; the link opens what it opened before."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.cleaning import clean_tip_text
from connector.cleaning.text.data import listed
from connector.cleaning.text.links import links, without_tracking
from tests.unit.cleaning.text.looking import CHECKER, found


@pytest.mark.parametrize(
    ("shared", "cleaned"),
    [
        ("https://www.instagram.com/reel/C1abc/?igsh=MzRlODBiNWFlZA==", "https://www.instagram.com/reel/C1abc/"),
        ("https://youtu.be/dQw4w9WgXcQ?si=AbC_dEf&t=42", "https://youtu.be/dQw4w9WgXcQ?t=42"),
        ("https://www.youtube.com/watch?v=abc&list=PL1&feature=share", "https://www.youtube.com/watch?v=abc&list=PL1"),
        ("https://x.com/someone/status/17?s=20&t=Zx9", "https://x.com/someone/status/17"),
        ("https://www.tiktok.com/@a/video/7?_r=1&_t=8ab&sender_device=pc", "https://www.tiktok.com/@a/video/7"),
        ("https://open.spotify.com/track/1?si=0a1b2c", "https://open.spotify.com/track/1"),
        ("https://www.reddit.com/r/a/comments/1/b/?share_id=Q&utm_medium=ios_app", "https://www.reddit.com/r/a/comments/1/b/"),
        ("https://www.facebook.com/groups/1/posts/2/?mibextid=K35XfP&rdid=x", "https://www.facebook.com/groups/1/posts/2/"),
        (
            "https://docs.google.com/document/d/1aB/edit?usp=sharing&ouid=1177&rtpof=true&resourcekey=0-k",
            "https://docs.google.com/document/d/1aB/edit?resourcekey=0-k",
        ),
        ("https://news.example.org/a?id=3&fbclid=IwAR0&page=2#top", "https://news.example.org/a?id=3&page=2#top"),
        ("https://news.example.org/a?UTM_Source=x&amp;utm_medium=y&id=3", "https://news.example.org/a?id=3"),
        ("https://news.example.org/a#utm_source=x", "https://news.example.org/a"),
        ("youtube.com/watch?v=abc&si=me", "youtube.com/watch?v=abc"),
        ("www.example.org/?gclid=1", "www.example.org/"),
        ("http://www.bilibili.com/video/BV1?vd_source=7d&p=2", "http://www.bilibili.com/video/BV1?p=2"),
        ("https://школа.example/?utm_source=a&b=c", "https://школа.example/?b=c"),
        ("\uff48\uff54\uff54\uff50\uff53://youtu.be/a\uff1fsi=b", "https://youtu.be/a"),
        ("https://youtu.be/a?s\u200bi=b", "https://youtu.be/a"),
    ],
)  # fmt: skip
def test_what_tells_the_sharer_goes_and_the_rest_stays(shared: str, cleaned: str) -> None:
    assert clean_tip_text(f"look ({shared}), at 10:30!") == f"look ({cleaned}), at 10:30!"


@pytest.mark.parametrize(
    "link",
    [
        "https://zoom.us/j/123?pwd=abc",
        "https://www.google.com/search?q=utm_source&hl=en",
        "https://example.org/s?share=1&t=2&s=3&si=4&feature=5&ref=6",
        "https://example.org/a?x=utm_source%3D1",
        "https://drive.google.com/file/d/1/view?resourcekey=0-a",
        "https://example.org/watch?v=1;t=2",
        "mailto:head@example.org?subject=x",
    ],
)
def test_links_without_marks_stay_letter_by_letter(link: str) -> None:
    assert clean_tip_text(link) == link


def test_words_behind_a_link_without_a_space_stay() -> None:
    assert clean_tip_text("看https://youtu.be/a?si=b他打我") == "看https://youtu.be/a他打我"
    assert clean_tip_text("is it https://youtu.be/a?si=b?") == "is it https://youtu.be/a?"
    assert clean_tip_text("a https://youtu.be/a?si=b\nc") == "a https://youtu.be/a\nc"


def test_a_link_that_is_pasted_onto_another_is_not_lost() -> None:
    assert "https://b.example/x?y=1" in clean_tip_text(
        "https://youtu.be/a?si=1https://b.example/x?y=1&utm_a=2"
    )


def test_a_link_that_we_clean_is_told() -> None:
    assert found("https://www.instagram.com/p/C1/?igsh=abc") == [
        "link: https://www.instagram.com/p/C1/?igsh=abc"
    ]
    (warning,) = CHECKER.warnings("https://www.instagram.com/p/C1/?igsh=abc")
    assert "We take them out" in warning.message


@pytest.mark.parametrize(
    "link",
    [
        "https://vm.tiktok.com/ZMabc/",
        "https://www.tiktok.com/t/ZT8abc/",
        "https://www.instagram.com/share/reel/Bab",
        "https://discord.gg/abcdef",
        "https://chat.whatsapp.com/AbC",
        "https://photos.app.goo.gl/AbC",
        "https://drive.google.com/file/d/1/view",
        "https://north-my.sharepoint.com/personal/maria_k/Documents/a.docx",
        "https://www.icloud.com/photos/#0aB",
        "https://maps.app.goo.gl/AbC",
    ],
)
def test_a_link_that_shows_its_sharer_by_itself_is_told(link: str) -> None:
    assert f"link: {link}" in found(f"see {link}.")


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/a",
        "https://www.youtube.com/watch?v=1",
        "https://tiktok.com/",
        "https://drive.google.com",
    ],
)
def test_an_ordinary_link_is_nothing_to_tell(link: str) -> None:
    assert found(f"see {link} and") == []


_TRACKING = [*listed("tracking")["everywhere"], "utm_x", "mtm_campaign", "hsa_acc"]
_PLAIN = ["v", "id", "page", "q", "list", "key"]


@given(
    st.lists(
        st.tuples(st.sampled_from(_TRACKING + _PLAIN), st.text("abcXYZ019-_%.=", max_size=6)), max_size=8
    ),
    st.sampled_from(
        ["https://example.org/a", "https://sub.example.org:8443/b/", "http://example.org/c.html"]
    ),
    st.sampled_from(["", "#part-2", "#a=b"]),
)
def test_exactly_the_marks_are_taken_out_and_the_order_stays(
    parameters: list[tuple[str, str]], address: str, fragment: str
) -> None:
    query = "&".join(f"{name}={value}" for name, value in parameters)
    cleaned = without_tracking(f"{address}?{query}x{fragment}" if query else address + fragment)
    left = parse_qsl(urlsplit(cleaned).query, keep_blank_values=True)
    assert [name for name, _ in left] == [name for name, _ in parameters if name in _PLAIN]
    assert cleaned.startswith(address)
    assert cleaned.endswith(fragment)


def test_every_name_on_the_list_is_taken_out_at_its_own_host_and_nowhere_else() -> None:
    data = listed("tracking")
    for site in data["sites"]:
        for host in site["hosts"]:
            for name in site["names"]:
                assert name == name.lower()
                assert (
                    without_tracking(f"https://www.{host}/a?keep=1&{name}=me")
                    == f"https://www.{host}/a?keep=1"
                )
                if name not in data["everywhere"]:
                    assert (
                        without_tracking(f"https://example.org/a?{name}=me")
                        == f"https://example.org/a?{name}=me"
                    )


def test_links_are_found_where_they_stand() -> None:
    text = "a https://example.org/x, (www.example.com/y) and example.net/z?"
    assert [text[link.start : link.end] for link in links(text)] == [
        "https://example.org/x",
        "www.example.com/y",
        "example.net/z",
    ]
