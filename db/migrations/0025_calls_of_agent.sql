-- The calls that a member of staff has open, whosoever called.
CREATE INDEX caller_verifications_of_agent ON caller_verifications (agent, verified_at DESC);
