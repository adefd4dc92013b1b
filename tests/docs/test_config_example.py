"""The example, the reference and the list of error ids keep up with the code."""

import importlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from connector.config import Config, load_config
from connector.config.advice import advice
from connector.config.categories import DEFAULTS
from connector.config.escalation_sections import (
    BrakeKeys,
    ContactKeys,
    EmailKeys,
    PolicyKeys,
    StepKeys,
    TwilioKeys,
)
from connector.config.sections import CategoryKeys, HelpdeskKeys, PlainSections, SchoolKeys
from connector.config.yaml_file import read_yaml
from connector.domain.chain import PoliceRules, Policy, Step, Via
from connector.plugin_api import Manifest
from connector.registry import Registry

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.yaml"
REFERENCE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
ERRORS = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
ENVIRON = {
    "ZAMMAD_TOKEN": "a-token",
    "ZAMMAD_HOOK": "a-secret",
    "TWILIO_SID": "AC1",
    "TWILIO_TOKEN": "another-secret",
}


@pytest.fixture
def zammad() -> Manifest:
    """The plugin that the example uses."""
    manifest: Manifest = importlib.import_module("plugins.zammad").plugin
    return manifest


@pytest.fixture
def config(zammad: Manifest) -> Config:
    """The example, loaded."""
    registry = Registry()
    registry.register(zammad)
    return load_config(EXAMPLE, registry, ENVIRON)


