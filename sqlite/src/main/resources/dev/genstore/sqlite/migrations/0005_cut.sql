-- 1 where the retention of a collection has taken what the change did: then there are no bodies, and
-- the crc is one of what is left.
ALTER TABLE log ADD COLUMN cut INTEGER;
