-- Every publication is tied to those before it, as entries are: SHA-256 of the hash before and of
-- what was published. Those from before this step have none; the next one covers them, too.

ALTER TABLE publications ADD COLUMN hash BLOB CHECK (hash IS NULL OR length(hash) = 32);
