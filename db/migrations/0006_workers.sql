-- Which workers live. graphile-worker by itself gives a dead worker's jobs back after four hours only.
CREATE UNLOGGED TABLE worker_pulse (
  worker_id text PRIMARY KEY,
  seen_at   timestamptz NOT NULL DEFAULT now()
);
