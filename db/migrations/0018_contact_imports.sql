-- Contact files on their way in. They go when their import has ended, or after a day.
CREATE TABLE contact_files (
  mailbox    text NOT NULL,
  id         uuid NOT NULL DEFAULT gen_random_uuid(),
  name       text NOT NULL,
  content    bytea NOT NULL,
  -- The import that reads it; until there is one, newer files push it out.
  import     uuid,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (mailbox, id)
);

-- Imports under way, and those that can still be undone. One at a time in a mailbox: two would race for the same contact.
CREATE TABLE contact_imports (
  mailbox       text NOT NULL,
  id            uuid NOT NULL DEFAULT gen_random_uuid(),
  state         text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'undoing', 'undone')),
  duplicates    text NOT NULL CHECK (duplicates IN ('merge', 'skip', 'replace', 'keep')),
  -- How each file is read, into which group, and what was found in it.
  files         jsonb NOT NULL,
  -- So many files are planned: what becomes of each of their rows is written down.
  planned       int NOT NULL DEFAULT 0,
  total         int NOT NULL,
  -- In rows; together they are the total when all is done.
  added         int NOT NULL DEFAULT 0,
  changed       int NOT NULL DEFAULT 0,
  skipped       int NOT NULL DEFAULT 0,
  faulty        int NOT NULL DEFAULT 0,
  -- In contacts: those that were added or changed, and what an undo did to them.
  touched       int NOT NULL DEFAULT 0,
  undone        int NOT NULL DEFAULT 0,
  kept          int NOT NULL DEFAULT 0,
  claim         uuid,
  claimed_until timestamptz NOT NULL DEFAULT now(),
  -- Since when the address book has not answered.
  failing_since timestamptz,
  created_at    timestamptz NOT NULL DEFAULT now(),
  finished_at   timestamptz,
  PRIMARY KEY (mailbox, id)
);
CREATE UNIQUE INDEX contact_imports_open ON contact_imports (mailbox) WHERE state IN ('queued', 'running', 'undoing');
CREATE INDEX contact_imports_waiting ON contact_imports (claimed_until) WHERE state IN ('queued', 'running', 'undoing');

-- What becomes of the rows of an import, written down before it is done, so that a worker that takes over does the same (F5).
CREATE TABLE contact_import_rows (
  mailbox text NOT NULL,
  import  uuid NOT NULL,
  file    int NOT NULL,
  -- The first of `rows`, those of the file that make up this contact.
  row     int NOT NULL,
  kind    text NOT NULL CHECK (kind IN ('add', 'change', 'left_out')),
  state   text NOT NULL CHECK (state IN ('planned', 'done', 'skipped', 'undone', 'kept')),
  rows    int[] NOT NULL DEFAULT '{}',
  contact text,
  -- The card that was there before, by which a change is undone.
  before  jsonb,
  -- While planned, the version that is changed; then the one that came of it.
  version text,
  fault   text,
  cells   jsonb,
  PRIMARY KEY (mailbox, import, file, row),
  FOREIGN KEY (mailbox, import) REFERENCES contact_imports ON DELETE CASCADE
);
