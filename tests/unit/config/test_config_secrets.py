"""Where secrets come from, and that they stay where they are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from connector.config import Config, ConfigErrors, load_config
from connector.registry import Registry

Load = Callable[..., Config]


def helpdesk(more: str = "", token: str = "${TOKEN}") -> str:
    """A config whose helpdesk has this token and more settings."""
    return f"""
helpdesks: {{district: {{platform: paper, url: https://help.example.org, token: "{token}"{more}}}}}
schools: {{north: {{name: North, helpdesk: district}}}}
"""


def revealed(config: Config, name: str) -> object:
    """The value of a secret setting."""
    value = getattr(config.helpdesks["district"].settings, name)
    return (
        value.get_secret_value()
        if isinstance(value, SecretStr)
        else [item.get_secret_value() for item in value]
    )


def test_a_secret_comes_from_the_environment(load: Load) -> None:
    assert revealed(load(helpdesk()), "token") == "env-token-1f2e3d"


def test_a_secret_comes_from_a_file_beside_the_config_without_its_last_line_break(
    load: Load, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("file-token\r\n", encoding="utf-8")
    (tmp_path / "token").chmod(0o600)

    config = load(helpdesk(token="file:token"))

    assert revealed(config, "token") == "file-token"
    assert config.warnings == ()


def test_one_webhook_secret_or_several_may_be_given(load: Load) -> None:
    one = load(helpdesk(', webhook_secret: "${HOOK}"'), {"TOKEN": "t", "HOOK": "h1"})
    several = load(helpdesk(', webhook_secret: ["${HOOK}", old-hook]'), {"TOKEN": "t", "HOOK": "h1"})

    assert revealed(one, "webhook_secret") == ["h1"]
    assert revealed(several, "webhook_secret") == ["h1", "old-hook"]


def test_secrets_deep_in_a_plugins_settings_are_found_too(load: Load, tmp_path: Path) -> None:
    (tmp_path / "proxy").write_text("proxy-password", encoding="utf-8")

    config = load(helpdesk(", proxy: {password: file:proxy}"))

    proxy = config.helpdesks["district"].settings.model_dump()["proxy"]
    assert proxy["password"].get_secret_value() == "proxy-password"


def test_any_text_may_come_from_the_environment(load: Load) -> None:
    text = helpdesk().replace("https://help.example.org", '"${HELP}"')
    config = load(text, {"TOKEN": "t", "HELP": "https://h.example.org"})
    assert config.helpdesks["district"].settings.model_dump()["url"] == "https://h.example.org"


def test_file_is_an_ordinary_word_where_no_secret_is_wanted(load: Load) -> None:
    config = load(helpdesk(', group: "file:cabinet"'))
    assert config.helpdesks["district"].settings.model_dump()["group"] == "file:cabinet"


def test_an_empty_variable_counts_as_unset(load: Load) -> None:
    with pytest.raises(ConfigErrors, match=r"CFG-E020 helpdesks\.district\.token: .* TOKEN is not set"):
        load(helpdesk(), {"TOKEN": ""})


@pytest.mark.parametrize(
    ("content", "error_id"), [(b"", "CFG-E023"), (b"a\nb", "CFG-E023"), (b"\xff\xfe", "CFG-E022")]
)
def test_a_file_that_holds_no_secret_is_refused(
    load: Load, tmp_path: Path, content: bytes, error_id: str
) -> None:
    (tmp_path / "token").write_bytes(content)
    with pytest.raises(ConfigErrors, match=error_id):
        load(helpdesk(token="file:token"))


def warnings_of(path: Path, registry: Registry, text: str, mode: int) -> list[tuple[str, str]]:
    """Ids and paths of the warnings for a config file with this mode."""
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    config = load_config(path, registry, {"TOKEN": "t"})
    return [(warning.finding_id, warning.what.split(":")[0]) for warning in config.warnings]


@pytest.mark.parametrize(
    ("mode", "token", "warned"),
    [
        (0o600, "literal", False),
        (0o640, "literal", False),
        (0o644, "literal", True),
        (0o644, "${TOKEN}", False),
    ],
)
def test_a_literal_secret_is_warned_of_where_others_can_read_the_file(
    registry: Registry, tmp_path: Path, mode: int, token: str, warned: bool
) -> None:
    found = warnings_of(tmp_path / "config.yaml", registry, helpdesk(token=token), mode)
    assert found == ([("CFG-W001", "helpdesks.district.token")] if warned else [])


@pytest.mark.parametrize(
    ("url", "warned"),
    [("postgresql://a:b@db/tips", True), ("postgresql:///tips", False), ("sqlite:///t.db", False)],
)
def test_a_database_address_is_a_secret_only_with_a_login_in_it(
    registry: Registry, tmp_path: Path, url: str, warned: bool
) -> None:
    text = helpdesk() + f"service: {{database_url: '{url}'}}\n"
    found = warnings_of(tmp_path / "config.yaml", registry, text, 0o644)
    assert found == ([("CFG-W001", "service.database_url")] if warned else [])


def test_a_secret_file_that_others_can_read_is_warned_of(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("file-token", encoding="utf-8")
    (tmp_path / "token").chmod(0o644)

    found = warnings_of(tmp_path / "config.yaml", registry, helpdesk(token="file:token"), 0o644)

    assert found == [("CFG-W002", "helpdesks.district.token")]


def test_no_secret_shows_when_a_config_is_printed(load: Load) -> None:
    text = (
        helpdesk(', webhook_secret: "hook-secret-77"')
        + "service: {database_url: 'postgresql://a:pw-99@db/t'}\n"
    )
    config = load(text)

    printed = f"{config!r} {config} {config.service!r} {config.helpdesks['district'].settings!r}"
    for secret in ("env-token-1f2e3d", "hook-secret-77", "pw-99"):
        assert secret not in printed


def test_two_secrets_of_one_helpdesk_must_differ(load: Load) -> None:
    with pytest.raises(ConfigErrors) as caught:
        load(helpdesk(', webhook_secret: ["${TOKEN}"], spare_tokens: [other, other]'))
    assert {problem.error_id for problem in caught.value.problems} == {"CFG-E024"}


def test_two_missing_secrets_are_not_taken_for_equal_ones(load: Load) -> None:
    with pytest.raises(ConfigErrors) as caught:
        load(helpdesk(', webhook_secret: "${HOOK}"'), {})
    assert [problem.error_id for problem in caught.value.problems] == ["CFG-E020", "CFG-E020"]


@pytest.mark.parametrize(("proxies", "warned"), [(0, ["CFG-W004"]), (1, [])])
def test_capturing_the_proxys_own_address_is_warned_of(load: Load, proxies: int, warned: list[str]) -> None:
    config = load(
        helpdesk()
        + f"service: {{public_url: https://tips.example.org, trusted_proxies: {proxies}}}\n"
        + "identity: {capture: [ip]}\nvault: {quorum: 2, custodians: {a: file:a.pub, b: file:b.pub}}\n"
    )
    assert [warning.finding_id for warning in config.warnings] == warned


def test_a_quorum_of_one_is_warned_of(load: Load) -> None:
    config = load(helpdesk() + "vault: {quorum: 1, custodians: {a: file:a.pub}}\n")
    assert [warning.finding_id for warning in config.warnings] == ["CFG-W005"]
