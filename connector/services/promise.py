"""What we promise the reporter, generated from what is kept: the page never says more than the settings hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from connector.domain.identity import Captured
from connector.services.door import kept_by_web

_NAMES = {
    "ip": "the network address of your device",
    "device": "what your browser says of your device",
    "contact": "a name, phone number or mail address, if you choose to give one",
}
_STILL = "What you write and show can still give you away; so can a school device or network that is being watched."


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who can open what is kept, and for how long it is."""

    quorum: int
    custodians: Sequence[str]
    identity: timedelta


def promise(capture: Collection[Captured], keeping: Keeping | None = None) -> str:
    """The promise for tips by web and app. "Anonymous" only where nothing about the reporter is kept."""
    kept = kept_by_web(capture)
    if not kept:
        return (
            "Anonymous: we do not ask who you are, and we keep nothing that says who you are: no name, no address of "
            f"your device, no location. {_STILL}"
        )
    if keeping is None:
        raise ValueError("what is kept about a reporter needs a vault")
    who = _listed(list(keeping.custodians))
    together = (
        f"{who} can only be asked together: it takes {keeping.quorum} of these {len(keeping.custodians)}"
        if len(keeping.custodians) > 1
        else f"only {who} can open it"
    )
    return (
        f"Confidential: we keep {_listed([_NAMES[name] for name in kept])}, sealed so that neither staff nor we can read "
        f"it, and nothing else that says who you are. To open it, {together}, and only on the order of a court or where a "
        f"life is in danger. Every opening is recorded. After {keeping.identity.days} days it is destroyed, unless a court "
        f"forbids it. {_STILL}"
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
