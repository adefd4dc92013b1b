"""`tipbridge escalation`: who would be called, without calling anybody."""

from datetime import UTC, datetime
from pathlib import Path

import click

from connector.cli.setting import configured, show_json
from connector.config import Config
from connector.domain.chain import LiveRoster
from connector.domain.urgency import Urgency
from connector.escalating import school_chains
from escalation.preview import PreviewRow, preview
from escalation.preview_svg import drawing


@click.group()
def escalation() -> None:
    """What happens when nobody takes a tip."""


@escalation.command(name="preview")
@click.option("--school", required=True, help="The school's id in the config.")
@click.option("--urgency", type=click.Choice(["emergency", "urgent", "routine"]), required=True)
@click.option("--at", "at_text", required=True, help="When the tip comes, as 2026-11-28T02:00; school time.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Also draw it into this file.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def show_preview(
    context: click.Context, school: str, urgency: str, at_text: str, svg: Path | None, as_json: bool
) -> None:
    """Print who would be reached when, if nobody answers and every notification is accepted at once."""
    config = configured(context)
    if school not in config.schools:
        known = ", ".join(config.schools)
        raise click.BadParameter(f"there is no such school; known are {known}", param_hint="--school")
    begun = _moment(config, school, at_text)
    rows = _rows(config, school, Urgency.from_word(urgency), begun)
    names = {name: known.name for name, known in (*config.staff.items(), *config.agencies.items())}
    if svg is not None:
        local = school_chains(config)[school].hours.local(begun)
        title = f"{config.schools[school].name}: {urgency}, {local:%A %Y-%m-%d %H:%M}"
        svg.write_text(drawing(title, rows, names, local), encoding="utf-8")
    if as_json:
        show_json([_as_json(row) for row in rows])
        return
    if not rows:
        click.echo("nobody would be called")
    for row in rows:
        click.echo(
            f"{row.step:>4}  {row.at:%Y-%m-%d %H:%M:%S %Z}  {row.via.value:<6} {names.get(row.contact, row.contact)}"
        )


def _moment(config: Config, school: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("write it as 2026-11-28T02:00", param_hint="--at") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=config.schools[school].timezone)
    return moment.astimezone(UTC)


def _rows(config: Config, school: str, urgency: Urgency, begun: datetime) -> list[PreviewRow]:
    """From the config alone: what is set up counts, whether or not this process could send by it."""
    chain = school_chains(config)[school]
    if chain.policy is None:
        return []
    roster = LiveRoster(config.staff, config.agencies)
    return preview(chain.policy, config.police, roster, chain.hours, config.channels.usable, urgency, begun)


def _as_json(row: PreviewRow) -> dict[str, object]:
    return {
        "step": row.step,
        "contact": row.contact,
        "via": row.via.value,
        "at": row.at.isoformat(timespec="seconds"),
    }
