-- Each endpoint of webhooks has a queue of its own: one that is slow, or stopped, holds up nobody else.

DROP INDEX IF EXISTS deliveries_due;
DROP INDEX IF EXISTS deliveries_dead;

CREATE INDEX deliveries_due ON deliveries (endpoint, due_at) WHERE state = 'waiting';

-- All of an endpoint: for lists, and when it is removed.
CREATE INDEX deliveries_of ON deliveries (endpoint, event);

CREATE INDEX deliveries_dead ON deliveries (endpoint, event) WHERE state = 'dead';
