//! Options with a few values to choose from.

use std::borrow::Cow;

use poise::{ChoiceParameter, CommandParameterChoice};

use crate::app::wording;
use crate::model::{Difficulty, Reveal};
use crate::rules::periods::Period;

/// A value that is chosen from a few.
pub(super) trait OneOfAFew: Copy + 'static {
    /// All of them, in the order in which Discord shows them.
    const ALL: &'static [Self];

    /// What Discord shows.
    fn word(self) -> &'static str;
}

impl OneOfAFew for Difficulty {
    const ALL: &'static [Self] = &Difficulty::ALL;

    fn word(self) -> &'static str {
        wording::difficulty_choice(self)
    }
}

impl OneOfAFew for Period {
    const ALL: &'static [Self] = &Period::ALL;

    fn word(self) -> &'static str {
        wording::period_choice(self)
    }
}

impl OneOfAFew for Reveal {
    const ALL: &'static [Self] = &Reveal::ALL;

    fn word(self) -> &'static str {
        wording::reveal_choice(self)
    }
}

/// A choice as a command's parameter.
#[derive(Clone, Copy)]
pub(super) struct Choice<T>(pub T);

impl<T: OneOfAFew> ChoiceParameter for Choice<T> {
    fn list() -> Cow<'static, [CommandParameterChoice]> {
        let choice = |value: &T| CommandParameterChoice {
            name: value.word().into(),
            localizations: Cow::Borrowed(&[]),
            __non_exhaustive: (),
        };
        T::ALL.iter().map(choice).collect()
    }

    fn from_index(index: usize) -> Option<Self> {
        T::ALL.get(index).copied().map(Self)
    }

    fn from_name(name: &str) -> Option<Self> {
        let mut all = T::ALL.iter().copied();
        all.find(|value| value.word() == name).map(Self)
    }

    fn name(&self) -> &'static str {
        self.0.word()
    }

    fn localized_name(&self, _: &str) -> Option<&'static str> {
        None
    }
}
