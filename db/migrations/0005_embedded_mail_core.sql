-- The embedded directory and mail store: what serves where a site has none of its own.
CREATE TABLE directory_accounts (
  address             text PRIMARY KEY CHECK (address = lower(address)),
  login               text NOT NULL UNIQUE,
  name                text NOT NULL,
  name_en             text,
  password_hash       text NOT NULL,
  password_changed_at timestamptz NOT NULL DEFAULT now(),
  disabled            boolean NOT NULL DEFAULT false,
  groups              text[] NOT NULL DEFAULT '{}',
  failures            int NOT NULL DEFAULT 0,
  locked_until        timestamptz
);

CREATE TABLE mailbox_messages (
  address     text NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  folder      text NOT NULL,
  from_name   text,
  from_address text,
  subject     text NOT NULL,
  received_at timestamptz NOT NULL,
  size        bigint NOT NULL,
  seen        boolean NOT NULL DEFAULT false,
  raw         bytea NOT NULL,
  PRIMARY KEY (address, id)
);
CREATE INDEX mailbox_messages_newest ON mailbox_messages (address, folder, received_at DESC);

CREATE TABLE mailbox_quotas (
  address     text PRIMARY KEY,
  limit_bytes bigint NOT NULL
);

CREATE TABLE demo_phone_messages (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  to_number  text NOT NULL,
  body       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
