-- What a product that charges by hand keeps: balances, runs, a ledger of both legs, and the answers
-- to keys. Everything is in a schema of its own, which is dropped in the end.
CREATE SCHEMA probity_bench;
CREATE TABLE probity_bench.wallets (customer bigint PRIMARY KEY, available bigint NOT NULL, held bigint NOT NULL);
CREATE TABLE probity_bench.runs (run bigint PRIMARY KEY, customer bigint NOT NULL, amount bigint NOT NULL, state text NOT NULL);
CREATE TABLE probity_bench.ledger (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer bigint NOT NULL, run bigint NOT NULL, account text NOT NULL, amount bigint NOT NULL);
CREATE TABLE probity_bench.answers (key bigint PRIMARY KEY, answer text NOT NULL);
INSERT INTO probity_bench.wallets SELECT n, 1000000000, 0 FROM generate_series(1, :customers) AS n;
