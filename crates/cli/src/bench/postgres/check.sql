-- Fails, by dividing by zero, unless everything was settled and both legs of the ledger balance.
SELECT 1 / (CASE WHEN (SELECT coalesce(sum(amount), 0) FROM probity_bench.ledger) = 0
  AND (SELECT sum(held) FROM probity_bench.wallets) = 0
  AND NOT EXISTS (SELECT 1 FROM probity_bench.runs WHERE state <> 'settled') THEN 1 ELSE 0 END);
