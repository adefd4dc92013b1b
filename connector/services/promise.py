"""What we promise the reporter, generated from what is kept: the page never says more than the settings hold."""

from collections.abc import Collection


def promise(capture: Collection[str]) -> str:
    """The promise for tips by web and app. "Anonymous" only where nothing about the reporter is kept."""
    if capture:
        raise ValueError("what is kept about a reporter needs the vault, which this version does not have")
    return (
        "Anonymous: we do not ask who you are, and we keep nothing that says who you are: no name, no address of your "
        "device, no location. What you write and show can still give you away; so can a school device or network "
        "that is being watched."
    )
