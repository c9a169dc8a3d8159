//! How a quiz looks: asked, and with each option explained. Dailies and practice share it.

use crate::model::Quiz;

use super::action::Action;
use super::card::{Button, Style};
use super::text::Text;
use super::wording::{self, BREAK};

/// The prompt and the lettered options.
pub(super) fn asked(quiz: &Quiz) -> Text {
    let mut text = Text::new().strong(&quiz.prompt).md("\n");
    for (position, option) in quiz.options.iter().enumerate() {
        let letter = wording::letter(position);
        text = text.md(format!("\n**{letter}** · ")).line(&option.text);
    }
    text
}

/// The buttons that answer it, one for each option.
pub(super) fn buttons(quiz: &Quiz, action: impl Fn(usize) -> Action) -> Vec<Button> {
    (0..quiz.options.len())
        .map(|option| Button::new(wording::letter(option), Style::Secondary, action(option)))
        .collect()
}

/// The prompt, and each option with whether it is right, and why. `chosen` is marked.
pub(super) fn explained(quiz: &Quiz, chosen: Option<usize>) -> Text {
    let mut text = Text::new().strong(&quiz.prompt).md("\n");
    for (position, option) in quiz.options.iter().enumerate() {
        let mark = if option.right { "✅" } else { "❌" };
        let yours = if chosen == Some(position) {
            wording::YOURS
        } else {
            ""
        };
        let letter = wording::letter(position);
        text = text
            .md(format!("\n{mark} **{letter}** · "))
            .line(&option.text)
            .md(yours);
        // Trivia may not say why.
        if !option.why.is_empty() {
            text = text.md(BREAK).line(&option.why);
        }
        text = text.md("\n");
    }
    text
}
