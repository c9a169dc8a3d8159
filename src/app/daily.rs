//! The daily question: how admins post it, how members answer it, and how it looks.

use chrono::TimeDelta;

use crate::bank::Bank;
use crate::model::{
    Answer, Answered, Daily, DailyState, Given, MessageRef, Reveal, ScheduleState, UserId, Vote,
};
use crate::rules::closing::Closing;
use crate::store::Claim;

use super::action::Action;
use super::card::{Button, Card, Style, Tone};
use super::outcome::{Error, Outcome};
use super::text::Text;
use super::{App, Caller, quiz_card, wording};

/// For how long after a try messages of it may be seen that nobody has told of.
const TRIED_LATELY: TimeDelta = TimeDelta::minutes(10);

impl App {
    /// Answers `/daily post`: today's daily of a schedule, now.
    pub async fn post_now(&self, caller: &Caller, schedule: Option<&str>) -> Outcome {
        let schedule = self.schedule_named(caller, schedule).await?;
        if schedule.damage.is_some() {
            return Err(wording::refuse_damaged(&schedule.name).into());
        }
        let now = self.clock.now();
        let today = schedule.settings.timetable.local_date(now);
        let library = self.library();
        let no_question = |why| wording::no_question(&library.bank, why, &schedule.settings.topics);
        let daily = match self.claim(&schedule, (today, now), now).await? {
            Claim::Claimed(daily) => daily,
            // It couldn't be sent yet, or another admin ran the command at the same time.
            Claim::Taken(daily) if daily.state == DailyState::Claimed => {
                if let Some(asked) = self.doubt(&schedule).await? {
                    return Ok(asked);
                }
                daily
            }
            Claim::Taken(daily) => {
                // In a zone further east it may have had a later date's.
                let newest = schedule.newest.max(Some(today));
                let mut upcoming = schedule.settings.timetable.upcoming(now, newest);
                let next = upcoming.next().map(|(_, at)| at);
                let next = next.filter(|_| schedule.state == ScheduleState::Active);
                return Err(wording::daily_is_posted(&schedule, &daily, next).into());
            }
            Claim::Unchosen(why) => return Err(no_question(why).into()),
        };
        // It couldn't be sent yet, or waits for its channel: the admin says that now it can be.
        let rearmed = self.store.rearm_daily(daily.id, self.choose(), now, now);
        rearmed.await?.map_err(no_question)?;
        self.wakes.posts.call();
        Ok(Card::new(Tone::Good, wording::DAILY_ON_ITS_WAY)
            .private()
            .text(wording::daily_on_its_way(&daily.channel, schedule.state)))
    }

    /// Records a member's answer to a daily, as it was at `version`, and shows the verdict. `message` is the daily's own, if
    /// that is what was pressed.
    pub(super) async fn answer_daily(
        &self,
        caller: &Caller,
        (id, version): (i64, u32),
        message: Option<MessageRef>,
        option: usize,
    ) -> Outcome {
        let daily = self.own_daily(caller, id).await?;
        if let Some(message) = message {
            self.note_double(&daily, &message);
            self.note_message(&daily, message).await?;
        }
        let user = &caller.member.user;
        let given = Given {
            option,
            typed: false,
        };
        let (answer, note) = match self.grade(&daily, version, user, given).await? {
            Answered::Recorded(answer) => (answer, None),
            Answered::Changed(answer) => (answer, Some(wording::ANSWER_CHANGED)),
            Answered::Already(answer) => match daily.reveal {
                Reveal::AtOnce => (answer, Some(wording::FIRST_ANSWER_COUNTS)),
                Reveal::AtClose if daily.hides_verdicts() => (answer, None),
                Reveal::AtClose => (answer, Some(wording::LAST_ANSWER_COUNTS)),
            },
            Answered::BeforeDeletion => return Err(wording::answered_before_deletion().into()),
            Answered::Closed => {
                let closed = self.closed_daily(caller, &daily).await?;
                return Err(wording::refuse_closed(closed).into());
            }
            Answered::Replaced => return Err(wording::refuse_replaced().into()),
        };
        self.verdict_card(caller, &daily, &answer, note).await
    }

    /// Shows the caller's own verdict, which they asked for below a receipt of that version of the daily.
    pub(super) async fn daily_verdict(
        &self,
        caller: &Caller,
        (id, version): (i64, u32),
    ) -> Outcome {
        let daily = self.own_daily(caller, id).await?;
        let user = &caller.member.user;
        if let Some(answer) = self.store.answer_of(id, user.clone()).await? {
            return self.verdict_card(caller, &daily, &answer, None).await;
        }
        if self
            .store
            .answered_before_deletion(id, user.clone())
            .await?
        {
            return Err(wording::answered_before_deletion().into());
        }
        // Closing makes another version too.
        let replaced = daily.state == DailyState::Posted && version < daily.version;
        Err(match replaced {
            true => wording::verdict_of_replaced(),
            false => wording::not_answered(&daily),
        }
        .into())
    }

    /// Records the message of a daily that is answered before the engine has recorded it, or after a crash that kept
    /// the engine from doing so. The answer itself shows that the message is there.
    pub(super) async fn note_message(
        &self,
        daily: &Daily,
        message: MessageRef,
    ) -> Result<(), Error> {
        if daily.state == DailyState::Claimed {
            self.record_posted(daily, message.into(), None).await?;
        }
        Ok(())
    }

