"""What a phrase of a word list can mean."""

from collections.abc import Mapping
from enum import StrEnum


class Sense(StrEnum):
    """The value is the name in the word lists.

    A *subject* says that something may be wrong; a *circumstance* adds to a subject close by and is nothing alone; a
    *turn* changes what the words around it mean.
    """

    WEAPON = "weapon"
    ATTACK = "attack"
    SELF_HARM = "self-harm"
    ABUSE = "abuse"
    TRAPPED = "trapped"
    MEDICAL = "medical"
    HAZARD = "hazard"

    HAVING = "having"
    INTENT = "intent"
    TARGET = "target"
    PLACE = "place"
    TIME = "time"
    SIGN = "sign"
    PLEA = "plea"

    HARMLESS = "harmless"
    NOT_NEGATING = "not-negating"
    PAST = "past"
    PRESENT = "present"
    FICTION = "fiction"
    ASKING = "asking"


SUBJECTS = {
    Sense.WEAPON: "a weapon",
    Sense.ATTACK: "an attack or a threat",
    Sense.SELF_HARM: "suicide or self-harm",
    Sense.ABUSE: "abuse",
    Sense.TRAPPED: "someone who cannot get away",
    Sense.MEDICAL: "a medical emergency",
    Sense.HAZARD: "fire, shots or another danger to many",
}
"""The subjects, in words that staff read in the ticket."""

CIRCUMSTANCES = frozenset(
    {Sense.HAVING, Sense.INTENT, Sense.TARGET, Sense.PLACE, Sense.TIME, Sense.SIGN, Sense.PLEA}
)

_SOON = frozenset({Sense.TIME, Sense.PLEA})
ADDS_TO: Mapping[Sense, frozenset[Sense]] = {
    Sense.WEAPON: _SOON | {Sense.ATTACK, Sense.HAVING, Sense.INTENT, Sense.TARGET, Sense.PLACE},
    Sense.ATTACK: _SOON | {Sense.WEAPON, Sense.INTENT, Sense.TARGET, Sense.PLACE},
    Sense.SELF_HARM: _SOON | {Sense.SIGN, Sense.INTENT},
    Sense.ABUSE: _SOON | {Sense.WEAPON, Sense.TRAPPED},
    Sense.TRAPPED: _SOON | {Sense.WEAPON, Sense.MEDICAL},
    Sense.MEDICAL: _SOON | {Sense.SELF_HARM},
    Sense.HAZARD: _SOON | {Sense.WEAPON, Sense.PLACE},
}
"""What adds to a subject where it stands close by. Two matters that are each for today make no emergency together."""

VIOLENCE = frozenset({Sense.WEAPON, Sense.ATTACK, Sense.HAZARD})
"""What games, films and questions about the rules speak of as well. Nobody asks about a friend's pills for fun."""
