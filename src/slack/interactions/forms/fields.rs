//! The fields of a form, one for each thing that a command takes.

use chrono::Weekday;
use slack_morphism::SlackActionId;
use slack_morphism::blocks::{
    SlackBlock, SlackBlockCheckboxesElement, SlackBlockChoiceItem, SlackBlockConversationFilter,
    SlackBlockConversationsSelectElement, SlackBlockExternalSelectElement,
    SlackBlockMultiExternalSelectElement, SlackBlockPlainTextInputElement, SlackBlockPlainTextOnly,
    SlackBlockStaticSelectElement, SlackBlockText, SlackBlockTimePickerElement,
    SlackConversationFilterInclude, SlackInputBlock, SlackInputBlockElement,
};

use crate::app::card::{LABEL, cut};
use crate::app::wording::{self, weekday};
use crate::model::Weekdays;
use crate::rules::timetable::parse_time;
use crate::slack::interactions::arguments::{Parameter, Takes};

/// The most characters of an option's value.
pub(crate) const VALUE: usize = 150;

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// An option: what is shown, and what it stands for.
type Choice = SlackBlockChoiceItem<SlackBlockPlainTextOnly>;

/// A field as it is when the form opens.
pub(super) struct Field<'a> {
    pub parameter: Parameter,
    /// What it is for, as in the command's description: first what to give, then, after a semicolon, what it is when it
    /// is left out.
    pub about: &'a str,
    pub value: Option<&'a str>,
    /// The names of the schedules that there are.
    pub schedules: &'a [String],
    /// What is shown of a value that is an id.
    pub label: &'a dyn Fn(&str) -> String,
}

/// The action of the element for a kind of value, by which its menu is known.
pub(crate) fn action(takes: Takes) -> &'static str {
    match takes {
        Takes::Question => "question",
        Takes::Topics => "topics",
        Takes::Zone => "zone",
        Takes::Dates => "dates",
        Takes::SkippedDates => "skipped",
        _ => "value",
    }
}

/// Whether the form can't be sent without it. Where a schedule posts is asked for here, since a form says it all.
pub(super) fn is_needed(parameter: Parameter) -> bool {
    let of_a_schedule = matches!(parameter.takes, Takes::Channel | Takes::Time | Takes::Zone);
    parameter.required || of_a_schedule
}

