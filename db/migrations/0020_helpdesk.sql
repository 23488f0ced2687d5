-- That a caller is the owner of the mailbox, as one member of staff found: by a code to the phone, or on their word. Good for an hour (T45).
CREATE TABLE caller_verifications (
  mailbox     text NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  agent       text NOT NULL,
  method      text NOT NULL CHECK (method IN ('phone_code', 'call_back', 'document')),
  -- Which number was called, or the kind of the document and the last four characters of its number.
  note        text,
  verified_at timestamptz NOT NULL DEFAULT now(),
  ended_at    timestamptz,
  PRIMARY KEY (mailbox, id)
);
CREATE INDEX caller_verifications_agent ON caller_verifications (mailbox, agent, verified_at DESC);

-- The newest code that was sent to a caller for this member of staff.
CREATE TABLE caller_codes (
  mailbox    text NOT NULL,
  agent      text NOT NULL,
  id         uuid NOT NULL DEFAULT gen_random_uuid(),
  code       bytea,
  attempts   int NOT NULL DEFAULT 0,
  sent_at    timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (mailbox, agent)
);

-- What waits for staff. `first_by` has already said yes where it takes two people.
CREATE TABLE staff_requests (
  mailbox      text NOT NULL,
  id           uuid NOT NULL DEFAULT gen_random_uuid(),
  kind         text NOT NULL CHECK (kind IN ('release', 'phone_unbinding', 'recall', 'message')),
  -- Which mails, recall or message; never a subject or a text of a mail.
  about        jsonb NOT NULL,
  words        text NOT NULL,
  -- Null: the owner.
  requested_by text,
  ticket       text,
  state        text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'approved', 'refused', 'done')),
  taken_by     text,
  first_by     text,
  first_is_supervisor boolean,
  decided_by   text,
  decision     text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  decided_at   timestamptz,
  PRIMARY KEY (mailbox, id)
);
CREATE INDEX staff_requests_waiting ON staff_requests (created_at, id) WHERE state IN ('open', 'taken');
CREATE INDEX staff_requests_all ON staff_requests (created_at, id);
-- One that has not been decided is not asked for again.
CREATE UNIQUE INDEX staff_requests_unbinding ON staff_requests (mailbox) WHERE kind = 'phone_unbinding' AND state IN ('open', 'taken');

CREATE TABLE staff_request_comments (
  mailbox    text NOT NULL,
  request    uuid NOT NULL,
  id         uuid NOT NULL DEFAULT gen_random_uuid(),
  by         text NOT NULL,
  words      text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (mailbox, request, id),
  FOREIGN KEY (mailbox, request) REFERENCES staff_requests (mailbox, id) ON DELETE CASCADE
);

-- Says that the queue has changed, and nothing of what is in it.
CREATE FUNCTION staff_requests_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('posthouse_desk', '');
  RETURN NULL;
END $$;
CREATE TRIGGER staff_requests_changed AFTER INSERT OR UPDATE OR DELETE ON staff_requests
  FOR EACH STATEMENT EXECUTE FUNCTION staff_requests_changed();
CREATE TRIGGER staff_requests_commented AFTER INSERT ON staff_request_comments
  FOR EACH STATEMENT EXECUTE FUNCTION staff_requests_changed();

-- A number that staff unbound: the next one cools off like a change (T11).
CREATE TABLE phone_unbindings (
  mailbox    text PRIMARY KEY,
  unbound_at timestamptz NOT NULL DEFAULT now()
);

-- Staff find people by the last four digits of their number, by a keyed digest like that of the whole number.
ALTER TABLE phones ADD COLUMN ending_index bytea, ADD COLUMN previous_ending bytea;
CREATE INDEX phones_ending ON phones (ending_index);

-- A recall that staff refused stays as it is.
ALTER TABLE recalls DROP CONSTRAINT recalls_state_check;
ALTER TABLE recalls ADD CONSTRAINT recalls_state_check CHECK (state IN ('queued', 'running', 'done', 'waiting_approval', 'refused'));

-- Of the embedded directory: staff or student number, unit and office telephone, and what staff search by.
ALTER TABLE directory_accounts ADD COLUMN number text, ADD COLUMN unit text, ADD COLUMN office_phone text;
CREATE INDEX directory_accounts_address ON directory_accounts (address text_pattern_ops);
CREATE INDEX directory_accounts_login ON directory_accounts (login text_pattern_ops);
CREATE INDEX directory_accounts_number ON directory_accounts (lower(number) text_pattern_ops);
CREATE INDEX directory_accounts_names ON directory_accounts
  USING gin (to_tsvector('simple'::regconfig, name || ' ' || coalesce(name_en, '')));
