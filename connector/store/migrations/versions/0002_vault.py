"""The vault: what custodians can open, in a schema of its own; the audit log; legal holds."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

VAULT = 'vault'


def upgrade() -> None:
    """Bring the schema forward."""
    if op.get_bind().dialect.name != 'sqlite':
        op.execute(sa.schema.CreateSchema(VAULT, if_not_exists=True))
    op.create_table('holds',
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_holds_case_id_cases'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_holds'))
    )
    op.create_table('shreddings',
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_shreddings_case_id_cases'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_shreddings'))
    )
    op.create_table('audit',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('case_number', sa.String(length=9), nullable=True),
    sa.Column('request', sa.String(length=64), nullable=True),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit'))
    )
    op.create_index(op.f('ix_audit_case_number'), 'audit', ['case_number'])
    op.create_index(op.f('ix_audit_request'), 'audit', ['request'])
    op.create_table('records',
    sa.Column('case_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('what', sa.String(length=8), nullable=False),
    sa.Column('quorum', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('case_hash', 'what', name=op.f('pk_records')),
    schema=VAULT,
    sqlite_with_rowid=False,
    )
    op.create_table('shares',
    sa.Column('case_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('what', sa.String(length=8), nullable=False),
    sa.Column('holder', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('case_hash', 'what', 'holder', name=op.f('pk_shares')),
    schema=VAULT,
    sqlite_with_rowid=False,
    )
    op.create_table('files',
    sa.Column('case_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('file', sa.String(length=32), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('case_hash', 'file', name=op.f('pk_files')),
    schema=VAULT,
    )
    op.create_table('custodians',
    sa.Column('fingerprint', sa.String(length=32), nullable=False),
    sa.Column('public_file', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('fingerprint', name=op.f('pk_custodians')),
    schema=VAULT,
    )


def downgrade() -> None:
    """Go back."""
    for name in ('custodians', 'files', 'shares', 'records'):
        op.drop_table(name, schema=VAULT)
    if op.get_bind().dialect.name != 'sqlite':
        op.execute(sa.schema.DropSchema(VAULT))
    op.drop_index(op.f('ix_audit_request'), table_name='audit')
    op.drop_index(op.f('ix_audit_case_number'), table_name='audit')
    op.drop_table('audit')
    op.drop_table('shreddings')
    op.drop_table('holds')
