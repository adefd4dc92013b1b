"""The text of the first configuration: one school, the practice helpdesk, and where to go on from there."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from connector.config.kinds import is_id
from connector.config.problems import Problems
from connector.config.sections import HelpdeskKeys, PlainSections, SchoolKeys
from connector.config.validation import validated

_PLAIN = re.compile(r"[a-z]+(-[a-z0-9]+)+")
_TEXT = """\
# Tipbridge: what is set here, and the defaults of the rest, is described in docs/configuration.md;
# config.example.yaml shows every setting. After a change: `tipbridge check`, then start it again.

service:
  listen: {listen:<35} # the reporter's pages; put a web server with https before it
  admin_listen: {admin_listen:<29} # health and metrics, for the operator only
  # public_url: https://tips.example.org      # how reporters and helpdesks reach it from outside
  data_dir: ./data                            # database and keys; back it up, and let nobody else read it

helpdesks:
  practice:                                   # a small helpdesk to practise with; `tipbridge run` starts it
    platform: practice
    poll_every: {poll_every:<29} # how often it is asked for news; webhooks are quicker
  # district:                                 # yours: see docs/ for the set-up of each platform
  #   platform: zammad
  #   url: https://help.example.org
  #   token: "${{ZAMMAD_TOKEN}}"                # from the environment; file:PATH works as well
  #   group: Safety
  #   webhook_secret: "${{ZAMMAD_HOOK}}"

schools:
  {school_id}:
    name: {name}
    timezone: {timezone}
    helpdesk: practice
    escalation: none                          # nobody is called when a tip is not answered
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """What `tipbridge init` asks, with the defaults of `--yes`."""

    school_id: str = "example-school"
    school_name: str = "Example School"
    timezone: str = "UTC"
    listen: str = "127.0.0.1:8080"
    admin_listen: str = "127.0.0.1:8081"
    poll_every: str = "30s"


def initial_text(answers: Answers) -> str:
    """The commented config.yaml. Raises ConfigErrors for answers that could not be loaded again."""
    problems = Problems()
    if not is_id(answers.school_id):
        problems.add(
            "CFG-E014",
            "school_id",
            "the name cannot be used",
            "use 1 to 40 of the letters a to z, digits and -",
        )
    entry = {"name": answers.school_name, "timezone": answers.timezone, "helpdesk": "practice"}
    school = validated(SchoolKeys, entry, "school", problems)
    service = {"listen": answers.listen, "admin_listen": answers.admin_listen}
    validated(PlainSections, {"service": service}, "", problems, context=Path())
    practice = {"platform": "practice", "poll_every": answers.poll_every}
    validated(HelpdeskKeys, practice, "helpdesks.practice", problems)
    problems.raise_if_any()
    if school is None:
        raise AssertionError("an answer that could not be used was not reported")
    # JSON text is YAML text, whatever the name holds; an id may look like a number or like `null`.
    school_id = answers.school_id if _PLAIN.fullmatch(answers.school_id) else json.dumps(answers.school_id)
    name = json.dumps(school.name, ensure_ascii=False)
    return _TEXT.format(
        school_id=school_id,
        name=name,
        timezone=school.timezone.key,
        listen=_address(answers.listen),
        admin_listen=_address(answers.admin_listen),
        poll_every=answers.poll_every,
    )


def _address(written: str) -> str:
    """A bracket would begin a list."""
    return json.dumps(written) if written.startswith("[") else written
