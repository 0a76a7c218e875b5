-- Customers' own AI keys, each sealed by a key that stands in no database. A row comes and goes with
-- the entry that says so; what it held is overwritten when it goes. See docs/adr/0017.

CREATE TABLE own_keys (
  customer INTEGER NOT NULL,
  provider TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  sealed BLOB NOT NULL CHECK (length(sealed) BETWEEN 57 AND 1024),
  PRIMARY KEY (customer, provider)
) STRICT, WITHOUT ROWID;
