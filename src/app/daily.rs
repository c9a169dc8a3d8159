//! The daily question: asked for by hosts, answered by button or reply, graded, and how it looks.

use crate::bank::Bank;
use crate::rules::grading::{Reading, read_reply};
use crate::rules::timetable::LATENESS;
use crate::store::{Answer, Answered, Daily, DailyState, MessageId, Reveal, UserId, Vote};

use super::action::Action;
use super::card::{Button, Card, Style, Tone};
use super::outcome::{Error, Outcome};
use super::{App, Caller, quiz_card, wording};

impl App {
    /// The questions that would give away a daily on which the caller has no verdict yet.
    pub(super) async fn withheld(&self, caller: &Caller) -> Result<Vec<String>, Error> {
        let since = self.clock.now() - LATENESS;
        Ok(self
            .store
            .withheld_questions(caller.member.clone(), since)
            .await?)
    }

    /// Answers `/daily post`: today's daily of a schedule, now.
    pub async fn post_now(&self, caller: &Caller, schedule: Option<&str>) -> Outcome {
        let schedule = self.schedule_named(caller, schedule).await?;
        let now = self.clock.now();
        let today = schedule.settings.timetable.local_date(now);
        let daily = match self.store.daily_on(schedule.id, today).await? {
            // It could not be sent so far; the host says that now it can.
            Some(daily) if daily.state == DailyState::Claimed => {
                self.store.rearm_daily(daily.id, now).await?;
                daily
            }
            Some(daily) => return Err(wording::daily_is_posted(&daily).into()),
            None => {
                let claimed = self.claim(&schedule, (today, now), now).await?;
                let bank = &self.library().bank;
                claimed.ok_or_else(|| wording::no_pool(bank, &schedule.settings.topics))?
            }
        };
        self.to_post.send_replace(());
        Ok(Card::new(Tone::Good, wording::DAILY_ON_ITS_WAY)
            .private()
            .text(wording::daily_on_its_way(&daily.channel)))
    }

    /// Records a member's answer to a daily, as it was at `version`, and shows the verdict.
    pub(super) async fn answer_daily(
        &self,
        caller: &Caller,
        (id, version): (i64, u32),
        message: MessageId,
        option: usize,
    ) -> Outcome {
        let daily = self.own_daily(caller, id).await?;
        self.note_message(&daily, message).await?;
        let user = &caller.member.user;
        match self.grade(&daily, version, user, option).await? {
            Answered::Recorded(answer) => Ok(self.verdict_card(&daily, &answer, None)),
            Answered::Changed(answer) => {
                Ok(self.verdict_card(&daily, &answer, Some(wording::ANSWER_CHANGED)))
            }
            Answered::Already(answer) => {
                let note = match daily.reveal {
                    Reveal::AtOnce => Some(wording::ALREADY_ANSWERED),
                    Reveal::AtClose if daily.hides_verdicts() => None,
                    Reveal::AtClose => Some(wording::LAST_ANSWER_COUNTS),
                };
                Ok(self.verdict_card(&daily, &answer, note))
            }
            Answered::Closed => Err(wording::daily_closed(&daily).into()),
            Answered::Replaced => Err(wording::daily_replaced().into()),
        }
    }

    /// Shows the caller's own verdict.
    pub(super) async fn daily_verdict(&self, caller: &Caller, id: i64) -> Outcome {
        let daily = self.own_daily(caller, id).await?;
        let answer = self.store.answer_of(id, caller.member.user.clone()).await?;
        let answer = answer.ok_or_else(|| wording::not_answered(&daily))?;
        Ok(self.verdict_card(&daily, &answer, None))
    }

    /// A member may answer before the outbox has recorded that the message is there, or after a
    /// crash that kept it from doing so. The answer itself shows that it is.
    async fn note_message(&self, daily: &Daily, message: MessageId) -> Result<(), Error> {
        if daily.state == DailyState::Claimed {
            let place = (daily.tried_in.clone(), message);
            self.posted(daily, place, None).await?;
        }
        Ok(())
    }

