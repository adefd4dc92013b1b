"""Which platforms there are: plugins found by the entry-point group `tipbridge.plugins`.

Our own plugins enter the same way as a stranger's. Each is loaded only when it is asked for, and on its own:
one that fails is reported, the others go on.
"""

import re
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Self

from connector.errors import ConfigError
from connector.nearest import did_you_mean
from connector.plugin_api import API_VERSION, HelpdeskSettings, Manifest

GROUP = "tipbridge.plugins"

CORE_KEYS = frozenset({"platform", "role", "poll_every", "timeout", "concurrency", "marker", "trust_owner"})
"""Keys of a helpdesk in the config that are the core's: a plugin's setting of that name could not be set."""

_PLATFORM = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_ASK_AUTHOR = "ask the plugin's author for a version that fits, or uninstall it"


class Registry:
    """The platforms that a config may name."""

    def __init__(self, found: Iterable[EntryPoint] = ()) -> None:
        self._manifests: dict[str, Manifest] = {}
        self._waiting: dict[str, EntryPoint] = {}
        self._failed: dict[str, ConfigError] = {}
        for entry in found:
            self._note(entry)

    @classmethod
    def discover(cls) -> Self:
        """The registry of everything that is installed here. Loads nothing yet."""
        return cls(entry_points(group=GROUP))

    def register(self, manifest: Manifest) -> None:
        """Add a platform without an entry point, as tests do. Raises ConfigError for an unfit one."""
        if manifest.platform in self._manifests or manifest.platform in self._waiting:
            raise _claimed_twice(manifest.platform)
        problem = _unfit(manifest, manifest.platform)
        if problem is not None:
            raise problem
        self._manifests[manifest.platform] = manifest

    def manifest(self, platform: str) -> Manifest:
        """The plugin for a platform, loaded now if need be. Raises ConfigError where there is none."""
        self._load(platform)
        if platform in self._failed:
            raise self._failed[platform]
        if platform not in self._manifests:
            names = sorted({*self._manifests, *self._waiting})
            otherwise = f"known are {', '.join(names)}" if names else "install a plugin for it"
            remedy = did_you_mean(platform, names, otherwise)
            raise ConfigError("CFG-E070", "there is no plugin for this platform", remedy)
        return self._manifests[platform]

    def known(self) -> tuple[Manifest, ...]:
        """All platforms that can be used, in the order of their names. Loads every plugin."""
        for platform in list(self._waiting):
            self._load(platform)
        return tuple(self._manifests[platform] for platform in sorted(self._manifests))

    @property
    def problems(self) -> tuple[ConfigError, ...]:
        """Why installed plugins cannot be used, one for each. Loads every plugin."""
        self.known()
        return tuple(self._failed[platform] for platform in sorted(self._failed))

    def _note(self, entry: EntryPoint) -> None:
        earlier = self._waiting.get(entry.name)
        # The same distribution may be found twice along the path (an editable install beside its build).
        if earlier is not None and earlier.value == entry.value:
            return
        if earlier is not None or entry.name in self._failed:
            self._waiting.pop(entry.name, None)
            self._failed[entry.name] = _claimed_twice(entry.name)
        else:
            self._waiting[entry.name] = entry

    def _load(self, platform: str) -> None:
        entry = self._waiting.pop(platform, None)
        if entry is None:
            return
        try:
            found: object = entry.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a stranger's module does at import
            self._failed[platform] = _broken(entry, error)
            return
        problem = _unfit(found, platform)
        if problem is not None:
            self._failed[platform] = problem
        elif isinstance(found, Manifest):
            self._manifests[platform] = found


def _unfit(found: object, platform: str) -> ConfigError | None:
    """What keeps an object from being the plugin for `platform`."""
    if not isinstance(found, Manifest):
        return ConfigError("CFG-E072", f"the plugin {platform} does not name a Manifest", _ASK_AUTHOR)
    if found.api_version != API_VERSION:
        what = f"the plugin {platform} is for plugin API {found.api_version}; this is {API_VERSION}"
        return ConfigError("CFG-E073", what, _ASK_AUTHOR)
    if found.platform != platform or not _PLATFORM.fullmatch(platform):
        what = f"the plugin {platform} has another platform in its manifest, or an unfit one"
        return ConfigError("CFG-E072", what, _ASK_AUTHOR)
    settings: type = found.settings
    if not issubclass(settings, HelpdeskSettings):
        what = f"the settings of the plugin {platform} are not derived from HelpdeskSettings"
        return ConfigError("CFG-E072", what, _ASK_AUTHOR)
    taken = sorted(CORE_KEYS & settings.model_fields.keys())
    if taken:
        what = f"the plugin {platform} claims settings of the core: {', '.join(taken)}"
        return ConfigError("CFG-E072", what, _ASK_AUTHOR)
    return None


def _claimed_twice(platform: str) -> ConfigError:
    # Neither is used: whichever was taken, the operator could not know which one gets the token.
    what = f"two installed plugins claim the platform {platform}"
    return ConfigError("CFG-E074", what, "uninstall one of them")


def _by_hand(entry: EntryPoint) -> str:
    """The line of Python that does what loading did."""
    name = entry.attr.partition(".")[0]
    return f"from {entry.module} import {name}" if name else f"import {entry.module}"


def _broken(entry: EntryPoint, error: BaseException) -> ConfigError:
    missing = f", it needs {error.name}" if isinstance(error, ModuleNotFoundError) and error.name else ""
    what = f"the plugin {entry.name} could not be loaded ({type(error).__name__}{missing})"
    return ConfigError("CFG-E071", what, f"see what `python -c '{_by_hand(entry)}'` says")
