-- Who a mailbox knows. `store` is empty where these rows are the address book itself; else it names the server of which they are a copy.
CREATE TABLE contacts (
  mailbox    text NOT NULL,
  store      text NOT NULL,
  id         text NOT NULL,
  -- Another one after every change; of a server, the ETag.
  version    text NOT NULL,
  card       jsonb NOT NULL,
  groups     text[] NOT NULL,
  -- Both are made of the card when it is written: pinyin is not known to the database.
  sort_key   text COLLATE "C" NOT NULL,
  search     text NOT NULL,
  -- Of a server only: its resource, what stands in it, and its own UID, by which groups name it.
  href       text,
  vcard      text,
  uid        text,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (mailbox, store, id)
);
CREATE UNIQUE INDEX contacts_order ON contacts (mailbox, store, sort_key, id);
CREATE UNIQUE INDEX contacts_href ON contacts (mailbox, store, href) WHERE href IS NOT NULL;

-- Groups that were made, and may be empty.
CREATE TABLE contact_groups (
  mailbox text NOT NULL,
  store   text NOT NULL,
  name    text NOT NULL,
  PRIMARY KEY (mailbox, store, name)
);

-- The address book on a server, and up to where it is copied.
CREATE TABLE contact_books (
  mailbox    text NOT NULL,
  store      text NOT NULL,
  url        text NOT NULL,
  sync_token text,
  synced_at  timestamptz,
  PRIMARY KEY (mailbox, store)
);

-- Groups that a server keeps as cards of their own, with the UIDs of who belongs to them.
CREATE TABLE contact_group_cards (
  mailbox text NOT NULL,
  store   text NOT NULL,
  href    text NOT NULL,
  version text NOT NULL,
  name    text NOT NULL,
  members text[] NOT NULL,
  vcard   text NOT NULL,
  PRIMARY KEY (mailbox, store, href)
);
