"""Where a client may go."""

from urllib.parse import urlsplit

import pytest

from connector.errors import ConfigError
from connector.plugin_api import PermanentFailure
from connector.plugin_api.http.origin import Origin


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        ("https://help.example.org", "https://help.example.org/api"),
        ("https://Help.Example.org/", "https://help.example.org/api"),
        ("https://help.example.org:8443/desk/", "https://help.example.org:8443/desk/api"),
        ("https://help.example.org:443", "https://help.example.org/api"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000/api"),
        ("http://localhost", "http://localhost/api"),
        ("http://[::1]:3000", "http://[::1]:3000/api"),
    ],
)
def test_a_base_address_is_read_and_paths_go_below_it(written: str, reads: str) -> None:
    assert Origin.parse(written).url("/api") == reads


@pytest.mark.parametrize(
    "written",
    [
        "help.example.org",
        "ftp://help.example.org",
        "https://",
        "https://token@help.example.org",
        "https://help.example.org?x=1",
        "https://help.example.org/#start",
        "https://help.example.org/a/../b",
        "https://help.example.org:0",
        "https://help.example.org:99999",
        "https://help example.org",
        "https://help.example.org\\@evil.example",
        "https://[::1",
    ],
)
def test_an_address_with_anything_odd_in_it_is_a_config_error(written: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Origin.parse(written)
    assert caught.value.error_id == "HTTP-E001"
    assert "token" not in str(caught.value)


@pytest.mark.parametrize(
    "host", ["help.example.org", "10.0.0.5", "127.0.0.1.evil.example", "localhost.evil.example"]
)
def test_plain_http_is_for_this_machine_only(host: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Origin.parse(f"http://{host}")
    assert caught.value.error_id == "HTTP-E002"


@pytest.mark.parametrize(
    "path",
    [
        "api",
        "",
        "//evil.example/x",
        "/a/../../admin",
        "/a/..",
        "/a/%2e%2e/b",
        "/a/%2E./b",
        "/a/%252e%252e/b",
        "/a\\..\\b",
        "/a/..%5cb",
        "/a?x=1",
        "/a#b",
        "/a b",
        "/a\r\nHost: evil",
        "https://evil.example/",
    ],
)
def test_a_path_that_may_lead_out_is_refused(path: str) -> None:
    with pytest.raises(PermanentFailure):
        Origin.parse("https://help.example.org/desk").url(path)


def test_what_belongs_into_a_query_is_encoded() -> None:
    url = Origin.parse("https://help.example.org").url("/tickets/\u00fc.v2", {"q": "a&b=c/\u00fc#"})
    assert url == "https://help.example.org/tickets/%C3%BC.v2?q=a%26b%3Dc%2F%C3%BC%23"


@pytest.mark.parametrize(
    ("address", "covered"),
    [
        ("https://help.example.org/desk/files/1", True),
        ("https://HELP.example.org:443/desk/files/1?x=y", True),
        ("https://help.example.org/other/files/1", False),
        ("https://help.example.org/desktop/files/1", False),
        ("https://help.example.org/desk/../other", False),
        ("https://help.example.org/desk/%2e%2e/other", False),
        ("https://help.example.org:8443/desk/files/1", False),
        ("http://help.example.org/desk/files/1", False),
        ("https://help.example.org.evil.example/desk/files/1", False),
    ],
)
def test_only_what_lies_below_the_base_address_is_ours(address: str, covered: bool) -> None:
    assert Origin.parse("https://help.example.org/desk").covers(urlsplit(address)) is covered
