//! Commands in our own sentences, by the names that they have in the workspace.

use std::borrow::Cow;

use crate::app::card::{Card, Part};
use crate::app::text::Span;
use crate::slack::settings::Commands;

/// A card in whose sentences of ours each command is called what it is called in the workspace. What question files and
/// people say stays as it is.
pub(crate) fn renamed<'a>(card: &'a Card, commands: &Commands) -> Cow<'a, Card> {
    if commands.0.is_empty() {
        return Cow::Borrowed(card);
    }
    let mut card = card.clone();
    if card.title.starts_with('/') {
        card.title = called(&card.title, commands);
    }
    card.footer = card.footer.map(|footer| called(&footer, commands));
    for part in &mut card.body {
        let (Part::Text(text) | Part::Field { value: text, .. }) = part;
        for span in &mut text.0 {
            if let Span::Markdown(ours) = span {
                *ours = called(ours, commands);
            }
        }
    }
    Cow::Owned(card)
}

/// A text with the names of commands replaced that follow a slash where a word begins.
pub(crate) fn called(text: &str, commands: &Commands) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('/') {
        out.push_str(before);
        out.push('/');
        let within =
            out[..out.len() - 1].ends_with(|c: char| c.is_alphanumeric() || "/.:".contains(c));
        let end = after.find(|c: char| !c.is_ascii_lowercase());
        let (name, after) = after.split_at(end.unwrap_or(after.len()));
        out.push_str(if within { name } else { commands.called(name) });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::app::card::Tone;
    use crate::app::text::Text;

    fn commands() -> Commands {
        let names = [
            ("quiz", "practise"),
            ("schedule", "plan"),
            ("topics", "quiz"),
        ];
        let names = names.map(|(ours, name)| (ours.to_owned(), name.to_owned()));
        Commands(BTreeMap::from(names))
    }

    #[test]
    fn commands_are_called_what_they_are_called_there_and_nothing_else_is() {
        for (text, said) in [
            (
                "Try `/quiz caching` or /topics.",
                "Try `/practise caching` or /quiz.",
            ),
            ("`/schedule list`, `/stats`", "`/plan list`, `/stats`"),
            ("(/quiz)/schedule", "(/practise)/plan"),
            (
                "https://example.com/quiz and a/schedule",
                "https://example.com/quiz and a/schedule",
            ),
            ("/quizzes / quiz //", "/quizzes / quiz //"),
        ] {
            assert_eq!(called(text, &commands()), said, "{text}");
        }
    }

    #[test]
    fn only_our_own_sentences_are_changed() {
        let text = Text::from("See `/quiz`: ")
            .plain("/quiz")
            .blocks("/quiz")
            .line("/quiz");
        let card = Card::new(Tone::Neutral, "/schedule set")
            .text(text)
            .footer("/topics");
        let shown = renamed(&card, &commands());
        assert_eq!(
            (shown.title.as_str(), shown.footer.as_deref()),
            ("/plan set", Some("/quiz"))
        );
        let [Part::Text(text)] = shown.body.as_slice() else {
            panic!("one text: {:?}", shown.body);
        };
        assert_eq!(text.to_string(), "See `/practise`: /quiz/quiz/quiz");
        assert!(matches!(
            renamed(&card, &Commands::default()),
            Cow::Borrowed(_)
        ));
    }
}
