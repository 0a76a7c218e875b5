-- What others are told: every event stands here from the very commit of the entry it follows from. They
-- are kept for a month; those that are told once, for good. See docs/adr/0019.

CREATE TABLE events (
  number INTEGER PRIMARY KEY,
  customer INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- By the computer's clock, also where the sandbox clock was moved.
  told_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  once TEXT,
  data TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX told_once ON events (customer, once) WHERE once IS NOT NULL;

-- Where events are sent. What signs them is worked out from a secret of the environment, the id and
-- the number of the secret.
CREATE TABLE webhook_endpoints (
  id TEXT PRIMARY KEY,
  environment TEXT NOT NULL CHECK (environment IN ('live', 'sandbox')),
  url TEXT NOT NULL,
  kinds TEXT NOT NULL,
  description TEXT,
  secret INTEGER NOT NULL,
  old_until INTEGER,
  created_at INTEGER NOT NULL,
  stopped TEXT
) STRICT, WITHOUT ROWID;

-- One event on its way to one endpoint.
CREATE TABLE deliveries (
  event INTEGER NOT NULL,
  endpoint TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  said TEXT,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (event, endpoint)
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'waiting';
