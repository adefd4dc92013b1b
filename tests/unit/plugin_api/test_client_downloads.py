"""Files from staff: from the helpdesk with our credentials, from elsewhere without, and never too much."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.plugin_api import HelpdeskMisconfigured, HttpClient, PermanentFailure, TemporaryFailure
from connector.plugin_api.http import HttpClients
from connector.testing import KitLog
from tests.unit.plugin_api.certificates import self_signed
from tests.unit.plugin_api.conftest import TOKEN
from tests.unit.plugin_api.wire_server import WireServer, answer, wire_server

_PHOTO = bytes(range(256)) * 100


@pytest.fixture
def storage() -> Iterator[WireServer]:
    with wire_server() as running:
        yield running


@pytest.mark.parametrize("absolute", [False, True])
def test_a_file_of_the_helpdesk_is_asked_for_with_our_credentials(
    server: WireServer, client: HttpClient, absolute: bool
) -> None:
    server.answers(answer(body=_PHOTO))
    location = "/api/files/1?v=2"
    assert client.download(f"{server.url}{location}" if absolute else location, limit=30_000) == _PHOTO
    assert server.asked[0].target == "/api/files/1?v=2"
    assert server.asked[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_a_file_elsewhere_is_asked_for_without_our_credentials(
    client: HttpClient, storage: WireServer
) -> None:
    storage.answers(answer(body=_PHOTO))
    assert client.download(f"{storage.url}/bucket/1?signature=s", limit=30_000) == _PHOTO
    assert storage.asked[0].target == "/bucket/1?signature=s"
    assert TOKEN not in str(storage.asked[0].headers)


def test_a_file_beside_the_base_path_is_elsewhere(server: WireServer, log: KitLog) -> None:
    clients = HttpClients(log)
    client = clients.opener()(f"{server.url}/desk", {"Authorization": f"Bearer {TOKEN}"})
    client.download(f"{server.url}/other/1", limit=100)
    client.download(f"{server.url}/desk/1", limit=100)
    clients.close()
    assert ["authorization" in asked.headers for asked in server.asked] == [False, True]


@pytest.mark.parametrize(
    "location",
    [
        "//evil.example/x",
        "http://evil.example/x",
        "http://10.0.0.5/x",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "files/1",
        "/files/../../admin",
        "https://name:password@evil.example/x",
        "",
    ],
)
def test_a_file_from_a_doubtful_address_is_not_asked_for(client: HttpClient, location: str) -> None:
    with pytest.raises(PermanentFailure, match="refused"):
        client.download(location, limit=100)


def test_a_real_helpdesk_cannot_make_us_read_our_own_services(
    storage: WireServer, tmp_path: Path, log: KitLog
) -> None:
    context, ca_file = self_signed(tmp_path, "localhost")
    with wire_server(context) as helpdesk:
        clients = HttpClients(log, ca_file=ca_file)
        client = clients.opener()(f"https://localhost:{helpdesk.port}", {})
        with pytest.raises(PermanentFailure, match="neither the helpdesk's nor https"):
            client.download(f"{storage.url}/metrics", limit=100)
        clients.close()
    assert storage.asked == []


def test_a_file_over_the_limit_is_a_permanent_failure(server: WireServer, client: HttpClient) -> None:
    server.answers(answer(body=_PHOTO))
    with pytest.raises(PermanentFailure, match="larger than 25599 bytes"):
        client.download("/files/1", limit=len(_PHOTO) - 1)
    assert client.download("/files/1", limit=len(_PHOTO)) == _PHOTO


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden"])
def test_a_file_that_is_gone_is_a_permanent_failure(
    server: WireServer, client: HttpClient, status: str
) -> None:
    server.answers(answer(status))
    with pytest.raises(PermanentFailure, match="not there any more"):
        client.download("/files/1", limit=100)


def test_a_refused_token_is_the_operators_to_mend(server: WireServer, client: HttpClient) -> None:
    server.answers(answer("401 Unauthorized"))
    with pytest.raises(HelpdeskMisconfigured) as caught:
        client.download("/files/1", limit=100)
    assert caught.value.error_id == "HTTP-E004"


@pytest.mark.parametrize("status", ["302 Found", "429 Too Many", "503 Unavailable"])
def test_a_file_that_is_not_to_be_had_now_is_a_temporary_failure(
    server: WireServer, client: HttpClient, status: str
) -> None:
    server.answers(answer(status, Location="http://127.0.0.1:1/x"))
    with pytest.raises(TemporaryFailure):
        client.download("/files/1", limit=100)
