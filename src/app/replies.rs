//! What members type: an answer to a daily where one can be read, a hint where it can't, and silence
//! where it isn't meant as one.

use crate::model::{Answer, Answered, ChannelId, Daily, DailyState, Given, MessageId, MessageRef};
use crate::rules::grading::{
    Asked, Reading, asks_about_own_answer, asks_how_to_answer, calls_for_help, says_yes_or_no,
};

use super::action::Action;
use super::card::{Card, Tone};
use super::hints::{Hint, counts, first_stays, read_asked, receipt};
use super::outcome::Error;
use super::typed::Typed;
use super::{App, Caller, wording};

/// A message that a member wrote.
#[derive(Clone, Debug)]
pub struct Said {
    /// Where.
    pub channel: ChannelId,
    /// What, without the mention of the bot.
    pub text: String,
    /// The message of the bot that it replies to, and what the first button there does.
    pub reply_to: Option<(MessageRef, Option<Action>)>,
    /// Whether it names the bot. What replies to none of its messages does.
    pub names_bot: bool,
}

/// Which message of the bot is replied to.
enum Below {
    /// The daily.
    Daily,
    /// A hint to this member, which asked this.
    Hint(Asked),
    /// A receipt, whoever's.
    Receipt,
    /// A hint to somebody else.
    OtherHint,
}

impl Below {
    /// By what the first button of that message does.
    fn of(action: Option<&Action>, caller: &Caller) -> Below {
        match action {
            Some(Action::HintAnswer { to, asked, .. }) if to == caller.member.user.id() => {
                Below::Hint(read_asked(asked))
            }
            Some(Action::HintAnswer { .. }) => Below::OtherHint,
            Some(Action::DailyVerdict { .. }) => Below::Receipt,
            _ => Below::Daily,
        }
    }
}

