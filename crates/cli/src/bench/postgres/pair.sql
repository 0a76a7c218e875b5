-- A hold, and its settle: two transactions, as they are written by hand. Keys and ids are made by
-- whoever asks, at random.
\set customer random(1, :customers)
\set run random(1, 9223372036854775806)
\set hold_key random(1, 9223372036854775806)
\set settle_key random(1, 9223372036854775806)

BEGIN;
SELECT answer FROM probity_bench.answers WHERE key = :hold_key;
UPDATE probity_bench.wallets SET available = available - 1, held = held + 1 WHERE customer = :customer AND available >= 1 RETURNING available;
INSERT INTO probity_bench.runs VALUES (:run, :customer, 1, 'held');
INSERT INTO probity_bench.ledger (customer, run, account, amount) VALUES (:customer, :run, 'available', -1), (:customer, :run, 'held', 1);
INSERT INTO probity_bench.answers VALUES (:hold_key, 'held');
COMMIT;

BEGIN;
SELECT answer FROM probity_bench.answers WHERE key = :settle_key;
SELECT amount FROM probity_bench.runs WHERE run = :run AND state = 'held' FOR UPDATE;
UPDATE probity_bench.wallets SET held = held - 1 WHERE customer = :customer;
UPDATE probity_bench.runs SET state = 'settled' WHERE run = :run;
INSERT INTO probity_bench.ledger (customer, run, account, amount) VALUES (:customer, :run, 'held', -1), (:customer, :run, 'charged', 1);
INSERT INTO probity_bench.answers VALUES (:settle_key, 'settled');
COMMIT;
