"""Reading the YAML file itself; ruamel.yaml's only home.

ruamel.yaml follows YAML 1.2, in which `NO` is a word and `12:30` is no number. Its own messages quote the
file, which may hold secrets: they are never passed on, only where in the file the trouble is.
"""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from connector.config.problems import Problems, joined, refused

_DEEPEST = 20
"""Levels. No setting is deeper than eight; a file whose anchors contain themselves would never end."""
_LOOK = "look there and on the line above for a tab or a missing colon, quote or bracket"


def read_yaml(path: Path) -> dict[str, object]:
    """The settings in a file; every key is text.

    Raises ConfigErrors where the file is missing, unreadable, no YAML, or names a key twice.
    """
    text = _text(path)
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        problems = Problems()
        if root is not None:
            _look_through(root, "", 0, problems)
        problems.raise_if_any()
        loader = YAML(typ="safe", pure=True)
        loaded: object = loader.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = "" if mark is None else f", line {mark.line + 1}, column {mark.column + 1}"
        raise refused("CFG-E003", f"{path.name}{where}: this is not YAML", _LOOK) from None
    except (YAMLError, ValueError) as error:
        what = f"{path.name}: this is not YAML ({type(error).__name__})"
        raise refused(
            "CFG-E003", what, "quote dates and special signs, and save the file as plain text"
        ) from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        what = f"{path.name}: the file holds no settings"
        raise refused("CFG-E003", what, "begin with `helpdesks:`; config.example.yaml shows all")
    return loaded


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        remedy = "name another with -c, or write one with `tipbridge init`"
        raise refused("CFG-E001", f"{path}: there is no such file", remedy) from None
    except UnicodeDecodeError:
        raise refused("CFG-E002", f"{path}: the file is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        what = f"{path}: the file cannot be read ({error.strerror})"
        raise refused("CFG-E002", what, "let the account that runs Tipbridge read it") from None


def _look_through(node: Node, path: str, depth: int, problems: Problems) -> None:
    """Find keys given twice and keys that are no text, everywhere. ruamel alone would stop at the first."""
    if depth > _DEEPEST:
        problems.add(
            "CFG-E003",
            path.partition(".")[0],
            "is nested too deeply",
            "take out anchors that contain themselves",
        )
        return
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            _look_through(item, joined(path, index), depth + 1, problems)
    if not isinstance(node, MappingNode):
        return
    lines: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.tag not in ("tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"):
            remedy = f'write it in quotes on line {line}, as "12"'
            problems.add("CFG-E014", joined(path, f"(line {line})"), "a key must be text", remedy)
            continue
        below = joined(path, key.value)
        if key.value in lines:
            what = f"is given twice, on lines {lines[key.value]} and {line}"
            problems.add("CFG-E005", below, what, "keep one of the two")
        lines.setdefault(key.value, line)
        _look_through(value, below, depth + 1, problems)
