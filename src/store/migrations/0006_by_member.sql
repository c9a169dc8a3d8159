-- A member's record is read from this index alone, without going through everybody's answers.
DROP INDEX answers_by_member;
CREATE INDEX answers_by_member ON answers (space, user, topic, points, right, answered_at);
