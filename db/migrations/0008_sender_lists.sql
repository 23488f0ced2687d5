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
-- allowance. It is counted as a hit.
CREATE FUNCTION sender_verdict(p_mailbox text, p_senders text[]) RETURNS text
LANGUAGE sql AS $$
  UPDATE sender_rules r SET hits = r.hits + 1, last_hit_at = now()
    FROM (SELECT s.mailbox, s.sender FROM sender_rules s
           WHERE s.mailbox = p_mailbox AND (s.expires_at IS NULL OR s.expires_at > now())
             AND s.sender IN (SELECT x FROM unnest(p_senders) x UNION SELECT substring(x FROM '@.*$') FROM unnest(p_senders) x)
           ORDER BY s.sender LIKE '@%', s.verdict DESC LIMIT 1) hit
   WHERE r.mailbox = hit.mailbox AND r.sender = hit.sender
  RETURNING r.verdict
$$;

-- Whose list the filter has still to be told. Serves as the lock under which it is told, too.
CREATE TABLE sender_lists (
  mailbox text PRIMARY KEY,
  told_at timestamptz
);
