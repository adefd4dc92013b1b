"""The process that reads strangers' files: no network, no files, no time without end, and we outlive it."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from connector.cleaning import Cleaned, Cleaner, CleaningLimits, Refused, Upload
from connector.cleaning.sandbox.asking import nursery_command
from tests.unit.cleaning.asking import cleaned

LIMITS = CleaningLimits()


def said(program: str, *, environ: dict[str, str] | None = None) -> bytes:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, timeout=20, check=False, env=environ).stdout


def inside(code: str) -> bytes:
    """Run code in a process that stands behind the child's own walls; what it prints."""
    paths = list(nursery_command())[-2:]
    wall = f"raise_walls({LIMITS.memory_bytes}, {LIMITS.cpu_seconds}, {LIMITS.answer_bytes})"
    imports = f"import sys; sys.path += {paths!r}; import os, socket; from connector.cleaning.sandbox.walls import raise_walls"
    return said(f"{imports}; {wall}\n{code}")


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
        "os.memfd_create('x')",
        "os.fork()",
        "os.kill(os.getppid(), 0)",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_nothing_leads_out(what: str) -> None:
    # Empty where the kernel ended it for trying.
    assert inside(attempt(what)) != b"open"


def test_the_same_attempts_would_work_without_the_walls() -> None:
    assert said(f"import os, socket{attempt('open(' + repr('/etc/passwd') + ')')}") == b"open"


def test_check_says_what_keeps_the_child_from_the_network(cleaner: Cleaner) -> None:
    assert cleaner.walls() != "none"


@pytest.fixture(scope="module")
def photo() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((300, 300), 60).save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def heavy() -> bytes:
    """A photo that takes longer than the limits of these tests allow."""
    file = io.BytesIO()
    Image.effect_noise((6000, 6000), 60).save(file, "PNG", compress_level=1)
    return file.getvalue()


@pytest.fixture
def own() -> Iterator[Cleaner]:
    cleaner = Cleaner(LIMITS)
    yield cleaner
    cleaner.close()


@pytest.mark.parametrize(
    "limit", [{"wall_seconds": 0.2}, {"cpu_seconds": 1, "pixels": 10**9}, {"memory_bytes": 10**8}]
)
def test_a_child_that_meets_a_limit_is_ended_and_the_next_file_is_cleaned(
    limit: dict[str, float], photo: bytes, heavy: bytes
) -> None:
    cleaner = Cleaner(replace(LIMITS, **limit))  # type: ignore[arg-type]  # each its own kind of number
    began = time.monotonic()
    (result,) = cleaner.clean([Upload(heavy)])
    assert isinstance(result, Refused)
    assert time.monotonic() - began < 15
    (small,) = cleaner.clean([Upload(photo)])
    assert isinstance(small, Cleaned) or "memory_bytes" in limit
    cleaner.close()


def test_a_child_may_write_no_more_than_its_answer_may_have(photo: bytes) -> None:
    cleaner = Cleaner(replace(LIMITS, answer_bytes=1000))
    (result,) = cleaner.clean([Upload(photo)])
    assert isinstance(result, Refused)
    cleaner.close()


def answering(what: str) -> str:
    """A nursery that has been taken over."""
    return f"""
import os, socket, sys
control = socket.socket(fileno=int(sys.argv[-1]))
while True:
    _, descriptors, *_ = socket.recv_fds(control, 4096, 4)
    os.write(descriptors[0], {what})
    for descriptor in descriptors:
        os.close(descriptor)
"""


@pytest.mark.parametrize(
    "program",
    [
        "import os; os._exit(3)",
        "import time; time.sleep(60)",
        answering("b'garbled'"),
        answering("bytes(7)"),
        answering("b'x' * 5000"),
    ],
)
def test_a_nursery_that_fails_in_any_way_means_a_refusal_and_nothing_else(program: str, photo: bytes) -> None:
    cleaner = Cleaner(replace(LIMITS, wall_seconds=0.5), (sys.executable, "-c", program))
    (result,) = cleaner.clean([Upload(photo)])
    assert isinstance(result, Refused)
    cleaner.close()


def test_a_nursery_that_cannot_be_started_means_a_refusal(tmp_path: Path, photo: bytes) -> None:
    cleaner = Cleaner(LIMITS, (f"{tmp_path}/no-such-program",))
    (result,) = cleaner.clean([Upload(photo)])
    assert isinstance(result, Refused)


def test_a_nursery_that_was_killed_is_started_anew(own: Cleaner, photo: bytes) -> None:
    cleaned(own, photo)
    os.kill(nursery_of(own), signal.SIGKILL)
    cleaned(own, photo)


def test_the_nursery_ends_with_the_service(photo: bytes) -> None:
    own = Cleaner(LIMITS)
    cleaned(own, photo)
    pid = nursery_of(own)
    own.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_nursery_sees_none_of_our_settings(
    own: Cleaner, monkeypatch: pytest.MonkeyPatch, photo: bytes
) -> None:
    monkeypatch.setenv("ZAMMAD_TOKEN", "a-secret-of-ours")
    cleaned(own, photo)
    pid = nursery_of(own)
    assert Path(f"/proc/{pid}/environ").read_bytes() == b""
    assert Path(f"/proc/{pid}/cwd").resolve() == Path("/")
    held = {os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir()}
    assert {name for name in held if not name.startswith(("socket:", "pipe:", "anon_inode:"))} == {
        "/dev/null"
    }


def nursery_of(cleaner: Cleaner) -> int:
    running = cleaner._sandbox._running
    assert running is not None
    return running.process.pid
