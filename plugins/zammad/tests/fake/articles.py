"""Adding an article to a ticket."""

import hashlib
from typing import Any

from plugins.zammad.tests.fake import attachments, contact, history, mail
from plugins.zammad.tests.fake.access import Caller, has_right
from plugins.zammad.tests.fake.errors import Unprocessable, no_lookup_value
from plugins.zammad.tests.fake.people import full_name
from plugins.zammad.tests.fake.rows import Row, Table, Transaction
from plugins.zammad.tests.fake.sanitizer import sanitize
from plugins.zammad.tests.fake.values import as_bool, without_nul
from plugins.zammad.tests.fake.world import World

_LONGEST_BODY = 1_500_000
_NOTE, _WEB, _EMAIL = 10, 11, 1
_KEEPS_ITS_FROM = frozenset({
    "email", "sms", "twitter status", "twitter direct-message", "facebook feed post", "whatsapp message",
})  # fmt: skip


def add(world: World, changes: Transaction, caller: Caller, ticket: Row, given: Row) -> Row:
    """Store an article and let the ticket follow.

    Raises Unprocessable for a missing body, an unknown type, a broken file; Broken for mail from a group
    that has no address. Whoever cannot read the ticket's group is taken for a customer.
    """
    body = without_nul(str(given.get("body") or ""))
    if not body.strip():
        raise Unprocessable("Need at least an 'article body' field.")
    as_staff = caller.is_system or (caller.is_agent and has_right(caller.user, ticket["group_id"], "read"))
    kind = _lookup(world.article_types, given, "type", _NOTE)
    sender = _lookup(world.senders, given, "sender", contact.AGENT if as_staff else contact.CUSTOMER)
    uploads = attachments.decode(given.get("attachments"))
    if len(body) > _LONGEST_BODY:
        raise Unprocessable(f"body of article is too large, {len(body)} chars - only {_LONGEST_BODY} allowed")
    row = _columns(world, ticket, given, body)
    row |= _authorship(world, caller, ticket, given, kind, sender, as_staff=as_staff)
    row["from"] = _from(world, row, given)
    if row["type_id"] == _EMAIL and row["sender_id"] != contact.CUSTOMER:
        row |= mail.outgoing_columns(world, ticket, row)
    _store(world, changes, ticket, row, uploads)
    return row


def _lookup(table: Table, given: Row, name: str, default: int) -> int:
    if given.get(name) is not None:
        found = table.named(given[name])
        if found is None:
            raise no_lookup_value(name, given[name])
        return int(found["id"])
    return int(given.get(f"{name}_id") or default)


def _columns(world: World, ticket: Row, given: Row, body: str) -> Row:
    now = world.now()
    row: Row = {"ticket_id": ticket["id"], "type_id": None, "sender_id": None, "from": None}
    row |= {column: _text(given.get(column)) for column in ("to", "cc", "subject", "reply_to", "message_id")}
    message_id = row["message_id"]
    row["message_id_md5"] = message_id and hashlib.md5(message_id.encode(), usedforsecurity=False).hexdigest()
    row["in_reply_to"] = _text(given.get("in_reply_to"))
    row["content_type"] = str(given.get("content_type") or "text/plain")[:20]
    row["references"] = _text(given.get("references"))
    row |= {"body": body, "internal": False, "preferences": dict(given.get("preferences") or {})}
    row |= {
        "updated_by_id": None,
        "created_by_id": None,
        "origin_by_id": None,
        "created_at": now,
        "updated_at": now,
    }
    return row | dict(world.version.article_extras)


def _text(value: Any) -> str | None:
    return None if value is None else without_nul(str(value))


def _authorship(
    world: World, caller: Caller, ticket: Row, given: Row, kind: int, sender: int, *, as_staff: bool
) -> Row:
    who: Row = {
        "type_id": kind,
        "sender_id": sender,
        "internal": as_bool(given.get("internal", False)),
        "created_by_id": caller.id,
        "updated_by_id": caller.id,
    }
    if not as_staff:
        plain = kind if kind in (_NOTE, _WEB) else _NOTE
        return who | {
            "type_id": plain,
            "sender_id": contact.CUSTOMER,
            "internal": False,
            "origin_by_id": caller.id,
        }
    if given.get("origin_by_id") is not None:
        return who | {"sender_id": contact.CUSTOMER, "origin_by_id": int(given["origin_by_id"])}
    if sender == contact.CUSTOMER:
        return who | {"origin_by_id": ticket["customer_id"]}
    return who


def _from(world: World, row: Row, given: Row) -> str | None:
    """The author's name, whatever was sent; with the address for a customer's web or phone words."""
    kind = world.article_types[row["type_id"]]["name"]
    if kind in _KEEPS_ITS_FROM and given.get("from") is not None:
        return str(given["from"])
    author = world.users[row["origin_by_id"] or row["created_by_id"]]
    name = full_name(author) or author["email"] or None
    if kind not in ("web", "phone") or row["sender_id"] != contact.CUSTOMER:
        return name
    if author["email"]:
        return f"{full_name(author)} <{author['email']}>".strip()
    return "" if world.version.nameless_web_author else name


def _store(
    world: World, changes: Transaction, ticket: Row, row: Row, uploads: list[attachments.Upload]
) -> None:
    row_id = world.articles.next_id()
    columns = {"id": row_id, **row}
    row.clear()
    row.update(columns)

    def keep_image(kind: str, content: bytes) -> str:
        image = attachments.Upload(f"image.{kind.rpartition('/')[2]}", content, {"Mime-Type": kind})
        kept = attachments.keep(world, changes, row_id, image, inline=True)
        return f"/api/v1/ticket_attachment/{ticket['id']}/{row_id}/{kept['id']}?view=inline"

    if row["content_type"].startswith("text/html"):
        row["body"] = sanitize(row["body"], own_url=world.url, store_image=keep_image)
    changes.insert(world.articles, row)
    for upload in uploads:
        attachments.keep(world, changes, row_id, upload)
    history.article_created(world, changes, row)
    changes.event(ticket["id"], "update").article_id = row_id
    contact.article_added(world, changes, ticket, row)
