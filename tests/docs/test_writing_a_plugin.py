"""The code of docs/writing-a-plugin.md is real: it runs, and the kit accepts what it makes."""

import re
from pathlib import Path

from connector.plugin_api import Capabilities, HelpdeskPlugin, Manifest
from connector.registry import Registry
from connector.testing.context import kit_context

PAGE = (Path(__file__).parents[2] / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")


def executed() -> dict[str, object]:
    """All Python blocks of the page, one after the other."""
    found: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(block, "docs/writing-a-plugin.md", "exec"), found)  # noqa: S102  our own page
    return found


def test_the_manifest_of_the_page_registers_and_builds() -> None:
    manifest = executed()["plugin"]
    assert isinstance(manifest, Manifest)
    registry = Registry()
    registry.register(manifest)
    settings = manifest.settings.model_validate({"url": "https://desk.example.org", "token": "t"})
    assert manifest.build(settings, kit_context()) is not None
    assert manifest.capabilities == Capabilities(unique_reference=False, webhooks=True, max_ticket=20_000_000)


def test_the_table_names_every_method_of_the_protocol() -> None:
    methods = {name for name in vars(HelpdeskPlugin) if not name.startswith("_")}
    assert {name for name in methods if f"`{name}`" not in PAGE} <= {"confirm_relayed", "close_twin"}
