//! What members type: an answer to a daily where one can be read, a hint where it can't, and silence
//! where it isn't meant as one.

use crate::model::{
    Answer, Answered, ChannelId, Daily, DailyState, Given, Member, MessageRef, Reveal, UserId,
};
use crate::rules::grading::{
    Reading, calls_for_help, is_question, read_reply_to_hint, says_yes_or_no,
};

use super::action::Action;
use super::card::{Button, Card, Tone};
use super::daily::my_verdict;
use super::outcome::Error;
use super::text::{Text, plain};
use super::{App, Caller, quiz_card, wording};

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
        let asked = asked(action.as_ref(), caller);
        let to_receipt = matches!(action, Some(Action::DailyVerdict { .. }));
        if let Some((daily, version)) = self.daily_behind(caller, message, action).await? {
            let reading = read(&daily, &said.text, &asked);
            let member = &caller.member;
            let given = self.answer_of(&daily, member).await?;
            let reading = match given.filter(|_| asked.is_empty() && daily.hides_verdicts()) {
                Some(given) => corrected(&daily, &said.text, (reading, given.option), to_receipt),
                None => reading,
            };
            return self
                .reply(caller, &daily, version, (reading, &said.text))
                .await;
        }
        if said.names_bot && asks(&said.text) {
            return Ok(Some(how_to_answer()));
        }
        self.beside(caller, said.channel, &said.text).await
    }

    /// Says where an answer belongs that replies to a message of the bot that is about no daily. It is not taken for an
    /// answer to one, since it may be meant for what that message asks.
    async fn beside(
        &self,
        caller: &Caller,
        channel: ChannelId,
        text: &str,
    ) -> Result<Option<Card>, Error> {
        let open = self
            .store
            .open_dailies(caller.member.clone(), channel)
            .await?;
        let takes = |daily: &Daily, answered: bool| !answered || daily.hides_verdicts();
        let answers = open
            .iter()
            .any(|(daily, answered)| takes(daily, *answered) && answers(daily, text));
        Ok(answers.then(how_to_answer))
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
        daily: &Daily,
        version: Option<u32>,
        (reading, text): (Reading, &str),
    ) -> Result<Option<Card>, Error> {
        if daily.state == DailyState::Closed {
            return self.say_closed(caller, daily, &reading).await;
        }
        if reading != Reading::NotAnAttempt
            && version.is_some_and(|version| version != daily.version)
        {
            return self.say_replaced(caller, daily).await;
        }
        self.answer_typed(caller, daily, (reading, text)).await
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
            .open_dailies(caller.member.clone(), channel)
            .await?;
        if open.len() > 1 {
            open.retain(|(_, answered)| !answered);
        }
        // Whoever names the bot may well talk about it: only what surely is an answer, or a part of one, is taken so.
        if !open.iter().any(|(daily, _)| may_answer(daily, text)) {
            // Who asks, or answers where nothing is asked, is told each time; their number is bounded by the pace.
            const SHORT: usize = 3;
            let short = || text.trim().chars().count() <= SHORT;
            let told = asks(text) || open.is_empty() && short();
            let told = told || self.told_first(caller, "mention".to_owned()).await?;
            return Ok(told.then(how_to_answer));
        }
        match &open[..] {
            [(daily, _)] => {
                let reading = read(daily, text, &[]);
                self.answer_typed(caller, daily, (reading, text)).await
            }
            several => {
                let newest = several.iter().map(|(daily, _)| daily.id).max();
                let about = format!("which {}", newest.unwrap_or_default());
                self.say_once(caller, about, wording::which_daily()).await
            }
        }
    }

    /// Records what was typed, or says how to answer where it is no answer but meant as one.
    async fn answer_typed(
        &self,
        caller: &Caller,
        daily: &Daily,
        (reading, typed): (Reading, &str),
    ) -> Result<Option<Card>, Error> {
        let Reading::Option(option) = reading else {
            let again = reading == Reading::NotAnAttempt
                && self.says_to_a_hint(caller, daily, typed).await?;
            let reading = if again { Reading::Denial } else { reading };
            return self.hint(caller, daily, (&reading, typed)).await;
        };
        let user = &caller.member.user;
        // Behind a spoiler mark it stays hidden in what everyone reads of it.
        let named = wording::named_option(option, typed.contains("||"));
        let given = self
            .grade(
                daily,
                daily.version,
                user,
                Given {
                    option,
                    typed: true,
                },
            )
            .await?;
        let text = match given {
            Answered::Closed => return self.say_closed(caller, daily, &reading).await,
            Answered::Replaced => return self.say_replaced(caller, daily).await,
            Answered::BeforeDeletion => {
                let about = format!("answered {}", daily.id);
                let text = wording::reply_answered(user);
                return self.say_once(caller, about, text).await;
            }
            Answered::Recorded(_) if daily.hides_verdicts() => wording::reply_kept(user, &named),
            Answered::Changed(_) if daily.hides_verdicts() => wording::reply_changed(user, &named),
            Answered::Already(_) if daily.hides_verdicts() => wording::reply_stays(user, &named),
            Answered::Recorded(_) | Answered::Changed(_) => wording::reply_recorded(user),
            Answered::Already(_) => wording::reply_already(user),
        };
        Ok(Some(receipt(daily, text)))
    }

    /// Whether this is a yes or a no of a member who was asked which option of this daily they mean, and has not said so
    /// since: it was typed below the daily rather than below the question.
    async fn says_to_a_hint(
        &self,
        caller: &Caller,
        daily: &Daily,
        typed: &str,
    ) -> Result<bool, Error> {
        if !says_yes_or_no(typed) {
            return Ok(false);
        }
        let member = &caller.member;
        let was_asked = self.store.was_told(member.clone(), asked_about(daily));
        Ok(was_asked.await? && self.answer_of(daily, member).await?.is_none())
    }

    async fn answer_of(&self, daily: &Daily, member: &Member) -> Result<Option<Answer>, Error> {
        Ok(self.store.answer_of(daily.id, member.user.clone()).await?)
    }

    /// How to answer a daily, with its letters; or what is true already, where the first answer counts and is given.
    ///
    /// Whoever surely tries is told each time, so that no try meets silence: each is a message to the bot, and their
    /// number is bounded by the pace. What may be talk is told about once per member and daily, or letter of it, and where
    /// it names none never once an answer is given: then people talk about the question. Talk is never told anything.
    async fn hint(
        &self,
        caller: &Caller,
        daily: &Daily,
        (reading, typed): (&Reading, &str),
    ) -> Result<Option<Card>, Error> {
        let given = self.answer_of(daily, &caller.member).await?;
        let about = format!("daily {}", daily.id);
        let user = &caller.member.user;
        if given.is_some() && daily.reveal == Reveal::AtOnce {
            let told = match reading {
                Reading::Ambiguous(_) | Reading::Denial | Reading::Change => true,
                // It may speak of the question: "B is wrong".
                Reading::Unclear | Reading::Part(_) if !is_question(typed) => {
                    self.told_first(caller, about).await?
                }
                _ => false,
            };
            return Ok(told.then(|| receipt(daily, wording::reply_already(user))));
        }
        let told = match reading {
            Reading::NotAnAttempt => false,
            Reading::Change => given.is_some(),
            Reading::Unclear if given.is_some() => !is_question(typed),
            Reading::Related(options) if options.is_empty() => {
                given.is_none() && self.told_first(caller, about).await?
            }
            // What may be talk about one letter says nothing of another.
            Reading::Related(options) => {
                let about = format!("{about} asked {}", digits(options));
                self.told_first(caller, about).await?
            }
            _ => true,
        };
        if !told {
            return Ok(None);
        }
        let given = given.map(|given| given.option);
        let card = self.asking(caller, daily, (reading, typed), given).await?;
        Ok(Some(card))
    }

    /// What a hint says to a member of this answer, with the letters. Which options it asks about is noted.
    async fn asking(
        &self,
        caller: &Caller,
        daily: &Daily,
        (reading, typed): (&Reading, &str),
        given: Option<usize>,
    ) -> Result<Card, Error> {
        let count = daily.quiz.options.len();
        let all: Vec<usize> = (0..count).collect();
        // Behind a spoiler mark it stays hidden in what everyone reads of it.
        let veiled = typed.contains("||");
        let (title, how, asked) = match reading {
            Reading::Ambiguous(options) => {
                let how = wording::ambiguous(options, veiled);
                (wording::WHICH_OPTION, how, &options[..])
            }
            Reading::Part(options) | Reading::Related(options) if !options.is_empty() => {
                let how = match options[..] {
                    [option] if given == Some(option) => {
                        wording::answered_so(&wording::named_option(option, veiled))
                    }
                    _ => wording::part(options, veiled),
                };
                (wording::WHICH_OPTION, how, &options[..])
            }
            Reading::Denial => (wording::WHICH_OPTION, wording::which_then(count), &all[..]),
            Reading::Related(_) => (wording::TO_ANSWER, wording::maybe_talk(count), &[][..]),
            Reading::Change => (wording::TO_ANSWER, wording::to_change(count), &[][..]),
            _ => (wording::TO_ANSWER, wording::unclear(count), &[][..]),
        };
        if !asked.is_empty() {
            self.told_first(caller, asked_about(daily)).await?;
        }
        let how = match given {
            Some(given) if asked != [given] => how.md(wording::ANSWER_STAYS),
            _ => how,
        };
        let letters = hint_letters(daily, &caller.member.user, asked);
        Ok(Card::new(Tone::Neutral, title).text(how).row(letters))
    }

    async fn say_closed(
        &self,
        caller: &Caller,
        daily: &Daily,
        reading: &Reading,
    ) -> Result<Option<Card>, Error> {
        if !matches!(reading, Reading::Option(_) | Reading::Ambiguous(_)) {
            return Ok(None);
        }
        let about = format!("closed {}", daily.id);
        let closed = self.closed_daily(caller, daily).await?;
        self.say_once(caller, about, closed).await
    }

    async fn say_replaced(&self, caller: &Caller, daily: &Daily) -> Result<Option<Card>, Error> {
        let about = format!("replaced {} {}", daily.id, daily.version);
        self.say_once(caller, about, wording::daily_replaced())
            .await
    }

    /// What a member is told once.
    async fn say_once(
        &self,
        caller: &Caller,
        about: String,
        text: Text,
    ) -> Result<Option<Card>, Error> {
        let first = self.told_first(caller, about).await?;
        Ok(first.then(|| Card::new(Tone::Neutral, wording::TO_ANSWER).text(text)))
    }

    async fn told_first(&self, caller: &Caller, about: String) -> Result<bool, Error> {
        Ok(self.store.told_first(caller.member.clone(), about).await?)
    }
}

