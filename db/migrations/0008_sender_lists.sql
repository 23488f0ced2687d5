-- A sender has one verdict: an address, or @domain for all of it and not its subdomains.
CREATE TABLE sender_rules (
  mailbox     text NOT NULL,
  sender      text NOT NULL CHECK (sender = lower(sender)),
  verdict     text NOT NULL CHECK (verdict IN ('allow', 'block')),
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz,
  last_hit_at timestamptz,
  hits        int NOT NULL DEFAULT 0,
  PRIMARY KEY (mailbox, sender)
);
CREATE INDEX sender_rules_expiry ON sender_rules (expires_at) WHERE expires_at IS NOT NULL;

-- The rule that decides about a mail with these senders (envelope and header): an address before its domain, a block before an
-- allowance.
CREATE FUNCTION sender_rule(p_mailbox text, p_senders text[]) RETURNS TABLE (sender text, verdict text)
LANGUAGE sql STABLE AS $$
  SELECT r.sender, r.verdict FROM sender_rules r
   WHERE r.mailbox = p_mailbox AND (r.expires_at IS NULL OR r.expires_at > now())
     AND r.sender IN (SELECT x FROM unnest(p_senders) x UNION SELECT substring(x FROM '@[^@]*$') FROM unnest(p_senders) x)
   ORDER BY r.sender LIKE '@%', r.verdict DESC LIMIT 1
$$;

-- The same, counted as a hit.
CREATE FUNCTION sender_verdict(p_mailbox text, p_senders text[]) RETURNS text
LANGUAGE sql AS $$
  UPDATE sender_rules r SET hits = r.hits + 1, last_hit_at = now()
    FROM sender_rule(p_mailbox, p_senders) hit
   WHERE r.mailbox = p_mailbox AND r.sender = hit.sender
  RETURNING r.verdict
$$;

-- Whose list the filter has still to be told: told_at is null. Its row is the lock under which a list changes and is told.
CREATE TABLE sender_lists (
  mailbox text PRIMARY KEY,
  told_at timestamptz
);
CREATE INDEX sender_lists_told ON sender_lists (told_at);
