-- What stood on a server in a contact that was removed here, so that it can be put back whole.
CREATE TABLE removed_contacts (
  mailbox    text NOT NULL,
  store      text NOT NULL,
  href       text NOT NULL,
  vcard      text NOT NULL,
  uid        text NOT NULL,
  removed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (mailbox, store, href)
);
