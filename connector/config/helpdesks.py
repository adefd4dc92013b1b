"""The helpdesks: the core's keys into its model, all others into the plugin's."""

from typing import Any

from pydantic import SecretStr
from pydantic_core import PydanticCustomError

from connector.config.model import HelpdeskConfig
from connector.config.problems import joined
from connector.config.reading import Reading
from connector.config.sections import HelpdeskKeys
from connector.config.urls import web_url
from connector.errors import ConfigError
from connector.plugin_api import HelpdeskSettings, Manifest
from connector.registry import CORE_KEYS, Registry


def read_helpdesks(reading: Reading, data: object, registry: Registry) -> dict[str, HelpdeskConfig]:
    """The helpdesks in the order of the file."""
    helpdesks = {}
    for name, entry in reading.entries(data, "helpdesks").items():
        path = joined("helpdesks", name)
        block = reading.block(entry, path)
        if block is not None:
            helpdesk = _helpdesk(reading, name, block, path, registry)
            if helpdesk is not None:
                helpdesks[name] = helpdesk
    return helpdesks


def _helpdesk(
    reading: Reading, name: str, block: dict[str, Any], path: str, registry: Registry
) -> HelpdeskConfig | None:
    core = {key: value for key, value in block.items() if key in CORE_KEYS}
    rest = {key: value for key, value in block.items() if key not in CORE_KEYS}
    keys = reading.section(HelpdeskKeys, core, path)
    platform = reading.references.resolved(block.get("platform"), joined(path, "platform"))
    manifest = _manifest(reading, platform, path, registry)
    if manifest is None:
        return None
    settings = _settings(reading, manifest, rest, path)
    if keys is None or settings is None:
        return None
    trust = manifest.capabilities.trust_owner if keys.trust_owner is None else keys.trust_owner
    return HelpdeskConfig(
        id=name,
        platform=keys.platform,
        role=keys.role,
        poll_every=keys.poll_every,
        timeout=keys.timeout,
        concurrency=keys.concurrency,
        marker=keys.marker,
        trust_owner=trust,
        settings=settings,
        manifest=manifest,
    )


def _manifest(reading: Reading, platform: object, path: str, registry: Registry) -> Manifest | None:
    """The plugin for a platform. Where `platform` is no text, the core's own model has complained already."""
    if not isinstance(platform, str):
        return None
    try:
        return registry.manifest(platform)
    except ConfigError as error:
        reading.problems.add(error.error_id, joined(path, "platform"), error.what, error.remedy)
        return None


def _settings(
    reading: Reading, manifest: Manifest, rest: dict[str, Any], path: str
) -> HelpdeskSettings | None:
    if isinstance(rest.get("url"), str):
        _check_url(reading, rest["url"], joined(path, "url"))
    settings = reading.section(manifest.settings, rest, path, also_known=CORE_KEYS)
    if settings is not None and not reading.problems.any_at(path):
        _check_secrets_differ(reading, settings, path)
    return settings


def _check_url(reading: Reading, value: str, path: str) -> None:
    """The helpdesk's address, held to the rule for all addresses before the plugin sees it."""
    try:
        web_url(reading.references.resolved(value, path))
    except PydanticCustomError as error:
        context = error.context or {}
        reading.problems.add(error.type, path, str(context["what"]), str(context["remedy"]))


def _check_secrets_differ(reading: Reading, settings: HelpdeskSettings, path: str) -> None:
    """A token that is also the webhook secret can be taken from the one place and used at the other."""
    seen: set[str] = set()
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        for item in value if isinstance(value, tuple | list) else (value,):
            if isinstance(item, SecretStr):
                if item.get_secret_value() in seen:
                    remedy = "give each purpose a secret of its own"
                    reading.problems.add(
                        "CFG-E024", joined(path, name), "is used as another secret already", remedy
                    )
                seen.add(item.get_secret_value())
