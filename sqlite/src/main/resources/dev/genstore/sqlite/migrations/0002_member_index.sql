-- The declared indexes. Each is an index of SQLite on expressions, named member_index_<key>.
CREATE TABLE member_index (
    key INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL,
    members TEXT NOT NULL,
    UNIQUE (collection, members)
) STRICT;
