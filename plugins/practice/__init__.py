"""The plugin for the practice helpdesk that comes with Tipbridge: small, and a first example for plugin authors."""

from connector.plugin_api import Capabilities, Manifest
from plugins.practice.plugin import PracticePlugin
from plugins.practice.settings import PracticeSettings

plugin = Manifest(
    platform="practice",
    display_name="Practice helpdesk",
    settings=PracticeSettings,
    capabilities=Capabilities(
        unique_reference=True,
        webhooks=True,
        merges=True,
        visibility_changes=True,
        confirms=True,
        max_ticket=70_000_000,
        trust_owner=True,
    ),
    build=PracticePlugin,
    docs="plugins/practice/README.md",
)

__all__ = ["plugin"]
