-- Every crc is a CRC-32C of what its row says, with the names of collections instead of their keys.

-- One row: which history this is, its last change, and the revision up to which the log is gone.
CREATE TABLE history (
    epoch TEXT NOT NULL,
    head INTEGER NOT NULL,
    head_millis INTEGER NOT NULL,
    horizon INTEGER NOT NULL,
    crc INTEGER NOT NULL
) STRICT;

CREATE TABLE collection (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    count INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    crc INTEGER NOT NULL
) STRICT;

-- The resources as they are, in order of revision, because that is the row's key.
CREATE TABLE resource (
    revision INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL,
    id TEXT NOT NULL,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL,
    crc INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (collection, id)
) STRICT;

-- The resources of one collection in order of revision: an index ends with the row's key.
CREATE INDEX resource_of_collection ON resource (collection);

-- What each revision did. Bodies stand last, so that the other columns are read without them.
CREATE TABLE log (
    revision INTEGER PRIMARY KEY,
    time_millis INTEGER NOT NULL,
    collection INTEGER NOT NULL,
    id TEXT NOT NULL,
    origin TEXT,
    before_revision INTEGER,
    before_created_millis INTEGER,
    before_updated_millis INTEGER,
    after_created_millis INTEGER,
    after_updated_millis INTEGER,
    crc INTEGER NOT NULL,
    before_body BLOB,
    after_body BLOB
) STRICT;

-- When a resource that is not there was deleted. Only deletions pay for it.
CREATE INDEX log_deletion ON log (collection, id) WHERE after_created_millis IS NULL;
