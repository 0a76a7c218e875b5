-- Whose payment or subscription an id of a payment provider is: what it tells of refunds and disputes
-- names a payment, and no customer. Written with the entry that first names it.

CREATE TABLE provider_ids (
  environment TEXT NOT NULL CHECK (environment IN ('live', 'sandbox')),
  id TEXT NOT NULL,
  customer INTEGER NOT NULL,
  PRIMARY KEY (environment, id)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO provider_ids (environment, id, customer)
SELECT customers.environment, journal.body ->> '$.facts.payment', journal.customer
FROM journal JOIN customers ON customers.number = journal.customer
WHERE journal.body ->> '$.command' = 'top_up'
  AND journal.body ->> '$.facts.payment' IS NOT NULL
ORDER BY journal.number;
