//! The neutral reply: what a use-case answers, before a platform renders it.

use super::action::Action;
use super::text::Text;

/// A reply of any use-case.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Shown as it stands, at most [`TITLE`] characters after cutting.
    pub title: String,
    /// The mood, shown as a colour where there are colours.
    pub tone: Tone,
    /// What it says, top to bottom.
    pub body: Vec<Part>,
    /// Rows of at most [`BUTTONS`] buttons.
    pub buttons: Vec<Vec<Button>>,
    /// Menus below the buttons.
    pub selects: Vec<Select>,
    /// A small last line.
    pub footer: Option<String>,
    /// Who sees it.
    pub audience: Audience,
    /// An attached file.
    pub file: Option<File>,
}

/// The longest title, the shorter of Discord's 256 and Slack's 150 characters.
pub const TITLE: usize = 150;
/// The most buttons in a row.
pub const BUTTONS: usize = 5;
/// The most options in a menu.
pub const OPTIONS: usize = 25;
/// The longest choice offered while somebody types, in characters.
pub const CHOICE: usize = 100;
/// The largest file in bytes, Discord's 10 MiB with room for the rest of the request; Slack's limit is
/// higher: <https://docs.discord.com/developers/reference#uploading-files>.
pub const FILE: usize = 10 * 1_000_000;
/// The longest label of a button or option.
pub const LABEL: usize = 75;

/// The mood of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something is asked or told.
    Neutral,
    /// Right, done.
    Good,
    /// Wrong, refused.
    Bad,
}

/// Who sees a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// All in the channel.
    Everyone,
    /// Only the member who caused it.
    Caller,
}

/// A part of a card's body.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Paragraphs.
    Text(Text),
    /// A short heading with text below it.
    Field {
        /// The heading.
        name: String,
        /// The text.
        value: Text,
    },
}

/// A button.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    /// What it says, at most [`LABEL`] characters.
    pub label: String,
    /// What it does.
    pub action: Action,
    /// How it looks.
    pub style: Style,
    /// Whether it can be pressed.
    pub enabled: bool,
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The one expected to be pressed.
    Primary,
    /// Any other.
    Secondary,
    /// Cannot be undone.
    Danger,
}

/// A menu from which one option is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Select {
    /// What it says before a choice.
    pub placeholder: String,
    /// What a choice does.
    pub action: Action,
    /// At most [`OPTIONS`].
    pub options: Vec<SelectOption>,
}

/// An option of a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectOption {
    /// What it says, at most [`LABEL`] characters.
    pub label: String,
    /// What is handed to the action.
    pub value: String,
    /// A second, smaller line.
    pub description: Option<String>,
}

/// A file.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Card {
    /// A card for everyone, without a body yet.
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            tone,
            body: Vec::new(),
            buttons: Vec::new(),
            selects: Vec::new(),
            footer: None,
            audience: Audience::Everyone,
            file: None,
        }
    }

    /// Only the caller sees it.
    pub fn private(mut self) -> Self {
        self.audience = Audience::Caller;
        self
    }

    /// Appends paragraphs.
    pub fn text(mut self, text: impl Into<Text>) -> Self {
        self.body.push(Part::Text(text.into()));
        self
    }

    /// Appends a heading with text.
    pub fn field(mut self, name: impl Into<String>, value: impl Into<Text>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.body.push(Part::Field { name, value });
        self
    }

    /// Appends a row of buttons, if there are any.
    pub fn row(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        let row: Vec<Button> = buttons.into_iter().collect();
        if !row.is_empty() {
            self.buttons.push(row);
        }
        self
    }

    /// Sets the last line.
    pub fn footer(mut self, footer: impl Into<String>) -> Self {
        self.footer = Some(footer.into());
        self
    }
}

impl Button {
    /// A button that can be pressed.
    pub fn new(label: impl Into<String>, style: Style, action: Action) -> Self {
        Self {
            label: label.into(),
            action,
            style,
            enabled: true,
        }
    }

    /// The same, pressable only if `enabled`.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }
}

/// Cuts text to at most `most` characters, at a word where there is one, with an ellipsis.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let at_word = kept
        .rfind(char::is_whitespace)
        .filter(|at| *at > kept.len() / 2);
    format!("{}…", kept[..at_word.unwrap_or(kept.len())].trim_end())
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn text_is_cut_at_a_word_and_never_inside_a_character() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("what is a cache stampede", 15), "what is a…");
        assert_eq!(cut("ünïcödé-wïthöut-spaces", 8), "ünïcödé…");
    }
}
