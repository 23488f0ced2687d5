-- Whom a person may ask, as the site has set it. What is empty the site has not.
CREATE TABLE site_contacts (
  id         boolean PRIMARY KEY DEFAULT true CHECK (id),
  hotline_zh text NOT NULL DEFAULT '',
  hotline_en text NOT NULL DEFAULT '',
  mobile     text NOT NULL DEFAULT '',
  mail       text NOT NULL DEFAULT '',
  hours_zh   text NOT NULL DEFAULT '',
  hours_en   text NOT NULL DEFAULT '',
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- `stop`: something does not work. `hold`: mind this. `wait`: it is announced.
ALTER TABLE announcements ADD COLUMN kind text NOT NULL DEFAULT 'wait' CHECK (kind IN ('stop', 'hold', 'wait'));

-- What people wrote to the helpdesk: open until it is dealt with, and a mail that goes out once (`mail`).
CREATE TABLE help_messages (
  mailbox    text NOT NULL,
  id         uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  -- The number that the person was given for it.
  reference  text NOT NULL,
  topic      text NOT NULL,
  body       text NOT NULL,
  -- What the person let go along: the number of what went wrong, browser, page.
  facts      jsonb NOT NULL DEFAULT '{}',
  name       text NOT NULL,
  locale     text NOT NULL CHECK (locale IN ('zh-CN', 'en')),
  -- The helpdesk's address of that moment.
  recipient  text NOT NULL,
  state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  mail       text NOT NULL DEFAULT 'queued' CHECK (mail IN ('queued', 'sent', 'failed')),
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at    timestamptz,
  PRIMARY KEY (mailbox, id)
);
CREATE INDEX help_messages_open ON help_messages (created_at) WHERE state = 'open';
CREATE INDEX help_messages_created ON help_messages (created_at);
