-- Run after every migration: what the portal's own role may do.
GRANT USAGE ON SCHEMA public, graphile_worker TO posthouse_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO posthouse_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO posthouse_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO posthouse_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO posthouse_app;
GRANT EXECUTE ON FUNCTION rate_take, app_password_digest, audit_prune TO posthouse_app;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_log, schema_migrations FROM posthouse_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_anchor, schema_migrations FROM posthouse_app;
GRANT USAGE ON SCHEMA public TO posthouse_dovecot;
