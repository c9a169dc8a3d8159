//! Holds what the database has against what members were shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::Path;

use chat_sandbox::{MessageView, Person, Sandbox};
use greenroom::app::Action;
use greenroom::model::{Difficulty, Quiz, UserId};
use greenroom::rules::scoring;
use greenroom::rules::streaks::Streak;
use rusqlite::{Connection, Row};

/// How much there was to check.
#[derive(Default)]
pub struct Counted {
    dailies: usize,
    answers: usize,
    verdicts: usize,
    receipts: usize,
    attempts: usize,
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} dailies and {} answers in the database; shown: {} verdicts, {} receipts, {} graded quizzes",
            self.dailies, self.answers, self.verdicts, self.receipts, self.attempts
        )
    }
}

/// How many quizzes of a member are kept at least.
const QUIZZES: usize = 50;

/// A daily as the database has it.
struct Posted {
    id: i64,
    schedule: i64,
    ordinal: u32,
    difficulty: Difficulty,
    quiz: Quiz,
}

/// An answer as the database has it.
struct Answer {
    option: usize,
    right: bool,
    points: u32,
    streak: u32,
    /// Whether boards count it: not while everyone can read which option it names.
    counts: bool,
}

const ANSWERS: &str = "SELECT answers.*, NOT typed OR state = 'closed' AS counts
    FROM answers JOIN dailies ON dailies.id = daily";

/// Everything in the database that someone may have been shown.
struct Kept {
    /// By the message that shows it.
    dailies: HashMap<u64, Posted>,
    /// By daily and user.
    answers: HashMap<(i64, u64), Answer>,
    /// Of practice: the option chosen and whether it was right, by quiz and position.
    attempts: HashMap<(i64, usize), (usize, bool)>,
    /// Each quiz, with the user.
    quizzes: BTreeMap<i64, u64>,
    /// By schedule and user.
    streaks: BTreeMap<(i64, u64), Streak>,
}

/// Fails unless all that members were shown is in the database, and what is counted there follows from
/// its answers. `board` is the leaderboard of all time.
pub fn check(sandbox: &Sandbox, members: &[Person], database: &Path, board: &str) -> Counted {
    let kept = Kept::read(database).expect("the database can be read");
    let mut counted = Counted {
        dailies: kept.dailies.len(),
        answers: kept.answers.len(),
        ..Counted::default()
    };
    let bot = sandbox.world().application().0;
    for member in members {
        let seen = Seen::by(member, bot);
        seen.check_answers(&kept, &mut counted);
        seen.check_attempts(&kept, &mut counted);
    }
    kept.check_dailies(&members[0]);
    let streaks = kept.recounted();
    assert_eq!(kept.streaks, streaks, "streaks follow from the answers");
    kept.check_board(&streaks, board);
    counted
}

/// What one member sees of the bot.
struct Seen {
    user: u64,
    daily: BTreeMap<u64, MessageView>,
    general: Vec<MessageView>,
    bot: u64,
}

impl Seen {
    fn by(member: &Person, bot: u64) -> Self {
        let daily = member.messages("daily").into_iter();
        Self {
            user: member.id(),
            daily: daily.map(|message| (message.id, message)).collect(),
            general: member.messages("general"),
            bot,
        }
    }

    /// Every verdict and receipt is of an answer that is recorded as shown, and only one of a member's
    /// for a daily says that it recorded it.
    fn check_answers(&self, kept: &Kept, counted: &mut Counted) {
        let mut recorded = BTreeSet::new();
        for message in self.daily.values().filter(|m| m.author.id == self.bot) {
            let text = message.text();
            let to = message.reply_to.and_then(|id| self.daily.get(&id));
            let receipt = to.filter(|to| to.author.id == self.user);
            let Some(posted) = receipt
                .map_or(to, |said| self.daily.get(&said.reply_to?))
                .and_then(|to| kept.dailies.get(&to.id))
            else {
                continue;
            };
            let answer = kept.answers.get(&(posted.id, self.user));
            let first = if receipt.is_some() {
                let first = text.contains("your answer is recorded");
                if !first && !text.contains("your first answer counts") {
                    continue;
                }
                counted.receipts += 1;
                assert!(answer.is_some(), "lost, but acknowledged: {text}");
                first
            } else if text.contains(" points** · ") {
                counted.verdicts += 1;
                let answer = answer.unwrap_or_else(|| panic!("lost, but acknowledged: {text}"));
                answer.check_verdict(posted, &text);
                !text.contains("You answered this daily before")
            } else {
                continue;
            };
            let once = !first || recorded.insert(posted.id);
            assert!(once, "graded twice: daily {}, {text}", posted.id);
        }
    }

