-- How many days before its end people were told of it last.
ALTER TABLE api_keys ADD COLUMN noticed_days int;
