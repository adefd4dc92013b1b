"""Escalation: who was called about which case, what came of it, and what shows that a person has it."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table('escalations',
    sa.Column('escalation_id', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('episode', sa.Integer(), nullable=False),
    sa.Column('school', sa.String(length=40), nullable=False),
    sa.Column('urgency', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('wanted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('drill', sa.Boolean(), nullable=False),
    sa.Column('left_out', sa.String(length=2000), nullable=False),
    sa.Column('plan', sa.Text(), nullable=True),
    sa.Column('chain_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('entry', sa.Integer(), nullable=False),
    sa.Column('lap', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminding', sa.Boolean(), nullable=False),
    sa.Column('warned', sa.Boolean(), nullable=False),
    sa.Column('extra_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('held_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('police_laps', sa.Integer(), nullable=False),
    sa.Column('noticed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded', sa.Boolean(), nullable=False),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('acknowledged_by', sa.String(length=40), nullable=True),
    sa.Column('acknowledged_how', sa.String(length=10), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('notes', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_escalations_case_id_cases'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('escalation_id', name=op.f('pk_escalations')),
    sa.UniqueConstraint('case_id', 'episode', name=op.f('uq_escalations_case_id_episode'))
    )
    op.create_index('ix_escalations_due_at', 'escalations', ['due_at'], unique=False, sqlite_where=sa.text('due_at IS NOT NULL'), postgresql_where=sa.text('due_at IS NOT NULL'))
    op.create_index('uq_escalations_open', 'escalations', ['case_id'], unique=True, sqlite_where=sa.text("state <> 'ended'"), postgresql_where=sa.text("state <> 'ended'"))
    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('contact', sa.String(length=40), nullable=True),
    sa.Column('urgency', sa.Integer(), nullable=True),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_evidence_case_id_cases'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('case_id', 'key', name=op.f('uq_evidence_case_id_key'))
    )
    op.create_index('ix_evidence_case_id', 'evidence', ['case_id'], unique=False, sqlite_where=sa.text('handled_at IS NULL'), postgresql_where=sa.text('handled_at IS NULL'))
    op.create_table('attempts',
    sa.Column('attempt_id', sa.String(length=32), nullable=False),
    sa.Column('escalation_id', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('entry', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=True),
    sa.Column('contact', sa.String(length=40), nullable=False),
    sa.Column('via', sa.String(length=8), nullable=False),
    sa.Column('purpose', sa.String(length=10), nullable=False),
    sa.Column('tried', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('destination', sa.String(length=64), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('about', sa.String(length=300), nullable=True),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('sends', sa.Integer(), nullable=False),
    sa.Column('provider', sa.String(length=40), nullable=True),
    sa.Column('provider_id', sa.String(length=200), nullable=True),
    sa.Column('joined', sa.String(length=32), nullable=True),
    sa.Column('doubtful', sa.Boolean(), nullable=False),
    sa.Column('stop', sa.Boolean(), nullable=False),
    sa.Column('machine', sa.Boolean(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('live', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['escalation_id'], ['escalations.escalation_id'], name=op.f('fk_attempts_escalation_id_escalations'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', name=op.f('pk_attempts')),
    sa.UniqueConstraint('escalation_id', 'entry', 'purpose', 'contact', 'via', 'tried', name=op.f('uq_attempts_escalation_id_entry_purpose_contact_via_tried')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_attempts_token_hash'))
    )
    op.create_index('ix_attempts_destination_sent_at', 'attempts', ['destination', 'sent_at'], unique=False)
    op.create_index('ix_attempts_due_at', 'attempts', ['due_at'], unique=False, sqlite_where=sa.text('due_at IS NOT NULL'), postgresql_where=sa.text('due_at IS NOT NULL'))
    op.create_index(op.f('ix_attempts_joined'), 'attempts', ['joined'], unique=False)
    op.create_index('ix_attempts_purpose_created_at', 'attempts', ['purpose', 'created_at'], unique=False)
    op.create_index('uq_attempts_live', 'attempts', ['destination'], unique=True, sqlite_where=sa.text('live'), postgresql_where=sa.text('live'))
    op.create_table('attempt_reports',
    sa.Column('attempt_id', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.attempt_id'], name=op.f('fk_attempt_reports_attempt_id_attempts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', 'key', name=op.f('pk_attempt_reports'))
    )
    op.add_column('alarms', sa.Column('told_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('tickets', sa.Column('person_state', sa.String(length=16), nullable=True))
    op.add_column('tickets', sa.Column('owned', sa.Boolean(), nullable=True))
    op.add_column('tickets', sa.Column('urgency', sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column('tickets', 'urgency')
    op.drop_column('tickets', 'owned')
    op.drop_column('tickets', 'person_state')
    op.drop_column('alarms', 'told_at')
    op.drop_table('attempt_reports')
    op.drop_index('uq_attempts_live', table_name='attempts', sqlite_where=sa.text('live'), postgresql_where=sa.text('live'))
    op.drop_index('ix_attempts_purpose_created_at', table_name='attempts')
    op.drop_index(op.f('ix_attempts_joined'), table_name='attempts')
    op.drop_index('ix_attempts_due_at', table_name='attempts', sqlite_where=sa.text('due_at IS NOT NULL'), postgresql_where=sa.text('due_at IS NOT NULL'))
    op.drop_index('ix_attempts_destination_sent_at', table_name='attempts')
    op.drop_table('attempts')
    op.drop_index('ix_evidence_case_id', table_name='evidence', sqlite_where=sa.text('handled_at IS NULL'), postgresql_where=sa.text('handled_at IS NULL'))
    op.drop_table('evidence')
    op.drop_index('uq_escalations_open', table_name='escalations', sqlite_where=sa.text("state <> 'ended'"), postgresql_where=sa.text("state <> 'ended'"))
    op.drop_index('ix_escalations_due_at', table_name='escalations', sqlite_where=sa.text('due_at IS NOT NULL'), postgresql_where=sa.text('due_at IS NOT NULL'))
    op.drop_table('escalations')
