"""A PostgreSQL of the tests' own: Debian's if it is installed, else the one from a wheel; ended with the tests."""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

_START_WITHIN = 30.0


class NoPostgres(Exception):
    """No PostgreSQL can be had on this machine."""


class PostgresServer:
    """A throw-away cluster. It syncs nothing to the disk: what is tested is our code, not PostgreSQL's."""

    def __init__(self) -> None:
        """Make a cluster and start it. Raises NoPostgres where there are no binaries."""
        self._binaries = _binaries()
        owner = _owner()
        self._user: int | None = None if owner is None else owner[0]
        self._group: int | None = None if owner is None else owner[1]
        self._directory = Path(tempfile.mkdtemp(prefix="tipbridge-pg-", dir="/tmp"))
        if owner is not None:
            os.chown(self._directory, *owner)
        self.port = _free_port()
        self._run(
            "initdb", "--no-sync", "--auth=trust", "--username=tipbridge", "--encoding=UTF8", "--locale=C"
        )
        self._process = self._start()
        self._wait()

    def create(self, template: str = "template1") -> tuple[str, str]:
        """A new database, empty or a copy of another one: its name and its SQLAlchemy URL."""
        name = f"test_{secrets.token_hex(6)}"
        with self._admin() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return name, f"postgresql+psycopg://tipbridge@127.0.0.1:{self.port}/{name}"

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected."""
        with self._admin() as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())

    def stop(self) -> None:
        """End the server and remove its files."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(timeout=10)
        shutil.rmtree(self._directory, ignore_errors=True)

    def _admin(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="tipbridge", dbname="postgres", autocommit=True
        )

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._binaries / program), "-D", str(self._directory / "data"), *arguments],
            check=True,
            capture_output=True,
            cwd="/",
            user=self._user,
            group=self._group,
        )

    def _start(self) -> "subprocess.Popen[bytes]":
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self._directory),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 200,
            "shared_buffers": "64MB",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._directory / "log").open("wb") as log:
            return subprocess.Popen(
                [str(self._binaries / "postgres"), "-D", str(self._directory / "data"), *options],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd="/",
                preexec_fn=_die_with_parent,  # noqa: PLW1509  before any thread is started
                user=self._user,
                group=self._group,
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + _START_WITHIN
        while True:
            try:
                self._admin().close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return


def _binaries() -> Path:
    for initdb in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        if (initdb.parent / "postgres").exists():
            return initdb.parent
    try:
        import pgserver  # noqa: PLC0415  only where Debian has none
    except ImportError:
        raise NoPostgres("PostgreSQL is not installed: run `make system` as root") from None
    return Path(pgserver.__file__).parent / "pginstall" / "bin"


def _owner() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root: then it runs as somebody who owns nothing."""
    if os.getuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _die_with_parent() -> None:
    """The kernel ends the server when the test process is gone, however it went (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)
