"""What a reporter is told of each thing that was found; plain words, nothing of theirs in them."""

from connector.cleaning.text.found import PART, SHARED, STORED, TAKEN, TRACKED, Found

_MINE = "mine"

_MESSAGES = {
    ("email", ""): "This is a mail address. If it is yours, it tells who you are.",
    ("phone", ""): "This is a phone number. If it is yours, it tells who you are.",
    ("handle", ""): "This is the name of an account. If it is yours, it tells who you are.",
    ("handle", _MINE): "This looks like the name of your own account. It tells who you are.",
    ("name", _MINE): "This looks like your name. It tells who you are.",
    (
        "link",
        SHARED,
    ): "This link was made for the person who shared it. If that was you, it can tell who you are.",
    (
        "link",
        STORED,
    ): "This link opens somebody's own files and may show whose they are. If they are yours, it tells who you are.",
    (
        "link",
        TRACKED,
    ): "This link had marks in it that can tell who shared it. We take them out; the link still works.",
    (
        "email",
        TAKEN,
    ): "You gave this mail address as yours. We take it out of what you write before anybody reads it.",
    (
        "phone",
        TAKEN,
    ): "You gave this phone number as yours. We take it out of what you write before anybody reads it.",
    (
        "handle",
        TAKEN,
    ): "You gave this account as yours. We take it out of what you write before anybody reads it.",
    ("name", TAKEN): "You gave this name as yours. We take it out of what you write before anybody reads it.",
    (
        "name",
        PART,
    ): "This is a part of the name you gave. It stays where it is, because others may have the same name.",
}


def message_for(found: Found) -> str:
    """One or two sentences for the reporter."""
    return _MESSAGES[
        found.kind, found.note or (_MINE if found.mine and found.kind in ("handle", "name") else "")
    ]
