-- Run after every migration: what the portal's own role may do.
-- Postgres lets everybody execute a new function, also one that runs with its owner's rights.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public, graphile_worker TO posthouse_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO posthouse_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO posthouse_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO posthouse_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO posthouse_app;
GRANT EXECUTE ON FUNCTION rate_take, app_password_digest, audit_prune, trace_keep_day, trace_forget, sender_rule, sender_verdict, digest_times, digest_due,
  digest_next TO posthouse_app;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_log, schema_migrations FROM posthouse_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_anchor, audit_open, schema_migrations FROM posthouse_app;
GRANT USAGE ON SCHEMA public TO posthouse_dovecot;
-- The queue's own tables are closed by row level security; the portal and its worker are who they are for.
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'graphile_worker' AND c.relkind = 'r' AND c.relrowsecurity LOOP
    EXECUTE format('DROP POLICY IF EXISTS posthouse ON graphile_worker.%I', t);
    EXECUTE format('CREATE POLICY posthouse ON graphile_worker.%I TO posthouse_app USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
