"""Authentication: Basic first, then an API token under either of two names; admins may act for others."""

import base64
import binascii
import re

from werkzeug.datastructures import Headers

from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.errors import Forbidden, NotAuthenticated, Unprocessable
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World

_TOKEN = re.compile(r'\A(?:Token\s+token=|Token\s+)"?([^",\s]+)"?')
_FAILURES_BEFORE_LOCK = 6
_LOGIN_FAILED = (
    "Login failed. Have you double-checked your credentials and completed the email verification step?"
)


def authenticate(world: World, headers: Headers) -> Caller:
    """The caller. Raises Forbidden (403) without credentials, NotAuthenticated (401) with bad ones."""
    authorization = headers.get("Authorization", "")
    if authorization.startswith("Basic "):
        caller = Caller(_by_password(world, authorization[6:]), None)
    elif authorization.startswith("Bearer "):
        caller = _by_token(world, authorization[7:].strip(), unknown="The provided token is invalid.")
    elif found := _TOKEN.match(authorization):
        caller = _by_token(world, found[1], unknown="Can't find User for Token")
    else:
        raise Forbidden("Authentication required")
    return _on_behalf(world, caller, headers.get("From") or headers.get("X-On-Behalf-Of"))


def _by_password(world: World, encoded: str) -> Row:
    try:
        login, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise NotAuthenticated("Invalid BasicAuth credentials") from None
    user = world.users.named(login.lower(), "login")
    locked = user is not None and user["login_failed"] >= _FAILURES_BEFORE_LOCK
    if user is None or locked or not user["active"] or user.get("password") != password:
        if user is not None and not locked:
            user["login_failed"] += 1
        raise NotAuthenticated("Invalid BasicAuth credentials")
    user["login_failed"] = 0
    user["last_login"] = world.now()
    return user


def _by_token(world: World, value: str, *, unknown: str) -> Caller:
    token = world.tokens.named(value, "value")
    if token is None:
        raise NotAuthenticated(unknown)
    if token["expires_at"] is not None and token["expires_at"] <= world.now():
        raise NotAuthenticated("Not authorized (token expired)!")
    user = world.users[token["user_id"]]
    if not user["active"]:
        raise NotAuthenticated(_LOGIN_FAILED)
    return Caller(user, frozenset(token["permissions"]))


def _on_behalf(world: World, caller: Caller, whom: str | None) -> Caller:
    if not whom:
        return caller
    if not caller.may("admin.user"):
        raise Forbidden("Current user has no permission to use 'From'/'X-On-Behalf-Of'!")
    for column in ("id", "login", "email"):
        found = world.users.named(int(whom) if column == "id" and whom.isdecimal() else whom, column)
        if found is not None:
            return Caller(found, None)
    raise Unprocessable(f"No such user '{whom}'")
