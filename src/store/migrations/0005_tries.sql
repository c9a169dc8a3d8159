-- The last try to send a daily, and claims that came to nothing.
ALTER TABLE dailies ADD COLUMN tried_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dailies ADD COLUMN tried_in TEXT NOT NULL DEFAULT '';   -- the channel
ALTER TABLE dailies ADD COLUMN queued INTEGER NOT NULL DEFAULT 0
    CHECK (queued IN (0, 1));       -- a host had queued its question
ALTER TABLE dailies ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0
    CHECK (given_up IN (0, 1));     -- claimed, but not sent in time: nothing was asked
UPDATE dailies SET tried_at = claimed_at, tried_in = channel;
