-- Schedules whose channel cannot be posted to wait, longer each time.
ALTER TABLE schedules ADD COLUMN suspended_until INTEGER;
ALTER TABLE schedules ADD COLUMN suspended_for TEXT;           -- what Discord said
ALTER TABLE schedules ADD COLUMN suspensions INTEGER NOT NULL DEFAULT 0; -- in a row

-- Spaces that removed the bot. Their data is kept for a while, in case they take it back.
CREATE TABLE departures (
    space   TEXT    NOT NULL PRIMARY KEY,
    left_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
