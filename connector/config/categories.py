"""What a tip can be about: the categories that come along, and what the operator makes of them."""

from typing import Any

from connector.config.model import Category
from connector.config.problems import joined
from connector.config.reading import Reading
from connector.config.sections import CategoryKeys
from connector.domain.urgency import Urgency
from connector.nearest import did_you_mean

OTHER = "other"
"""The category of a tip that names none. It always exists and comes last."""

DEFAULTS = (
    Category("bullying", "Bullying", Urgency.ROUTINE),
    Category("cyberbullying", "Cyberbullying", Urgency.ROUTINE),
    Category("harassment", "Harassment", Urgency.ROUTINE),
    Category("threat", "Threat", Urgency.EMERGENCY),
    Category("weapon", "Weapon", Urgency.EMERGENCY),
    Category("violence", "Violence", Urgency.URGENT),
    Category("self-harm", "Self-harm or suicide", Urgency.EMERGENCY),
    Category("abuse", "Abuse or neglect", Urgency.URGENT),
    Category("substance", "Alcohol or drugs", Urgency.ROUTINE),
    Category("misconduct", "Misconduct", Urgency.ROUTINE),
    Category(OTHER, "Something else", None),
)


def read_categories(reading: Reading, data: object) -> dict[str, Category]:
    """The categories in the order in which pages list them: ours, then the operator's own, then `other`."""
    categories = {category.id: category for category in DEFAULTS}
    for name, entry in reading.entries(data, "categories").items():
        path = joined("categories", name)
        if entry is None:
            _remove(reading, categories, name, path)
        else:
            category = _merged(reading, categories.get(name), name, entry, path)
            if category is not None:
                categories[name] = category
    other = categories.pop(OTHER)
    return {**categories, OTHER: other}


def _remove(reading: Reading, categories: dict[str, Category], name: str, path: str) -> None:
    if name == OTHER:
        reading.problems.add(
            "CFG-E033", path, "cannot be removed", "keep it: a tip that names no category is of it"
        )
    elif categories.pop(name, None) is None:
        remedy = did_you_mean(name, categories, "remove the line, or write name and urgency below it")
        reading.problems.add("CFG-E034", path, "there is no such category to remove", remedy)


def _merged(reading: Reading, known: Category | None, name: str, entry: Any, path: str) -> Category | None:
    if known is None and isinstance(entry, dict) and entry.get("name") is None:
        reading.problems.add("CFG-E006", joined(path, "name"), "is missing", "a new category needs a name")
    keys = reading.section(CategoryKeys, entry, path)
    if keys is None:
        return None
    title = keys.name or (known.name if known else "")
    urgency = known.urgency if known else None
    if "urgency" in keys.model_fields_set:
        urgency = None if keys.urgency is None else Urgency.from_word(keys.urgency)
    return Category(name, title, urgency, keys.seal_files)
