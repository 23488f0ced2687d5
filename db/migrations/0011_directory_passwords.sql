-- Hashes of earlier passwords of the embedded directory, newest first: none of them may come back.
ALTER TABLE directory_accounts ADD COLUMN password_history text[] NOT NULL DEFAULT '{}';
