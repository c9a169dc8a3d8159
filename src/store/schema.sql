-- The layout of the database: tables first, then the totals of boards. Instants are milliseconds since 1970 in UTC;
-- local dates are ISO 8601 text; a truth is 0 or 1.
--
-- Frozen once 0.1.0 is released: what changes after that is a migration (migrations.rs). Until then it is changed
-- here, and UNRELEASED there is raised by 1, so that a file laid out otherwise is refused and not misread.

-- Every space that anything is kept of. That of one that removed the bot is kept for a while, in case it takes it back.
CREATE TABLE spaces (
    space     TEXT    NOT NULL PRIMARY KEY,      -- with its platform, as in discord:123; people are named so too
    joined_at INTEGER,                           -- when it took the bot in, or back; null: not told so yet
    left_at   INTEGER,                           -- when it removed the bot; null: it has it
    zone      TEXT,                              -- IANA, for what is no schedule's; null: that of its first schedule
    language  TEXT                               -- BCP 47, likewise; null: that of the program
) STRICT, WITHOUT ROWID;
CREATE INDEX spaces_left ON spaces (left_at, space) WHERE left_at IS NOT NULL;

CREATE TABLE schedules (
    id              INTEGER PRIMARY KEY,
    space           TEXT    NOT NULL REFERENCES spaces (space),
    name            TEXT    NOT NULL,
    channel         TEXT    NOT NULL,
    zone            TEXT    NOT NULL,            -- IANA
    time            TEXT    NOT NULL,            -- HH:MM
    weekdays        INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127), -- bit 0 is Monday
    topics          TEXT    NOT NULL,            -- JSON array of topic names; empty: every topic
    reveal          TEXT    NOT NULL CHECK (reveal IN ('at-once', 'at-close')), -- when a member sees the verdict
    discuss         INTEGER NOT NULL CHECK (discuss IN (0, 1)), -- whether a closed daily gets a thread
    state           TEXT    NOT NULL CHECK (state IN ('active', 'paused', 'removed')),
    since           INTEGER NOT NULL,            -- instants at or before this one are not due
    set_by          TEXT,                        -- the user who set it last; null: the configuration
    -- One whose channel can't be posted to waits, longer each time.
    suspended_until INTEGER,
    suspended_for   TEXT,                        -- what the platform said
    suspensions     INTEGER NOT NULL DEFAULT 0,  -- in a row
    -- Until this instant there is nothing to do; 0 where that is not known, as after each change.
    next_due        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (space, name)
) STRICT;

CREATE INDEX schedules_by_due ON schedules (next_due) WHERE state = 'active';

CREATE TRIGGER schedule_changed AFTER UPDATE ON schedules
WHEN NEW.next_due = OLD.next_due AND NEW.next_due > 0 BEGIN
    UPDATE schedules SET next_due = 0 WHERE id = NEW.id;
END;

-- Local dates on which a schedule posts nothing.
CREATE TABLE skipped_dates (
    schedule   INTEGER NOT NULL REFERENCES schedules (id),
    local_date TEXT    NOT NULL,
    PRIMARY KEY (schedule, local_date)
) STRICT, WITHOUT ROWID;

-- Questions that admins want next, first in first out.
CREATE TABLE queue (
    id       INTEGER PRIMARY KEY,
    schedule INTEGER NOT NULL REFERENCES schedules (id),
    question TEXT    NOT NULL,
    UNIQUE (schedule, question)
) STRICT;

-- What the admin of a schedule is to be told, each once: an outbox.
CREATE TABLE notices (
    id       INTEGER PRIMARY KEY,
    schedule INTEGER NOT NULL REFERENCES schedules (id),
    kind     TEXT    NOT NULL,
    made_at  INTEGER NOT NULL,
    sent_at  INTEGER,
    UNIQUE (schedule, kind)
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
    queued     INTEGER NOT NULL DEFAULT 0 CHECK (queued IN (0, 1)), -- an admin had queued its question
    reveal     TEXT    NOT NULL CHECK (reveal IN ('at-once', 'at-close')), -- the schedule's, when it was claimed
    state      TEXT    NOT NULL CHECK (state IN ('claimed', 'posted', 'closed')),
    claimed_at INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,            -- when it should be posted: what its lateness counts from
    turn       INTEGER NOT NULL,            -- 1, 2, 3 ... within the schedule, by when it was claimed or revived
    ahead      INTEGER NOT NULL DEFAULT 0 CHECK (ahead IN (0, 1)), -- a clock that was ahead claimed it
    given_up   INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1)), -- not sent in time: nothing was asked
    tried_at   INTEGER NOT NULL,            -- the last try to send it
    tried_in   TEXT    NOT NULL,            -- the channel of that try
    ordinal    INTEGER,                     -- 1, 2, 3 ... within the schedule, once posted
    message    TEXT,
    posted_at  INTEGER,
    closed_at  INTEGER,
    version    INTEGER NOT NULL DEFAULT 0,  -- counts what changes its message
    shown      INTEGER NOT NULL DEFAULT 0,  -- the version that the message shows
    to_discuss INTEGER NOT NULL DEFAULT 0 CHECK (to_discuss IN (0, 1)), -- a thread is to be started from its message
    UNIQUE (schedule, local_date),
    CHECK (state = 'claimed' OR (ordinal IS NOT NULL AND message IS NOT NULL AND posted_at IS NOT NULL))
) STRICT;
CREATE INDEX dailies_by_state ON dailies (state);
CREATE INDEX dailies_by_ordinal ON dailies (schedule, ordinal);
CREATE INDEX dailies_by_turn ON dailies (schedule, turn);
CREATE INDEX dailies_by_claim ON dailies (claimed_at);
CREATE INDEX dailies_by_space ON dailies (space, question);
-- Some platforms number messages in each channel anew.
CREATE UNIQUE INDEX dailies_by_message ON dailies (space, channel, message) WHERE message IS NOT NULL;
-- Of each of these there are few, whatever a space has had.
CREATE INDEX dailies_open ON dailies (space) WHERE state <> 'closed';
CREATE INDEX dailies_ahead ON dailies (schedule) WHERE ahead = 1;
CREATE INDEX dailies_to_show ON dailies (id) WHERE version <> shown;
CREATE INDEX dailies_to_discuss ON dailies (id) WHERE to_discuss = 1;

