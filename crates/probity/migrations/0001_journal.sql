-- The journal and what is kept beside it. See docs/adr/0013.

CREATE TABLE customers (
  number INTEGER PRIMARY KEY,
  environment TEXT NOT NULL CHECK (environment IN ('live', 'sandbox')),
  customer TEXT NOT NULL,
  UNIQUE (environment, customer)
) STRICT;

-- The truth. Rows are only ever added, each after the one before.
CREATE TABLE journal (
  number INTEGER PRIMARY KEY,
  customer INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  previous INTEGER NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER journal_is_dense BEFORE INSERT ON journal
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM journal)
BEGIN
  SELECT raise(ABORT, 'the journal is dense: an entry comes right after the last');
END;

CREATE TRIGGER journal_of_a_customer_is_dense BEFORE INSERT ON journal
WHEN NOT CASE NEW.previous
  WHEN 0 THEN NEW.seq = 1
  ELSE EXISTS (
    SELECT 1 FROM journal
    WHERE number = NEW.previous AND customer = NEW.customer AND seq = NEW.seq - 1
  )
END
BEGIN
  SELECT raise(ABORT, 'the journal of a customer is dense: an entry names the one before it');
END;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN
  SELECT raise(ABORT, 'entries are never changed');
END;

CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN
  SELECT raise(ABORT, 'entries are never deleted');
END;

-- How requests with an idempotency key were answered; old ones are deleted.
CREATE TABLE answers (
  number INTEGER PRIMARY KEY,
  customer INTEGER NOT NULL,
  previous INTEGER NOT NULL,
  at INTEGER NOT NULL,
  key TEXT NOT NULL,
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  status INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Where every 256th entry of a customer is: a page of their journal is found without walking all of it.
CREATE TABLE steps (
  customer INTEGER NOT NULL,
  step INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (customer, step)
) STRICT, WITHOUT ROWID;

-- Whose entries and answers each commit wrote, in order, so that the last of each customer is found
-- without reading the journal: little-endian numbers of four bytes. And the instants, in microseconds,
-- that it was decided at by the clocks of both environments.
CREATE TABLE touched (
  entry INTEGER NOT NULL,
  answer INTEGER NOT NULL,
  entries BLOB NOT NULL,
  answers BLOB NOT NULL,
  live INTEGER NOT NULL,
  sandbox INTEGER NOT NULL,
  PRIMARY KEY (entry, answer)
) STRICT, WITHOUT ROWID;

-- The last entry and answer of every customer as of a place in the journal, 256 customers a page:
-- little-endian numbers of eight bytes, in pairs.
CREATE TABLE heads (page INTEGER PRIMARY KEY, heads BLOB NOT NULL) STRICT;

-- Rebuilt from the journal where they are missing, or in a format of before.
CREATE TABLE snapshots (
  customer INTEGER PRIMARY KEY,
  format INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  answer INTEGER NOT NULL,
  state BLOB NOT NULL,
  keys BLOB NOT NULL
) STRICT;

-- Ended runs that left their customer's state, by the place of the entry that started each: those of a
-- customer go to rest some at a time, and stand together.
CREATE TABLE rested (
  customer INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  run TEXT NOT NULL,
  format INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (customer, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE publications (
  number INTEGER PRIMARY KEY,
  environment TEXT NOT NULL CHECK (environment IN ('live', 'sandbox')),
  contract TEXT,
  operations TEXT,
  prices TEXT,
  adverse INTEGER NOT NULL CHECK (adverse IN (0, 1)),
  reason TEXT,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER publications_are_never_changed BEFORE UPDATE ON publications
BEGIN
  SELECT raise(ABORT, 'what was published is never changed');
END;

CREATE TRIGGER publications_are_never_deleted BEFORE DELETE ON publications
BEGIN
  SELECT raise(ABORT, 'what was published is never deleted');
END;

CREATE TABLE sums (environment TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Who may ask: only a digest of each key is kept.
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  environment TEXT NOT NULL CHECK (environment IN ('live', 'sandbox')),
  role TEXT,
  name TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

-- What signs quotes and tokens: made once.
CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- "This is wrong": what customers ask about their receipts.
CREATE TABLE questions (
  number INTEGER PRIMARY KEY,
  question TEXT NOT NULL,
  customer INTEGER NOT NULL,
  run TEXT NOT NULL,
  text TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Single values: where the sandbox clock was moved to, up to where `heads` has everything.
CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- For people, and for whoever checks the books with other tools.

CREATE VIEW entries AS
SELECT
  journal.number AS number,
  customers.environment AS environment,
  customers.customer AS customer,
  journal.seq AS seq,
  journal.body ->> '$.at' AS at,
  journal.body ->> '$.command' AS command,
  journal.body ->> '$.by' AS by,
  journal.body ->> '$.run' AS run,
  journal.body -> '$.facts' AS facts,
  journal.body ->> '$.contract' AS contract,
  lower(hex(journal.hash)) AS hash
FROM journal JOIN customers ON customers.number = journal.customer;

CREATE VIEW transfers AS
SELECT
  journal.number AS number,
  customers.environment AS environment,
  customers.customer AS customer,
  journal.seq AS seq,
  journal.body ->> '$.at' AS at,
  transfer.value ->> '$.from' AS "from",
  transfer.value ->> '$.to' AS "to",
  transfer.value ->> '$.amount' AS amount,
  CAST(round((transfer.value ->> '$.amount') * 1000000) AS INTEGER) AS millionths
FROM journal
JOIN customers ON customers.number = journal.customer
JOIN json_each(journal.body, '$.transfers') AS transfer;

-- What stands on each account: what came to it less what left it, in millionths of a credit.
CREATE VIEW balances AS
SELECT environment, customer, account, sum(millionths) AS millionths
FROM (
  SELECT environment, customer, "to" AS account, millionths FROM transfers
  UNION ALL
  SELECT environment, customer, "from" AS account, -millionths FROM transfers
)
GROUP BY environment, customer, account;

CREATE VIEW wallets AS
SELECT
  environment,
  customer,
  sum(CASE WHEN account LIKE 'available/%' OR account = 'owed' THEN millionths ELSE 0 END)
    AS available_millionths,
  sum(CASE WHEN account LIKE 'held/%' THEN millionths ELSE 0 END) AS held_millionths
FROM balances
GROUP BY environment, customer;
