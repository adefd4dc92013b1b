-- Everything that the practice helpdesk knows. Times are UTC, ISO 8601 with milliseconds, so that text order is time order.
PRAGMA journal_mode = WAL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;

-- AUTOINCREMENT: the number of a deleted ticket or article is never given to another.
CREATE TABLE IF NOT EXISTS ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT UNIQUE,
    title TEXT NOT NULL,
    priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high')),
    status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'open', 'closed', 'merged')),
    status_by TEXT CHECK (status_by IN ('staff', 'connector')),
    owner TEXT,
    merged_into INTEGER,
    merged_at TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ticket_changed ON ticket (updated_at, id);
CREATE INDEX IF NOT EXISTS ticket_merged ON ticket (merged_into);

CREATE TABLE IF NOT EXISTS tag (
    ticket INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (ticket, name)
);

-- `ticket` is where the article is now, `origin_ticket` where it was written: a merge moves it, and keeps its id.
CREATE TABLE IF NOT EXISTS article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket INTEGER NOT NULL REFERENCES ticket ON DELETE CASCADE,
    origin_ticket INTEGER NOT NULL,
    author TEXT NOT NULL CHECK (author IN ('reporter', 'connector', 'staff', 'system')),
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'internal')),
    addressee TEXT,
    body TEXT NOT NULL,
    reference TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS article_of_ticket ON article (ticket);
CREATE INDEX IF NOT EXISTS article_by_reference ON article (reference);

CREATE TABLE IF NOT EXISTS file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS file_of_article ON file (article);

CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT);

-- The shapes in which the API and the pages show these; json_group_array keeps the order of its source.
DROP VIEW IF EXISTS shown_ticket;
DROP VIEW IF EXISTS shown_article;
CREATE VIEW shown_article AS
SELECT article.ticket, article.origin_ticket, article.reference, article.created_at, article.id, json_object(
    'id', article.id, 'origin_ticket', article.origin_ticket, 'author', article.author,
    'visibility', article.visibility, 'to', article.addressee, 'body', article.body,
    'reference', article.reference, 'created_at', article.created_at, 'updated_at', article.updated_at,
    'files', json((
        SELECT json_group_array(json_object('id', id, 'name', name, 'type', type, 'size', length(content)))
        FROM (SELECT * FROM file WHERE file.article = article.id ORDER BY id)
    ))
) AS shape
FROM article;
CREATE VIEW shown_ticket AS
SELECT ticket.*, json_object(
    'id', ticket.id, 'reference', ticket.reference, 'title', ticket.title, 'priority', ticket.priority,
    'status', ticket.status, 'status_by', ticket.status_by, 'owner', ticket.owner,
    'merged_into', ticket.merged_into, 'merged_at', ticket.merged_at, 'version', ticket.version,
    'created_at', ticket.created_at, 'updated_at', ticket.updated_at,
    'tags', json((
        SELECT json_group_array(name) FROM (SELECT name FROM tag WHERE tag.ticket = ticket.id ORDER BY name)
    )),
    'merges', json((
        SELECT json_group_array(json_object('source', id, 'at', merged_at))
        FROM (SELECT id, merged_at FROM ticket AS source WHERE source.merged_into = ticket.id ORDER BY merged_at, id)
    ))
) AS shape
FROM ticket;

-- Numbers that look like a helpdesk's: the first ticket is 1001.
INSERT INTO sqlite_sequence (name, seq) SELECT 'ticket', 1000
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'ticket');
