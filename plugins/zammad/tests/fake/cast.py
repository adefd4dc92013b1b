"""The people and groups of the recorded server, who are in every fake from the start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from plugins.zammad.tests.fake import people
from plugins.zammad.tests.fake.groups import add_group
from plugins.zammad.tests.fake.staff import Staff
from plugins.zammad.tests.fake.world import World

TIPS = 3
"""The group that tips go to."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who works where. Ids 3 to 8, in this order."""

    admin: Staff
    agent: Staff
    connector: Staff
    customer: Staff
    noaccess: Staff
    readonly: Staff


def move_in(world: World, group: str, connector_rights: Iterable[str], settle: Callable[[], None]) -> Cast:
    """Make the groups and hire the people."""
    nobody = people.user_row(
        world, login="-", firstname="-", email="", department="", address="", active=False, role_ids=[]
    )
    world.users.put({"id": world.users.next_id(), **nobody})
    add_group(world, "Users", signature_id=1, note="Standard Group/Pool for Tickets.")
    add_group(world, "Secret")
    add_group(world, group)
    people.add_person(
        world, "nicole.braun", "Nicole", "Braun", roles=[people.CUSTOMER_ROLE], organization_id=1
    )

    def hire(name: str, firstname: str, lastname: str, **terms: Any) -> Staff:
        return Staff(world, people.add_person(world, name, firstname, lastname, **terms), settle)

    return Cast(
        admin=hire(
            "admin",
            "Ada",
            "Admin",
            roles=(people.ADMIN_ROLE, people.AGENT_ROLE),
            rights={1: ["full"], 2: ["full"], TIPS: ["full"]},
            permissions=("admin", "ticket.agent"),
        ),
        agent=hire("agent", "Alan", "Agent", rights={1: ["full"], TIPS: ["full"]}),
        connector=hire("connector", "Connie", "Connector", rights={TIPS: connector_rights}),
        customer=hire(
            "customer",
            "Carla",
            "Customer",
            roles=[people.CUSTOMER_ROLE],
            permissions=["ticket.customer"],
        ),
        noaccess=hire("noaccess", "Nora", "Noaccess"),
        readonly=hire("readonly", "Rita", "Readonly", rights={1: ["read"]}),
    )