/// Under which a member is noted who was asked which option of a daily they mean.
fn asked_about(daily: &Daily) -> String {
    format!("daily {} asked", daily.id)
}

/// What everyone may see of an answer.
fn receipt(daily: &Daily, text: Text) -> Card {
    let card = Card::new(Tone::Neutral, wording::RECORDED).text(text);
    card.row([my_verdict(daily)])
}

/// How a daily is answered, whichever it is.
fn how_to_answer() -> Card {
    Card::new(Tone::Neutral, wording::TO_ANSWER).text(wording::how_to_answer_any())
}

/// Whether a message to the bot asks it something.
fn asks(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.starts_with('/') || text.ends_with('?') || calls_for_help(text)
}

/// Whether a text answers a daily, or may mean several of its options.
fn answers(daily: &Daily, text: &str) -> bool {
    matches!(
        read(daily, text, &[]),
        Reading::Option(_) | Reading::Ambiguous(_)
    )
}

/// Whether a text answers a daily, or is a part of an answer.
fn may_answer(daily: &Daily, text: &str) -> bool {
    answers(daily, text) || matches!(read(daily, text, &[]), Reading::Part(_))
}

/// A reading of what a member typed whose answer, this option, may still change: "nope C" corrects it, and below a receipt
/// so does a "no". What names an option stays as it is read: an option may itself be "No".
fn corrected(
    daily: &Daily,
    text: &str,
    (reading, given): (Reading, usize),
    to_receipt: bool,
) -> Reading {
    if matches!(reading, Reading::Option(_) | Reading::Ambiguous(_)) {
        return reading;
    }
    match read(daily, text, &[given]) {
        Reading::Denial if to_receipt => Reading::Denial,
        Reading::Part(others) if !others.contains(&given) => Reading::Part(others),
        _ => reading,
    }
}

