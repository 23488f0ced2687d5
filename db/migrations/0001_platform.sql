-- Roles. A site grants posthouse_app to the login of its portal; Dovecot logs in as posthouse_dovecot.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'posthouse_app') THEN CREATE ROLE posthouse_app NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'posthouse_dovecot') THEN CREATE ROLE posthouse_dovecot NOLOGIN; END IF;
END $$;

-- Audit (T47): rows are only ever added; each hash is keyed and covers the one before it.
CREATE TABLE audit_log (
  seq        bigint PRIMARY KEY,
  reference  text NOT NULL,
  phase      text NOT NULL CHECK (phase IN ('intent', 'outcome')),
  at         timestamptz NOT NULL,
  operation  text NOT NULL,
  actor_kind text NOT NULL,
  actor_id   text NOT NULL,
  actor_role text,
  mailbox    text,
  ip         text,
  user_agent text,
  detail     text NOT NULL,
  outcome    text CHECK (outcome IN ('done', 'refused', 'failed')),
  code       text,
  hash       bytea NOT NULL,
  UNIQUE (reference, phase)
);
CREATE INDEX audit_log_mailbox ON audit_log (mailbox, seq DESC);
CREATE INDEX audit_log_at ON audit_log USING brin (at);

CREATE TABLE audit_head (
  id   boolean PRIMARY KEY DEFAULT true CHECK (id),
  seq  bigint NOT NULL,
  hash bytea NOT NULL,
  mac  bytea
);
INSERT INTO audit_head (seq, hash) VALUES (0, '\x');

-- What retention removed: the chain now starts behind this row.
CREATE TABLE audit_anchor (
  id   boolean PRIMARY KEY DEFAULT true CHECK (id),
  seq  bigint NOT NULL,
  hash bytea NOT NULL,
  mac  bytea NOT NULL
);

CREATE FUNCTION audit_prune(p_seq bigint, p_mac bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE removed bigint;
BEGIN
  IF EXISTS (SELECT FROM audit_log WHERE seq <= p_seq AND at > now() - interval '180 days') THEN
    RAISE EXCEPTION 'audit rows are kept for at least 180 days';
  END IF;
  INSERT INTO audit_anchor (seq, hash, mac) SELECT seq, hash, p_mac FROM audit_log WHERE seq = p_seq
    ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, mac = excluded.mac;
  DELETE FROM audit_log WHERE seq <= p_seq;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;

-- Rate limits: exact sliding windows on the database's clock. All keys are taken, or none.
CREATE TABLE rate_hits (
  key text NOT NULL,
  at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX rate_hits_key ON rate_hits (key, at);
CREATE INDEX rate_hits_at ON rate_hits USING brin (at);

CREATE FUNCTION rate_take(p_keys text[], p_limits int[], p_windows interval[])
RETURNS TABLE (exceeded int, retry_after int)
LANGUAGE plpgsql AS $$
DECLARE
  k text;
  n int;
  hits int;
  freed timestamptz;
  t timestamptz;
BEGIN
  FOR k IN SELECT DISTINCT x FROM unnest(p_keys) x ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('rate:' || k, 0));
  END LOOP;
  t := clock_timestamp();
  FOR n IN 1 .. array_length(p_keys, 1) LOOP
    SELECT count(*), min(h.at) INTO hits, freed FROM (
      SELECT r.at FROM rate_hits r WHERE r.key = p_keys[n] AND r.at > t - p_windows[n]
      ORDER BY r.at DESC LIMIT p_limits[n]
    ) h;
    IF hits >= p_limits[n] THEN
      exceeded := n;
      retry_after := greatest(1, ceil(extract(epoch FROM coalesce(freed, t) + p_windows[n] - t))::int);
      RETURN NEXT;
      RETURN;
    END IF;
  END LOOP;
  INSERT INTO rate_hits (key, at) SELECT DISTINCT x, t FROM unnest(p_keys) x;
END $$;

CREATE TABLE idempotency_keys (
  mailbox    text NOT NULL,
  operation  text NOT NULL,
  key        text NOT NULL,
  reference  text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (mailbox, operation, key)
);

CREATE TABLE api_keys (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name         text NOT NULL,
  key_hash     bytea NOT NULL UNIQUE,
  scopes       text[] NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  revoked_at   timestamptz,
  last_used_at timestamptz
);

-- Links in mails (T39): only the hash is stored; a link acts once.
CREATE TABLE link_tokens (
  token_hash bytea PRIMARY KEY,
  purpose    text NOT NULL,
  mailbox    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

CREATE TABLE sms_messages (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  mailbox      text NOT NULL,
  purpose      text NOT NULL,
  phone_cipher bytea NOT NULL,
  body_cipher  bytea,
  country      text,
  state        text NOT NULL DEFAULT 'queued',
  rank         int NOT NULL DEFAULT 0,
  provider_id  text,
  error        text,
  cost_micros  bigint,
  attempts     int NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL DEFAULT now(),
  sent_at      timestamptz,
  updated_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sms_messages_mailbox ON sms_messages (mailbox, created_at DESC);
CREATE INDEX sms_messages_under_way ON sms_messages (created_at) WHERE state IN ('queued', 'sending');

CREATE TABLE notices (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  mailbox    text NOT NULL,
  kind       text NOT NULL,
  params     jsonb NOT NULL DEFAULT '{}',
  state      text NOT NULL DEFAULT 'queued',
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at    timestamptz
);
CREATE INDEX notices_mailbox ON notices (mailbox, created_at DESC);

CREATE TABLE announcements (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  title_zh   text NOT NULL,
  title_en   text NOT NULL,
  body_zh    text NOT NULL,
  body_en    text NOT NULL,
  starts_at  timestamptz NOT NULL,
  ends_at    timestamptz NOT NULL
);
