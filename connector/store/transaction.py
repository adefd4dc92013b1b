"""A transaction, and the repositories in it."""

from functools import cached_property

from sqlalchemy import Connection

from connector.store.alarms import AlarmRows
from connector.store.articles import ArticleRows
from connector.store.attempts import AttemptRows
from connector.store.audit_rows import AuditRows
from connector.store.cases import CaseRows
from connector.store.escalations import EscalationRows
from connector.store.evidence import EvidenceRows
from connector.store.heartbeats import HeartbeatRows
from connector.store.helpdesks import HelpdeskRows
from connector.store.hints import HintRows
from connector.store.installation import InstallationRow
from connector.store.kept_answers import KeptAnswerRows
from connector.store.memos import MemoRows
from connector.store.merges import MergeRows
from connector.store.messages import MessageRows
from connector.store.new_cases import NewCaseRows
from connector.store.outbox import OutboxRows
from connector.store.retention_rows import RetentionRows
from connector.store.tickets import TicketRows
from connector.store.vault_rows import VaultRows


class Transaction:
    """Everything done through one of these is committed together or not at all."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def installation(self) -> InstallationRow:
        """What was fixed once for this installation."""
        return InstallationRow(self._connection)

    @cached_property
    def cases(self) -> CaseRows:
        """Cases and their mailboxes' keys."""
        return CaseRows(self._connection)

    @cached_property
    def new_cases(self) -> NewCaseRows:
        """New cases with everything that belongs to them."""
        return NewCaseRows(self._connection)

    @cached_property
    def messages(self) -> MessageRows:
        """The sealed messages in the reporters' mailboxes."""
        return MessageRows(self._connection)

    @cached_property
    def tickets(self) -> TicketRows:
        """Which ticket stands for which case."""
        return TicketRows(self._connection)

    @cached_property
    def merges(self) -> MergeRows:
        """Which ticket went into which."""
        return MergeRows(self._connection)

    @cached_property
    def articles(self) -> ArticleRows:
        """What became of each article that was read."""
        return ArticleRows(self._connection)

    @cached_property
    def outbox(self) -> OutboxRows:
        """What we owe a helpdesk."""
        return OutboxRows(self._connection)

    @cached_property
    def hints(self) -> HintRows:
        """Tickets that ought to be read again."""
        return HintRows(self._connection)

    @cached_property
    def helpdesks(self) -> HelpdeskRows:
        """How far each helpdesk was polled, and whether it is paused."""
        return HelpdeskRows(self._connection)

    @cached_property
    def memos(self) -> MemoRows:
        """What plugins remember."""
        return MemoRows(self._connection)

    @cached_property
    def kept_answers(self) -> KeptAnswerRows:
        """Answers kept for repeated submissions."""
        return KeptAnswerRows(self._connection)

    @cached_property
    def alarms(self) -> AlarmRows:
        """What is wrong now."""
        return AlarmRows(self._connection)

    @cached_property
    def heartbeats(self) -> HeartbeatRows:
        """Which processes are alive."""
        return HeartbeatRows(self._connection)

    @cached_property
    def vault(self) -> VaultRows:
        """What the custodians can open."""
        return VaultRows(self._connection)

    @cached_property
    def audit(self) -> AuditRows:
        """The audit log."""
        return AuditRows(self._connection)

    @cached_property
    def retention(self) -> RetentionRows:
        """What is old, and what is held."""
        return RetentionRows(self._connection)

    @cached_property
    def escalations(self) -> EscalationRows:
        """Cases on their way along a contact chain."""
        return EscalationRows(self._connection)

    @cached_property
    def attempts(self) -> AttemptRows:
        """Notifications, a try each."""
        return AttemptRows(self._connection)

    @cached_property
    def evidence(self) -> EvidenceRows:
        """What shows that a person has taken a case, or wants it otherwise."""
        return EvidenceRows(self._connection)
