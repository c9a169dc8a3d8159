-- When a daily should have been posted: what its lateness counts from.
ALTER TABLE dailies ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
UPDATE dailies SET due_at = claimed_at;
