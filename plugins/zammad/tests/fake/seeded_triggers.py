"""The three triggers that come with every Zammad, of which the first is on: it mails whoever wrote."""

from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World

_AUTO_REPLY_BODY = (
    "<div>Your request <b>(Ticket##{ticket.number})</b> has been received and will be reviewed by our "
    "support staff.</div>\n<br>\n<div>Your #{config.product_name} Team</div>"
)


def seeded_triggers(world: World) -> list[Row]:
    """Their columns but for the stamps."""

    def seeded(number: int, name: str, condition: Row, recipient: str, subject: str, active: bool) -> Row:
        perform = {
            "notification.email": {"body": _AUTO_REPLY_BODY, "recipient": recipient, "subject": subject}
        }
        modes = {"activator": "action", "execution_condition_mode": "selective"}
        return {
            "id": number,
            "name": name,
            "condition": condition,
            "perform": perform,
            "disable_notification": True,
            "note": None,
            **(modes if world.version.triggers_have_modes else {}),
            "active": active,
        }

    talking: Row = {"article.type_id": {"operator": "is", "value": [1, 5, 11]}}
    from_customer: Row = {"article.sender_id": {"operator": "is", "value": 2}}
    created: Row = {
        "ticket.action": {"operator": "is", "value": "create"},
        "ticket.state_id": {"operator": "is not", "value": 4},
        **talking,
        **from_customer,
    }
    followed_up: Row = {"ticket.action": {"operator": "is", "value": "update"}, **talking, **from_customer}
    taken: Row = {
        "ticket.owner_id": {"operator": "has changed", "pre_condition": "current_user.id", "value": ""}
    }
    return [
        seeded(
            1,
            "auto reply (on new tickets)",
            created,
            "article_last_sender",
            "Thanks for your inquiry (#{ticket.title})",
            active=True,
        ),
        seeded(
            2,
            "auto reply (on follow-up of tickets)",
            followed_up,
            "article_last_sender",
            "Thanks for your follow-up (#{ticket.title})",
            active=False,
        ),
        seeded(
            3,
            "customer notification (on owner change)",
            taken,
            "ticket_customer",
            "Owner has changed (#{ticket.title})",
            active=False,
        ),
    ]
