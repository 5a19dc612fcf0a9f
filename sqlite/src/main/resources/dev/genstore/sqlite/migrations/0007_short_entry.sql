-- From now on an entry has only the beginning of a long text. The indexes that have whole ones are made
-- anew, under other numbers: those that they had lose their entries like any that was dropped.
CREATE TABLE long_index AS
    SELECT number, collection, members FROM declared_index
    WHERE collection IS NOT NULL AND number IN (
        SELECT number FROM member_entry
        WHERE max(octet_length(a), octet_length(b), octet_length(c), octet_length(d)) > 256);
UPDATE declared_index SET collection = NULL WHERE number IN (SELECT number FROM long_index);
INSERT INTO declared_index (collection, members, filled, through)
    SELECT collection, members, 0, (SELECT head FROM history) FROM long_index;
DROP TABLE long_index;
