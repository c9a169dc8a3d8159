//! A message, as a person reads it on either platform.

use std::sync::LazyLock;

use greenroom::model::{Question, Quiz};
use regex::{Captures, Regex};

use crate::harness::{letter, question_of};

/// A message as somebody sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// What it is named by in its channel.
    pub id: String,
    /// The id of its channel.
    pub channel: String,
    /// All there is to read, without the marks of the platform: in the words that Discord's people read, and in their
    /// order.
    pub text: String,
    /// Its buttons, in order.
    pub buttons: Vec<Button>,
    /// Its menus, in order.
    pub menus: Vec<Menu>,
    /// Whether nobody else sees it.
    pub private: bool,
    /// Whether the bot wrote it.
    pub by_bot: bool,
}

/// A button on a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    /// What is written on it.
    pub label: String,
    /// What the bot knows it by.
    pub id: String,
}

/// A menu on a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// What it says while nothing is chosen.
    pub says: String,
    /// What is written on its options.
    pub options: Vec<String>,
}

impl Message {
    /// What is read of it: the text, and below it what can be pressed.
    pub fn shows(&self) -> String {
        let buttons = self.buttons.iter();
        let buttons = buttons.map(|button| format!("[{}]", button.label));
        let menus = self.menus.iter().map(|menu| format!("[{} ▾]", menu.says));
        let pressed: Vec<String> = buttons.chain(menus).collect();
        let mut lines = vec![self.text.clone(), pressed.join(" ")];
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// The same, with who sees it.
    pub fn reads(&self) -> String {
        let shows = self.shows();
        match self.private {
            true => format!("{shows}\nOnly you can see this"),
            false => shows,
        }
    }

    /// Whether a text is to be read in it.
    pub fn says(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// The first button on which that is written.
    pub fn button(&self, label: &str) -> Option<&Button> {
        self.buttons.iter().find(|button| button.label == label)
    }

    /// What the bot knows the button by on which that is written.
    pub fn id_of(&self, label: &str) -> &str {
        &self.button(label).expect("the button is there").id
    }

    /// Whether that is written on one of its buttons.
    pub fn has_button(&self, label: &str) -> bool {
        self.button(label).is_some()
    }

    /// The question of the tests' bank whose quiz it shows.
    pub fn question(&self) -> Question {
        question_of(&self.text)
    }

    /// The quiz that it shows.
    pub fn quiz(&self) -> Quiz {
        self.question().quizzes.remove(0)
    }

    /// The letter of the right option.
    pub fn right(&self) -> String {
        let quiz = self.quiz();
        self.letter_of(&quiz.options[quiz.right()].text)
    }

    /// The letter of a wrong option: of those, the first in the bank.
    pub fn wrong(&self) -> String {
        let quiz = self.quiz();
        self.letter_of(&quiz.options[usize::from(quiz.right() == 0)].text)
    }

    fn letter_of(&self, option: &str) -> String {
        let options = self.options();
        let position = options.iter().position(|shown| shown == option);
        letter(position.expect("the option is shown"))
    }

    /// The options of the quiz in the order shown.
    fn options(&self) -> Vec<String> {
        static OPTION: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?m)^(?:[✅❌] )?[A-F] · (.*?)(?: ← your answer)?$").expect("valid")
        });
        let options = OPTION.captures_iter(&self.text);
        options.map(|option| option[1].to_owned()).collect()
    }

    /// Text about this quiz, with the letters and the order that its options have in the bank: wherever a quiz is
    /// asked, they are shuffled.
    pub fn unshuffled(&self, text: &str) -> String {
        static LETTER: LazyLock<Regex> = LazyLock::new(|| {
            let before = r"^(?:[✅❌] )?|answer is (?:now |still |recorded as )?";
            Regex::new(&format!(r"(?m)({before})([A-F])( ·| [█░]|\.|$)")).expect("valid")
        });
        let (shown, of_bank) = (self.options(), self.quiz().options);
        let in_bank = |found: &Captures| {
            let position = usize::from(found[2].as_bytes()[0] - b'A');
            let option = shown.get(position).expect("an option's letter");
            let there = of_bank.iter().position(|it| it.text == *option);
            let letter = letter(there.expect("an option of the bank"));
            format!("{}{letter}{}", &found[1], &found[3])
        };
        in_order_of_letters(&LETTER.replace_all(text, in_bank))
    }
}

/// Sorts options by their letters, each with what is said of it, and the votes for them.
fn in_order_of_letters(text: &str) -> String {
    static OPTION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:[✅❌] )?([A-F]) (·|[█░])").expect("valid"));
    let letter = |line: &str| {
        let found = OPTION.captures(line)?;
        Some((&found[2] != "·", found[1].to_owned()))
    };
    let lines: Vec<&str> = text.lines().collect();
    // Once it is marked as right or wrong, the line below an option says why.
    let says_why = |option: &&str, line: &&str| {
        option.starts_with(['✅', '❌']) && letter(option).is_some() && letter(line).is_none()
    };
    let blocks: Vec<&[&str]> = lines.chunk_by(says_why).collect();
    let mut options = blocks.clone();
    options.retain(|block| letter(block[0]).is_some());
    options.sort_by_key(|block| letter(block[0]));
    let mut options = options.into_iter();
    let sorted = blocks.into_iter().flat_map(|block| match letter(block[0]) {
        Some(_) => options.next().expect("as many as before"),
        None => block,
    });
    sorted.copied().collect::<Vec<_>>().join("\n")
}

/// Lines without those that are empty, and without what can't be seen at their ends.
pub fn tidy(text: &str) -> String {
    let lines = text.lines().map(str::trim_end);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
