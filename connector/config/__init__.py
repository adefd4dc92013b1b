"""The operator's YAML file, read once at the start: checked whole, every problem named, then frozen.

`load_config` is the way in; it raises ConfigErrors with all that is wrong. What each setting means is in
docs/configuration.md, every error id in docs/errors.md.
"""

from connector.config.load import load_cleaning, load_config
from connector.config.model import Category, Config, HelpdeskConfig, School
from connector.config.problems import ConfigErrors
from connector.config.sections import Cleaning, Identity, Limits, Mailbox, Retention, Service

__all__ = [
    "Category",
    "Cleaning",
    "Config",
    "ConfigErrors",
    "HelpdeskConfig",
    "Identity",
    "Limits",
    "Mailbox",
    "Retention",
    "School",
    "Service",
    "load_cleaning",
    "load_config",
]