    /// Every item of a quiz that shows a verdict is recorded as shown.
    fn check_attempts(&self, kept: &Kept, counted: &mut Counted) {
        for message in &self.general {
            let Some(chosen) = chosen(&message.text()) else {
                continue;
            };
            let mut actions = message
                .buttons()
                .into_iter()
                .filter_map(|button| Action::decode(&button.custom_id?));
            let graded = actions.find_map(|action| match action {
                Action::QuizGo { quiz, position } => Some((quiz, position - 1)),
                _ => None,
            });
            // A quiz of one question, as there is when no others are left, does not tell its number.
            let Some(graded) = graded else { continue };
            let newer = kept.quizzes.range(graded.0..);
            if newer.filter(|(_, user)| **user == self.user).count() >= QUIZZES {
                continue;
            }
            counted.attempts += 1;
            let right = message.text().starts_with("Right!");
            assert_eq!(
                kept.attempts.get(&graded),
                Some(&(chosen, right)),
                "lost, but acknowledged: {}",
                message.text()
            );
        }
    }
}

/// The position of the option that is marked as the reader's.
fn chosen(text: &str) -> Option<usize> {
    let line = text.lines().find(|line| line.contains("← your answer"))?;
    let (_, letter) = line.split_once("**")?;
    let letter = letter.bytes().next()?;
    Some(usize::from(letter.checked_sub(b'A')?))
}

impl Answer {
    fn check_verdict(&self, posted: &Posted, text: &str) {
        let option = chosen(text);
        assert_eq!(option, Some(self.option), "{text}");
        assert_eq!(text.starts_with("Right!"), self.right, "{text}");
        assert_eq!(posted.quiz.options[self.option].right, self.right, "{text}");
        let streak = match self.streak {
            1 => "Your streak begins today.".to_owned(),
            days => format!("Streak: {days} dailies in a row."),
        };
        let made = format!("**+{} points** · {streak}", self.points);
        assert!(text.contains(&made), "{made} is not in {text}");
    }
}

impl Kept {
    fn read(path: &Path) -> rusqlite::Result<Self> {
        let sql = Connection::open(path)?;
        Ok(Self {
            dailies: rows(&sql, "SELECT * FROM dailies", |row| {
                let posted = Posted {
                    id: row.get("id")?,
                    schedule: row.get("schedule")?,
                    ordinal: row.get("ordinal")?,
                    difficulty: text(row, "difficulty")?.parse().expect("a difficulty"),
                    quiz: serde_json::from_str(&text(row, "quiz")?).expect("a quiz"),
                };
                Ok((number(row, "message")?, posted))
            })?,
            answers: rows(&sql, ANSWERS, |row| {
                let answer = Answer {
                    option: row.get("option")?,
                    right: row.get("right")?,
                    points: row.get("points")?,
                    streak: row.get("streak")?,
                    counts: row.get("counts")?,
                };
                Ok(((row.get("daily")?, user(row)?), answer))
            })?,
            attempts: rows(
                &sql,
                "SELECT * FROM quiz_items WHERE option IS NOT NULL",
                |row| {
                    let item = (row.get("quiz")?, row.get("position")?);
                    Ok((item, (row.get("option")?, row.get("right")?)))
                },
            )?,
            quizzes: rows(&sql, "SELECT * FROM quizzes", |row| {
                Ok((row.get("id")?, user(row)?))
            })?,
            streaks: rows(&sql, "SELECT * FROM streaks", |row| {
                let streak = Streak {
                    current: row.get("current")?,
                    longest: row.get("longest")?,
                    last: row.get("last")?,
                };
                Ok(((row.get("schedule")?, user(row)?), streak))
            })?,
        })
    }

