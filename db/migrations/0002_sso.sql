-- A person is iss + sub (T16); the mailbox is found once and stays.
CREATE TABLE identities (
  iss        text NOT NULL,
  sub        text NOT NULL,
  mailbox    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (iss, sub),
  UNIQUE (iss, mailbox)
);

-- A row is a sign-in and, until it ends, a session (T15). The cookie's id is stored hashed.
CREATE TABLE sessions (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  mailbox      text NOT NULL,
  sid_hash     bytea NOT NULL UNIQUE,
  name         text NOT NULL,
  roles        text[] NOT NULL DEFAULT '{}',
  iss          text NOT NULL,
  sub          text NOT NULL,
  idp_session  text,
  logout_hint  bytea,
  auth_time    timestamptz,
  ip           text,
  network      text,
  user_agent   text,
  unusual      boolean NOT NULL DEFAULT false,
  reviewed_at  timestamptz,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  ended_at     timestamptz,
  end_reason   text CHECK (end_reason IN ('signed_out', 'ended', 'rotated', 'idle', 'expired', 'provider', 'security'))
);
CREATE INDEX sessions_mailbox ON sessions (mailbox, created_at DESC);
CREATE INDEX sessions_idp ON sessions (idp_session) WHERE ended_at IS NULL AND idp_session IS NOT NULL;

-- Requests under way at a SAML provider: an answer is believed once, and only to a question we asked.
CREATE TABLE sso_requests (
  id         text PRIMARY KEY,
  value      text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
