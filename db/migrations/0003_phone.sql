-- One bound number a mailbox. During the cooling-off after a change the old number is kept, so that it can be put back (T11).
CREATE TABLE phones (
  mailbox         text PRIMARY KEY,
  number_cipher   bytea NOT NULL,
  number_index    bytea NOT NULL,
  country         text NOT NULL,
  bound_at        timestamptz NOT NULL DEFAULT now(),
  cooling_until   timestamptz,
  previous_cipher bytea,
  previous_index  bytea,
  previous_country text
);
CREATE INDEX phones_number ON phones (number_index);
CREATE INDEX phones_previous ON phones (previous_index) WHERE previous_index IS NOT NULL;

-- The state of a binding or change, on the server only (T5).
CREATE TABLE phone_flows (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  mailbox       text NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('bind', 'change')),
  number_cipher bytea NOT NULL,
  number_index  bytea NOT NULL,
  country       text NOT NULL,
  new_code      bytea NOT NULL,
  old_code      bytea,
  attempts      int NOT NULL DEFAULT 0,
  sent_at       timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz NOT NULL,
  finished_at   timestamptz,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX phone_flows_mailbox ON phone_flows (mailbox, created_at DESC);
