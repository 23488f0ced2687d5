-- Restores under way and done. One at a time in a mailbox: two would race for the same mail (F12).
CREATE TABLE restore_jobs (
  mailbox        text NOT NULL,
  id             uuid NOT NULL DEFAULT gen_random_uuid(),
  state          text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'stopped', 'failed')),
  -- Which deleted mail; its times were fixed when the restore was asked for.
  query          jsonb NOT NULL,
  -- Of mails that were chosen one by one: those whose turn has not come.
  chosen         jsonb,
  -- Begun, and not yet known how it ended: a worker that takes over repeats it (F5).
  batch          jsonb,
  total          int NOT NULL,
  restored       int NOT NULL DEFAULT 0,
  -- Not deleted any more when their turn came.
  gone           int NOT NULL DEFAULT 0,
  -- Per folder: total, restored and gone.
  folders        jsonb NOT NULL,
  stop_requested boolean NOT NULL DEFAULT false,
  claim          uuid,
  claimed_until  timestamptz NOT NULL DEFAULT now(),
  -- Since when the mail server has not answered.
  failing_since  timestamptz,
  created_at     timestamptz NOT NULL DEFAULT now(),
  started_at     timestamptz,
  finished_at    timestamptz,
  PRIMARY KEY (mailbox, id)
);
CREATE UNIQUE INDEX restore_jobs_open ON restore_jobs (mailbox) WHERE state IN ('queued', 'running');
CREATE INDEX restore_jobs_waiting ON restore_jobs (claimed_until) WHERE state IN ('queued', 'running');

-- Much mail deleted at once, of which the owner was told.
CREATE TABLE mass_deletions (
  mailbox      text NOT NULL,
  id           uuid NOT NULL DEFAULT gen_random_uuid(),
  deleted_from timestamptz NOT NULL,
  deleted_to   timestamptz NOT NULL,
  mails        int NOT NULL,
  client       text,
  ip           text,
  protocol     text NOT NULL,
  told_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (mailbox, id)
);
CREATE INDEX mass_deletions_newest ON mass_deletions (mailbox, deleted_to DESC);
