"""The `assets` of an answer: every record it mentions, and those that these mention, by model and id."""

from collections.abc import Iterable

from plugins.zammad.tests.fake import render
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World

Assets = dict[str, dict[str, Row]]


class Collector:
    """Gathers records for one viewer; each is followed once."""

    def __init__(self, world: World, viewer: Caller) -> None:
        self.found: Assets = {}
        self._world = world
        self._viewer = viewer
        self._seen: set[tuple[str, int]] = set()

    def tickets(self, tickets: Iterable[Row]) -> "Collector":
        """Tickets with their group, organization and people."""
        for ticket in tickets:
            if self._take("Ticket", ticket["id"], render.ticket_with_ids(self._world, ticket)):
                self._group(ticket["group_id"])
                self._organization(ticket["organization_id"])
                self.people(
                    ticket[column] for column in ("owner_id", "customer_id", "created_by_id", "updated_by_id")
                )
        return self

    def articles(self, articles: Iterable[Row]) -> "Collector":
        """Articles with their authors."""
        for article in articles:
            if self._take("TicketArticle", article["id"], render.article_with_files(self._world, article)):
                self.people((article["created_by_id"], article["updated_by_id"], article["origin_by_id"]))
        return self

    def people(self, ids: Iterable[int | None]) -> "Collector":
        """People with their roles, groups and organization."""
        for user_id in ids:
            user = self._world.users.get(user_id)
            if user is None or not self._take("User", user["id"], render.user_for(self._viewer, user)):
                continue
            if not render.is_staff(self._viewer.user) and user["id"] != self._viewer.id:
                continue
            for role_id in user["role_ids"]:
                self._role(role_id)
            for group_id in user["group_ids"]:
                self._group(int(group_id))
            self._organization(user["organization_id"])
            self.people((user["created_by_id"], user["updated_by_id"]))
        return self

    def _group(self, group_id: int) -> None:
        group = self._world.groups[group_id]
        if self._take("Group", group_id, render.group_for(self._world, self._viewer, group)):
            self.people((group["created_by_id"], group["updated_by_id"]))

    def _organization(self, organization_id: int | None) -> None:
        organization = self._world.organizations.get(organization_id)
        if organization is not None and self._take("Organization", organization["id"], dict(organization)):
            self.people((organization["created_by_id"], organization["updated_by_id"]))

    def _role(self, role_id: int) -> None:
        role = self._world.roles[role_id]
        shown = render.role_for(self._viewer, role)
        if shown is not None and self._take("Role", role_id, shown):
            self.people((role["created_by_id"], role["updated_by_id"]))

    def _take(self, model: str, row_id: int, row: Row) -> bool:
        if (model, row_id) in self._seen:
            return False
        self._seen.add((model, row_id))
        self.found.setdefault(model, {})[str(row_id)] = row
        return True
