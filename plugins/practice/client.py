"""Calls to the practice helpdesk: what an answer's status means, and its body as a model."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from connector.plugin_api import (
    HelpdeskMisconfigured,
    HttpClient,
    HttpResponse,
    PermanentFailure,
    PluginContext,
    TemporaryFailure,
    TicketGone,
)
from plugins.practice.settings import PracticeSettings

Model = TypeVar("Model", bound=BaseModel)


class PracticeClient:
    """The API of one practice helpdesk."""

    def __init__(self, settings: PracticeSettings, context: PluginContext) -> None:
        self._http: HttpClient | None = None
        if settings.url is not None:
            bearer = {"Authorization": f"Bearer {settings.token.get_secret_value()}"}
            self._http = context.open_http(settings.url, bearer)

    def ask(
        self,
        method: str,
        path: str,
        model: type[Model],
        *,
        query: Mapping[str, str] | None = None,
        json: Any = None,
    ) -> Model:
        """The answer to one request as a model. Raises TicketGone for 404, PermanentFailure for other refusals."""
        return as_model(judged(self.send(method, path, query=query, json=json)), model)

    def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, json: Any = None
    ) -> HttpResponse:
        """One request. Any answer below 500 is returned, but for a refused token."""
        answer = self._connection().request(method, path, query=query, json=json)
        if answer.status == 401:
            raise HelpdeskMisconfigured(
                "PRC-E001",
                "the practice helpdesk refuses our token",
                "copy token from its practice.json, or leave url and token out and let `tipbridge run` start it",
            )
        return answer

    def download(self, path: str, *, limit: int) -> bytes:
        """The bytes of a file."""
        return self._connection().download(path, limit=limit)

    def _connection(self) -> HttpClient:
        if self._http is None:
            raise HelpdeskMisconfigured(
                "PRC-E002",
                "the practice helpdesk has never been started here, so its address is not known",
                "start `tipbridge run` or `tipbridge demo`, which start it; or set url and token of one that runs",
            )
        return self._http


def judged(answer: HttpResponse) -> HttpResponse:
    """The answer, if it is a success."""
    if answer.status == 404:
        raise TicketGone("the practice helpdesk does not know this ticket")
    if answer.status >= 400:
        raise PermanentFailure(f"the practice helpdesk answered {answer.status}")
    return answer


def as_model(answer: HttpResponse, model: type[Model]) -> Model:
    """The body as a model. Raises TemporaryFailure for another shape: then it is not the helpdesk that answered."""
    try:
        return model.model_validate_json(answer.body)
    except ValidationError:
        raise TemporaryFailure("the practice helpdesk answered in an unknown shape") from None
