-- What became of each mail, as the mail servers tell it. Postfix's long queue id holds the time of arrival to the microsecond, so
-- arrived_at follows from it, and both together are the key under which log, filter and quarantine meet. A partition holds a day (UTC).
CREATE TABLE trace_messages (
  arrived_at   timestamptz NOT NULL,
  queue_id     text NOT NULL,
  sender       text,
  login        text,
  message_id   text,
  from_name    text,
  from_address text,
  subject      text,
  size         bigint,
  client       jsonb,
  scan         jsonb,
  PRIMARY KEY (arrived_at, queue_id)
) PARTITION BY RANGE (arrived_at);

-- One row for each recipient, with what a list shows, so that a list reads nothing else.
CREATE TABLE trace_recipients (
  mailbox      text NOT NULL,
  arrived_at   timestamptz NOT NULL,
  queue_id     text NOT NULL,
  sender       text,
  from_name    text,
  from_address text,
  subject      text,
  size         bigint,
  outcome      text NOT NULL DEFAULT 'waiting' CHECK (outcome IN
    ('waiting', 'delivered', 'junk', 'held', 'releasing', 'released', 'deleted', 'expired', 'rejected', 'failed')),
  folder       text,
  reason       text,
  lmtp_session text,
  events       jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (mailbox, arrived_at, queue_id)
) PARTITION BY RANGE (arrived_at);
CREATE INDEX trace_recipients_outcome ON trace_recipients (mailbox, outcome, arrived_at, queue_id);
CREATE INDEX trace_recipients_message ON trace_recipients (arrived_at, queue_id);
-- Deliveries of which no folder is known yet.
CREATE INDEX trace_recipients_session ON trace_recipients (mailbox, lmtp_session) WHERE lmtp_session IS NOT NULL AND folder IS NULL;

-- The folder that Dovecot's log names, until Postfix's log tells which mail it was.
CREATE TABLE trace_folders (
  mailbox      text NOT NULL,
  lmtp_session text NOT NULL,
  folder       text NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (mailbox, lmtp_session)
);

-- How far each source has been read; moved in the transaction that takes in what was read.
CREATE TABLE trace_positions (
  source     text PRIMARY KEY,
  position   jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION trace_keep_day(p_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_table text;
  v_part text;
  v_today date := (now() AT TIME ZONE 'UTC')::date;
BEGIN
  IF p_day NOT BETWEEN v_today - 68 AND v_today + 8 THEN RAISE EXCEPTION 'no trace is kept of %', p_day; END IF;
  FOREACH v_table IN ARRAY ARRAY['trace_messages', 'trace_recipients'] LOOP
    v_part := v_table || to_char(p_day, '_YYYYMMDD');
    CONTINUE WHEN to_regclass(v_part) IS NOT NULL;
    PERFORM pg_advisory_xact_lock(hashtextextended('trace_keep_day', 0));
    -- Asked of the table: to_regclass would answer from what this session knew before it waited.
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE relname = v_part AND relnamespace = 'public'::regnamespace);
    -- Attached rather than made in place: that would wait for all who read or write the trace, and they for it.
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', v_part, v_table);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', v_table, v_part,
      p_day::timestamp AT TIME ZONE 'UTC', (p_day + 1)::timestamp AT TIME ZONE 'UTC');
  END LOOP;
END $$;

-- Drops whole days; nothing is deleted row by row. Returns how many days went.
CREATE FUNCTION trace_forget(p_days int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_part text;
  v_days int := 0;
BEGIN
  IF p_days < 1 THEN RAISE EXCEPTION 'the trace is kept for at least a day'; END IF;
  FOR v_part IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent IN ('trace_messages'::regclass, 'trace_recipients'::regclass)
       AND to_date(right(c.relname, 8), 'YYYYMMDD') < (now() AT TIME ZONE 'UTC')::date - p_days
  LOOP
    EXECUTE format('DROP TABLE %I', v_part);
    IF v_part LIKE 'trace_recipients%' THEN v_days := v_days + 1; END IF;
  END LOOP;
  DELETE FROM trace_folders WHERE at < now() - interval '1 day';
  RETURN v_days;
END $$;
