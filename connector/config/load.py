"""From the file to the Config: all sections, all problems."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from connector.config.categories import read_categories
from connector.config.contacts import Contacts, read_contacts
from connector.config.helpdesks import read_helpdesks
from connector.config.model import Category, Config
from connector.config.policies import police_rules, read_policies
from connector.config.problems import Problems
from connector.config.reading import Reading
from connector.config.schools import read_schools
from connector.config.sections import PlainSections, Service
from connector.config.yaml_file import read_yaml
from connector.domain.chain import Policy
from connector.plugin_api import Finding, Level
from connector.registry import Registry

NAMED = ("helpdesks", "categories", "schools", "contacts")
"""The sections whose entries the operator names."""
NOT_BUILT = ("hotline", "cleaning")
"""The sections that belong to later versions."""


def load_config(path: Path, registry: Registry, environ: Mapping[str, str]) -> Config:
    """The configuration in the file at `path`.

    `registry` knows the platforms and their settings, `environ` is where `${NAME}` is looked up. Nothing is
    written, no helpdesk is called, no plugin is built. Raises ConfigErrors with everything that is wrong with
    the file.
    """
    path = path.absolute()
    data = read_yaml(path)
    reading = Reading(path, environ)
    plain = _plain(reading, data)
    helpdesks = read_helpdesks(reading, data.get("helpdesks"), registry)
    categories = read_categories(reading, data.get("categories"))
    contacts = read_contacts(reading, data.get("contacts"))
    policies = _policies(reading, plain, contacts)
    schools = read_schools(
        reading, data.get("schools"), _names(data.get("helpdesks")), _policy_names(data, policies)
    )
    _require(reading.problems, data)
    if plain is not None:
        _check_vault(reading.problems, plain, categories)
    reading.problems.raise_if_any()
    if plain is None:
        raise AssertionError("a section that could not be read was not reported")
    return Config(
        path=path,
        service=plain.service,
        identity=plain.identity,
        vault=plain.vault,
        retention=plain.retention,
        helpdesks=MappingProxyType(helpdesks),
        categories=MappingProxyType(categories),
        schools=MappingProxyType(schools),
        mailbox=plain.mailbox,
        limits=plain.limits,
        languages=plain.languages,
        channels=plain.channels,
        alarms=plain.alarms,
        staff=MappingProxyType(contacts.staff),
        agencies=MappingProxyType(contacts.agencies),
        policies=MappingProxyType(policies),
        police=police_rules(plain.escalation.police),
        tick=plain.escalation.tick,
        contact_findings=tuple(contacts.findings),
        warnings=(*reading.references.warnings, *_proxy_captured(plain)),
    )


def _plain(reading: Reading, data: dict[str, Any]) -> PlainSections | None:
    rest = reading.not_built({key: value for key, value in data.items() if key not in NAMED}, NOT_BUILT, "")
    plain = reading.section(PlainSections, rest, "", also_known=(*NAMED, *NOT_BUILT))
    if plain is not None:
        _check_listeners(reading.problems, plain.service)
    return plain


def _policies(reading: Reading, plain: PlainSections | None, contacts: Contacts) -> dict[str, Policy]:
    return (
        {} if plain is None else read_policies(reading.problems, plain.escalation, contacts, plain.channels)
    )


def _policy_names(data: dict[str, Any], policies: Mapping[str, Policy]) -> tuple[str, ...]:
    """Also those that could not be read: one mistake is reported once."""
    escalation = data.get("escalation")
    written = escalation.get("policies") if isinstance(escalation, dict) else None
    return (*policies, *_names(written))


def _check_listeners(problems: Problems, service: Service) -> None:
    # /watchz and /metrics must not be reachable where the reporter's pages are.
    if service.listen.port and service.listen == service.admin_listen:
        problems.add(
            "CFG-E035", "service.admin_listen", "is the same as listen", "choose another port, as 8081"
        )


def _require(problems: Problems, data: dict[str, Any]) -> None:
    for section in ("helpdesks", "schools"):
        if not data.get(section):
            remedy = "add at least one; config.example.yaml shows how"
            problems.add("CFG-E006", section, "is missing", remedy)


def _names(section: object) -> tuple[str, ...]:
    """Ids that may be referred to: also of entries with problems, so that one mistake is reported once."""
    return tuple(name for name in section if isinstance(name, str)) if isinstance(section, dict) else ()


def _check_vault(problems: Problems, plain: PlainSections, categories: Mapping[str, Category]) -> None:
    if plain.vault is not None:
        return
    remedy = "name custodians under vault; docs/custodians.md says how"
    if plain.identity.capture:
        what = "asks to keep what identifies reporters, and there is no vault to seal it in"
        problems.add("CFG-E031", "identity.capture", what, remedy)
    for category in categories.values():
        if category.seal_files:
            what = "asks to seal files, and there is no vault to seal them in"
            problems.add("CFG-E032", f"categories.{category.id}.seal_files", what, remedy)


def _proxy_captured(plain: PlainSections) -> list[Finding]:
    if "ip" not in plain.identity.capture or plain.service.trusted_proxies:
        return []
    if not plain.service.public_url.startswith("https://"):
        return []
    what = "identity.capture: behind a proxy every address that is sealed is the proxy's own"
    remedy = "have the proxy send X-Forwarded-For and set service.trusted_proxies: 1, or capture no ip"
    return [Finding("CFG-W004", Level.WARNING, what, remedy)]
