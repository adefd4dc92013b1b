"""The file itself: missing, unreadable, malformed. What is said never quotes it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from connector.config import Config, ConfigErrors, load_config
from connector.config.yaml_file import read_yaml
from connector.registry import Registry

SECRET = "s3cr3t-hunter2"


def said_of(path: Path, content: bytes) -> str:
    """What is said of a file with this content."""
    path.write_bytes(content)
    with pytest.raises(ConfigErrors) as caught:
        read_yaml(path)
    return str(caught.value)


def test_a_missing_file_is_said_to_be_missing_and_init_is_named(registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(
        ConfigErrors, match=r"CFG-E001 .*config\.yaml: there is no such file; .*tipbridge init"
    ):
        load_config(tmp_path / "config.yaml", registry, {})


def test_a_directory_and_a_binary_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors, match="CFG-E002"):
        read_yaml(tmp_path)
    assert said_of(tmp_path / "c.yaml", b"\xff\xfe\x00a").startswith("CFG-E002")


@pytest.mark.parametrize(
    "broken",
    [
        f"token: *{SECRET}\n",
        f"token: !{SECRET} x\n",
        f"token: '{SECRET}\n",
        f"a: [{SECRET}\n",
        f"\ttoken: {SECRET}\n",
        f"{SECRET}: a\n{SECRET}: b: c\n",
        f"---\na: {SECRET}\n---\nb: 2\n",
        f"token: {SECRET}\x00\n",
        f"when: 2026-13-45 # {SECRET}\n",
        f"- {SECRET}\n",
        f"{SECRET}\n",
    ],
)
def test_what_is_no_yaml_is_told_by_its_place_and_never_quoted(tmp_path: Path, broken: str) -> None:
    said = said_of(tmp_path / "c.yaml", broken.encode())
    assert said.startswith("CFG-E003 c.yaml")
    assert SECRET not in said


def test_the_place_of_a_mistake_is_line_and_column(tmp_path: Path) -> None:
    assert "c.yaml, line 3, column 2:" in said_of(tmp_path / "c.yaml", b"a: 1\nb: [1, 2\nc: 3\n")


def test_every_key_that_stands_twice_is_named_with_both_lines_and_without_its_values(tmp_path: Path) -> None:
    said = said_of(tmp_path / "c.yaml", f"a:\n  x: {SECRET}\n  y: 1\n  x: other\nb: 1\nb: 2\n".encode())

    assert said.splitlines()[0].startswith("CFG-E005 a.x: is given twice, on lines 2 and 4;")
    assert said.splitlines()[1].startswith("CFG-E005 b: is given twice, on lines 5 and 6;")
    assert SECRET not in said


def test_a_key_that_is_no_text_is_told_by_its_line(tmp_path: Path) -> None:
    for key in (f"[{SECRET}]", f"!{SECRET} x", "12", "null", "2026-10-01"):
        said = said_of(tmp_path / "c.yaml", f"? {key}\n: 1\n".encode())
        assert said.startswith("CFG-E014 (line 1): a key must be text")
        assert SECRET not in said


def test_keys_in_a_list_are_looked_at_too(tmp_path: Path) -> None:
    assert "CFG-E005 a[1].x" in said_of(tmp_path / "c.yaml", b"a: [{x: 1}, {x: 1, x: 2}]\n")


def test_an_empty_file_lacks_what_is_required(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("# nothing yet\n", encoding="utf-8")
    with pytest.raises(ConfigErrors) as caught:
        load_config(path, registry, {})
    assert [problem.what for problem in caught.value.problems] == [
        "helpdesks: is missing",
        "schools: is missing",
    ]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(path) == {"a": 1}


def test_a_key_that_cannot_be_printed_is_not_printed(load: Callable[..., Config], minimal: str) -> None:
    with pytest.raises(ConfigErrors) as caught:
        load(minimal + '"\\e[31mred": 1\n')
    assert caught.value.what == "(unreadable): is no setting"


def test_a_config_named_by_a_relative_path_still_gives_absolute_paths(
    registry: Registry, tmp_path: Path, minimal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yaml").write_text(minimal, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    config = load_config(Path("config.yaml"), registry, {"TOKEN": "t"})
    os.chdir("/")
    assert config.data_dir == tmp_path / "data"
