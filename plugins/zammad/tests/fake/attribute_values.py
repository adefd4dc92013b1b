"""What goes into custom attributes: defaults, casts, and the checks that refuse a value."""

from typing import Any

from plugins.zammad.tests.fake.errors import Unprocessable, invalid_choice
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.values import as_bool, as_date, as_int, as_time, without_nul


def default_of(attribute: Row) -> Any:
    """What a new ticket holds where nothing was given."""
    return attribute["data_option"].get("default")


def cast(attribute: Row, value: Any) -> Any:
    """What ActiveRecord makes of a value: a text in an integer is 0, a bad date null, any word is true."""
    kind = attribute["data_type"]
    if value is None:
        return None
    if kind == "integer":
        return as_int(value)
    if kind == "boolean":
        return as_bool(value)
    if kind == "date":
        return as_date(value)
    if kind == "datetime":
        return as_time(value)
    return value if isinstance(value, list) else without_nul(str(value))


def check(attribute: Row, value: Any) -> None:
    """Raise for a value that the attribute does not take; the reason is told openly, except for
    selections."""
    label = str(attribute["name"]).replace("_", " ").capitalize()
    option = attribute["data_option"]
    if attribute["data_type"] in ("input", "textarea") and len(value or "") > int(option.get("maxlength", 0)):
        raise Unprocessable(f"{label} is longer than the allowed length {option.get('maxlength')}")
    if attribute["data_type"] == "integer" and value is not None:
        if value > option.get("max", value):
            raise Unprocessable(f"{label} is larger than the allowed maximum value of {option['max']}")
        if value < option.get("min", value):
            raise Unprocessable(f"{label} is smaller than the allowed minimum value of {option['min']}")
    if attribute["data_type"] == "select" and value and value not in option.get("options", {}):
        raise invalid_choice(value, str(attribute["name"]))
