"""A platform of the tests' own, and short ways to load a config text."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr, field_validator

from connector.config import Config, ConfigErrors, load_config
from connector.plugin_api import Capabilities, HelpdeskPlugin, HelpdeskSettings, Manifest, PluginContext
from connector.registry import Registry

MINIMAL = """
helpdesks:
  district: {platform: paper, url: https://help.example.org, token: "${TOKEN}"}
schools:
  north-high: {name: North High School, helpdesk: district}
"""
"""The least that loads. Tests add sections at its end."""

ENVIRON = {"TOKEN": "env-token-1f2e3d"}


class Proxy(BaseModel):
    """Settings within settings."""

    password: SecretStr


class PaperSettings(HelpdeskSettings):
    """What the helpdesk of the tests wants to know."""

    url: str
    token: SecretStr
    group: str = "Safety"
    customer: int | None = None
    proxy: Proxy | None = None
    spare_tokens: tuple[SecretStr, ...] = ()

    @field_validator("group")
    @classmethod
    def _known_group(cls, value: str) -> str:
        if value == "Attic":
            raise ValueError("the attic takes no tickets")
        return value

    @field_validator("token")
    @classmethod
    def _no_password(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value().startswith("password"):
            raise ValueError(f"{value.get_secret_value()} is a password, not a token")
        return value


def _build(_settings: Any, _context: PluginContext) -> HelpdeskPlugin:
    raise AssertionError("loading a config builds no plugin")


PAPER = Manifest(
    "paper", "Paper", PaperSettings, Capabilities(unique_reference=True), _build, "docs/paper.md"
)
TRUSTING = Manifest(
    "trusting",
    "Trusting",
    PaperSettings,
    Capabilities(unique_reference=True, trust_owner=True),
    _build,
    "docs",
)

Load = Callable[..., Config]
Problems = Callable[..., dict[str, str]]


@pytest.fixture
def registry() -> Registry:
    """Knows the platforms `paper` and `trusting`."""
    registry = Registry()
    registry.register(PAPER)
    registry.register(TRUSTING)
    return registry


@pytest.fixture
def load(tmp_path: Path, registry: Registry) -> Load:
    """Load a config text from a file that only we can read."""

    def load_text(text: str = MINIMAL, environ: Mapping[str, str] = ENVIRON) -> Config:
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return load_config(path, registry, environ)

    return load_text


@pytest.fixture
def refusal(load: Load) -> Callable[..., ConfigErrors]:
    """What is said of a text that is refused."""

    def refuse(text: str, environ: Mapping[str, str] = ENVIRON) -> ConfigErrors:
        with pytest.raises(ConfigErrors) as caught:
            load(text, environ)
        return caught.value

    return refuse


@pytest.fixture
def problems(refusal: Callable[..., ConfigErrors]) -> Problems:
    """The problems of a text: error ids by path."""

    def found(text: str, environ: Mapping[str, str] = ENVIRON) -> dict[str, str]:
        return {problem.what.split(": ")[0]: problem.error_id for problem in refusal(text, environ).problems}

    return found


@pytest.fixture
def minimal() -> str:
    """The least that loads."""
    return MINIMAL