def settings_of(model: type[BaseModel], data: object, path: str) -> Iterator[tuple[str, bool]]:
    """Every setting of a model by its path, and whether `data` shows it."""
    shown = data if isinstance(data, Mapping) else {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        yield f"{path}{key}", key in shown
        inner = [part for part in (field.annotation, *get_args(field.annotation)) if is_model(part)]
        is_block = get_origin(field.annotation) not in {dict, tuple}
        if inner and is_block and shown.get(key) is not None:
            yield from settings_of(inner[0], shown[key], f"{path}{key}.")


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def policy() -> Mapping[str, Any]:
    """The policy that the example shows."""
    data: Any = read_yaml(EXAMPLE)
    found: Mapping[str, Any] = data["escalation"]["policies"]["standard"]
    return found


def entry(section: str) -> object:
    """The first entry of a section whose entries have names."""
    named = read_yaml(EXAMPLE)[section]
    assert isinstance(named, Mapping)
    return next(iter(named.values()))


def test_the_example_loads_without_a_warning(config: Config) -> None:
    assert config.warnings == ()


def test_the_vault_that_the_example_shows_in_comments_is_one(zammad: Manifest, tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    written = re.sub(r"^vault: null.*$", "", text, flags=re.MULTILINE)
    written = re.sub(r"^# (vault:|  .*)$", r"\1", written, flags=re.MULTILINE)
    copy = tmp_path / "config.yaml"
    copy.write_text(written, encoding="utf-8")
    registry = Registry()
    registry.register(zammad)
    vault = load_config(copy, registry, ENVIRON).vault
    assert vault is not None
    assert (vault.quorum, list(vault.custodians)) == (2, ["superintendent", "counsel", "police"])


def test_the_example_shows_every_setting_of_the_core() -> None:
    shown = [
        *settings_of(PlainSections, read_yaml(EXAMPLE), ""),
        *settings_of(HelpdeskKeys, entry("helpdesks"), "helpdesks.district."),
        *settings_of(CategoryKeys, entry("categories"), "categories.weapon."),
        *settings_of(SchoolKeys, entry("schools"), "schools.north-high."),
        *settings_of(PolicyKeys, policy(), "policy."),
        *settings_of(StepKeys, policy()["steps"][0], "step."),
    ]
    shown.extend(settings_of(ContactKeys, police_contact(), "contacts.police-desk."))
    # Law enforcement is never away.
    assert [path for path, is_shown in shown if not is_shown] == ["contacts.police-desk.away"]


def police_contact() -> object:
    data: Any = read_yaml(EXAMPLE)
    found: object = data["contacts"]["police-desk"]
    return found


def test_what_the_example_calls_a_default_of_a_policy_is_the_default(config: Config) -> None:
    shown = config.policies["standard"]
    assert shown == Policy("standard", shown.steps)
    assert shown.steps[0] == Step("principal", (Via.VOICE, Via.SMS))
    assert config.police == PoliceRules()


def test_check_finds_nothing_in_the_chain_of_the_example_but_what_time_brings(config: Config) -> None:
    assert advice(config, date(2026, 10, 2)) == []
    assert [finding.finding_id for finding in advice(config, date(2027, 10, 2))] == ["ESC-W002"]


def test_the_example_shows_every_setting_of_zammad(zammad: Manifest) -> None:
    shown = settings_of(zammad.settings, entry("helpdesks"), "")
    assert [path for path, is_shown in shown if not is_shown] == []


def test_what_the_example_calls_a_default_is_the_default(
    config: Config, zammad: Manifest, tmp_path: Path
) -> None:
    registry = Registry()
    registry.register(zammad)
    bare = tmp_path / "config.yaml"
    bare.write_text(
        "helpdesks: {district: {platform: zammad, url: https://help.example.org, group: Safety, token: t}}\n"
        "schools: {north-high: {name: North High School, helpdesk: district}}\n",
        encoding="utf-8",
    )
    bare.chmod(0o600)
    default = load_config(bare, registry, {})

    for name in ("listen", "admin_listen", "trusted_proxies"):
        assert getattr(config.service, name) == getattr(default.service, name)
    assert config.data_dir.relative_to(ROOT) == default.data_dir.relative_to(tmp_path)
    assert (config.identity, config.retention, config.limits) == (
        default.identity,
        default.retention,
        default.limits,
    )
    assert (config.mailbox, config.languages) == (default.mailbox, default.languages)
    assert config.categories == default.categories
    shown, bare_one = config.helpdesks["district"], default.helpdesks["district"]
    for name in ("role", "poll_every", "timeout", "concurrency", "marker", "trust_owner"):
        assert getattr(shown, name) == getattr(bare_one, name)
    secret = {"token", "webhook_secret"}
    assert shown.settings.model_dump(exclude=secret) == bare_one.settings.model_dump(exclude=secret)


def test_every_setting_of_the_example_has_a_comment() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    bare = [line for line in lines if re.match(r" +\S+: \S", line) and " # " not in line]
    assert bare == []


def test_the_reference_has_a_line_for_every_setting_of_the_core() -> None:
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", REFERENCE, re.MULTILINE | re.DOTALL))
    models: dict[str, type[BaseModel]] = {
        "helpdesks": HelpdeskKeys,
        "categories": CategoryKeys,
        "schools": SchoolKeys,
        "contacts": ContactKeys,
    }
    for section, field in PlainSections.model_fields.items():
        assert section in sections
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            models[section] = field.annotation
    missing = [
        f"{section}.{name}"
        for section, model in models.items()
        for name in model.model_fields
        if f"| `{name}` |" not in sections[section]
    ]
    assert missing == []
    for model, section in ((PolicyKeys, "escalation"), (StepKeys, "escalation"), (BrakeKeys, "escalation")):
        assert [name for name in model.model_fields if name not in sections[section]] == []
    for keys in (TwilioKeys, EmailKeys):
        names = [field.alias or name for name, field in keys.model_fields.items()]
        assert [name for name in names if f"`{name}`" not in sections["channels"]] == []


def test_the_reference_gives_every_category_its_urgency() -> None:
    for category in DEFAULTS:
        urgency = "says nothing" if category.urgency is None else category.urgency.word
        assert f"| `{category.id}` | {urgency} |" in REFERENCE


def raised() -> set[str]:
    """The ids of configuration errors in the source. The one in ConfigError's docstring is among them."""
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "connector").rglob("*.py")]
    return {found for source in sources for found in re.findall(r"CFG-[EW]\d{3}", source)}


def documented() -> dict[str, str]:
    """The entries of docs/errors.md by id."""
    return dict(re.findall(r"^### (CFG-[EW]\d{3}): [^\n]+\n(.*?)(?=^#|\Z)", ERRORS, re.MULTILINE | re.DOTALL))


def test_every_error_id_has_an_entry_with_cause_and_remedy() -> None:
    entries = documented()
    assert raised() - set(entries) == set()
    for error_id, text in entries.items():
        assert re.search(r"^Cause: \S", text, re.MULTILINE), error_id
        assert re.search(r"^Remedy: \S", text, re.MULTILINE), error_id


def test_no_entry_is_left_over_and_none_stands_twice() -> None:
    headings = re.findall(r"^### (\S+):", ERRORS, re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert set(documented()) - raised() == set()
