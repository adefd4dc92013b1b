"""Plugins are found by entry point, each on its own. Real installed packages, made for each test."""

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

from connector.errors import ConfigError
from connector.plugin_api import (
    API_VERSION,
    Capabilities,
    HelpdeskPlugin,
    HelpdeskSettings,
    Manifest,
    PluginContext,
)
from connector.registry import GROUP, Registry

Install = Callable[..., None]

GOOD = """
from connector.plugin_api import Capabilities, HelpdeskSettings, Manifest

def build(settings, context):
    raise AssertionError

CAN = Capabilities(unique_reference=True)
MANIFEST = Manifest("{platform}", "Good", HelpdeskSettings, CAN, build, "docs")
"""


def build(_settings: object, _context: PluginContext) -> HelpdeskPlugin:
    """A registry builds no plugin."""
    raise AssertionError


def manifest(
    platform: str, settings: type[HelpdeskSettings] = HelpdeskSettings, version: int = API_VERSION
) -> Manifest:
    """A manifest that is only looked at."""
    capabilities = Capabilities(unique_reference=True)
    return Manifest(platform, "Paper", settings, capabilities, build, "docs", version)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a package whose module `<package>_plugin` holds this source and is named by an entry point."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def put(package: str, platform: str, source: str = GOOD, attribute: str = "MANIFEST") -> None:
        module = f"{package}_plugin"
        (tmp_path / f"{module}.py").write_text(source.replace("{platform}", platform), encoding="utf-8")
        info = tmp_path / f"{package}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n", encoding="utf-8"
        )
        (info / "entry_points.txt").write_text(
            f"[{GROUP}]\n{platform} = {module}:{attribute}\n", encoding="utf-8"
        )

    yield put
    for name in set(sys.modules) - before:
        if name.endswith("_plugin"):
            del sys.modules[name]


def refused(registry: Registry, platform: str) -> ConfigError:
    """Why a platform cannot be had."""
    with pytest.raises(ConfigError) as caught:
        registry.manifest(platform)
    return caught.value


def test_an_installed_plugin_is_found_by_its_platform(install: Install) -> None:
    install("stranger", "lighthouse")

    registry = Registry.discover()

    assert registry.manifest("lighthouse").platform == "lighthouse"
    assert "lighthouse" in [known.platform for known in registry.known()]


def test_a_plugin_is_loaded_only_when_it_is_asked_for(install: Install) -> None:
    install("asked", "asked")
    install("unasked", "unasked")

    Registry.discover().manifest("asked")

    assert "asked_plugin" in sys.modules
    assert "unasked_plugin" not in sys.modules


@pytest.mark.parametrize(
    ("source", "attribute", "error_id", "said"),
    [
        ("raise RuntimeError('call +1 505 555 0199')", "MANIFEST", "CFG-E071", "RuntimeError"),
        ("import no_such_package_here", "MANIFEST", "CFG-E071", "it needs no_such_package_here"),
        ("syntax error", "MANIFEST", "CFG-E071", "SyntaxError"),
        ("raise SystemExit(3)", "MANIFEST", "CFG-E071", "SystemExit"),
        (GOOD, "NO_SUCH_NAME", "CFG-E071", "AttributeError"),
        (GOOD, "build", "CFG-E072", "does not name a Manifest"),
        (GOOD.replace("{platform}", "another"), "MANIFEST", "CFG-E072", "another platform"),
        (GOOD.replace('"docs")', '"docs", api_version=99)'), "MANIFEST", "CFG-E073", "plugin API 99"),
    ],
)
def test_a_plugin_that_fails_is_reported_and_the_others_go_on(
    install: Install, source: str, attribute: str, error_id: str, said: str
) -> None:
    install("broken", "broken", source, attribute)
    install("working", "working")

    registry = Registry.discover()

    reason = refused(registry, "broken")
    assert reason.error_id == error_id
    assert said in str(reason)
    assert "505" not in str(reason)
    assert reason in registry.problems
    assert "working" in [known.platform for known in registry.known()]
    assert "broken" not in [known.platform for known in registry.known()]


def test_two_packages_that_claim_one_platform_are_both_refused(install: Install) -> None:
    install("first", "contested")
    install("second", "contested")

    registry = Registry.discover()

    assert refused(registry, "contested").error_id == "CFG-E074"
    assert "contested" not in [known.platform for known in registry.known()]
    assert "first_plugin" not in sys.modules


def test_a_third_claim_does_not_settle_the_matter(install: Install) -> None:
    for package in ("first", "second", "third"):
        install(package, "contested")
    assert refused(Registry.discover(), "contested").error_id == "CFG-E074"


def test_one_package_found_twice_along_the_path_is_one_plugin(install: Install, tmp_path: Path) -> None:
    install("stranger", "lighthouse")
    found = [entry for dist in _distributions(tmp_path) for entry in dist.entry_points]

    registry = Registry([*found, *found])

    assert registry.manifest("lighthouse").platform == "lighthouse"
    assert registry.problems == ()


def _distributions(path: Path) -> list[Distribution]:
    return list(distributions(path=[str(path)]))


def test_an_unknown_platform_is_refused_with_the_nearest_known_one() -> None:
    registry = Registry()
    registry.register(manifest("zammad"))
    registry.register(manifest("freshdesk"))

    assert (
        str(refused(registry, "zamad"))
        == "CFG-E070 there is no plugin for this platform; did you mean zammad?"
    )
    assert refused(registry, "rt").remedy == "known are freshdesk, zammad"
    assert refused(Registry(), "zammad").remedy == "install a plugin for it"


def test_known_platforms_come_in_the_order_of_their_names() -> None:
    registry = Registry()
    for platform in ("zammad", "freshdesk", "request_tracker"):
        registry.register(manifest(platform))
    assert [known.platform for known in registry.known()] == ["freshdesk", "request_tracker", "zammad"]


class Greedy(HelpdeskSettings):
    """Claims a key that the core reads itself."""

    marker: str = "@me"


@pytest.mark.parametrize(
    ("unfit", "error_id"),
    [
        (manifest("paper", version=API_VERSION + 1), "CFG-E073"),
        (manifest("Paper Mill"), "CFG-E072"),
        (manifest("paper", Greedy), "CFG-E072"),
    ],
)
def test_a_manifest_that_does_not_fit_cannot_be_registered(unfit: Manifest, error_id: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Registry().register(unfit)
    assert caught.value.error_id == error_id


def test_a_platform_cannot_be_registered_twice(install: Install) -> None:
    install("stranger", "lighthouse")
    registry = Registry.discover()
    registry.register(manifest("paper"))

    for platform in ("paper", "lighthouse"):
        with pytest.raises(ConfigError, match="CFG-E074"):
            registry.register(manifest(platform))
