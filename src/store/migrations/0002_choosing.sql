-- Choosing what is asked, replacing it, and revealing it late.

ALTER TABLE schedules ADD COLUMN set_by TEXT;   -- the user who set it last; null: the configuration
ALTER TABLE schedules ADD COLUMN reveal TEXT NOT NULL DEFAULT 'at-once'
    CHECK (reveal IN ('at-once', 'at-close'));  -- when a member sees the verdict
ALTER TABLE schedules ADD COLUMN discuss INTEGER NOT NULL DEFAULT 0
    CHECK (discuss IN (0, 1));                  -- whether a closed daily gets a thread

-- `version` counts what changes the message of a daily, `shown` is the version that the message
-- shows. They take the place of `revealed`, which knew one change only.
DROP INDEX dailies_by_state;
ALTER TABLE dailies ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dailies ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dailies ADD COLUMN reveal TEXT NOT NULL DEFAULT 'at-once'
    CHECK (reveal IN ('at-once', 'at-close'));  -- the schedule's, when it was claimed
ALTER TABLE dailies ADD COLUMN to_discuss INTEGER NOT NULL DEFAULT 0
    CHECK (to_discuss IN (0, 1));               -- a thread is to be started from its message
UPDATE dailies SET version = 1, shown = revealed WHERE state = 'closed';
ALTER TABLE dailies DROP COLUMN revealed;
CREATE INDEX dailies_by_state ON dailies (state);
CREATE INDEX dailies_to_show ON dailies (id) WHERE version <> shown;
CREATE INDEX dailies_to_discuss ON dailies (id) WHERE to_discuss = 1;

-- Answers whose verdict their member may know; others count nowhere yet.
CREATE VIEW settled_answers AS SELECT * FROM answers
    WHERE daily NOT IN (SELECT id FROM dailies WHERE state = 'posted' AND reveal = 'at-close');

-- Questions that a daily asked before it was given another one.
CREATE TABLE replaced (
    daily       INTEGER NOT NULL REFERENCES dailies (id),
    question    TEXT    NOT NULL,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (daily, question)
) STRICT, WITHOUT ROWID;

-- Questions that hosts want next, first in first out.
CREATE TABLE queue (
    id       INTEGER PRIMARY KEY,
    schedule INTEGER NOT NULL REFERENCES schedules (id),
    question TEXT    NOT NULL,
    UNIQUE (schedule, question)
) STRICT;

-- Local dates on which a schedule posts nothing.
CREATE TABLE skipped_dates (
    schedule   INTEGER NOT NULL REFERENCES schedules (id),
    local_date TEXT    NOT NULL,
    PRIMARY KEY (schedule, local_date)
) STRICT, WITHOUT ROWID;

-- What the host of a schedule is to be told, each once: an outbox.
CREATE TABLE notices (
    id       INTEGER PRIMARY KEY,
    schedule INTEGER NOT NULL REFERENCES schedules (id),
    kind     TEXT    NOT NULL,
    made_at  INTEGER NOT NULL,
    sent_at  INTEGER,
    UNIQUE (schedule, kind)
) STRICT;
