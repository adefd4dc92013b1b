"""Triggers: what a committed change sets off."""

from plugins.zammad.tests.fake import articles, mail
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.background import Background
from plugins.zammad.tests.fake.conditions import Subject, matches, names_in
from plugins.zammad.tests.fake.deliveries import Deliveries
from plugins.zammad.tests.fake.rows import Row, TicketEvent, Transaction
from plugins.zammad.tests.fake.world import NOBODY, World


class TriggerRunner:
    """Runs the active triggers, in the order of their names, once for each ticket a request changed."""

    def __init__(self, world: World, deliveries: Deliveries, post: mail.Post, background: Background) -> None:
        self._world = world
        self._deliveries = deliveries
        self._post = post
        self._background = background

    def after(self, changes: Transaction) -> None:
        """Look at everything a transaction did. Mail that was written leaves too, whoever wrote it."""
        for event in list(changes.events.values()):
            self._send_mail(event)
            if changes.runs_triggers:
                self._run(event)

    def _send_mail(self, event: TicketEvent) -> None:
        article = self._world.articles.get(event.article_id)
        if article is not None and article["preferences"].get("email_address_id"):
            article_id = int(article["id"])
            self._background.later(lambda: self._post.deliver(article_id))

    def _run(self, event: TicketEvent) -> None:
        for trigger in sorted(self._world.triggers, key=lambda row: str(row["name"]).lower()):
            ticket = self._world.tickets.get(event.ticket_id)
            if ticket is None or not fires(self._world, trigger, ticket, event):
                continue
            perform = trigger["perform"]
            if "notification.webhook" in perform:
                self._deliveries.add(trigger, int(perform["notification.webhook"]["webhook_id"]), event)
            if "notification.email" in perform:
                self._auto_reply(perform["notification.email"], ticket, event)

    def _auto_reply(self, order: Row, ticket: Row, event: TicketEvent) -> None:
        """A public e-mail by nobody to whoever wrote last, unless they or the group have no address."""
        world = self._world
        article = world.articles.get(event.article_id)
        if article is None or article["preferences"].get("send-auto-response") is False:
            return
        recipient = _last_sender(world, article)
        sends_from = world.groups[ticket["group_id"]]["email_address_id"]
        if recipient is None or sends_from is None:
            return
        body = (
            order["body"]
            .replace("#{ticket.number}", ticket["number"])
            .replace("#{config.product_name}", "Zammad")
        )
        given: Row = {
            "type": "email",
            "sender": "System",
            "to": recipient,
            "content_type": "text/html",
            "body": body,
            "subject": order["subject"].replace("#{ticket.title}", ticket["title"]),
            "preferences": {"perform_origin": "trigger"},
        }
        with world.transaction(NOBODY, runs_triggers=False) as changes:
            articles.add(world, changes, Caller(world.users[NOBODY], is_system=True), ticket, given)


def fires(world: World, trigger: Row, ticket: Row, event: TicketEvent) -> bool:
    """Whether a trigger answers an event.

    An update counts only if it brought an article or changed an attribute that the condition names. On 5.x
    that holds
    for triggers that name `ticket.action`, later for those whose mode is "selective".
    """
    if not trigger["active"] or trigger.get("activator", "action") != "action":
        return False
    article = world.articles.get(event.article_id)
    subject = Subject(world, ticket, event.actor_id, event.kind, article, frozenset(event.changes))
    if not matches(trigger["condition"], subject):
        return False
    if event.kind != "update" or article is not None:
        return True
    named = {name.partition(".")[2] for name in names_in(trigger["condition"]) if name.startswith("ticket.")}
    selective = (
        trigger.get("execution_condition_mode", "selective" if "action" in named else "always") == "selective"
    )
    return bool(named & event.changes.keys()) if selective else bool(event.changes)


def _last_sender(world: World, article: Row) -> str | None:
    """Reply-to, else the address in `from`, else that of the origin, else that of whoever posted it."""
    for written in (article["reply_to"], article["from"]):
        found = mail.addresses(written)
        if found:
            return found[0]
    for user_id in (article["origin_by_id"], article["created_by_id"]):
        if user_id is not None:
            return world.users[user_id]["email"] or None
    return None
