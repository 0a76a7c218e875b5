-- What is said to customers' questions about their receipts; shown in the receipt beside them.

CREATE TABLE replies (
  number INTEGER PRIMARY KEY,
  question TEXT NOT NULL,
  customer INTEGER NOT NULL,
  run TEXT NOT NULL,
  text TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX replies_of_a_question ON replies (question);

CREATE INDEX questions_of_a_run ON questions (customer, run);
