"""The tables. docs/architecture.md draws them; connector/store/migrations brings a database here.

What a thief of the database finds: who has a case (number, school, category, times) and ciphertext. Content waiting
for delivery is under row keys wrapped by the service key, which is not in the database; messages are sealed to the
reporter's own key; identities to the custodians. What the custodians can open lies apart, in the schema `vault`: a schema of
PostgreSQL, a file of its own with SQLite. Its rows have no times and no numbers that tell an order.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from connector.store.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("code_salt", LargeBinary, nullable=False),
    Column("created_on", Date, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("number", String(9), nullable=False, unique=True),
    Column("school", String(40), nullable=False),
    Column("category", String(40), nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
)

mailboxes = Table(
    "mailboxes",
    metadata,
    Column("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("lookup", LargeBinary(32), nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("sender", String(8), nullable=False),
    Column("role", String(16)),
    Column("helpdesk", String(40)),
    Column("article_id", String(64)),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("first_read_at", UtcDateTime),
    UniqueConstraint("case_id", "helpdesk", "article_id"),
)

message_files = Table(
    "message_files",
    metadata,
    Column("id", String(32), primary_key=True),
    Column(
        "message_id", String(32), ForeignKey("messages.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("sealed", LargeBinary, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    Column("reference", String(60), primary_key=True),
    Column("helpdesk", String(40), primary_key=True),
    Column("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ticket_id", String(64)),
    Column("url", String(500)),
    Column("status", String(16), nullable=False),
    Column("version", String(64)),
    Column("gone", Boolean, nullable=False, default=False),
    Column("person_state", String(16)),
    Column("owned", Boolean),
    Column("urgency", Integer),
    Index("ix_tickets_helpdesk_ticket_id", "helpdesk", "ticket_id"),
)

merges = Table(
    "merges",
    metadata,
    Column("helpdesk", String(40), primary_key=True),
    Column("source", String(64), primary_key=True),
    Column("target", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("target_version", String(64)),
    Index("ix_merges_helpdesk_target", "helpdesk", "target"),
)

articles = Table(
    "articles",
    metadata,
    Column("helpdesk", String(40), primary_key=True),
    Column("article_id", String(64), primary_key=True),
    Column("written_on", String(64)),
    Column("visibility", String(8), nullable=False),
    Column("verdict", String(16), nullable=False),
    Index("ix_articles_helpdesk_written_on", "helpdesk", "written_on"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("helpdesk", String(40), nullable=False),
    Column("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("reference", String(120), nullable=False),
    Column("ticket_id", String(64)),
    Column("urgency", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("content", LargeBinary),
    Column("wrapped_key", LargeBinary),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("lease", String(32)),
    Column("done_at", UtcDateTime),
    Column("problem", String(300)),
    UniqueConstraint("helpdesk", "reference"),
    Index("ix_outbox_case_id", "case_id", "helpdesk", "id"),
    Index(
        "ix_outbox_owed",
        "helpdesk",
        text("urgency DESC"),
        "id",
        sqlite_where=text("state <> 'delivered'"),
        postgresql_where=text("state <> 'delivered'"),
    ),
)

hints = Table(
    "hints",
    metadata,
    Column("helpdesk", String(40), primary_key=True),
    Column("ticket_id", String(64), primary_key=True),
    Column("stamp", String(32), nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("failures", Integer, nullable=False, default=0),
    Column("leased_until", UtcDateTime),
)

helpdesks = Table(
    "helpdesks",
    metadata,
    Column("helpdesk", String(40), primary_key=True),
    Column("polled_to", UtcDateTime),
    Column("poll_due_at", UtcDateTime),
    Column("failures", Integer, nullable=False, default=0),
    Column("failing_since", UtcDateTime),
    Column("paused_until", UtcDateTime),
)

memos = Table(
    "memos",
    metadata,
    Column("helpdesk", String(40), primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("value", String(200)),
    Column("leased_until", UtcDateTime),
)

kept_answers = Table(
    "kept_answers",
    metadata,
    Column("key_hash", LargeBinary(32), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

alarms = Table(
    "alarms",
    metadata,
    Column("alarm", String(40), primary_key=True),
    Column("subject", String(80), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("process", String(60), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

escalations = Table(
    "escalations",
    metadata,
    Column("escalation_id", String(32), primary_key=True),
    Column("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("school", String(40), nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("wanted_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("left_out", String(2000), nullable=False),
    Column("plan", Text),
    Column("chain_from", UtcDateTime),
    Column("entry", Integer, nullable=False),
    Column("lap", Integer, nullable=False),
    Column("step", Integer),
    Column("began_at", UtcDateTime),
    Column("reminding", Boolean, nullable=False),
    Column("warned", Boolean, nullable=False),
    Column("extra_until", UtcDateTime),
    Column("held_since", UtcDateTime),
    Column("police_laps", Integer, nullable=False),
    Column("noticed_at", UtcDateTime),
    Column("reminded", Boolean, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    Column("acknowledged_by", String(40)),
    Column("acknowledged_how", String(10)),
    Column("active", Boolean, nullable=False),
    Column("notes", Integer, nullable=False),
    UniqueConstraint("case_id", "episode"),
    # What is not due is not in it, so a tick costs nothing for escalations that wait for nobody.
    Index(
        "ix_escalations_due_at",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index(
        "uq_escalations_open",
        "case_id",
        unique=True,
        sqlite_where=text("state <> 'ended'"),
        postgresql_where=text("state <> 'ended'"),
    ),
)

attempts = Table(
    "attempts",
    metadata,
    Column("attempt_id", String(32), primary_key=True),
    Column(
        "escalation_id",
        String(32),
        ForeignKey("escalations.escalation_id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("case_id", String(32), nullable=False),
    Column("entry", Integer, nullable=False),
    Column("step", Integer),
    Column("contact", String(40), nullable=False),
    Column("via", String(8), nullable=False),
    Column("purpose", String(10), nullable=False),
    Column("tried", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("destination", String(64), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("about", String(300)),
    Column("progress", Integer, nullable=False),
    Column("outcome", String(12)),
    Column("due_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Column("sends", Integer, nullable=False),
    Column("provider", String(40)),
    Column("provider_id", String(200)),
    Column("joined", String(32), index=True),
    Column("doubtful", Boolean, nullable=False),
    Column("stop", Boolean, nullable=False),
    Column("machine", Boolean, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("live", Boolean),
    UniqueConstraint("escalation_id", "entry", "purpose", "contact", "via", "tried"),
    Index("ix_attempts_destination_sent_at", "destination", "sent_at"),
    Index("ix_attempts_purpose_created_at", "purpose", "created_at"),
    Index(
        "ix_attempts_due_at",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    # Never two live calls to one number, whoever thinks otherwise.
    Index(
        "uq_attempts_live",
        "destination",
        unique=True,
        sqlite_where=text("live"),
        postgresql_where=text("live"),
    ),
)

attempt_reports = Table(
    "attempt_reports",
    metadata,
    Column("attempt_id", String(32), ForeignKey("attempts.attempt_id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("progress", Integer, nullable=False),
    Column("outcome", String(12)),
    Column("at", UtcDateTime, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("key", String(120), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("contact", String(40)),
    Column("urgency", Integer),
    Column("handled_at", UtcDateTime),
    UniqueConstraint("case_id", "key"),
    Index(
        "ix_evidence_case_id",
        "case_id",
        sqlite_where=text("handled_at IS NULL"),
        postgresql_where=text("handled_at IS NULL"),
    ),
)

holds = Table(
    "holds",
    metadata,
    Column("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Date, nullable=False),
)

shreddings = Table(
    "shreddings",
    metadata,
    Column("case_id", String(32), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("on", Date, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("case_number", String(9), index=True),
    Column("request", String(64), index=True),
)

VAULT = "vault"

vault_records = Table(
    "records",
    metadata,
    Column("case_hash", LargeBinary(32), primary_key=True),
    Column("what", String(8), primary_key=True),
    Column("quorum", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    schema=VAULT,
    sqlite_with_rowid=False,
)

vault_shares = Table(
    "shares",
    metadata,
    Column("case_hash", LargeBinary(32), primary_key=True),
    Column("what", String(8), primary_key=True),
    Column("holder", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    schema=VAULT,
    sqlite_with_rowid=False,
)

vault_files = Table(
    "files",
    metadata,
    Column("case_hash", LargeBinary(32), primary_key=True),
    Column("file", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    schema=VAULT,
)

vault_custodians = Table(
    "custodians",
    metadata,
    Column("fingerprint", String(32), primary_key=True),
    Column("public_file", LargeBinary, nullable=False),
    schema=VAULT,
)
