"""What a config file becomes."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from connector.config import Config
from connector.config.kinds import Duration, Size
from connector.domain.urgency import Urgency

Load = Callable[..., Config]


def test_two_sections_are_enough_and_everything_else_has_its_default(load: Load, tmp_path: Path) -> None:
    config = load()

    assert str(config.service.listen) == "127.0.0.1:8080"
    assert str(config.service.admin_listen) == "127.0.0.1:8081"
    assert config.service.public_url == "http://127.0.0.1:8080"
    assert config.service.trusted_proxies == 0
    assert config.path == tmp_path / "config.yaml"
    assert config.data_dir == tmp_path / "data"
    assert config.keys_dir == tmp_path / "data" / "keys"
    assert config.database_url.get_secret_value() == f"sqlite:///{tmp_path}/data/tipbridge.db"
    assert config.identity.capture == ()
    assert config.retention.mailbox == timedelta(days=180)
    assert config.mailbox.keep_own is True
    assert (config.limits.files, config.limits.file_bytes) == (10, 200_000_000)
    assert config.languages == ("en", "es")
    assert config.warnings == ()


def test_a_helpdesk_has_the_cores_defaults_and_its_plugins_settings(load: Load) -> None:
    district = load().helpdesks["district"]

    assert (district.id, district.platform, district.role) == ("district", "paper", "school")
    assert (district.poll_every, district.timeout) == (timedelta(seconds=30), timedelta(seconds=30))
    assert (district.concurrency, district.marker, district.trust_owner) == (4, "@reporter", False)
    assert district.settings.model_dump()["group"] == "Safety"
    assert district.manifest.platform == "paper"


@pytest.mark.parametrize(
    ("platform", "line", "trusted"),
    [("paper", "", False), ("trusting", "", True), ("trusting", "trust_owner: false, ", False)],
)
def test_ownership_is_trusted_as_the_platform_can_tell_unless_the_operator_says_otherwise(
    load: Load, minimal: str, platform: str, line: str, trusted: bool
) -> None:
    text = minimal.replace("platform: paper, ", f"platform: {platform}, {line}")
    assert load(text).helpdesks["district"].trust_owner is trusted


def test_a_school_leans_on_a_helpdesk_and_lives_in_a_time_zone(load: Load, minimal: str) -> None:
    text = minimal.replace(
        "helpdesk: district", "helpdesk: district, timezone: America/Denver, escalation: none"
    )
    school = load(text).schools["north-high"]

    assert (school.id, school.name, school.helpdesk) == ("north-high", "North High School", "district")
    assert school.timezone == ZoneInfo("America/Denver")
    assert load().schools["north-high"].timezone == ZoneInfo("UTC")


def test_the_public_address_follows_the_port_that_is_listened_on(load: Load, minimal: str) -> None:
    assert load(minimal + "service: {listen: '0.0.0.0:9000'}").service.public_url == "http://127.0.0.1:9000"
    assert load(minimal + "service: {listen: '[::1]:9000'}").service.listen.host == "::1"
    assert (
        load(minimal + "service: {public_url: https://t.example.org/}").service.public_url
        == "https://t.example.org"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sqlite:///tips.db", "sqlite:///{here}/tips.db"),
        ("sqlite:////srv/tips.db", "sqlite:////srv/tips.db"),
        ("postgresql://a:b@db/tips", "postgresql+psycopg://a:b@db/tips"),
        ("postgresql+psycopg:///tips", "postgresql+psycopg:///tips"),
        ("null", "sqlite:///{here}/data/tipbridge.db"),
    ],
)
def test_a_database_is_sqlite_or_postgresql_through_psycopg(
    load: Load, minimal: str, tmp_path: Path, written: str, meant: str
) -> None:
    config = load(minimal + f"service: {{database_url: {written}}}")
    assert config.database_url.get_secret_value() == meant.format(here=tmp_path)


def test_relative_paths_count_from_the_config_file_and_absolute_ones_stay(
    load: Load, minimal: str, tmp_path: Path
) -> None:
    assert load(minimal + "service: {data_dir: var/tips}").data_dir == tmp_path / "var" / "tips"
    assert load(minimal + "service: {data_dir: /srv/tips}").keys_dir == Path("/srv/tips/keys")


def test_a_section_with_nothing_below_it_has_its_defaults(load: Load, minimal: str) -> None:
    config = load(minimal + "service:\nlimits:\n  files: null\nlanguages:\ncontacts:\nescalation: null\n")

    assert config.service == load().service
    assert config.limits.files == 10
    assert config.languages == ("en", "es")


def test_the_categories_that_come_along_have_the_urgencies_of_the_design(load: Load) -> None:
    urgencies = {name: category.urgency for name, category in load().categories.items()}

    assert {name for name, urgency in urgencies.items() if urgency is Urgency.EMERGENCY} == {
        "weapon",
        "threat",
        "self-harm",
    }
    assert {name for name, urgency in urgencies.items() if urgency is Urgency.URGENT} == {"violence", "abuse"}
    assert {name for name, urgency in urgencies.items() if urgency is Urgency.ROUTINE} == {
        "bullying",
        "cyberbullying",
        "harassment",
        "substance",
        "misconduct",
    }
    assert urgencies["other"] is None
    assert list(urgencies)[-1] == "other"


def test_categories_are_merged_over_those_that_come_along(load: Load, minimal: str) -> None:
    text = (
        "categories: {weapon: {name: Arms}, substance: null, threat: {urgency: null}, drone: {name: Drones}}"
    )
    categories = load(minimal + text).categories

    assert (categories["weapon"].name, categories["weapon"].urgency) == ("Arms", Urgency.EMERGENCY)
    assert "substance" not in categories
    assert (categories["threat"].name, categories["threat"].urgency) == ("Threat", None)
    assert (categories["drone"].name, categories["drone"].urgency) == ("Drones", None)
    assert list(categories)[-2:] == ["drone", "other"]


def test_words_that_older_yaml_reads_as_something_else_stay_words(load: Load, minimal: str) -> None:
    text = minimal.replace("North High School", "NO") + "languages: [no, en]"
    config = load(text)

    assert config.schools["north-high"].name == "NO"
    assert config.languages == ("no", "en")


def test_merge_keys_share_settings_between_helpdesks(load: Load) -> None:
    text = """
