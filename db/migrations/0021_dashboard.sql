-- How much and how well, per hour of the site's clock. Days and weeks are sums of these; nobody counts in the big tables.
CREATE TABLE figures_hourly (
  hour      timestamptz NOT NULL,
  figure    text NOT NULL,
  dimension text NOT NULL DEFAULT '',
  value     bigint NOT NULL,
  PRIMARY KEY (hour, figure, dimension)
);

-- The same since the beginning, for what draws its own curves.
CREATE TABLE figure_totals (
  figure    text NOT NULL,
  dimension text NOT NULL,
  value     bigint NOT NULL,
  PRIMARY KEY (figure, dimension)
);

-- How far the audit has been counted; moved in the statement that counts. Its numbers have no gaps and come in the order of commits.
CREATE TABLE figure_cursors (
  source    text PRIMARY KEY,
  position  bigint NOT NULL,
  rolled_at timestamptz
);
INSERT INTO figure_cursors (source, position) SELECT 'audit', coalesce((SELECT seq - 1 FROM audit_log ORDER BY seq LIMIT 1), 0);

-- The first audit row of each hour: the list behind a number is a range of them.
CREATE TABLE audit_hours (
  hour      timestamptz PRIMARY KEY,
  first_seq bigint NOT NULL
);
CREATE INDEX audit_log_done ON audit_log (operation, seq) WHERE outcome = 'done';
CREATE INDEX audit_log_staff ON audit_log (seq) WHERE outcome = 'done' AND actor_kind = 'staff' AND mailbox <> actor_id;

-- What changed in a row that changes, noted in the transaction that changes it, under the hour of the fact: a receipt that comes late
-- corrects a past hour. Whoever counts takes the notes away in the same statement, so each counts once.
CREATE TABLE figure_notes (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        timestamptz NOT NULL,
  figure    text NOT NULL,
  dimension text NOT NULL DEFAULT '',
  delta     bigint NOT NULL
);

CREATE FUNCTION figure_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO figure_notes (at, figure, dimension, delta)
  SELECT NEW.created_at, c.figure, coalesce(c.dimension, 'ZZ'), c.delta FROM (VALUES
    ('texts', NEW.country, (TG_OP = 'INSERT')::int),
    ('codes_sent', '', (TG_OP = 'INSERT' AND NEW.purpose = 'code')::int),
    ('texts_delivered', NEW.country, (NEW.state = 'delivered')::int - coalesce(OLD.state = 'delivered', false)::int),
    ('texts_failed', NEW.country, (NEW.state IN ('failed', 'undelivered', 'unknown'))::int
      - coalesce(OLD.state IN ('failed', 'undelivered', 'unknown'), false)::int),
    ('texts_cost', NEW.country, coalesce(NEW.cost_micros, 0) - coalesce(OLD.cost_micros, 0))
  ) c (figure, dimension, delta) WHERE c.delta <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER figure_text AFTER INSERT OR UPDATE OF state, cost_micros ON sms_messages FOR EACH ROW EXECUTE FUNCTION figure_text();
CREATE INDEX sms_messages_created ON sms_messages (created_at, id);

