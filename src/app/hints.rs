//! What a member is told whose reply to a daily is no answer: how to answer it, or which option they may mean.

use std::fmt;

use crate::model::{Daily, Reveal, UserId};
use crate::rules::grading::{
    Asked, Reading, asks_about_own_answer, asks_how_to_answer, is_question,
};

use super::action::Action;
use super::card::{Button, Card, Tone};
use super::daily::my_verdict;
use super::outcome::Error;
use super::text::Text;
use super::typed::Typed;
use super::{App, Caller, quiz_card, wording};

/// What a member is told once. Its text is how that is noted.
pub(super) enum Hint<'a> {
    /// How to answer a daily, to whoever names the bot.
    Mention,
    /// How to answer this daily, to whoever may be talking about it.
    Daily(i64),
    /// Whether they mean these options of a daily, from 0, of which they may be talking.
    Options(i64, &'a [usize]),
    /// That this daily is closed.
    Closed(i64),
    /// That this daily has another question since this version.
    Replaced(i64, u32),
    /// That they can't answer this daily again, since they deleted an answer to it.
    Answered(i64),
    /// To say which daily they mean, where this is the newest.
    Which(i64),
}

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Mention => f.write_str("mention"),
            Self::Daily(daily) => write!(f, "daily {daily}"),
            Self::Options(daily, options) => write!(f, "daily {daily} asked {}", digits(options)),
            Self::Closed(daily) => write!(f, "closed {daily}"),
            Self::Replaced(daily, version) => write!(f, "replaced {daily} {version}"),
            Self::Answered(daily) => write!(f, "answered {daily}"),
            Self::Which(daily) => write!(f, "which {daily}"),
        }
    }
}

impl App {
    /// How to answer a daily, with its letters; or what is true already, where the first answer counts and is given.
    ///
    /// Whoever surely tries is told each time, so that no try meets silence: each is a message to the bot, and their
    /// number is bounded by the pace. What may be talk is told about once per member and daily, or letter of it, and where
    /// it names none never once an answer is given: then people talk about the question. Talk is never told anything,
    /// but for whoever has no answer and asks how to give one.
    pub(super) async fn hint(
        &self,
        caller: &Caller,
        typed: &Typed<'_>,
    ) -> Result<Option<Card>, Error> {
        let Typed {
            daily,
            reading,
            given,
            ..
        } = typed;
        let asks = is_question(typed.text);
        let asks_own = asks_about_own_answer(typed.text) && *reading != Reading::Change;
        if asks_own && given.is_some() {
            return Ok(Some(receipt_again(caller, daily)));
        }
        let asks_how = given.is_none() && (asks_own || asks_how_to_answer(typed.text));
        if asks_how || given.is_none() && *reading != Reading::NotAnAttempt {
            let user = caller.member.user.clone();
            if self.store.answered_before_deletion(daily.id, user).await? {
                return self.say_answered(caller, daily).await;
            }
        }
        if given.is_some() && daily.reveal == Reveal::AtOnce {
            let told = match reading {
                Reading::Ambiguous(_) | Reading::Denial | Reading::Change => true,
                // It may speak of the question: "B is wrong".
                Reading::Unclear | Reading::Part(_) if !asks => {
                    self.told_first(caller, Hint::Daily(daily.id)).await?
                }
                _ => false,
            };
            return Ok(told.then(|| first_stays(caller, daily)));
        }
        let told = match reading {
            _ if asks_how => true,
            Reading::NotAnAttempt => false,
            Reading::Change => given.is_some(),
            Reading::Unclear if given.is_some() => !asks,
            Reading::Related(options) if options.is_empty() => {
                given.is_none() && self.told_first(caller, Hint::Daily(daily.id)).await?
            }
            // What may be talk about one letter says nothing of another.
            Reading::Related(options) => {
                let hint = Hint::Options(daily.id, options);
                self.told_first(caller, hint).await?
            }
            _ => true,
        };
        Ok(match told {
            true => Some(self.asking(caller, typed).await?),
            false => None,
        })
    }

    /// What a hint says to a member, with the letters. What it asks is noted, for a yes or a no below the daily.
    async fn asking(&self, caller: &Caller, typed: &Typed<'_>) -> Result<Card, Error> {
        let (daily, given) = (&typed.daily, typed.given);
        let count = daily.quiz.options.len();
        let proposing = |options: &[usize]| Asked {
            options: options.to_vec(),
            which: false,
        };
        let asking_which = |options: &[usize]| Asked {
            options: options.to_vec(),
            which: true,
        };
        let veiled = typed.veiled();
        let (title, how, asked) = match &typed.reading {
            Reading::Ambiguous(options) => {
                let how = wording::ambiguous(options, veiled);
                (wording::WHICH_OPTION, how, proposing(options))
            }
            Reading::Part(options) | Reading::Related(options) if !options.is_empty() => {
                let how = match options[..] {
                    [option] if given == Some(option) => {
                        wording::answered_so(&wording::named_option(option, veiled))
                    }
                    _ => wording::part(options, veiled),
                };
                let title = match options[..] {
                    [option] if given == Some(option) => wording::ALREADY_ANSWERED,
                    _ => wording::WHICH_OPTION,
                };
                (title, how, proposing(options))
            }
            Reading::Denial => {
                let how = wording::which_then(count);
                (
                    wording::WHICH_OPTION,
                    how,
                    asking_which(&typed.asked.options),
                )
            }
            Reading::Related(_) if !asks_about_own_answer(typed.text) => (
                wording::TO_ANSWER,
                wording::maybe_talk(count),
                Asked::default(),
            ),
            Reading::Change => (
                wording::TO_ANSWER,
                wording::to_change(daily),
                asking_which(&[]),
            ),
            _ => (
                wording::TO_ANSWER,
                wording::unclear(count),
                asking_which(&[]),
            ),
        };
        let is_given = !asked.which && given.is_some_and(|given| asked.options == [given]);
        // Whoever is told what their answer is already is asked nothing.
        let noted = match is_given {
            true => Asked::default(),
            false => asked.clone(),
        };
        self.note_asked(caller, typed, &noted).await?;
        let how = match given {
            Some(_) if !is_given => how.md(wording::ANSWER_STAYS),
            _ => how,
        };
        let letters = hint_letters(daily, &caller.member.user, &asked);
        Ok(Card::new(Tone::Neutral, title).text(how).row(letters))
    }