/// The options, from 0, that a hint asked this member about, by what its first button does.
fn asked(action: Option<&Action>, caller: &Caller) -> Vec<usize> {
    match action {
        Some(Action::HintAnswer { to, asked, .. }) if to == caller.member.user.id() => {
            let digits = asked.chars().filter_map(|digit| digit.to_digit(10));
            digits.map(|digit| digit as usize).collect()
        }
        _ => Vec::new(),
    }
}

/// Options, from 0, as one digit each.
fn digits(options: &[usize]) -> String {
    options.iter().map(usize::to_string).collect()
}

/// The buttons below a hint to a member, which remember what it asked them about.
fn hint_letters(daily: &Daily, user: &UserId, asked: &[usize]) -> Vec<Button> {
    quiz_card::buttons(&daily.quiz, |option| Action::HintAnswer {
        daily: daily.id,
        option,
        version: daily.version,
        to: user.id().to_owned(),
        asked: digits(asked),
    })
}

/// What a reply to a daily means, or to a hint that asked about these options.
fn read(daily: &Daily, text: &str, asked: &[usize]) -> Reading {
    // As members see them, without the signs that format them.
    let options = daily.quiz.options.iter();
    let options: Vec<String> = options.map(|option| plain(&option.text)).collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    read_reply_to_hint(text, &options, asked)
}
