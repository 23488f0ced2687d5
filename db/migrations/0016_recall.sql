-- What a sender takes back. The row is made from what the trace says that this very login handed in (T43), once for each mail.
CREATE TABLE recalls (
  mailbox     text NOT NULL,
  trace_id    text NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  message_id  text,
  sent_at     timestamptz NOT NULL,
  state       text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'waiting_approval')),
  created_at  timestamptz NOT NULL DEFAULT now(),
  -- Null while staff have not decided.
  begun_at    timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (mailbox, trace_id)
);
CREATE INDEX recalls_open ON recalls (created_at) WHERE state IN ('queued', 'running');

-- `mailbox` is the recipient's.
CREATE TABLE recall_recipients (
  mailbox    text NOT NULL,
  recall     uuid NOT NULL REFERENCES recalls (id) ON DELETE CASCADE,
  -- What the sender wrote.
  written_as text NOT NULL,
  state      text NOT NULL CHECK (state IN ('pending', 'withdrawn', 'read', 'none', 'undelivered', 'outside', 'failed')),
  -- A copy was there before it was taken: after a kill in between, what is gone was taken by us.
  seen_there boolean NOT NULL DEFAULT false,
  -- Who is at it, is at it until then.
  try_at     timestamptz NOT NULL DEFAULT now(),
  at         timestamptz,
  PRIMARY KEY (mailbox, recall)
);
CREATE INDEX recall_recipients_recall ON recall_recipients (recall);
CREATE INDEX recall_recipients_pending ON recall_recipients (try_at) WHERE state = 'pending';
