//! What the page tells a newcomer: what this is, and the first steps, which it ticks off as it sees them done.

use serde::Serialize;

/// What stands above the messages until it is put away. Texts are in the platform's own markup.
#[derive(Clone, Debug)]
pub struct Introduction {
    /// Its heading, plain text.
    pub title: String,
    /// What this page is.
    pub text: String,
    /// The first steps, in an order in which each can come true.
    pub steps: Vec<Step>,
    /// What is shown once all steps are done; at once when there are none.
    pub end: String,
}

/// One of the first steps.
#[derive(Clone, Debug)]
pub struct Step {
    /// What tells it from the others.
    pub name: &'static str,
    /// What its button says.
    pub action: String,
    /// What is read behind the button.
    pub rest: String,
    /// What its button does.
    pub button: StepButton,
    /// What has to happen for it to be done.
    pub done: StepDone,
    /// Whether that counts only once the step before this one is done.
    pub after_last: bool,
    /// Whether somebody other than who did the step before has to do it.
    pub by_another: bool,
}

/// What the button of a step does.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepButton {
    /// Writes this into the message box.
    Fill(String),
    /// Opens the channel of that name.
    Open(String),
    /// Points at where one becomes somebody else.
    People,
    /// Points at what moves the clock.
    NextDay,
}

/// When a step is done.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepDone {
    /// Somebody used the command of that name, written with its groups: `tag add`.
    Used(String),
    /// Somebody pressed a button of a single letter, in the channel of that name.
    PressedLetter(String),
    /// Somebody replied to a message of the bot, in the channel of that name.
    Replied(String),
    /// The clock was moved to the next day.
    NextDay,
}

impl Step {
    /// A step that anybody may do, at any time.
    pub fn new(
        name: &'static str,
        (action, rest): (&str, &str),
        button: StepButton,
        done: StepDone,
    ) -> Self {
        Self {
            name,
            action: action.to_owned(),
            rest: rest.to_owned(),
            button,
            done,
            after_last: false,
            by_another: false,
        }
    }
}

impl Default for Introduction {
    fn default() -> Self {
        Self {
            title: "A Discord of your own".to_owned(),
            text: "This page is a local sandbox: your bot, a pretend server, and nobody else. Nothing leaves your \
                computer."
                .to_owned(),
            steps: Vec::new(),
            end: "Type `/` to see every command. You are everybody here: choose who, bottom left.".to_owned(),
        }
    }
}
