"""Showing a page: neutral title, no trace, the words from the templates."""

from flask import Response, make_response, render_template

from connector.services.receipts import FileOutcome
from webhook_server.parts import WebParts


class Pages:
    """Renders templates with what every page needs."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    def show(self, template: str, status: int = 200, **values: object) -> Response:
        """A page. Nothing in its address or title says what it is about."""
        body = render_template(template, limits=self._parts.limits, programme=self._parts.programme, **values)
        return make_response(body, status)


def refused(outcomes: tuple[FileOutcome, ...]) -> list[tuple[int, str]]:
    """The files that could not be passed on, by their place in the list, with the reason in plain words."""
    return [(outcome.index + 1, outcome.reason or "") for outcome in outcomes if outcome.accepted is False]
