-- The changes that were made as one: the first and the last revision of them, or null.
ALTER TABLE log ADD COLUMN batch_first INTEGER;
ALTER TABLE log ADD COLUMN batch_last INTEGER;

-- The answers to what may be repeated, in the order in which they were given. Numbers have no gaps:
-- only the oldest go. What all those before it weigh tells what the rest weighs.
CREATE TABLE answer (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    time_millis INTEGER NOT NULL,
    weight_before INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    crc INTEGER NOT NULL,
    request TEXT NOT NULL,
    answer TEXT NOT NULL
) STRICT;