-- Mail that only passes through was held by nobody.
CREATE FUNCTION figure_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO figure_notes (at, figure, dimension, delta) VALUES (NEW.held_at, 'held', NEW.verdict, 1);
  ELSIF NEW.state = 'released' AND OLD.state <> 'released' THEN
    INSERT INTO figure_notes (at, figure, dimension, delta) VALUES (coalesce(NEW.settled_at, now()), 'released', NEW.verdict, 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER figure_held AFTER INSERT OR UPDATE OF state ON quarantine FOR EACH ROW WHEN (NOT NEW.passing) EXECUTE FUNCTION figure_held();
CREATE INDEX quarantine_held ON quarantine (held_at, mailbox, queue_id) WHERE NOT passing;
CREATE INDEX quarantine_released ON quarantine (settled_at, mailbox, queue_id) WHERE NOT passing AND state = 'released';

CREATE FUNCTION figure_restored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO figure_notes (at, figure, delta) VALUES (now(), 'restored', NEW.restored - OLD.restored);
  RETURN NULL;
END $$;
CREATE TRIGGER figure_restored AFTER UPDATE OF restored ON restore_jobs
  FOR EACH ROW WHEN (NEW.restored <> OLD.restored) EXECUTE FUNCTION figure_restored();

CREATE FUNCTION figure_recalled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO figure_notes (at, figure, delta) VALUES (now(), 'recalled', 1);
  RETURN NULL;
END $$;
CREATE TRIGGER figure_recalled AFTER UPDATE OF state ON recall_recipients
  FOR EACH ROW WHEN (NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn') EXECUTE FUNCTION figure_recalled();

-- How far a reset got counts in the hour in which it began. Whoever proved who they are needs no code sent.
CREATE FUNCTION figure_reset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO figure_notes (at, figure, delta)
  SELECT NEW.created_at, c.figure, 1 FROM (VALUES
    ('reset_started', true, TG_OP = 'UPDATE'),
    ('reset_sent', NEW.code_for IS NOT NULL OR NEW.proved_at IS NOT NULL OR (NEW."by" = 'pass' AND NEW.mailbox IS NOT NULL),
      OLD.code_for IS NOT NULL OR OLD.proved_at IS NOT NULL OR (OLD."by" = 'pass' AND OLD.mailbox IS NOT NULL)),
    ('reset_proved', NEW.proved_at IS NOT NULL, OLD.proved_at IS NOT NULL)
  ) c (figure, reached, before) WHERE c.reached AND c.before IS NOT TRUE;
  RETURN NULL;
END $$;
CREATE TRIGGER figure_reset AFTER INSERT OR UPDATE OF mailbox, by, code_for, proved_at ON reset_flows FOR EACH ROW EXECUTE FUNCTION figure_reset();

-- An intent that the directory refused is taken away again.
CREATE FUNCTION figure_password_set() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_flow uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.reset_flow ELSE NEW.reset_flow END;
BEGIN
  INSERT INTO figure_notes (at, figure, delta)
  SELECT f.created_at, c.figure, c.delta FROM reset_flows f, (VALUES
    ('reset_chosen', CASE TG_OP WHEN 'INSERT' THEN 1 WHEN 'DELETE' THEN -1 ELSE 0 END),
    ('reset_finished', (TG_OP <> 'DELETE' AND NEW.outcome = 'changed' AND OLD.outcome IS DISTINCT FROM 'changed')::int)
  ) c (figure, delta) WHERE f.id = v_flow AND c.delta <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER figure_password_set AFTER INSERT OR UPDATE OF outcome ON password_changes
  FOR EACH ROW WHEN (NEW.reset_flow IS NOT NULL) EXECUTE FUNCTION figure_password_set();
CREATE TRIGGER figure_password_refused AFTER DELETE ON password_changes
  FOR EACH ROW WHEN (OLD.reset_flow IS NOT NULL AND OLD.settled_at IS NULL) EXECUTE FUNCTION figure_password_set();

-- Why a reset that is over came to nothing, as `step.reason`. A proved one that ends while it lives ended a lock instead.
CREATE FUNCTION figure_reset_stopped() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_outcome text;
  v_reason text;
BEGIN
  SELECT coalesce(outcome, 'open') INTO v_outcome FROM password_changes WHERE reset_flow = NEW.id;
  IF v_outcome = 'changed' THEN RETURN NULL; END IF;
  v_reason := CASE
    WHEN v_outcome IS NOT NULL THEN 'finished.refused'
    WHEN NEW.proved_at > now() - interval '10 minutes' THEN 'chosen.unlocked'
    WHEN NEW.proved_at IS NOT NULL THEN 'chosen.left'
    WHEN NEW.mailbox IS NULL THEN 'sent.no_account'
    WHEN NEW."by" = 'text' AND NEW.code_for IS NULL THEN 'sent.no_text'
    WHEN NEW.attempts >= 5 THEN 'proved.wrong'
    WHEN NEW.attempts > 0 THEN 'proved.tried'
    WHEN NEW.code_for IS NOT NULL AND NOT EXISTS (
      SELECT FROM sms_messages m WHERE m.mailbox = NEW.mailbox AND m.purpose = 'code' AND m.state = 'delivered'
        AND m.created_at BETWEEN NEW.created_at AND NEW.created_at + interval '40 minutes') THEN 'proved.not_arrived'
    ELSE 'proved.not_entered' END;
  INSERT INTO figure_notes (at, figure, dimension, delta) VALUES (NEW.created_at, 'reset_stopped', v_reason, 1);
  RETURN NULL;
END $$;
CREATE TRIGGER figure_reset_stopped AFTER UPDATE OF finished_at ON reset_flows
  FOR EACH ROW WHEN (OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL) EXECUTE FUNCTION figure_reset_stopped();

-- What waits for staff, found without reading what does not.
ALTER TABLE quarantine ADD COLUMN requested_at timestamptz;
CREATE INDEX quarantine_requested ON quarantine (requested_at) WHERE state = 'requested';
CREATE INDEX recalls_waiting ON recalls (created_at) WHERE state = 'waiting_approval';

-- How each component answered when the worker asked last.
CREATE TABLE component_states (
  name         text PRIMARY KEY,
  ok           boolean NOT NULL,
  milliseconds int,
  at           timestamptz NOT NULL DEFAULT now()
);