impl Field<'_> {
    /// The block with a label, the element and the hint.
    pub(super) fn block(&self) -> SlackBlock {
        let Parameter { name, takes, .. } = self.parameter;
        let label = capitalised(name);
        let mut block = SlackInputBlock::new(label.as_str().into(), self.element(takes))
            .with_block_id(name.into())
            .with_optional(!is_needed(self.parameter));
        block.hint = self.hint().map(|hint| hint.as_str().into());
        block.into()
    }

    /// What the element doesn't say by itself: how something is typed that one types, and what it is when it is left out
    /// that may be.
    fn hint(&self) -> Option<String> {
        let (given, otherwise) = match self.about.split_once("; ") {
            Some((given, otherwise)) => (given, Some(otherwise)),
            None => (self.about, None),
        };
        let picked = matches!(
            self.parameter.takes,
            Takes::Time | Takes::Days | Takes::Topics
        );
        let given = (!picked).then_some(given);
        let otherwise = otherwise.filter(|_| !is_needed(self.parameter));
        let parts: Vec<&str> = given.into_iter().chain(otherwise).collect();
        (!parts.is_empty()).then(|| capitalised(&parts.join("; ")))
    }

    fn element(&self, takes: Takes) -> SlackInputBlockElement {
        match takes {
            Takes::Question | Takes::Zone | Takes::Dates | Takes::SkippedDates => {
                self.menu().into()
            }
            Takes::Topics => self.menu_of_several().into(),
            Takes::Time => self.time().into(),
            Takes::Days => self.days().into(),
            Takes::Channel => self.channel().into(),
            Takes::Schedule => {
                let names = self.schedules.iter();
                self.select(names.map(|name| (name.as_str(), name.as_str())))
                    .into()
            }
            Takes::Flag => {
                let [yes, no] = wording::YES_AND_NO;
                self.select([(yes, "true"), (no, "false")]).into()
            }
            Takes::Reveal => {
                let words = takes.choices().into_iter();
                self.select(words.map(|word| (word, word))).into()
            }
            Takes::NewSchedule => self.text().into(),
            // No command that takes those has a form.
            Takes::Query
            | Takes::Topic
            | Takes::Difficulty
            | Takes::Period
            | Takes::Number
            | Takes::Member => self.text().into(),
        }
    }

    fn id(&self) -> SlackActionId {
        action(self.parameter.takes).into()
    }

    /// A menu that is filled while somebody types.
    fn menu(&self) -> SlackBlockExternalSelectElement {
        let mut element = SlackBlockExternalSelectElement::new()
            .with_action_id(self.id())
            .with_min_query_length(0);
        element.initial_option = self.value.and_then(|value| self.choice(value));
        element
    }

    /// The same, for several values.
    fn menu_of_several(&self) -> SlackBlockMultiExternalSelectElement {
        let mut element = SlackBlockMultiExternalSelectElement::new()
            .with_action_id(self.id())
            .with_min_query_length(0);
        let values = self.value.into_iter().flat_map(|values| values.split(','));
        let values = values.filter_map(|value| self.choice(value.trim()));
        element.initial_options = some(values.collect());
        element
    }

    fn time(&self) -> SlackBlockTimePickerElement {
        let mut element = SlackBlockTimePickerElement::new().with_action_id(self.id());
        let time = self.value.and_then(|value| parse_time(value).ok());
        element.initial_time = time.map(|time| time.format("%H:%M").to_string());
        element
    }

    fn channel(&self) -> SlackBlockConversationsSelectElement {
        let kinds = vec![
            SlackConversationFilterInclude::Public,
            SlackConversationFilterInclude::Private,
        ];
        let filter = SlackBlockConversationFilter::new().with_include(kinds);
        let mut element = SlackBlockConversationsSelectElement::new()
            .with_action_id(self.id())
            .with_filter(filter);
        element.initial_conversation = self.value.map(Into::into);
        element
    }

    fn text(&self) -> SlackBlockPlainTextInputElement {
        let mut element = SlackBlockPlainTextInputElement::new().with_action_id(self.id());
        element.initial_value = self.value.map(str::to_owned);
        element
    }

    fn choice(&self, value: &str) -> Option<Choice> {
        choice(&(self.label)(value), value)
    }

    /// A menu of a few, as (shown, sent).
    fn select<'b>(
        &self,
        options: impl IntoIterator<Item = (&'b str, &'b str)>,
    ) -> SlackBlockStaticSelectElement {
        let options = options.into_iter();
        let options: Vec<Choice> = options
            .filter_map(|(shown, value)| choice(shown, value))
            .collect();
        let is_chosen = |option: &&Choice| Some(option.value.as_str()) == self.value;
        let chosen = options.iter().find(is_chosen).cloned();
        let mut element = SlackBlockStaticSelectElement::new()
            .with_action_id(self.id())
            .with_options(options);
        element.initial_option = chosen;
        element
    }

    fn days(&self) -> SlackBlockCheckboxesElement {
        let option = |day: Weekday| {
            let text = SlackBlockPlainTextOnly::from(weekday(day));
            SlackBlockChoiceItem::new(SlackBlockText::from(text), weekday(day).to_lowercase())
        };
        let chosen = self.value.and_then(|days| days.parse::<Weekdays>().ok());
        let chosen = |day: &Weekday| chosen.is_some_and(|days| days.contains(*day));
        let mut element =
            SlackBlockCheckboxesElement::new(WEEK.map(option).to_vec()).with_action_id(self.id());
        element.initial_options = some(WEEK.into_iter().filter(chosen).map(option).collect());
        element
    }
}

/// An option, unless there is nothing to show or its value is longer than Slack takes.
pub(crate) fn choice(shown: &str, value: &str) -> Option<Choice> {
    let fits = !value.is_empty() && value.chars().count() <= VALUE;
    let shown = cut(shown.trim(), LABEL);
    let fits = fits && !shown.is_empty();
    fits.then(|| SlackBlockChoiceItem::new(shown.as_str().into(), value.to_owned()))
}

/// Slack refuses lists of nothing.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// A name with its first letter in upper case.
pub(super) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
