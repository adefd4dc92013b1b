"""What `tipbridge init` writes."""

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from connector.config import ConfigErrors, load_config
from connector.config.initial import Answers, initial_text, write_initial
from connector.errors import ConfigError
from connector.plugin_api import Capabilities, HelpdeskPlugin, HelpdeskSettings, Manifest, PluginContext
from connector.registry import Registry


def not_built(_settings: object, _context: PluginContext) -> HelpdeskPlugin:
    """Loading a config builds no plugin."""
    raise AssertionError


def practice_registry() -> Registry:
    """Knows the platform that the first configuration names."""
    registry = Registry()
    capabilities = Capabilities(unique_reference=True)
    registry.register(Manifest("practice", "Practice", HelpdeskSettings, capabilities, not_built, "docs"))
    return registry


def key_file(path: Path, kind: str) -> None:
    """Writes a key file as the vault does: new, private."""
    with path.open("x", encoding="utf-8") as stream:
        stream.write(f"{kind} key\n")
    path.chmod(0o600)


def everything_below(directory: Path) -> dict[str, str]:
    """All files below a directory with their contents."""
    return {
        str(file.relative_to(directory)): file.read_text(encoding="utf-8")
        for file in directory.rglob("*")
        if file.is_file()
    }


def test_the_first_config_loads_without_warnings_and_has_one_school_at_the_practice_helpdesk(
    tmp_path: Path,
) -> None:
    path = write_initial(tmp_path / "tips", Answers(), key_file)

    config = load_config(path, practice_registry(), {})

    assert path == tmp_path / "tips" / "config.yaml"
    assert [school.id for school in config.schools.values()] == ["example-school"]
    assert config.schools["example-school"].helpdesk == "practice"
    assert [helpdesk.platform for helpdesk in config.helpdesks.values()] == ["practice"]
    assert config.keys_dir == tmp_path / "tips" / "data" / "keys"
    assert config.warnings == ()


def test_key_files_are_made_and_nobody_else_can_read_anything(tmp_path: Path) -> None:
    write_initial(tmp_path, Answers(), key_file)

    assert sorted(everything_below(tmp_path)) == [
        "config.yaml",
        "data/keys/pepper.key",
        "data/keys/service.key",
    ]
    for name in ("config.yaml", "data", "data/keys"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize("there", ["config.yaml", "data/keys/service.key", "data/keys/pepper.key"])
def test_nothing_is_overwritten_and_nothing_is_left_behind(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_text("precious", encoding="utf-8")

    with pytest.raises(ConfigErrors, match="CFG-E040"):
        write_initial(tmp_path, Answers(), key_file)

    assert everything_below(tmp_path) == {there: "precious"}


def test_a_dangling_link_counts_as_something(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigErrors, match="CFG-E040"):
        write_initial(tmp_path, Answers(), key_file)


def test_a_failure_on_the_way_leaves_no_half_installation(tmp_path: Path) -> None:
    def fails_on_pepper(path: Path, kind: str) -> None:
        if kind == "pepper":
            raise ConfigError("KEY-E001", "no randomness", "wait")
        key_file(path, kind)

    with pytest.raises(ConfigError, match="KEY-E001"):
        write_initial(tmp_path, Answers(), fails_on_pepper)

    assert everything_below(tmp_path) == {}


def test_somebody_who_was_faster_keeps_their_config(tmp_path: Path) -> None:
    def another_one_meanwhile(path: Path, kind: str) -> None:
        key_file(path, kind)
        (tmp_path / "config.yaml").write_text("theirs", encoding="utf-8")

    with pytest.raises(ConfigErrors, match="CFG-E040"):
        write_initial(tmp_path, Answers(), another_one_meanwhile)

    assert everything_below(tmp_path) == {"config.yaml": "theirs"}


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigErrors, match="CFG-E041"):
        write_initial(tmp_path / "file", Answers(), key_file)


@pytest.mark.parametrize(
    "answers",
    [
        Answers("north-high", 'North "High": School #1 \\ {x}', "America/Denver"),
        Answers("12", "- no", "UTC"),
        Answers("null", "Šumava 小学校", "Asia/Tokyo", "[::1]:0", "0.0.0.0:9001", "500ms"),
        Answers("1e5", "~", "UTC"),
    ],
)
def test_answers_come_back_as_they_were_given(tmp_path: Path, answers: Answers) -> None:
    path = write_initial(tmp_path, answers, key_file)
    config = load_config(path, practice_registry(), {})

    school = config.schools[answers.school_id]
    assert (school.name, school.timezone.key) == (answers.school_name, answers.timezone)
    assert str(config.service.listen) == answers.listen
    assert str(config.service.admin_listen) == answers.admin_listen


def test_answers_that_cannot_be_used_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors) as caught:
        write_initial(tmp_path, Answers("North High", "a\nb", "Denver", "here", "1:a", "often"), key_file)

    assert [problem.error_id for problem in caught.value.problems] == [
        "CFG-E014",
        "CFG-E015",
        "CFG-E019",
        "CFG-E012",
        "CFG-E012",
        "CFG-E010",
    ]
    assert everything_below(tmp_path) == {}


def test_the_commented_zammad_example_loads_when_its_signs_are_taken_away(
    load: Callable[..., object],
) -> None:
    text = initial_text(Answers())
    shown = re.sub("^  # ", "  ", text, flags=re.MULTILINE)
    with pytest.raises(ConfigErrors) as caught:
        load(shown, {"ZAMMAD_TOKEN": "t", "ZAMMAD_HOOK": "h"})
    # Of these platforms the registry of this test knows none; everything else is as it should be.
    assert {problem.error_id for problem in caught.value.problems} == {"CFG-E070"}