    /// Each daily has one message, and the dailies of a schedule are numbered without a gap.
    fn check_dailies(&self, member: &Person) {
        let messages = member.messages("daily").into_iter();
        let shown: BTreeSet<u64> = messages
            .filter(|message| message.text().starts_with("Daily question"))
            .map(|message| message.id)
            .collect();
        let recorded: BTreeSet<u64> = self.dailies.keys().copied().collect();
        assert_eq!(shown, recorded, "a message for each daily");
        let mut ordinals: BTreeMap<i64, BTreeSet<u32>> = BTreeMap::new();
        for posted in self.dailies.values() {
            let theirs = ordinals.entry(posted.schedule).or_default();
            assert!(theirs.insert(posted.ordinal), "two have one ordinal");
        }
        for (schedule, theirs) in ordinals {
            let all: BTreeSet<u32> = (1..=theirs.len() as u32).collect();
            assert_eq!(theirs, all, "schedule {schedule}");
        }
    }

    /// The streaks that the answers make; each answer's verdict, streak and points are checked on the way.
    fn recounted(&self) -> BTreeMap<(i64, u64), Streak> {
        let mut dailies: Vec<&Posted> = self.dailies.values().collect();
        dailies.sort_by_key(|posted| posted.ordinal);
        let users: BTreeSet<u64> = self.answers.keys().map(|(_, user)| *user).collect();
        let mut streaks: BTreeMap<(i64, u64), Streak> = BTreeMap::new();
        for (posted, user) in dailies
            .into_iter()
            .flat_map(|posted| users.iter().map(move |user| (posted, *user)))
        {
            let Some(answer) = self.answers.get(&(posted.id, user)) else {
                continue;
            };
            let streak = streaks.entry((posted.schedule, user)).or_default();
            *streak = streak.answered(posted.ordinal);
            assert_eq!(answer.streak, streak.current);
            assert_eq!(answer.right, posted.quiz.options[answer.option].right);
            let points = scoring::points(posted.difficulty, answer.right, answer.streak);
            assert_eq!(answer.points, points);
        }
        streaks
    }

    /// The board shows everybody's points, rank and running streak.
    fn check_board(&self, streaks: &BTreeMap<(i64, u64), Streak>, board: &str) {
        let mut newest: BTreeMap<i64, u32> = BTreeMap::new();
        for posted in self.dailies.values() {
            let newest = newest.entry(posted.schedule).or_default();
            *newest = posted.ordinal.max(*newest);
        }
        let mut totals: BTreeMap<u64, u32> = BTreeMap::new();
        for ((_, user), answer) in self.answers.iter().filter(|(_, answer)| answer.counts) {
            *totals.entry(*user).or_default() += answer.points;
        }
        for (user, points) in &totals {
            // Who has none has no rank.
            let rank = match points {
                0 => "–".to_owned(),
                _ => format!(
                    "{}.",
                    1 + totals.values().filter(|others| *others > points).count()
                ),
            };
            let line = format!("**{rank}** <@{user}> · **{points}** points");
            let shown = board.lines().find(|shown| shown.starts_with(&line));
            let shown = shown.unwrap_or_else(|| panic!("{line} is not on the board:\n{board}"));
            let theirs = streaks.iter().filter(|((_, of), _)| of == user);
            let running = theirs
                .map(|((schedule, _), streak)| streak.running(newest[schedule]))
                .max()
                .unwrap_or_default();
            let told = shown.contains(&format!(" · streak {running}"));
            assert_eq!(told, running > 0, "{shown}, streak {running}");
        }
    }
}

fn rows<C, T>(
    sql: &Connection,
    query: &str,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<C>
where
    C: FromIterator<T>,
{
    sql.prepare(query)?.query_map([], read)?.collect()
}

fn text(row: &Row<'_>, column: &str) -> rusqlite::Result<String> {
    row.get(column)
}

/// Ids of the platform are kept as text.
fn number(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    Ok(text(row, column)?.parse().expect("an id"))
}

/// The platform's id of the user in a row.
fn user(row: &Row<'_>) -> rusqlite::Result<u64> {
    let user: UserId = text(row, "user")?.parse().expect("an id with its platform");
    Ok(user.id().parse().expect("an id of Discord's"))
}
