"""The custodians of an installation, from the public files they have handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from connector.errors import ConfigError
from connector.vault.crossing import LARGEST, FileBroken
from connector.vault.custodians import Custodian, PublicFile


@dataclass(frozen=True, slots=True)
class CustodianSet:
    """To whom new records are sealed, and how many of them open one."""

    quorum: int
    custodians: tuple[Custodian, ...]
    files: tuple[PublicFile, ...]

    @classmethod
    def load(cls, quorum: int, paths: Mapping[str, Path]) -> "CustodianSet":
        """Read all public files. Raises ConfigError where one is missing, altered, somebody else's, or there twice."""
        files = [_read(name, path) for name, path in paths.items()]
        custodians = [file.public() for file in files]
        if len({one.fingerprint for one in custodians} | {one.seal.data for one in custodians}) < 2 * len(
            custodians
        ):
            raise ConfigError(
                "VLT-E013",
                "vault.custodians: two entries hold the same keys",
                "each custodian makes keys of their own with tipbridge custodian init",
            )
        return cls(quorum, tuple(custodians), tuple(files))


def _read(name: str, path: Path) -> PublicFile:
    try:
        data = path.read_bytes()[: LARGEST + 1]
    except OSError:
        raise ConfigError(
            "VLT-E010",
            f"vault.custodians.{name}: {path} cannot be read",
            "put the custodian's .pub file there",
        ) from None
    try:
        file = PublicFile.parse(data)
        file.public()
    except FileBroken:
        raise ConfigError(
            "VLT-E011",
            f"vault.custodians.{name}: {path} is no public file, or was altered",
            "ask the custodian for their .pub file again",
        ) from None
    if file.name != name:
        raise ConfigError(
            "VLT-E012",
            f"vault.custodians.{name}: the file says that it belongs to {file.name}",
            "put it under the name that is in it",
        )
    return file
