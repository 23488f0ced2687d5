-- Entries of the audit that have no outcome (yet): to look for them among years of others would read them all. By statement, so that
-- many rows at once cost as little; whoever writes the log cannot leave it out.
CREATE TABLE audit_open (
  seq       bigint PRIMARY KEY,
  reference text NOT NULL
);
CREATE INDEX audit_open_reference ON audit_open (reference);
INSERT INTO audit_open (seq, reference)
  SELECT seq, reference FROM audit_log i WHERE phase = 'intent'
    AND NOT EXISTS (SELECT FROM audit_log o WHERE o.reference = i.reference AND o.phase = 'outcome');

CREATE FUNCTION audit_note_open() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM audit_open o USING changed c WHERE o.seq = c.seq;
    RETURN NULL;
  END IF;
  DELETE FROM audit_open o USING changed c WHERE c.phase = 'outcome' AND o.reference = c.reference;
  INSERT INTO audit_open (seq, reference)
    SELECT i.seq, i.reference FROM changed i LEFT JOIN changed o ON o.reference = i.reference AND o.phase = 'outcome'
    WHERE i.phase = 'intent' AND o.seq IS NULL
    ON CONFLICT (seq) DO UPDATE SET reference = excluded.reference;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_opened AFTER INSERT ON audit_log REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_note_open();
CREATE TRIGGER audit_forgotten AFTER DELETE ON audit_log REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_note_open();