    /// Grades a typed reply to a message. `None` when the message is not a daily. `on_message` is
    /// the action of the message's first button. The answer is for everyone to see, so it never
    /// says whether the reply is right.
    ///
    /// # Errors
    /// A refusal says what to type instead.
    pub async fn reply(
        &self,
        caller: &Caller,
        message: MessageId,
        on_message: Option<Action>,
        text: &str,
    ) -> Result<Option<Card>, Error> {
        let (found, version) = match on_message {
            Some(Action::DailyAnswer { daily, version, .. }) => {
                (self.store.daily(daily).await?, Some(version))
            }
            _ => (self.store.daily_of_message(message.clone()).await?, None),
        };
        let Some(daily) = found.filter(|daily| daily.space == caller.member.space) else {
            return Ok(None);
        };
        self.note_message(&daily, message).await?;
        if daily.state == DailyState::Closed {
            return Err(wording::daily_closed(&daily).into());
        }
        let options: Vec<&str> = daily
            .quiz
            .options
            .iter()
            .map(|option| option.text.as_str())
            .collect();
        let version = version.unwrap_or(daily.version);
        if version != daily.version {
            return Err(wording::daily_replaced().into());
        }
        let option = match read_reply(text, &options) {
            Reading::Option(option) => option,
            Reading::Ambiguous(options) => return Err(wording::ambiguous(&options).into()),
            Reading::Unclear | Reading::NotAnAttempt => {
                return Err(wording::unclear(options.len()).into());
            }
        };
        let user = &caller.member.user;
        let text = match self.grade(&daily, version, user, option).await? {
            Answered::Closed => return Err(wording::daily_closed(&daily).into()),
            Answered::Replaced => return Err(wording::daily_replaced().into()),
            _ if daily.hides_verdicts() => wording::reply_kept(user),
            Answered::Recorded(_) | Answered::Changed(_) => wording::reply_recorded(user),
            Answered::Already(_) => wording::reply_already(user),
        };
        Ok(Some(
            Card::new(Tone::Neutral, wording::RECORDED)
                .text(text)
                .row([my_verdict(&daily)]),
        ))
    }

    async fn grade(
        &self,
        daily: &Daily,
        version: u32,
        user: &UserId,
        option: usize,
    ) -> Result<Answered, Error> {
        let now = self.clock.now();
        let today = daily.zone.date(now);
        Ok(self
            .store
            .answer_daily((daily.id, version), user.clone(), option, today, now)
            .await?)
    }

    /// A daily of the caller's space.
    async fn own_daily(&self, caller: &Caller, id: i64) -> Result<Daily, Error> {
        let daily = self.store.daily(id).await?;
        let daily = daily.filter(|daily| daily.space == caller.member.space);
        Ok(daily.ok_or_else(wording::daily_gone)?)
    }

    /// The verdict, or a receipt without it while it is hidden.
    fn verdict_card(&self, daily: &Daily, answer: &Answer, note: Option<&str>) -> Card {
        let about = wording::about_daily(&self.library().bank, daily);
        let hidden = daily.hides_verdicts();
        let (tone, title) = match answer.right {
            _ if hidden => (Tone::Neutral, wording::RECORDED.to_owned()),
            true => (Tone::Good, wording::verdict_title(true, &daily.quiz)),
            false => (Tone::Bad, wording::verdict_title(false, &daily.quiz)),
        };
        let mut card = Card::new(tone, title).private().footer(about);
        if let Some(note) = note {
            card = card.text(note);
        }
        if hidden {
            let receipt = wording::receipt(&daily.quiz, answer.option);
            return card.text(receipt).row([my_verdict(daily)]);
        }
        card = card
            .text(quiz_card::explained(&daily.quiz, Some(answer.option)))
            .text(wording::points_made(answer));
        if self.library().bank.question(&daily.question).is_some() {
            let answer = Action::ShowAnswer(daily.question.clone());
            card = card.row([Button::new(wording::MODEL_ANSWER, Style::Secondary, answer)]);
        }
        card
    }
}

fn my_verdict(daily: &Daily) -> Button {
    let action = Action::DailyVerdict(daily.id);
    Button::new(wording::MY_VERDICT, Style::Primary, action)
}

/// A daily that takes answers.
pub(super) fn posted_card(bank: &Bank, daily: &Daily) -> Card {
    let answer = |option| Action::DailyAnswer {
        daily: daily.id,
        option,
        version: daily.version,
    };
    Card::new(Tone::Neutral, wording::daily_title(daily.date))
        .text(quiz_card::asked(&daily.quiz))
        .row(quiz_card::buttons(&daily.quiz, answer))
        .footer(wording::open_footer(bank, daily))
}

/// A closed daily with its result.
pub(super) fn revealed_card(bank: &Bank, daily: &Daily, votes: &[Vote]) -> Card {
    let mut card = Card::new(Tone::Neutral, wording::daily_title(daily.date))
        .text(quiz_card::explained(&daily.quiz, None))
        .field(wording::VOTES, wording::votes(&daily.quiz, votes));
    let first = votes
        .get(daily.quiz.right())
        .and_then(|vote| vote.first.as_ref());
    if let Some(first) = first {
        card = card.field(wording::FIRST, super::text::Text::new().member(first));
    }
    let verdict = (daily.reveal == Reveal::AtClose).then(|| my_verdict(daily));
    let answer = bank.question(&daily.question).map(|question| {
        let action = Action::ShowAnswer(question.id.clone());
        Button::new(wording::MODEL_ANSWER, Style::Secondary, action)
    });
    card.row(verdict.into_iter().chain(answer))
        .footer(wording::closed_footer(bank, daily))
}
