-- What an auditor narrows the log by: each list follows its index, the newest first.
CREATE INDEX audit_log_actor ON audit_log (actor_id, seq DESC);
CREATE INDEX audit_log_operation ON audit_log (operation, seq DESC);
DROP INDEX audit_log_done;
CREATE INDEX audit_log_undone ON audit_log (outcome, seq DESC) WHERE outcome IN ('refused', 'failed');
-- As text, since a row that was tampered with may be no JSON. Within a value a quote is escaped, so that only the key itself matches.
CREATE INDEX audit_log_ticket ON audit_log (substring(detail FROM '"ticket":"([^"]*)"'), seq DESC) WHERE detail LIKE '%"ticket":"%';

-- What the verifier found (T47): sealed as the log is, so that nobody writes a good verdict without the key.
CREATE TABLE audit_verdicts (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  whole   boolean NOT NULL,
  -- JSON, byte for byte as it was sealed.
  verdict text NOT NULL,
  mac     bytea NOT NULL
);