    /// Has a message taken away whose letters a member pressed, if another one in that channel shows the daily.
    fn note_double(&self, daily: &Daily, pressed: &MessageRef) {
        let shown = daily.message.as_ref();
        let is_other = shown.is_some_and(|message| *message != pressed.message);
        let same_channel = daily.channel == pressed.place.channel;
        if daily.state == DailyState::Posted && is_other && same_channel {
            self.doubles.add(pressed.clone());
            self.wakes.notices.call();
        }
    }

    /// Takes note of a message of ours that was seen just after it was posted, and shows a daily. Returns whether another
    /// shows that daily already: then this one is a duplicate.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn saw_daily(&self, id: i64, at: &MessageRef) -> Result<bool, Error> {
        let daily = self.store.daily(id).await?;
        let Some(daily) = daily.filter(|daily| daily.space == at.place.space) else {
            return Ok(false);
        };
        // Long after its last try, a message with its number is of another database.
        if !daily.was_tried() || (self.clock.now() - daily.tried_at).abs() > TRIED_LATELY {
            return Ok(false);
        }
        if let Some(message) = &daily.message {
            return Ok((&daily.channel, message) != (&at.place.channel, &at.message));
        }
        self.note_message(&daily, at.clone()).await?;
        Ok(false)
    }

    pub(super) async fn grade(
        &self,
        daily: &Daily,
        version: u32,
        user: &UserId,
        given: Given,
    ) -> Result<Answered, Error> {
        let now = self.clock.now();
        let today = self.store.zone(daily.space.clone()).await?.date(now);
        Ok(self
            .store
            .answer_daily((daily.id, version), user.clone(), given, today, now)
            .await?)
    }

    /// A daily of the caller's space.
    pub(super) async fn own_daily(&self, caller: &Caller, id: i64) -> Result<Daily, Error> {
        let daily = self.store.daily(id).await?;
        let daily = daily.filter(|daily| daily.space == caller.member.space);
        Ok(daily.ok_or_else(wording::daily_gone)?)
    }

    /// When a daily closes that takes answers.
    async fn closing(&self, daily: &Daily) -> Result<Option<Closing>, Error> {
        let (schedule, now) = (self.store.schedule(daily.schedule).await?, self.clock.now());
        // An answer may be what tells that it is posted.
        let posted_at = daily.posted_at.unwrap_or(now);
        Ok(schedule.map(|schedule| Closing::of(&schedule, posted_at, now)))
    }

    /// That a daily is closed, and what the caller can answer instead.
    pub(super) async fn closed_daily(&self, caller: &Caller, daily: &Daily) -> Result<Text, Error> {
        let (member, channel) = (caller.member.clone(), daily.channel.clone());
        let open = self.store.open_dailies(member, channel).await?;
        let another = open.iter().any(|(_, answered)| !answered);
        Ok(wording::daily_closed(daily, another))
    }

    /// The verdict, or a receipt without it while it is hidden.
    async fn verdict_card(
        &self,
        caller: &Caller,
        daily: &Daily,
        answer: &Answer,
        note: Option<&str>,
    ) -> Outcome {
        let library = self.library();
        let about = wording::about_daily(&library.bank, daily);
        let settled = daily.state == DailyState::Closed;
        let withheld = self.withheld(caller).await?;
        let gives_away =
            !settled && withheld.holds_quiz(&library.bank, &daily.question, &daily.quiz);
        let hidden = daily.hides_verdicts() || gives_away;
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
            let receipt = match daily.hides_verdicts() {
                true => wording::receipt(&daily.quiz, answer.option, self.closing(daily).await?),
                false => {
                    let unanswered = withheld.unanswered();
                    let unanswered =
                        unanswered.holds_quiz(&library.bank, &daily.question, &daily.quiz);
                    wording::receipt_before_another(daily, answer.option, unanswered)
                }
            };
            return Ok(card.text(receipt).row([my_verdict(daily)]));
        }
        card = card
            .text(quiz_card::explained(&daily.quiz, Some(answer.option)))
            .text(wording::points_made(answer));
        if library.bank.question(&daily.question).is_some() {
            let answer = Action::ShowAnswer(daily.question.clone());
            card = card.row([Button::new(wording::MODEL_ANSWER, Style::Secondary, answer)]);
        }
        Ok(card)
    }
}

pub(super) fn my_verdict(daily: &Daily) -> Button {
    let action = Action::DailyVerdict {
        daily: daily.id,
        version: daily.version,
    };
    Button::new(wording::MY_VERDICT, Style::Primary, action)
}

/// The buttons that answer a daily.
fn letters(daily: &Daily) -> Vec<Button> {
    quiz_card::buttons(&daily.quiz, |option| Action::DailyAnswer {
        daily: daily.id,
        option,
        version: daily.version,
    })
}

/// A daily that takes answers.
pub(super) fn posted_card(bank: &Bank, daily: &Daily) -> Card {
    Card::new(Tone::Neutral, wording::daily_title(daily.date))
        .text(quiz_card::asked(&daily.quiz))
        .row(letters(daily))
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
        card = card.field(wording::FIRST, Text::new().member(first));
    }
    // Where nobody answered there is none to show.
    let answered = votes.iter().any(|vote| vote.count > 0);
    let verdict = (answered && daily.reveal == Reveal::AtClose).then(|| my_verdict(daily));
    let answer = bank.question(&daily.question).map(|question| {
        let action = Action::ShowAnswer(question.id.clone());
        Button::new(wording::MODEL_ANSWER, Style::Secondary, action)
    });
    card.row(verdict.into_iter().chain(answer))
        .footer(wording::closed_footer(bank, daily))
}
