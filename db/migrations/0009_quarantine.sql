-- A mail's octets, once however many people it was for; in parts, since no statement should carry fifty megabytes.
CREATE TABLE quarantine_raw (
  digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32)
);
CREATE TABLE quarantine_parts (
  digest bytea NOT NULL REFERENCES quarantine_raw ON DELETE CASCADE,
  part   int NOT NULL,
  octets bytea NOT NULL,
  PRIMARY KEY (digest, part)
);

-- A mail that the filter stopped, or that waits to be handed on, for one recipient. A delivery that is repeated finds its row (F3).
CREATE TABLE quarantine (
  mailbox       text NOT NULL,
  queue_id      text NOT NULL,
  arrived_at    timestamptz NOT NULL,
  digest        bytea REFERENCES quarantine_raw,
  size          bigint NOT NULL,
  sender        text NOT NULL,
  from_address  text,
  verdict       text NOT NULL CHECK (verdict IN ('spam', 'phishing', 'malware', 'blocked', 'none')),
  score         real,
  auth          text NOT NULL DEFAULT 'none' CHECK (auth IN ('pass', 'fail', 'none')),
  state         text NOT NULL CHECK (state IN ('held', 'requested', 'refused', 'releasing', 'released', 'deleted', 'expired')),
  -- Nobody held it: it is handed on as soon as it can be.
  passing       boolean NOT NULL,
  -- Its recipient allows the sender: handed on, it is no junk.
  allowed       boolean NOT NULL DEFAULT false,
  request       text,
  attempts      int NOT NULL DEFAULT 0,
  claimed_until timestamptz,
  held_at       timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz NOT NULL,
  settled_at    timestamptz,
  announcement  uuid,
  PRIMARY KEY (mailbox, queue_id)
);
CREATE INDEX quarantine_open ON quarantine (mailbox, expires_at) WHERE state IN ('held', 'requested', 'refused');
CREATE INDEX quarantine_releasing ON quarantine (claimed_until) WHERE state = 'releasing';
CREATE INDEX quarantine_expiry ON quarantine (expires_at) WHERE digest IS NOT NULL;
CREATE INDEX quarantine_settled ON quarantine (settled_at) WHERE digest IS NOT NULL AND settled_at IS NOT NULL;
CREATE INDEX quarantine_forgotten ON quarantine (settled_at) WHERE digest IS NULL;
CREATE INDEX quarantine_unannounced ON quarantine (mailbox, held_at) WHERE announcement IS NULL AND state = 'held';
CREATE INDEX quarantine_announcement ON quarantine (mailbox, announcement) WHERE announcement IS NOT NULL;
CREATE INDEX quarantine_digest ON quarantine (digest);

-- The embedded mail store takes a release once, as Dovecot does by its Sieve script.
ALTER TABLE mailbox_messages ADD COLUMN message_id text, ADD COLUMN queue_id text, ADD COLUMN release_id text;
CREATE UNIQUE INDEX mailbox_messages_release ON mailbox_messages (address, release_id) WHERE release_id IS NOT NULL;
