"""From pydantic's errors to ours: a path, what is wrong, what to do; never the value."""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from connector.config.problems import OUT_OF_BOUNDS, Problems, joined
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
_BOUNDS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
}


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
    error_id = kind
    if kind.startswith("CFG-"):
        what, remedy = context["what"], context["remedy"]
    elif kind == "extra_forbidden":
        error_id, what = "CFG-E004", "is no setting"
        remedy = did_you_mean(detail["loc"][-1], known, f"known are {', '.join(sorted(known))}")
    elif kind == "missing":
        error_id, what, remedy = "CFG-E006", "is missing", "add it; config.example.yaml shows all settings"
    elif kind in _KINDS:
        error_id, (what, remedy) = "CFG-E007", _KINDS[kind]
    elif kind in {"literal_error", "enum"}:
        error_id, what = "CFG-E008", "is none of the words known here"
        remedy = f"write {context['expected']}".replace("'", "")
    elif kind in _BOUNDS:
        error_id, what, remedy = "CFG-E009", OUT_OF_BOUNDS, f"write {_BOUNDS[kind].format(**context)}"
    elif kind == "too_short":
        error_id, what, remedy = "CFG-E009", "is empty", "name at least one"
    else:
        error_id, what = "CFG-E036", _said_by_plugin(detail["msg"], secrets)
        remedy = "see the platform's page in docs/"
    return error_id, where, what, remedy


def _said_by_plugin(message: str, secrets: Collection[str]) -> str:
    """A plugin's own words about its settings, unless they hold a secret."""
    said = message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    if not said.isprintable() or len(said) > 300 or any(secret in said for secret in secrets):
        return "is not accepted by the plugin"
    return f"is not accepted by the plugin ({said})"
