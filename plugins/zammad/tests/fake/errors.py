"""How Zammad refuses. The texts are the live server's.

A refusal is `safe` when Zammad shows its text to everybody, as `error` and `error_human`. Any other text
reaches only an administrator; an agent reads `Error ID ...` instead and learns nothing.
"""

import secrets


class Refusal(Exception):
    """An answer that is not the one asked for."""

    status = 422
    safe = True
    in_header = False
    """401 and 403 repeat the text in `X-Failure`."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class NotAuthenticated(Refusal):
    """401: credentials were given and are no good."""

    status = 401
    in_header = True


class Forbidden(Refusal):
    """403: no credentials at all, too few rights, or maintenance."""

    status = 403
    in_header = True

    def __init__(self, text: str = "Not authorized") -> None:
        super().__init__(text)


class TokenLacksPermission(Forbidden):
    """403: the person might, this token may not."""

    def __init__(self) -> None:
        super().__init__("Not authorized (token)!")


class NotFound(Refusal):
    """404."""

    status = 404

    @classmethod
    def record(cls, model: str, row_id: object) -> "NotFound":
        """No record with this id, in ActiveRecord's words."""
        return cls(f"Couldn't find {model} with 'id'={row_id}")


class Unprocessable(Refusal):
    """422 that everybody may read."""


class OpaqueUnprocessable(Refusal):
    """422 whose reason an agent does not learn: core workflow, required fields, database errors,
    deadlocks."""

    safe = False


class Clash(Refusal):
    """422: a unique index refused. An administrator reads why; on 5.x an agent does not."""

    def __init__(self, *, readable: bool) -> None:
        super().__init__("This object already exists.")
        self.readable = readable


class Broken(Refusal):
    """500: an exception nobody caught."""

    status = 500
    safe = False


def no_lookup_value(parameter: str, value: object) -> Unprocessable:
    """A name that names nothing."""
    return Unprocessable(f"No lookup value found for '{parameter}': \"{value}\"")


def invalid_value(parameter: str, value: object) -> Unprocessable:
    """An id that is nobody's."""
    return Unprocessable(f"Invalid value for param '{parameter}': {value}")


def invalid_choice(value: object, field: str) -> OpaqueUnprocessable:
    """Core workflow refuses the value."""
    return OpaqueUnprocessable(f"Invalid value '{value}' for field '{field}'!")


def missing_value(field: str) -> OpaqueUnprocessable:
    """Core workflow misses a value."""
    return OpaqueUnprocessable(f"Missing required value for field '{field}'!")


def body_of(refusal: Refusal, *, for_admin: bool) -> dict[str, str]:
    """The JSON object that tells (or hides) the reason."""
    readable = refusal.readable or for_admin if isinstance(refusal, Clash) else refusal.safe
    if readable:
        return {"error": refusal.text, "error_human": refusal.text}
    if for_admin:
        return {"error": refusal.text}
    return {"error": f"Error ID {secrets.token_urlsafe(6)}: Please contact your administrator."}
