-- When the store was first found to ask for credentials; from then on it lets nobody in without any.
-- No row before that, and one behind it. It goes with the store into backups.
CREATE TABLE door (
    locked_millis INTEGER NOT NULL,
    crc INTEGER NOT NULL
) STRICT;
