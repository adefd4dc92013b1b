"""What stands under `helpdesks.<id>` for platform `zammad`."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints, field_validator

from connector.plugin_api import HelpdeskSettings

Fact = Literal["case_number", "urgency", "school", "category"]
"""What a custom attribute can be filled with."""

AttributeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""A Zammad attribute's internal name."""


class ZammadSettings(HelpdeskSettings):
    """Set-up in Zammad's own menu words: docs/zammad.md."""

    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+$")]
    """Zammad's address as staff open it, `https://help.example.org`."""

    token: SecretStr
    """The access token of Tipbridge's own agent, with permission `ticket.agent` and no other."""

    group: Annotated[str, StringConstraints(min_length=1, max_length=250)]
    """The group that tips go to, by its exact name (`Parent::Child` for nested ones)."""

    reply_address: (
        Annotated[str, StringConstraints(pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$")] | None
    ) = None
    """An address that belongs to nobody and discards mail. With it agents have their normal Reply button."""

    customer: Annotated[int, Field(gt=1)] | None = None
    """The user id of the one customer of all tips; without it Tipbridge makes one on first use."""

    attributes: Mapping[Fact, AttributeName] = Field(default_factory=dict)
    """Custom ticket attributes to fill: our word to Zammad's name, `{case_number: tip_case}`."""

    @field_validator("attributes")
    @classmethod
    def _no_ids(cls, value: Mapping[Fact, str]) -> Mapping[Fact, str]:
        if taken := [name for name in value.values() if re.search(r"_ids?$", name)]:
            raise ValueError(f"Zammad takes no attribute whose name ends in _id or _ids ({taken[0]})")
        return value
