"""The one door for helpdesk plugins. A plugin imports from here and from nowhere else in Tipbridge.

Everything public is listed in `__all__`; `API_VERSION` changes when a plugin written for an older door would break.
The guide is docs/writing-a-plugin.md; the promises are proved with `connector.testing`.
"""

from connector.clock import Clock
from connector.domain.ticket import (
    Article,
    Audience,
    Author,
    Merge,
    NewArticle,
    NewTicket,
    RemoteFile,
    Ticket,
    TicketChange,
    TicketRef,
    TicketState,
    Visibility,
)
from connector.domain.tip import CleanFile
from connector.domain.urgency import Urgency
from connector.plugin_api.base import AdminAccess, HelpdeskPlugin, Memo, PluginContext
from connector.plugin_api.errors import (
    HelpdeskFailure,
    HelpdeskMisconfigured,
    OutcomeUnknown,
    PermanentFailure,
    RejectedWebhook,
    TemporaryFailure,
    TicketGone,
    UnreadableWebhook,
    Unsupported,
)
from connector.plugin_api.findings import Finding, Level
from connector.plugin_api.http_types import Base64File, HttpClient, HttpResponse
from connector.plugin_api.manifest import (
    API_VERSION,
    Capabilities,
    HelpdeskSettings,
    Manifest,
)
from connector.plugin_api.webhook import WebhookDelivery, has_valid_hmac

__all__ = [
    "API_VERSION",
    "AdminAccess",
    "Article",
    "Audience",
    "Author",
    "Base64File",
    "Capabilities",
    "CleanFile",
    "Clock",
    "Finding",
    "HelpdeskFailure",
    "HelpdeskMisconfigured",
    "HelpdeskPlugin",
    "HelpdeskSettings",
    "HttpClient",
    "HttpResponse",
    "Level",
    "Manifest",
    "Memo",
    "Merge",
    "NewArticle",
    "NewTicket",
    "OutcomeUnknown",
    "PermanentFailure",
    "PluginContext",
    "RejectedWebhook",
    "RemoteFile",
    "TemporaryFailure",
    "Ticket",
    "TicketChange",
    "TicketGone",
    "TicketRef",
    "TicketState",
    "UnreadableWebhook",
    "Unsupported",
    "Urgency",
    "Visibility",
    "WebhookDelivery",
    "has_valid_hmac",
]
