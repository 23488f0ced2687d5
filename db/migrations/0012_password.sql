-- A change of a password is written down before the directory is asked, so that what follows from it happens even if nobody comes back (F3, F4).
CREATE TABLE password_changes (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  mailbox        text NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('change', 'reset')),
  -- When the password had been changed last, by the directory's clock.
  changed_before timestamptz,
  keep_session   uuid,
  reset_flow     uuid UNIQUE,
  locale         text NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now(),
  -- Somebody waits for the directory's answer until then.
  claimed_until  timestamptz NOT NULL,
  settled_at     timestamptz,
  outcome        text CHECK (outcome IN ('changed', 'unchanged'))
);
CREATE INDEX password_changes_open ON password_changes (mailbox) WHERE settled_at IS NULL;

-- A reset under way, on the server only (T5). It looks the same whether the account exists or not (T1).
CREATE TABLE reset_flows (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  token_hash   bytea NOT NULL UNIQUE,
  account      text NOT NULL,
  by           text NOT NULL CHECK (by IN ('text', 'pass')),
  locale       text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  sent_at      timestamptz NOT NULL DEFAULT now(),
  -- By the job that looks the account up; the mailbox stays null where there is none to reset.
  looked_up_at timestamptz,
  mailbox      text,
  -- The code, until when it is good, and for which request it was made: a repeated job makes no second one (F4).
  code         bytea,
  code_until   timestamptz,
  code_for     timestamptz,
  attempts     int NOT NULL DEFAULT 0,
  proofs       text[] NOT NULL DEFAULT '{}',
  proved_at    timestamptz,
  finished_at  timestamptz
);
CREATE INDEX reset_flows_created ON reset_flows (created_at);
CREATE INDEX reset_flows_open ON reset_flows (mailbox) WHERE finished_at IS NULL;

-- One-time passes that the helpdesk gives out. Only the newest of a mailbox counts.
CREATE TABLE reset_passes (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  mailbox    text NOT NULL,
  digest     bytea NOT NULL,
  issued_by  text NOT NULL,
  reason     text NOT NULL,
  ticket     text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_by    uuid,
  replaced_at timestamptz
);
CREATE INDEX reset_passes_mailbox ON reset_passes (mailbox, created_at DESC);

-- Recovery codes: each good once; making new ones removes the old.
CREATE TABLE recovery_codes (
  mailbox    text NOT NULL,
  digest     bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- The reset that it proved.
  used_by    uuid,
  PRIMARY KEY (mailbox, digest)
);

-- Which expiry of which password was told, and how many days ahead.
CREATE TABLE password_expiry_notices (
  mailbox    text NOT NULL,
  expires_at timestamptz NOT NULL,
  days       int NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (mailbox, expires_at, days)
);