impl App {
    /// Answers a message. `None`: it is not for the bot to answer. A card is for everyone to see, so it
    /// never says whether an answer is right.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn said(&self, caller: &Caller, said: Said) -> Result<Option<Card>, Error> {
        let Some((message, action)) = said.reply_to else {
            return self.mentioned(caller, said.channel, &said.text).await;
        };
        let below = Below::of(action.as_ref(), caller);
        if let Some((daily, version)) = self.daily_behind(caller, message, action).await? {
            let typed = self.typed(caller, daily, &said.text, below).await?;
            return self.reply(caller, &typed, version, said.names_bot).await;
        }
        if said.names_bot && asks(&said.text) {
            return Ok(Some(how_to_answer(caller)));
        }
        self.beside(caller, said.channel, &said.text).await
    }

    /// Reads what a member typed below a message about a daily. A yes or a no below the daily itself is one to what they
    /// were asked last; elsewhere it may be meant for something else, so they are asked again.
    async fn typed<'a>(
        &self,
        caller: &Caller,
        daily: Daily,
        text: &'a str,
        below: Below,
    ) -> Result<Typed<'a>, Error> {
        let given = self.answer_of(caller, &daily).await?;
        let (asked, to_daily, to_receipt) = match below {
            Below::Hint(asked) => {
                return Ok(Typed::read(daily, text, given.as_ref(), asked));
            }
            Below::Daily => (Asked::default(), true, false),
            Below::Receipt => (Asked::default(), false, true),
            Below::OtherHint => (Asked::default(), false, false),
        };
        let typed = Typed::read(daily, text, given.as_ref(), asked);
        if typed.answers() {
            return Ok(typed);
        }
        if says_yes_or_no(text)
            && (to_daily || given.is_none())
            && let Some(last) = self.last_asked(caller, &typed).await?
        {
            let which = last.which || !to_daily;
            return Ok(typed.below_hint(Asked { which, ..last }));
        }
        Ok(match given {
            Some(given) if typed.daily.hides_verdicts() => {
                typed.corrected(given.option, to_receipt)
            }
            _ => typed,
        })
    }

    /// Says where an answer belongs that replies to a message of the bot that is about no daily. It is not taken for an
    /// answer to one, since it may be meant for what that message asks.
    async fn beside(
        &self,
        caller: &Caller,
        channel: ChannelId,
        text: &str,
    ) -> Result<Option<Card>, Error> {
        let open = self.store.open_dailies(caller.member.clone(), channel);
        for (daily, answered) in open.await? {
            let user = caller.member.user.clone();
            // What hides its verdicts takes another answer from whoever deleted none.
            let takes = !answered
                || daily.hides_verdicts()
                    && !self.store.answered_before_deletion(daily.id, user).await?;
            if takes && Typed::read(daily, text, None, Asked::default()).answers() {
                return Ok(Some(how_to_answer(caller)));
            }
        }
        Ok(None)
    }

    /// The daily that a message of the bot shows or is about, a hint or a receipt, and its version there.
    async fn daily_behind(
        &self,
        caller: &Caller,
        message: MessageRef,
        action: Option<Action>,
    ) -> Result<Option<(Daily, Option<u32>)>, Error> {
        let (found, version) = match action {
            Some(
                Action::DailyAnswer { daily, version, .. }
                | Action::HintAnswer { daily, version, .. }
                | Action::DailyVerdict { daily, version },
            ) => (self.store.daily(daily).await?, Some(version)),
            _ => (self.store.daily_of_message(message.clone()).await?, None),
        };
        let Some(daily) = found.filter(|daily| daily.space == caller.member.space) else {
            return Ok(None);
        };
        self.note_message(&daily, message).await?;
        Ok(Some((daily, version)))
    }

    async fn reply(
        &self,
        caller: &Caller,
        typed: &Typed<'_>,
        version: Option<u32>,
        names_bot: bool,
    ) -> Result<Option<Card>, Error> {
        let daily = &typed.daily;
        if daily.state == DailyState::Closed {
            return self.say_closed(caller, typed, names_bot).await;
        }
        if typed.reading != Reading::NotAnAttempt
            && version.is_some_and(|version| version != daily.version)
        {
            return self.say_replaced(caller, daily).await;
        }
        self.answer_typed(caller, typed).await
    }

    /// Answers a message that names the bot and replies to no daily: it may be an answer to the only
    /// one that is open there.
    async fn mentioned(
        &self,
        caller: &Caller,
        channel: ChannelId,
        text: &str,
    ) -> Result<Option<Card>, Error> {
        let mut open = self
            .store
            .open_dailies(caller.member.clone(), channel.clone())
            .await?;
        if open.len() > 1 {
            open.retain(|(_, answered)| !answered);
        }
        if open.is_empty()
            && let Some(daily) = self.discussed_in(caller, &channel).await?
        {
            let typed = Typed::read(daily, text, None, Asked::default());
            return self.say_closed(caller, &typed, true).await;
        }
        let open = open.into_iter();
        let read = |(daily, _)| Typed::read(daily, text, None, Asked::default());
        let mut typed: Vec<Typed> = open.map(read).collect();
        // Whoever names the bot may well talk about it: only what surely is an answer, or a part of one, is taken so.
        if !typed.iter().any(Typed::may_answer) {
            // Who asks, or answers where nothing is asked, is told each time; their number is bounded by the pace.
            const SHORT: usize = 3;
            let short = || text.trim().chars().count() <= SHORT;
            let told = asks(text) || typed.is_empty() && short();
            let told = told || self.told_first(caller, Hint::Mention).await?;
            return Ok(told.then(|| how_to_answer(caller)));
        }
        match &mut typed[..] {
            [only] => {
                let given = self.answer_of(caller, &only.daily).await?;
                only.given = given.map(|given| given.option);
                self.answer_typed(caller, only).await
            }
            several => {
                let newest = several.iter().map(|typed| typed.daily.id).max();
                let hint = Hint::Which(newest.unwrap_or_default());
                self.say_once(caller, hint, wording::which_daily(caller.platform()))
                    .await
            }
        }
    }

    /// Records what was typed, or says how to answer where it is no answer but meant as one.
    async fn answer_typed(
        &self,
        caller: &Caller,
        typed: &Typed<'_>,
    ) -> Result<Option<Card>, Error> {
        let Reading::Option(option) = typed.reading else {
            return self.hint(caller, typed).await;
        };
        let (daily, user) = (&typed.daily, &caller.member.user);
        let named = wording::named_option(option, typed.veiled());
        let given = Given {
            option,
            typed: true,
        };
        let text = match self.grade(daily, daily.version, user, given).await? {
            Answered::Closed => return self.say_closed(caller, typed, false).await,
            Answered::Replaced => return self.say_replaced(caller, daily).await,
            Answered::BeforeDeletion => return self.say_answered(caller, daily).await,
            Answered::Recorded(_) if daily.hides_verdicts() => wording::reply_kept(user, &named),
            Answered::Changed(_) if daily.hides_verdicts() => wording::reply_changed(user, &named),
            Answered::Already(_) if daily.hides_verdicts() => wording::reply_stays(user, &named),
            Answered::Recorded(_) | Answered::Changed(_) => wording::reply_recorded(user),
            Answered::Already(_) => return Ok(Some(first_stays(caller, daily))),
        };
        Ok(Some(receipt(daily, text)))
    }

    async fn answer_of(&self, caller: &Caller, daily: &Daily) -> Result<Option<Answer>, Error> {
        let user = caller.member.user.clone();
        Ok(self.store.answer_of(daily.id, user).await?)
    }

    /// Whoever asks is told each time that a daily is closed; their number is bounded by the pace. Whoever answers, once.
    async fn say_closed(
        &self,
        caller: &Caller,
        typed: &Typed<'_>,
        names_bot: bool,
    ) -> Result<Option<Card>, Error> {
        let (daily, text) = (&typed.daily, typed.text);
        let asks_own = asks_about_own_answer(text) || asks_how_to_answer(text);
        let told = asks_own
            || names_bot && asks(text)
            || typed.answers() && self.told_first(caller, Hint::Closed(daily.id)).await?;
        if !told {
            return Ok(None);
        }
        let answered = self.answer_of(caller, daily).await?.is_some();
        if answered && (asks_own || typed.answers()) {
            return Ok(Some(counts(caller, daily)));
        }
        let closed = self.closed_daily(caller, daily).await?;
        Ok(Some(Card::new(Tone::Neutral, wording::CLOSED).text(closed)))
    }

    /// The closed daily in whose thread something is said, where a thread is a channel of its own: it has the id of the
    /// message that it starts from.
    async fn discussed_in(
        &self,
        caller: &Caller,
        thread: &ChannelId,
    ) -> Result<Option<Daily>, Error> {
        let (space, message) = (caller.member.space.clone(), MessageId(thread.0.clone()));
        let daily = self.store.daily_in_space(space, message).await?;
        Ok(daily.filter(|daily| daily.state == DailyState::Closed))
    }

    async fn say_replaced(&self, caller: &Caller, daily: &Daily) -> Result<Option<Card>, Error> {
        let hint = Hint::Replaced(daily.id, daily.version);
        self.say_once(caller, hint, wording::daily_replaced()).await
    }
}

/// How a daily is answered, whichever it is.
fn how_to_answer(caller: &Caller) -> Card {
    let text = wording::how_to_answer_any(caller.platform());
    Card::new(Tone::Neutral, wording::TO_ANSWER).text(text)
}

/// Whether a message to the bot asks it something.
fn asks(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.starts_with('/') || text.ends_with('?') || calls_for_help(text)
}