-- Questions that a daily asked before it was given another one.
CREATE TABLE replaced (
    daily       INTEGER NOT NULL REFERENCES dailies (id),
    question    TEXT    NOT NULL,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (daily, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
    daily       INTEGER NOT NULL REFERENCES dailies (id),
    user        TEXT    NOT NULL,
    space       TEXT    NOT NULL,
    topic       TEXT    NOT NULL,
    option      INTEGER NOT NULL,           -- position in the posted quiz, from 0
    right       INTEGER NOT NULL CHECK (right IN (0, 1)),
    points      INTEGER NOT NULL,
    streak      INTEGER NOT NULL,           -- the streak this answer made
    local_date  TEXT    NOT NULL,           -- since when it counts, in the zone of the space
    answered_at INTEGER NOT NULL,
    typed       INTEGER NOT NULL CHECK (typed IN (0, 1, 2)), -- everyone could read it when it was given; 2: only later
    PRIMARY KEY (daily, user)
) STRICT, WITHOUT ROWID;
-- A member's record, and the board of a topic, are read from these alone.
CREATE INDEX answers_by_member ON answers (space, user, topic, points, right, answered_at, typed);
CREATE INDEX answers_by_topic ON answers (space, topic, local_date, user, points, right, typed);

CREATE TABLE streaks (
    schedule INTEGER NOT NULL REFERENCES schedules (id),
    user     TEXT    NOT NULL,
    current  INTEGER NOT NULL,
    longest  INTEGER NOT NULL,
    last     INTEGER NOT NULL,              -- ordinal of the last daily answered
    PRIMARY KEY (schedule, user)
) STRICT, WITHOUT ROWID;
-- Where a person takes part, over all spaces.
CREATE INDEX streaks_by_user ON streaks (user);

-- Random, and of this database alone.
CREATE TABLE keys (
    name TEXT NOT NULL PRIMARY KEY,
    key  BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO keys VALUES ('marks', randomblob(32));

-- Who answered a daily that is open and then deleted everything: keyed hashes of daily and user.
CREATE TABLE marks (
    daily INTEGER NOT NULL REFERENCES dailies (id),
    mark  BLOB    NOT NULL,
    PRIMARY KEY (daily, mark)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER marks_end AFTER UPDATE OF state ON dailies WHEN NEW.state = 'closed' BEGIN
    DELETE FROM marks WHERE daily = NEW.id;
END;

-- What a member was told once in public, such as how to answer a daily.
CREATE TABLE hints (
    space TEXT NOT NULL REFERENCES spaces (space),
    user  TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (space, user, about)
) STRICT, WITHOUT ROWID;

-- Practice: quizzes a member takes alone.
CREATE TABLE quizzes (
    id         INTEGER PRIMARY KEY,
    space      TEXT    NOT NULL REFERENCES spaces (space),
    user       TEXT    NOT NULL,
    started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX quizzes_by_member ON quizzes (space, user);

-- What quizzes ask, each kept once.
CREATE TABLE quiz_contents (
    id      INTEGER PRIMARY KEY,
    content TEXT NOT NULL UNIQUE            -- JSON, the options in the order of their texts
) STRICT;

CREATE TABLE quiz_items (
    quiz        INTEGER NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,           -- from 0
    question    TEXT    NOT NULL,
    topic       TEXT    NOT NULL,
    content     INTEGER NOT NULL REFERENCES quiz_contents (id),
    shown       TEXT    NOT NULL,           -- a digit an option as shown: its position in the content
    option      INTEGER,                    -- as chosen, from 0, of those shown
    right       INTEGER CHECK (right IN (0, 1)),
    answered_at INTEGER,
    PRIMARY KEY (quiz, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX quiz_items_by_content ON quiz_items (content);

-- What a member answered in practice, by question: older quizzes are deleted.
CREATE TABLE practice (
    space       TEXT    NOT NULL REFERENCES spaces (space),
    user        TEXT    NOT NULL,
    question    TEXT    NOT NULL,
    topic       TEXT    NOT NULL,
    answers     INTEGER NOT NULL,
    right       INTEGER NOT NULL,           -- of them
    answered_at INTEGER NOT NULL,           -- the last one
    PRIMARY KEY (space, user, question)
) STRICT, WITHOUT ROWID;

-- Which questions a member was shown by lookups, so that none comes twice before the others came.
CREATE TABLE seen (
    space    TEXT    NOT NULL REFERENCES spaces (space),
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

-- Answers whose verdict their member may know; others count nowhere yet.
CREATE VIEW settled_answers AS SELECT * FROM answers WHERE NOT EXISTS
    (SELECT 1 FROM dailies WHERE id = daily AND state = 'posted' AND reveal = 'at-close');

-- Answers of which everyone may know whether they are right. What a member typed is there to read, so
-- its verdict would be that of an option, for those who have not answered yet.
CREATE VIEW public_answers AS SELECT * FROM settled_answers WHERE NOT typed OR NOT EXISTS
    (SELECT 1 FROM dailies WHERE id = daily AND state = 'posted');

-- What each answer counts for: the whole time, its month, and its week from Monday.
CREATE VIEW counted_answers AS
    SELECT daily, user, space, 'all' AS period, points, right, typed FROM public_answers
    UNION ALL
    SELECT daily, user, space, 'month ' || date(local_date, 'start of month'), points, right, typed
    FROM public_answers
    UNION ALL
    SELECT daily, user, space, 'week ' || date(local_date, 'weekday 0', '-6 days'), points, right, typed
    FROM public_answers;

-- The sums over counted_answers, so that a board costs the same however many answers there are. The triggers keep
-- them in the transaction that changes an answer.
CREATE TABLE totals (
    space   TEXT    NOT NULL,
    period  TEXT    NOT NULL,
    user    TEXT    NOT NULL,
    points  INTEGER NOT NULL,
    right   INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    PRIMARY KEY (space, period, user)
) STRICT, WITHOUT ROWID;
-- Who has as many points as another stands by their id, so in the same order on each board.
CREATE INDEX totals_by_rank ON totals (space, period, points DESC, user, right, answers);

CREATE TRIGGER answer_given AFTER INSERT ON answers BEGIN
    INSERT INTO totals SELECT space, period, user, points, right, 1 FROM counted_answers
        WHERE daily = NEW.daily AND user = NEW.user
        ON CONFLICT DO UPDATE SET points = points + excluded.points,
            right = right + excluded.right, answers = answers + 1;
END;

CREATE TRIGGER verdicts_shown AFTER UPDATE OF state ON dailies
    WHEN OLD.state = 'posted' AND NEW.state = 'closed' BEGIN
    INSERT INTO totals SELECT space, period, user, points, right, 1 FROM counted_answers
        WHERE daily = NEW.id AND (typed OR NEW.reveal = 'at-close')
        ON CONFLICT DO UPDATE SET points = points + excluded.points,
            right = right + excluded.right, answers = answers + 1;
END;

CREATE TRIGGER answer_taken_back BEFORE DELETE ON answers BEGIN
    UPDATE totals SET points = points - OLD.points, right = right - OLD.right,
            answers = answers - 1
        WHERE space = OLD.space AND user = OLD.user AND period IN
            (SELECT period FROM counted_answers WHERE daily = OLD.daily AND user = OLD.user);
    DELETE FROM totals WHERE space = OLD.space AND user = OLD.user AND answers = 0 AND period IN
            (SELECT period FROM counted_answers WHERE daily = OLD.daily AND user = OLD.user);
END;

CREATE TRIGGER answer_changes BEFORE UPDATE ON answers BEGIN
    UPDATE totals SET points = points - OLD.points, right = right - OLD.right,
            answers = answers - 1
        WHERE space = OLD.space AND user = OLD.user AND period IN
            (SELECT period FROM counted_answers WHERE daily = OLD.daily AND user = OLD.user);
    DELETE FROM totals WHERE space = OLD.space AND user = OLD.user AND answers = 0 AND period IN
            (SELECT period FROM counted_answers WHERE daily = OLD.daily AND user = OLD.user);
END;

CREATE TRIGGER answer_changed AFTER UPDATE ON answers BEGIN
    INSERT INTO totals SELECT space, period, user, points, right, 1 FROM counted_answers
        WHERE daily = NEW.daily AND user = NEW.user
        ON CONFLICT DO UPDATE SET points = points + excluded.points,
            right = right + excluded.right, answers = answers + 1;
END;
