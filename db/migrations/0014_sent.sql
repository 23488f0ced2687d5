-- What a mailbox sent: mails by the login that handed them in, and each recipient as the sender wrote it.
CREATE INDEX trace_messages_login ON trace_messages (login, arrived_at, queue_id) WHERE login IS NOT NULL;
ALTER TABLE trace_recipients ADD COLUMN written_as text;

-- Mails that left a mailbox, and by whom. A partition holds a day (UTC).
CREATE TABLE trace_deletions (
  mailbox  text NOT NULL,
  -- Of Message-ID and size: all that the log and the mail have in common.
  mail     bigint NOT NULL,
  at       timestamptz NOT NULL,
  serial   bigint NOT NULL,
  protocol text NOT NULL CHECK (protocol IN ('imap', 'pop3', 'doveadm', 'other')),
  client   text,
  ip       text,
  PRIMARY KEY (mailbox, mail, at, serial)
) PARTITION BY RANGE (at);
CREATE INDEX trace_deletions_time ON trace_deletions (mailbox, at);

-- Who is logged in to a mailbox now: gone with the end of the session.
CREATE TABLE trace_sessions (
  mailbox text NOT NULL,
  session text NOT NULL,
  client  text,
  ip      text,
  at      timestamptz NOT NULL,
  PRIMARY KEY (mailbox, session)
);
CREATE INDEX trace_sessions_time ON trace_sessions (at);

CREATE OR REPLACE FUNCTION trace_keep_day(p_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_table text;
  v_part text;
  v_today date := (now() AT TIME ZONE 'UTC')::date;
BEGIN
  IF p_day NOT BETWEEN v_today - 68 AND v_today + 8 THEN RAISE EXCEPTION 'no trace is kept of %', p_day; END IF;
  FOREACH v_table IN ARRAY ARRAY['trace_messages', 'trace_recipients', 'trace_deletions'] LOOP
    CONTINUE WHEN v_table = 'trace_deletions' AND p_day < v_today - 9;
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

-- Drops whole days; only what is left over of deliveries and sessions goes row by row. Returns how many days went.
CREATE OR REPLACE FUNCTION trace_forget(p_days int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_part text;
  v_days int := 0;
BEGIN
  IF p_days < 1 THEN RAISE EXCEPTION 'the trace is kept for at least a day'; END IF;
  FOR v_part IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent IN ('trace_messages'::regclass, 'trace_recipients'::regclass, 'trace_deletions'::regclass)
       AND to_date(right(c.relname, 8), 'YYYYMMDD') < (now() AT TIME ZONE 'UTC')::date
         - CASE WHEN i.inhparent = 'trace_deletions'::regclass THEN least(p_days, 8) ELSE p_days END
  LOOP
    EXECUTE format('DROP TABLE %I', v_part);
    IF v_part LIKE 'trace_recipients%' THEN v_days := v_days + 1; END IF;
  END LOOP;
  DELETE FROM trace_folders WHERE at < now() - interval '1 day';
  -- Of clients that never said goodbye.
  DELETE FROM trace_sessions WHERE at < now() - interval '8 days';
  RETURN v_days;
END $$;