    /// Notes what a member was asked last about a daily, with its question and their answer at that time.
    async fn note_asked(
        &self,
        caller: &Caller,
        typed: &Typed<'_>,
        asked: &Asked,
    ) -> Result<(), Error> {
        let said = format!("{} {}", state_of(typed), written(asked));
        let member = caller.member.clone();
        Ok(self
            .store
            .tell_last(member, asked_about(&typed.daily), said)
            .await?)
    }

    /// What a member was asked last about a daily. None where they were asked nothing, or the daily has another question
    /// since, or they another answer, or one that stays.
    pub(super) async fn last_asked(
        &self,
        caller: &Caller,
        typed: &Typed<'_>,
    ) -> Result<Option<Asked>, Error> {
        if typed.given.is_some() && !typed.daily.hides_verdicts() {
            return Ok(None);
        }
        let member = caller.member.clone();
        let said = self
            .store
            .last_told(member, asked_about(&typed.daily))
            .await?;
        let asked = said
            .as_deref()
            .and_then(|said| said.strip_prefix(&state_of(typed)));
        let asked = asked.map(|asked| read_asked(asked.trim_start()));
        Ok(asked.filter(|asked| *asked != Asked::default()))
    }

    /// What a member is told once.
    pub(super) async fn say_once(
        &self,
        caller: &Caller,
        hint: Hint<'_>,
        text: Text,
    ) -> Result<Option<Card>, Error> {
        let first = self.told_first(caller, hint).await?;
        Ok(first.then(|| Card::new(Tone::Neutral, wording::TO_ANSWER).text(text)))
    }

    /// Tells a member who deleted an answer to a daily that it takes no other.
    pub(super) async fn say_answered(
        &self,
        caller: &Caller,
        daily: &Daily,
    ) -> Result<Option<Card>, Error> {
        let first = self.told_first(caller, Hint::Answered(daily.id)).await?;
        let text = wording::reply_answered(&caller.member.user);
        Ok(first.then(|| Card::new(Tone::Neutral, wording::ALREADY_ANSWERED).text(text)))
    }

    /// Notes that a member is told this. Returns whether it is for the first time.
    pub(super) async fn told_first(&self, caller: &Caller, hint: Hint<'_>) -> Result<bool, Error> {
        let about = hint.to_string();
        Ok(self.store.told_first(caller.member.clone(), about).await?)
    }
}

/// Under which it is noted what a member was asked about a daily.
fn asked_about(daily: &Daily) -> String {
    format!("asks {}", daily.id)
}

/// What has to stay as it is for a yes to mean what was asked: the question, and the member's answer.
fn state_of(typed: &Typed) -> String {
    let given = typed
        .given
        .map_or("-".to_owned(), |given| given.to_string());
    format!("{} {given}", typed.daily.version)
}

/// What a hint asked, as it is written into its buttons: each option, from 0, as a digit, and "?" where it asked which one
/// is meant.
fn written(asked: &Asked) -> String {
    digits(&asked.options) + if asked.which { "?" } else { "" }
}

/// What a hint asked, by what is written in its buttons.
pub(super) fn read_asked(written: &str) -> Asked {
    let digits = written.chars().filter_map(|digit| digit.to_digit(10));
    Asked {
        options: digits.map(|digit| digit as usize).collect(),
        which: written.ends_with('?'),
    }
}

/// Options, from 0, as one digit each.
fn digits(options: &[usize]) -> String {
    options.iter().map(usize::to_string).collect()
}

/// The buttons below a hint to a member, which remember what it asked them.
fn hint_letters(daily: &Daily, user: &UserId, asked: &Asked) -> Vec<Button> {
    quiz_card::buttons(&daily.quiz, |option| Action::HintAnswer {
        daily: daily.id,
        option,
        version: daily.version,
        to: user.id().to_owned(),
        asked: written(asked),
    })
}

/// What everyone may see of a reply to a daily whose verdict the member has: it changes nothing.
pub(super) fn first_stays(caller: &Caller, daily: &Daily) -> Card {
    let text = wording::reply_already(&caller.member.user);
    let card = Card::new(Tone::Neutral, wording::ALREADY_ANSWERED).text(text);
    card.row([my_verdict(daily)])
}

/// What everyone may see of a reply to a closed daily by a member who answered it in time.
pub(super) fn counts(caller: &Caller, daily: &Daily) -> Card {
    let text = wording::reply_counts(&caller.member.user);
    let card = Card::new(Tone::Neutral, wording::CLOSED).text(text);
    card.row([my_verdict(daily)])
}

/// What everyone may see of an answer whose member asks about it. It names none, since it may have been pressed.
fn receipt_again(caller: &Caller, daily: &Daily) -> Card {
    receipt(daily, wording::reply_recorded(&caller.member.user))
}

/// What everyone may see of an answer.
pub(super) fn receipt(daily: &Daily, text: Text) -> Card {
    let card = Card::new(Tone::Neutral, wording::RECORDED).text(text);
    card.row([my_verdict(daily)])
}