helpdesks:
  one: &shared {platform: paper, url: https://help.example.org, token: "${TOKEN}"}
  two: {<<: *shared, group: South}
schools: {north: {name: North, helpdesk: one}}
"""
    config = load(text)
    assert config.helpdesks["two"].settings.model_dump()["group"] == "South"


def test_nothing_of_a_loaded_config_can_be_changed(load: Load) -> None:
    config = load()

    with pytest.raises(FrozenInstanceError):
        config.languages = ()  # type: ignore[misc]
    with pytest.raises(ValidationError):
        config.limits.files = 99  # type: ignore[misc]
    with pytest.raises(TypeError):
        config.schools["x"] = config.schools["north-high"]  # type: ignore[index]


@given(number=st.integers(0, 10_000), unit=st.sampled_from(["ms", "s", "m", "h", "d"]))
def test_durations_mean_what_they_say(number: int, unit: str) -> None:
    one = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}[unit]
    meant = TypeAdapter[timedelta](Duration).validate_python(f"{number}{unit}")
    assert meant.total_seconds() == pytest.approx(number * one)


@pytest.mark.parametrize(
    ("written", "meant"), [("64KB", 64_000), ("200MB", 200_000_000), ("1 GB", 10**9), ("9B", 9), (4096, 4096)]
)
def test_sizes_are_powers_of_ten(written: str | int, meant: int) -> None:
    assert TypeAdapter[int](Size).validate_python(written) == meant
