-- Fairness and conversation.

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
    space TEXT NOT NULL,
    user  TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (space, user, about)
) STRICT, WITHOUT ROWID;

-- Where a person takes part, over all spaces.
CREATE INDEX streaks_by_user ON streaks (user);

-- Whether everyone could read the answer when it was given.
ALTER TABLE answers ADD COLUMN typed INTEGER NOT NULL DEFAULT 0 CHECK (typed IN (0, 1));
DROP INDEX answers_by_member;
CREATE INDEX answers_by_member ON answers (space, user, topic, points, right, answered_at, typed);
DROP INDEX answers_by_topic;
CREATE INDEX answers_by_topic ON answers (space, topic, local_date, user, points, right, typed);

-- Answers of which everyone may know whether they are right. What a member typed is there to read, so
-- its verdict would be that of an option, for those who have not answered yet.
CREATE VIEW public_answers AS SELECT * FROM settled_answers WHERE NOT typed OR NOT EXISTS
    (SELECT 1 FROM dailies WHERE id = daily AND state = 'posted');

DROP VIEW counted_answers;
CREATE VIEW counted_answers AS
    SELECT daily, user, space, 'all' AS period, points, right, typed FROM public_answers
    UNION ALL
    SELECT daily, user, space, 'month ' || date(local_date, 'start of month'), points, right, typed
    FROM public_answers
    UNION ALL
    SELECT daily, user, space, 'week ' || date(local_date, 'weekday 0', '-6 days'), points, right, typed
    FROM public_answers;

DROP TRIGGER verdicts_shown;
CREATE TRIGGER verdicts_shown AFTER UPDATE OF state ON dailies
    WHEN OLD.state = 'posted' AND NEW.state = 'closed' BEGIN
    INSERT INTO totals SELECT space, period, user, points, right, 1 FROM counted_answers
        WHERE daily = NEW.id AND (typed OR NEW.reveal = 'at-close')
        ON CONFLICT DO UPDATE SET points = points + excluded.points,
            right = right + excluded.right, answers = answers + 1;
END;

-- Clocks and calendars.

-- Turns: the order in which the dates of a schedule were claimed, or taken up again. Whether a later daily is posted
-- follows from them, not from dates, which go back where a schedule moves over the date line or a clock is set back.
ALTER TABLE dailies ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
UPDATE dailies SET turn = id;
CREATE INDEX dailies_by_turn ON dailies (schedule, turn);
-- Whether a clock that was ahead claimed it: its time is still to come.
ALTER TABLE dailies ADD COLUMN ahead INTEGER NOT NULL DEFAULT 0 CHECK (ahead IN (0, 1));
CREATE INDEX dailies_by_claim ON dailies (claimed_at);
CREATE INDEX dailies_ahead ON dailies (schedule) WHERE ahead = 1;

-- Practice: what quizzes ask is kept once, however often it is asked; and what a member answered is
-- counted by question, so that quizzes may go.
CREATE TABLE quiz_contents (
    id      INTEGER PRIMARY KEY,
    content TEXT NOT NULL UNIQUE            -- JSON, the options in the order of their texts
) STRICT;
INSERT INTO quiz_contents (content) SELECT DISTINCT content FROM quiz_items;

CREATE TABLE practice (
    space       TEXT    NOT NULL,
    user        TEXT    NOT NULL,
    question    TEXT    NOT NULL,
    topic       TEXT    NOT NULL,
    answers     INTEGER NOT NULL,
    right       INTEGER NOT NULL,           -- of them
    answered_at INTEGER NOT NULL,           -- the last one
    PRIMARY KEY (space, user, question)
) STRICT, WITHOUT ROWID;
INSERT INTO practice
    SELECT space, user, question, max(topic), count(*), sum(right), max(answered_at)
    FROM quiz_items JOIN quizzes ON quizzes.id = quiz WHERE option IS NOT NULL
    GROUP BY space, user, question;

CREATE TABLE practised_items (
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
INSERT INTO practised_items
    SELECT quiz, position, question, topic, quiz_contents.id,
        substr('0123456789', 1, json_array_length(quiz_contents.content, '$.options')),
        option, right, answered_at
    FROM quiz_items JOIN quiz_contents ON quiz_contents.content = quiz_items.content;
DROP TABLE quiz_items;
ALTER TABLE practised_items RENAME TO quiz_items;
CREATE INDEX quiz_items_by_content ON quiz_items (content);

-- Boards: who has as many points as another stands by their id, so in the same order on each.
DROP INDEX totals_by_rank;
CREATE INDEX totals_by_rank ON totals (space, period, points DESC, user, right, answers);
