"""The first configuration: what `tipbridge init` writes. It runs as it is, with the practice helpdesk."""

import json
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from connector.config.kinds import is_id
from connector.config.problems import ConfigErrors, Problems, refused
from connector.config.sections import SchoolKeys
from connector.config.validation import validated

CreateKey = Callable[[Path, str], object]
"""Writes a key file of a kind (`service`, `pepper`) with mode 0600; fails where the file exists."""

_PLAIN = re.compile(r"[a-z]+(-[a-z0-9]+)+")
_KEYS = ("service", "pepper")
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
    poll_every: {poll_every:<28} # how often it is asked for news; webhooks are quicker
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
        listen=answers.listen,
        admin_listen=answers.admin_listen,
        poll_every=answers.poll_every,
    )


def write_initial(directory: Path, answers: Answers, create_key: CreateKey) -> Path:
    """Write `config.yaml` and `data/keys/{service,pepper}.key` below `directory`, all or nothing.

    Returns the path of the config. Raises ConfigErrors where one of the files is there already (nothing is
    overwritten), where the directory cannot be written, or for answers that could not be loaded again.
    """
    text = initial_text(answers)
    config = directory / "config.yaml"
    keys = directory / "data" / "keys"
    wanted = [config, *(keys / f"{kind}.key" for kind in _KEYS)]
    for path in wanted:
        if os.path.lexists(path):
            raise refused(
                "CFG-E040", f"{path}: is there already", "choose another directory; nothing was changed"
            )
    _make_directories(directory, keys.parent, keys)
    try:
        with _all_or_nothing() as made:
            for kind in _KEYS:
                create_key(keys / f"{kind}.key", kind)
                made.append(keys / f"{kind}.key")
            # Last, because a directory with a config counts as set up.
            _write_new(config, text)
    except FileExistsError:
        raise refused(
            "CFG-E040", f"{directory}: somebody else is setting it up", "see what they did"
        ) from None
    except OSError as error:
        raise _not_writable(directory, error) from None
    return config


def _make_directories(directory: Path, *private: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for path in private:
            path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _not_writable(directory, error) from None


def _not_writable(directory: Path, error: OSError) -> ConfigErrors:
    what = f"{directory}: cannot be written ({error.strerror})"
    return refused("CFG-E041", what, "choose a directory that this account may write")


@contextmanager
def _all_or_nothing() -> Iterator[list[Path]]:
    """Take away the files noted in the list if the block fails."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink()
        raise


def _write_new(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all, and never replaces one."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        # A link, unlike a rename, fails where the name is taken.
        os.link(part, path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
