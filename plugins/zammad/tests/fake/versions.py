"""What differs between the Zammad lines that the fake can stand in for.

5.5 is what a live server was recorded doing. 6.5 and 7.1 follow Zammad's published source and release notes
where no recording exists; every difference is one field here: no other module asks for a version's name.
"""

from dataclasses import dataclass
from typing import Literal

VersionName = Literal["5.5", "6.5", "7.1"]


@dataclass(frozen=True, slots=True)
class Version:
    """One Zammad line, as the traits that a client notices."""

    name: VersionName
    full: str
    """What GET /api/v1/version answers an admin."""
    search_is_a_list: bool
    """Search without `expand` answers an array of tickets, not {tickets, tickets_count, assets}."""
    query_and_condition_combine: bool
    """Given both, both apply; before, `query` silently won."""
    query_ignores_case: bool
    """Words are found whatever their case."""
    modern_operators: bool
    """`is any of`, `starts with one of`, `matches regex` ... work instead of answering 500."""
    empty_condition_is_everything: bool
    """`condition: {}` returns all readable tickets instead of answering 500."""
    clash_is_readable: bool
    """An agent too reads "This object already exists." when a number is taken."""
    unfit_owner_is_dropped: bool
    """Creating with an owner who may not own it leaves the ticket unassigned instead of answering 422."""
    article_right: Literal["create", "change"]
    """The group right that POST /ticket_articles asks for."""
    mail_needs_a_recipient: bool
    """An e-mail article without a valid recipient is refused."""
    nameless_web_author: bool
    """A web or phone article of somebody without e-mail has an empty `from`."""
    triggers_have_modes: bool
    """Triggers have `activator` and `execution_condition_mode`."""
    follows_redirects: bool
    """The webhook sender follows a redirect, with the whole payload in the URL."""
    webhook_content_type: str
    token_answer_key: Literal["name", "token"]
    missing_mail_is: str | None
    """What `email` holds for somebody without an address."""
    ticket_extras: tuple[tuple[str, object], ...]
    article_extras: tuple[tuple[str, object], ...]
    group_extras: tuple[str, ...]
    webhook_extras: tuple[tuple[str, object], ...]


_CUSTOM_PAYLOAD: tuple[tuple[str, object], ...] = (
    ("customized_payload", False),
    ("custom_payload", None),
    ("pre_defined_webhook_type", None),
    ("preferences", {}),
)

_V55 = Version(
    name="5.5",
    full="5.5.x",
    search_is_a_list=False,
    query_and_condition_combine=False,
    query_ignores_case=False,
    modern_operators=False,
    empty_condition_is_everything=False,
    clash_is_readable=False,
    unfit_owner_is_dropped=False,
    article_right="create",
    mail_needs_a_recipient=False,
    nameless_web_author=True,
    triggers_have_modes=False,
    follows_redirects=True,
    webhook_content_type="application/json",
    token_answer_key="name",
    missing_mail_is="",
    ticket_extras=(),
    article_extras=(),
    group_extras=(),
    webhook_extras=(),
)

_V65 = Version(
    name="6.5",
    full="6.5.0",
    search_is_a_list=True,
    query_and_condition_combine=True,
    query_ignores_case=True,
    modern_operators=True,
    empty_condition_is_everything=True,
    clash_is_readable=True,
    unfit_owner_is_dropped=True,
    article_right="create",
    mail_needs_a_recipient=True,
    nameless_web_author=False,
    triggers_have_modes=True,
    follows_redirects=False,
    webhook_content_type="application/json; charset=utf-8",
    token_answer_key="token",
    missing_mail_is=None,
    ticket_extras=(),
    article_extras=(("time_unit", None), ("detected_language", None)),
    group_extras=("name_last", "parent_id"),
    webhook_extras=_CUSTOM_PAYLOAD,
)

_V71 = Version(
    name="7.1",
    full="7.1.0",
    search_is_a_list=True,
    query_and_condition_combine=True,
    query_ignores_case=True,
    modern_operators=True,
    empty_condition_is_everything=True,
    clash_is_readable=True,
    unfit_owner_is_dropped=True,
    article_right="change",
    mail_needs_a_recipient=True,
    nameless_web_author=False,
    triggers_have_modes=True,
    follows_redirects=False,
    webhook_content_type="application/json; charset=utf-8",
    token_answer_key="token",
    missing_mail_is=None,
    ticket_extras=(("ai_agent_running", False),),
    article_extras=(("time_unit", None), ("detected_language", None)),
    group_extras=("name_last", "parent_id"),
    webhook_extras=(*_CUSTOM_PAYLOAD, ("http_method", "post"), ("bearer_token", None)),
)

VERSIONS: dict[VersionName, Version] = {version.name: version for version in (_V55, _V65, _V71)}
