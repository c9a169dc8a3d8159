-- Running totals, so that boards cost the same however many answers there are.

-- Looked up answer by answer: how many dailies hide their verdicts then makes no difference.
DROP VIEW settled_answers;
CREATE VIEW settled_answers AS SELECT * FROM answers WHERE NOT EXISTS
    (SELECT 1 FROM dailies WHERE id = daily AND state = 'posted' AND reveal = 'at-close');

-- What each answer counts for: the whole time, its month, and its week from Monday.
CREATE VIEW counted_answers AS
    SELECT daily, user, space, 'all' AS period, points, right FROM settled_answers
    UNION ALL
    SELECT daily, user, space, 'month ' || date(local_date, 'start of month'), points, right
    FROM settled_answers
    UNION ALL
    SELECT daily, user, space, 'week ' || date(local_date, 'weekday 0', '-6 days'), points, right
    FROM settled_answers;

-- The sums over counted_answers. The triggers keep them in the transaction that changes an answer.
CREATE TABLE totals (
    space   TEXT    NOT NULL,
    period  TEXT    NOT NULL,
    user    TEXT    NOT NULL,
    points  INTEGER NOT NULL,
    right   INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    PRIMARY KEY (space, period, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX totals_by_rank ON totals (space, period, points DESC, right DESC, answers, user);

INSERT INTO totals
    SELECT space, period, user, sum(points), sum(right), count(*) FROM counted_answers
    GROUP BY space, period, user;

CREATE TRIGGER answer_given AFTER INSERT ON answers BEGIN
    INSERT INTO totals SELECT space, period, user, points, right, 1 FROM counted_answers
        WHERE daily = NEW.daily AND user = NEW.user
        ON CONFLICT DO UPDATE SET points = points + excluded.points,
            right = right + excluded.right, answers = answers + 1;
END;

CREATE TRIGGER verdicts_shown AFTER UPDATE OF state ON dailies
    WHEN OLD.state = 'posted' AND NEW.state = 'closed' AND NEW.reveal = 'at-close' BEGIN
    INSERT INTO totals SELECT space, period, user, points, right, 1 FROM counted_answers
        WHERE daily = NEW.id
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

-- Boards of one topic are sums over its answers.
DROP INDEX answers_by_space;
CREATE INDEX answers_by_topic ON answers (space, topic, local_date, user, points, right);

-- Those that take answers are few, whatever a space has had.
CREATE INDEX dailies_open ON dailies (space) WHERE state <> 'closed';
