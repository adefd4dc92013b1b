"""What the services need to know of the school's set-up, without knowing the config file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from connector.domain.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Category:
    """What a tip can be about. `urgency` None says nothing either way; with `seal_files` only custodians get its files."""

    category_id: str
    name: str
    urgency: Urgency | None
    seal_files: bool = False


@dataclass(frozen=True, slots=True)
class School:
    """A campus, the helpdesk its tips go to, and whether people are called when nobody takes one."""

    school_id: str
    name: str
    helpdesk: str
    escalates: bool = False


@dataclass(frozen=True, slots=True)
class Programme:
    """The schools and categories a reporter can choose from, and what is kept."""

    schools: Mapping[str, School]
    categories: Mapping[str, Category]
    languages: tuple[str, ...] = ("en",)
    keep_own: bool = True
    contacts: Mapping[str, str] = field(default_factory=dict)
    """The names of those who may be called, by id: whoever is named in a tip is not."""

    @property
    def only_school(self) -> str | None:
        """The id of the school where there is just one."""
        return next(iter(self.schools)) if len(self.schools) == 1 else None
