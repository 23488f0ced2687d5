-- When a person wants to be told of held mail. Without a row: daily at 8. The language is the one that they chose it in.
CREATE TABLE digest_settings (
  mailbox    text PRIMARY KEY,
  frequency  text NOT NULL CHECK (frequency IN ('never', 'immediate', 'daily', 'weekly')),
  hour       int NOT NULL CHECK (hour BETWEEN 0 AND 23),
  weekday    int NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  locale     text NOT NULL CHECK (locale IN ('zh-CN', 'en')),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- One mail for each person and due time (F3). `contents` is what it tells, kept until it is out, so that it can be written again alike.
CREATE TABLE digests (
  mailbox    text NOT NULL,
  period     timestamptz NOT NULL,
  id         uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  state      text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'empty', 'failed')),
  contents   jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at    timestamptz,
  PRIMARY KEY (mailbox, period)
);
CREATE INDEX digests_created ON digests (created_at);

-- Up to when everybody who was due has been found.
CREATE TABLE digest_rounds (
  id    boolean PRIMARY KEY DEFAULT true CHECK (id),
  until timestamptz NOT NULL
);
INSERT INTO digest_rounds (until) VALUES (now());

-- The hours of a person's choice around an instant, by the site's calendar: one a day, or one a week, also where the clocks go over
-- the hour twice or not at all. Nothing follows from when the last one was.
CREATE FUNCTION digest_times(p_frequency text, p_hour int, p_weekday int, p_zone text, p_at timestamptz) RETURNS SETOF timestamptz
LANGUAGE sql STABLE AS $$
  SELECT (day + make_interval(hours => p_hour)) AT TIME ZONE p_zone
    FROM generate_series(date_trunc('day', p_at AT TIME ZONE p_zone) - interval '8 days',
                         date_trunc('day', p_at AT TIME ZONE p_zone) + interval '8 days', interval '1 day') day
   WHERE p_frequency = 'daily' OR p_frequency = 'weekly' AND extract(isodow FROM day) = p_weekday
$$;

-- The last time due, at or before an instant; at once means then. Null: never.
CREATE FUNCTION digest_due(p_frequency text, p_hour int, p_weekday int, p_zone text, p_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN p_frequency = 'immediate' THEN p_at
    ELSE (SELECT max(t) FROM digest_times(p_frequency, p_hour, p_weekday, p_zone, p_at) t WHERE t <= p_at) END
$$;

-- The next time due, after an instant. Null: never, or whenever something is held.
CREATE FUNCTION digest_next(p_frequency text, p_hour int, p_weekday int, p_zone text, p_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT min(t) FROM digest_times(p_frequency, p_hour, p_weekday, p_zone, p_at) t WHERE t > p_at
$$;

-- What a link acts on, where the mailbox does not say it.
ALTER TABLE link_tokens ADD COLUMN subject text;
