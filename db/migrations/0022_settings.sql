-- What the site has set over the environment; null: it counts again what the environment says. The version tells who changes what another has just changed.
CREATE TABLE site_settings (
  name    text PRIMARY KEY,
  value   text,
  version int NOT NULL
);

CREATE TABLE site_setting_changes (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL,
  before     text,
  after      text,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- Says that something was set, and not what.
CREATE FUNCTION site_settings_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('posthouse_settings', '');
  RETURN NULL;
END $$;
CREATE TRIGGER site_settings_changed AFTER INSERT OR UPDATE OR DELETE ON site_settings
  FOR EACH STATEMENT EXECUTE FUNCTION site_settings_changed();

-- Which groups give which role, besides those of the environment (granted), or not any more (not granted).
CREATE TABLE role_groups (
  role       text NOT NULL CHECK (role IN ('agent', 'supervisor', 'auditor', 'admin')),
  group_name text NOT NULL,
  granted    boolean NOT NULL,
  PRIMARY KEY (role, group_name)
);

-- A grant waits for a second person; what was taken away is written down as done.
CREATE TABLE role_changes (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind       text NOT NULL CHECK (kind IN ('grant', 'revoke')),
  role       text NOT NULL,
  group_name text NOT NULL,
  reason     text NOT NULL,
  state      text NOT NULL CHECK (state IN ('waiting', 'done', 'withdrawn')),
  asked_by   text NOT NULL,
  asked_at   timestamptz NOT NULL DEFAULT now(),
  decided_by text,
  decided_at timestamptz,
  CHECK (decided_by IS DISTINCT FROM asked_by OR kind = 'revoke' OR state <> 'done')
);
CREATE UNIQUE INDEX role_changes_waiting ON role_changes (role, group_name) WHERE state = 'waiting';
CREATE INDEX role_changes_asked ON role_changes (asked_at DESC);

-- `role=group`, so that a role that a group gives no more is gone at the next request. Who is signed in as staff signs in again.
ALTER TABLE sessions ADD COLUMN role_sources text[] NOT NULL DEFAULT '{}';
