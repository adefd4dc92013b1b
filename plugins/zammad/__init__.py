"""The plugin for Zammad 5.x, 6.x and 7.x."""

from connector.plugin_api import Capabilities, Manifest
from plugins.zammad.plugin import ZammadPlugin
from plugins.zammad.settings import ZammadSettings

plugin = Manifest(
    platform="zammad",
    display_name="Zammad",
    settings=ZammadSettings,
    capabilities=Capabilities(
        unique_reference=True,
        webhooks=True,
        merges=True,
        visibility_changes=True,
        confirms=True,
        # Zammad itself has no limit; the nginx that comes before it takes 50 MB, of which base64 costs a quarter.
        max_file=36_000_000,
        max_ticket=36_000_000,
        trust_owner=False,
    ),
    build=ZammadPlugin,
    docs="docs/zammad.md",
)

__all__ = ["plugin"]
