"""What stands under `helpdesks.<id>` for platform `practice`."""

from pydantic import Field, SecretStr

from connector.plugin_api import HelpdeskSettings


class PracticeSettings(HelpdeskSettings):
    """All may be left out: `tipbridge run` starts a practice helpdesk itself and reads what it writes down."""

    url: str | None = Field(default=None, pattern=r"^https?://[^/\s?#]+/?$")
    """Where a practice helpdesk that somebody else started answers, `http://127.0.0.1:8090`."""

    token: SecretStr = SecretStr("")
    """The connector's token, from the practice helpdesk's `practice.json`."""
