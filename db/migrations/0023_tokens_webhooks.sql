-- Who answers for a key, and where it was used last. Its name is what stands in the audit and in the queue, so none is given twice.
ALTER TABLE api_keys ADD COLUMN owner text NOT NULL DEFAULT '', ADD COLUMN last_used_ip text;
ALTER TABLE api_keys ALTER COLUMN owner DROP DEFAULT;
CREATE UNIQUE INDEX api_keys_name ON api_keys (lower(name));

-- Where others hear of events.
CREATE TABLE webhooks (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  url             text NOT NULL,
  events          text[] NOT NULL,
  -- Sealed, not hashed: a signature is made with it. The one before it signs along for a day.
  secret          bytea NOT NULL,
  previous_secret bytea,
  rotated_at      timestamptz,
  owner           text NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  -- Since then nothing has arrived.
  failing_since   timestamptz,
  off_at          timestamptz,
  off_reason      text CHECK (off_reason IN ('asked', 'failing', 'gone'))
);

-- The outbox: a row for each event and place, in the transaction of the event.
CREATE TABLE webhook_deliveries (
  webhook    uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  -- The same for every place that hears of the event, and at every try.
  id         text NOT NULL,
  event      text NOT NULL,
  -- JSON, octet for octet as it is signed.
  body       text NOT NULL,
  state      text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'delivered', 'failed')),
  attempts   int NOT NULL DEFAULT 0,
  -- Of the last try.
  status     int,
  problem    text,
  tried_at   timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (webhook, id)
);
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook, created_at DESC, id);
CREATE INDEX webhook_deliveries_created ON webhook_deliveries (created_at);

-- What is wrong just now, so that each alarm is told once when it begins and once when it is over.
CREATE TABLE alarms (
  name  text PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT now()
);
-- Looks in a row at which it did not answer.
ALTER TABLE component_states ADD COLUMN failed_looks int NOT NULL DEFAULT 0;
