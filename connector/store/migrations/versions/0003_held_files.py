"""Large files: held in pieces beside the outbox, until the last helpdesk has them."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table('held_files',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('staged_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held_files'))
    )
    op.create_index(op.f('ix_held_files_staged_at'), 'held_files', ['staged_at'])
    op.create_table('held_pieces',
    sa.Column('file_id', sa.String(length=32), nullable=False),
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['held_files.id'], name=op.f('fk_held_pieces_file_id_held_files'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('file_id', 'seq', name=op.f('pk_held_pieces'))
    )
    op.create_table('outbox_files',
    sa.Column('helpdesk', sa.String(length=40), nullable=False),
    sa.Column('reference', sa.String(length=120), nullable=False),
    sa.Column('file_id', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['held_files.id'], name=op.f('fk_outbox_files_file_id_held_files')),
    sa.PrimaryKeyConstraint('helpdesk', 'reference', 'file_id', name=op.f('pk_outbox_files'))
    )
    op.create_index(op.f('ix_outbox_files_file_id'), 'outbox_files', ['file_id'])
    op.create_table('pending_files',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('file_id', sa.String(length=32), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease', sa.String(length=32), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_pending_files_case_id_cases'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['file_id'], ['held_files.id'], name=op.f('fk_pending_files_file_id_held_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pending_files')),
    sa.UniqueConstraint('file_id', name=op.f('uq_pending_files_file_id'))
    )
    op.create_index(op.f('ix_pending_files_case_id'), 'pending_files', ['case_id'])
    op.create_index(op.f('ix_pending_files_due_at'), 'pending_files', ['due_at'])


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f('ix_pending_files_due_at'), table_name='pending_files')
    op.drop_index(op.f('ix_pending_files_case_id'), table_name='pending_files')
    op.drop_table('pending_files')
    op.drop_index(op.f('ix_outbox_files_file_id'), table_name='outbox_files')
    op.drop_table('outbox_files')
    op.drop_table('held_pieces')
    op.drop_index(op.f('ix_held_files_staged_at'), table_name='held_files')
    op.drop_table('held_files')
