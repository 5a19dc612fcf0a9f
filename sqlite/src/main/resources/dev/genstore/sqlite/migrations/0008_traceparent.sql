-- Where in a trace the writer was, or null. No part of the crc where it is null.
ALTER TABLE log ADD COLUMN traceparent TEXT;
