"""What the vault's commands begin with."""

import re

import click

from connector.bootstrap import Application
from connector.checks import refuse_to_start
from connector.cli.setting import application
from connector.domain.case import CaseNumber, parse_case_number


class _Case(click.ParamType[CaseNumber]):
    name = "case"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> CaseNumber:
        """A case number as it stands in the ticket, with or without TIP-."""
        try:
            return parse_case_number(re.sub(r"^TIP-", "", str(value).strip()))
        except ValueError as error:
            self.fail(str(error), param, ctx)


CASE = _Case()


def ready(context: click.Context) -> Application:
    """The application, with a database that it can use."""
    app = application(context)
    refuse_to_start(app, create=True)
    return app
