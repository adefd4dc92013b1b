"""What the vault's commands begin with."""

import re

import click
from pydantic import TypeAdapter, ValidationError

from connector.bootstrap import Application
from connector.checks import refuse_to_start
from connector.cli.setting import application
from connector.domain.case import CaseNumber, parse_case_number
from connector.vault.crossing import Line


class _Case(click.ParamType[CaseNumber]):
    name = "case"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> CaseNumber:
        """A case number as it stands in the ticket, with or without TIP-."""
        try:
            return parse_case_number(re.sub(r"^TIP-", "", str(value).strip()))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class _Line(click.ParamType[str]):
    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """What a person says, to be read in the log: one line."""
        try:
            return TypeAdapter(Line).validate_python(value)
        except ValidationError:
            self.fail("one line of at most 500 printable characters", param, ctx)


CASE = _Case()
LINE = _Line()


def ready(context: click.Context) -> Application:
    """The application, with a database that it can use."""
    app = application(context)
    refuse_to_start(app, create=True)
    return app
