CREATE TABLE mail_accounts (
  mailbox                text PRIMARY KEY CHECK (mailbox = lower(mailbox)),
  app_passwords_on       boolean NOT NULL DEFAULT false,
  directory_enabled      boolean NOT NULL DEFAULT true,
  allow_primary_password boolean NOT NULL DEFAULT false
);

CREATE TABLE app_passwords (
  id                 uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  mailbox            text NOT NULL REFERENCES mail_accounts (mailbox),
  name               text NOT NULL,
  digest             bytea NOT NULL CHECK (octet_length(digest) = 32),
  protocols          text[] NOT NULL CHECK (protocols <@ '{imap,pop3,smtp}' AND cardinality(protocols) > 0),
  created_at         timestamptz NOT NULL DEFAULT now(),
  expires_at         timestamptz NOT NULL,
  revoked_at         timestamptz,
  last_used_at       timestamptz,
  last_used_ip       text,
  last_used_protocol text,
  noticed_days       int,
  sessions_ended_at  timestamptz
);
CREATE UNIQUE INDEX app_passwords_digest ON app_passwords (mailbox, digest);
CREATE INDEX app_passwords_expiry ON app_passwords (expires_at) WHERE revoked_at IS NULL AND sessions_ended_at IS NULL;

-- The digest is salted by the mailbox, so that one leak cannot be searched for all secrets at once (T23).
CREATE FUNCTION app_password_digest(p_mailbox text, p_sha256_hex text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT sha256(convert_to(p_mailbox || ':' || lower(p_sha256_hex), 'UTF8')) $$;

-- Dovecot's passdb: one row lets the client in, none does not. It hands over the hex SHA-256, never the secret.
CREATE FUNCTION mail_login(p_user text, p_sha256_hex text, p_service text, p_ip text, p_session text)
RETURNS TABLE ("user" text, nopassword text, password text, user_app text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET synchronous_commit = off AS $$
DECLARE
  a record;
  v_mailbox text := lower(p_user);
  v_protocol text := CASE WHEN p_service IN ('submission', 'smtps', 'smtp') THEN 'smtp' ELSE p_service END;
BEGIN
  SELECT p.id, p.last_used_at, p.last_used_ip INTO a
    FROM app_passwords p JOIN mail_accounts m ON m.mailbox = p.mailbox
   WHERE p.mailbox = v_mailbox
     AND p.digest = sha256(convert_to(v_mailbox || ':' || lower(p_sha256_hex), 'UTF8'))
     AND p.revoked_at IS NULL AND p.expires_at > now() AND v_protocol = ANY (p.protocols)
     AND m.app_passwords_on AND m.directory_enabled;
  IF NOT FOUND THEN RETURN; END IF;
  IF a.last_used_at IS NULL OR a.last_used_at < now() - interval '60 seconds' OR a.last_used_ip IS DISTINCT FROM nullif(p_ip, '') THEN
    UPDATE app_passwords SET last_used_at = now(), last_used_ip = nullif(p_ip, ''), last_used_protocol = v_protocol WHERE id = a.id;
  END IF;
  RETURN QUERY SELECT v_mailbox, 'Y'::text, NULL::text, a.id::text;
END $$;

-- The gate before the directory's own password: without it stale app passwords would lock the person's account.
CREATE FUNCTION mail_primary_password_allowed(p_user text)
RETURNS TABLE ("user" text, nopassword text, password text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.mailbox, 'Y'::text, NULL::text FROM mail_accounts m
   WHERE m.mailbox = lower(p_user) AND m.allow_primary_password AND m.directory_enabled
$$;

REVOKE ALL ON FUNCTION mail_login, mail_primary_password_allowed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mail_login, mail_primary_password_allowed TO posthouse_dovecot, posthouse_app;
