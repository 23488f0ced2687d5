-- While nobody knows how long it lasts.
ALTER TABLE announcements ALTER COLUMN ends_at DROP NOT NULL;
