-- Instants are milliseconds since 1970 in UTC; local dates are ISO 8601 text.

CREATE TABLE schedules (
    id         INTEGER PRIMARY KEY,
    space      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    zone       TEXT    NOT NULL,            -- IANA
    time       TEXT    NOT NULL,            -- HH:MM
    weekdays   INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127), -- bit 0 is Monday
    topics     TEXT    NOT NULL,            -- JSON array of topic names; empty: every topic
    state      TEXT    NOT NULL CHECK (state IN ('active', 'paused', 'removed')),
    since      INTEGER NOT NULL,            -- instants at or before this one are not due
    UNIQUE (space, name)
) STRICT;

-- The ledger: one row a schedule and local date, ever.
CREATE TABLE dailies (
    id         INTEGER PRIMARY KEY,
    schedule   INTEGER NOT NULL REFERENCES schedules (id),
    space      TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    local_date TEXT    NOT NULL,
    question   TEXT    NOT NULL,
    topic      TEXT    NOT NULL,
    difficulty TEXT    NOT NULL,
    quiz       TEXT    NOT NULL,            -- JSON, as posted: grading never depends on later edits
    state      TEXT    NOT NULL CHECK (state IN ('claimed', 'posted', 'closed')),
    claimed_at INTEGER NOT NULL,
    ordinal    INTEGER,                     -- 1, 2, 3 ... within the schedule, once posted
    message    TEXT,
    posted_at  INTEGER,
    closed_at  INTEGER,
    revealed   INTEGER NOT NULL DEFAULT 0 CHECK (revealed IN (0, 1)), -- the closed message shows the result
    UNIQUE (schedule, local_date),
    CHECK (state = 'claimed' OR (ordinal IS NOT NULL AND message IS NOT NULL AND posted_at IS NOT NULL))
) STRICT;
CREATE INDEX dailies_by_state ON dailies (state, revealed);
CREATE INDEX dailies_by_ordinal ON dailies (schedule, ordinal);
CREATE INDEX dailies_by_space ON dailies (space, question);
CREATE UNIQUE INDEX dailies_by_message ON dailies (message) WHERE message IS NOT NULL;

CREATE TABLE answers (
    daily       INTEGER NOT NULL REFERENCES dailies (id),
    user        TEXT    NOT NULL,
    space       TEXT    NOT NULL,
    topic       TEXT    NOT NULL,
    option      INTEGER NOT NULL,           -- position in the posted quiz, from 0
    right       INTEGER NOT NULL CHECK (right IN (0, 1)),
    points      INTEGER NOT NULL,
    streak      INTEGER NOT NULL,           -- the streak this answer made
    local_date  TEXT    NOT NULL,           -- when it was given, in the schedule's zone
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (daily, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_space ON answers (space, local_date, user, topic, points, right);
CREATE INDEX answers_by_member ON answers (space, user, answered_at);

CREATE TABLE streaks (
    schedule INTEGER NOT NULL REFERENCES schedules (id),
    user     TEXT    NOT NULL,
    current  INTEGER NOT NULL,
    longest  INTEGER NOT NULL,
    last     INTEGER NOT NULL,              -- ordinal of the last daily answered
    PRIMARY KEY (schedule, user)
) STRICT, WITHOUT ROWID;

-- Practice: quizzes a member takes alone.
CREATE TABLE quizzes (
    id         INTEGER PRIMARY KEY,
    space      TEXT    NOT NULL,
    user       TEXT    NOT NULL,
    started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX quizzes_by_member ON quizzes (space, user);

CREATE TABLE quiz_items (
    quiz        INTEGER NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,           -- from 0
    question    TEXT    NOT NULL,
    topic       TEXT    NOT NULL,
    content     TEXT    NOT NULL,           -- JSON, as shown
    option      INTEGER,                    -- as chosen, from 0
    right       INTEGER CHECK (right IN (0, 1)),
    answered_at INTEGER,
    PRIMARY KEY (quiz, position)
) STRICT, WITHOUT ROWID;

-- Which questions a member was shown by lookups, so that none comes twice before the others came.
CREATE TABLE seen (
    space    TEXT    NOT NULL,
    user     TEXT    NOT NULL,
    question TEXT    NOT NULL,
    seen_at  INTEGER NOT NULL,
    PRIMARY KEY (space, user, question)
) STRICT, WITHOUT ROWID;

-- What was last registered with a platform, so that it is only sent again when it changed.
CREATE TABLE registrations (
    scope   TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
