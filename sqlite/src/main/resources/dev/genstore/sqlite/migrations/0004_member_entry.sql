-- The declared indexes. Each has an entry in member_entry for every resource of its collection that
-- stands up to the revision `filled` or above `through`; those between get theirs a slice at a time.
-- One without a collection was dropped, and loses its entries in the same way.
CREATE TABLE declared_index (
    number INTEGER PRIMARY KEY,
    collection INTEGER,
    members TEXT NOT NULL,
    filled INTEGER NOT NULL,
    through INTEGER NOT NULL,
    UNIQUE (collection, members)
) STRICT;

-- From a to e: the values of an index's members, the resource's id, zeros. A key has no NULL, so what
-- a resource lacks is the lowest number there is, which no JSON can say.
CREATE TABLE member_entry (
    number INTEGER NOT NULL,
    a ANY NOT NULL,
    b ANY NOT NULL,
    c ANY NOT NULL,
    d ANY NOT NULL,
    e ANY NOT NULL,
    at_revision INTEGER NOT NULL,
    PRIMARY KEY (number, a, b, c, d, e)
) STRICT, WITHOUT ROWID;

-- They were indexes of SQLite, and are made anew.
INSERT INTO declared_index (number, collection, members, filled, through)
    SELECT key, collection, members, 0, (SELECT head FROM history) FROM member_index;
DROP TABLE member_index;
