"""The process that reads strangers' pictures: no network, no files, no time without end, and we outlive it."""

import io
import sys
import time
from dataclasses import replace

import pytest
from PIL import Image

from connector.cleaning import Cleaner, CleaningLimits, Refused, Upload, network_wall
from connector.cleaning.process import ChildFailed, child_command, converse

LIMITS = CleaningLimits()


def inside(code: str) -> bytes:
    """Run code in a process that stands behind the child's own walls; what it prints."""
    command = list(child_command())
    begin = command[command.index("-c") + 1]
    wall = f"from connector.cleaning.walls import raise_walls; raise_walls({LIMITS.memory_bytes}, {LIMITS.cpu_seconds})"
    imports = begin.split("; from connector")[0]
    program = f"{imports}; import os, socket; {wall}\n{code}"
    places = command[command.index("-c") + 2 :]
    return converse([sys.executable, "-I", "-S", "-c", program, *places], b"", seconds=10, most=1000)


def attempt(what: str) -> str:
    return f"""
try:
    {what}
    os.write(1, b"open")
except BaseException as error:
    os.write(1, type(error).__name__.encode())
os._exit(0)
"""


@pytest.mark.parametrize(
    "what",
    [
        "socket.create_connection(('127.0.0.1', 9), timeout=1)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "open('/tmp/planted', 'w')",
        "open('/etc/passwd')",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_nothing_leads_out(what: str) -> None:
    try:
        said = inside(attempt(what))
    except ChildFailed:
        return  # the kernel ended it for trying
    assert said != b"open"


def test_the_same_attempts_would_work_without_the_walls() -> None:
    program = f"import os, socket{attempt('open(' + repr('/etc/passwd') + ')')}"
    assert converse([sys.executable, "-c", program], b"", seconds=10, most=100) == b"open"


def test_check_says_what_keeps_the_child_from_the_network() -> None:
    assert network_wall() != "none"


def a_photo() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((300, 300), 60).save(file, "PNG")
    return file.getvalue()


def test_a_child_that_never_answers_is_ended_and_the_file_refused() -> None:
    sleeper = (sys.executable, "-c", "import time; time.sleep(60)")
    cleaner = Cleaner(replace(LIMITS, wall_seconds=0.5), sleeper)
    began = time.monotonic()
    (result,) = cleaner.clean([Upload(a_photo())])
    assert isinstance(result, Refused)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "program",
    [
        "import os; os._exit(3)",
        "print('garbled')",
        "import os; os.write(1, b'x' * 10**7)",
        "raise SystemExit(1)",
    ],
)
def test_a_child_that_fails_in_any_way_means_a_refusal_and_nothing_else(program: str) -> None:
    cleaner = Cleaner(replace(LIMITS, answer_bytes=1_000_000), (sys.executable, "-c", program))
    (result,) = cleaner.clean([Upload(a_photo())])
    assert isinstance(result, Refused)


def test_a_child_that_cannot_be_started_means_a_refusal(tmp_path: object) -> None:
    cleaner = Cleaner(LIMITS, (f"{tmp_path}/no-such-program",))
    (result,) = cleaner.clean([Upload(a_photo())])
    assert isinstance(result, Refused)


def test_the_child_sees_none_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZAMMAD_TOKEN", "a-secret-of-ours")
    said = converse(
        [sys.executable, "-c", "import os; os.write(1, repr(dict(os.environ)).encode())"],
        b"",
        seconds=10,
        most=5000,
    )
    assert b"a-secret-of-ours" not in said
