"""From pydantic's errors to ours: a path, what is wrong, what to do; never the value."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from connector.config.problems import Problems, joined
from connector.config.references import fields_of
from connector.nearest import did_you_mean

ModelT = TypeVar("ModelT", bound=BaseModel)

_BLOCK = ("must be a block of settings", "write `key: value` lines below it, indented")
_KINDS = {
    "string_type": ("must be text", "put it in quotes"),
    "int_type": ("must be a whole number", "write digits without quotes"),
    "int_parsing": ("must be a whole number", "write digits without quotes"),
    "bool_type": ("must be true or false", "write true or false without quotes"),
    "bool_parsing": ("must be true or false", "write true or false without quotes"),
    "dict_type": _BLOCK,
    "model_type": _BLOCK,
    "list_type": ("must be a list", "write it as [one, two]"),
    "tuple_type": ("must be a list", "write it as [one, two]"),
}
_UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
_BOUNDS = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}
_BOUND_WORDS = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}


def validated(
    model: type[ModelT],
    data: object,
    path: str,
    problems: Problems,
    *,
    context: object = None,
    also_known: Iterable[str] = (),
    secrets: Collection[str] = (),
) -> ModelT | None:
    """`data` as a `model`, or None with everything that is wrong noted in `problems`.

    `also_known` are further keys that may stand there, for the suggestion beside an unknown one. A message
    that holds one of `secrets` is not passed on.
    """
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            if detail["type"] != "default_factory_not_called":
                where = _place(detail, data, path)
                known = _known_keys(model, detail["loc"][:-1]) + (
                    list(also_known) if len(detail["loc"]) == 1 else []
                )
                problems.add(*_described(detail, where, known, secrets))
        return None


def without_nulls(data: object, annotation: Any) -> object:
    """`data` less the keys that say null where null is no value: for those, null means the default."""
    if not isinstance(data, dict):
        return data
    fields = fields_of(annotation)
    kept = {}
    for key, value in data.items():
        field = fields.get(key)
        if value is not None or field is None or type(None) in get_args(field):
            kept[key] = without_nulls(value, field)
    return kept


def _place(detail: ErrorDetails, data: object, path: str) -> str:
    """The path of an error, without what pydantic adds for unions and validators."""
    here: Any = data
    for part in detail["loc"]:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return joined(path, part) if detail["type"] == "missing" else path
        path = joined(path, part)
    return path


def _known_keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    annotation: Any = model
    for part in loc:
        annotation = fields_of(annotation).get(part, annotation) if isinstance(part, str) else annotation
    return list(fields_of(annotation))


def _described(
    detail: ErrorDetails, where: str, known: list[str], secrets: Collection[str]
) -> tuple[str, str, str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind.startswith("CFG-"):
        return kind, where, context["what"], context["remedy"]
    if kind == "extra_forbidden":
        return "CFG-E004", where, "is no setting", did_you_mean(detail["loc"][-1], known, _one_of(known))
    if kind == "missing":
        return "CFG-E006", where, "is missing", "add it; config.example.yaml shows all settings"
    if kind in _KINDS:
        return "CFG-E007", where, *_KINDS[kind]
    if kind in ("literal_error", "enum"):
        return (
            "CFG-E008",
            where,
            "is none of the words known here",
            f"write {context['expected']}".replace("'", ""),
        )
    if kind in _BOUNDS:
        bound = _BOUNDS[kind]
        remedy = f"write {_BOUND_WORDS[bound]} {_shown(context[bound])}"
        return "CFG-E009", where, "is outside what can work", remedy
    if kind == "too_short":
        return "CFG-E009", where, "is empty", "name at least one"
    return "CFG-E036", where, _said_by_plugin(detail["msg"], secrets), "see the platform's page in docs/"


def _shown(bound: object) -> str:
    """A bound in the operator's notation."""
    if not isinstance(bound, timedelta):
        return str(bound)
    seconds = int(bound.total_seconds())
    unit, size = next(
        (unit, size) for unit, size in _UNITS if seconds % size == 0 and seconds >= size or size == 1
    )
    return f"{seconds // size}{unit}"


def _one_of(known: list[str]) -> str:
    return f"known are {', '.join(sorted(known))}"


def _said_by_plugin(message: str, secrets: Collection[str]) -> str:
    """A plugin's own words about its settings, unless they hold a secret."""
    said = message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    if not said.isprintable() or len(said) > 300 or any(secret in said for secret in secrets):
        return "is not accepted by the plugin"
    return f"is not accepted by the plugin ({said})"
