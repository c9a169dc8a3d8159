//! What people read, as a snapshot holds it.

use std::fmt::Write;
use std::sync::LazyLock;

use chat_sandbox::{MessageView, Person};
use chrono::DateTime;
use regex::{Captures, Regex};

use super::{Room, letter, question_in, shown, shown_options};

impl Room {
    /// A message as it is read: names and dates as Discord shows them in place of ids and instants, no
    /// escapes, and below the text what can be pressed.
    pub fn reads(&self, message: &MessageView) -> String {
        let menus = message.selects().into_iter();
        let menus = menus.filter_map(|menu| Some(format!("[{} ▾]", menu.placeholder?)));
        let buttons = message.buttons().into_iter();
        let buttons = buttons.map(|button| format!("[{}]", button.label));
        let pressed: Vec<String> = buttons.chain(menus).collect();
        let mut lines = vec![self.legible(&message.text()), pressed.join(" ")];
        if message.ephemeral {
            lines.push("Only you can see this".to_owned());
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// What a person reads after a command: the admin in #staff, the others in #general.
    pub async fn told(&self, person: &Person, line: &str) -> String {
        let channel = if person.id() == self.ana.id() {
            "staff"
        } else {
            "general"
        };
        self.reads(&shown(person.slash(channel, line).await))
    }

    /// Commands of a person, each with what they read after it.
    pub async fn conversation(&self, person: &Person, lines: &[&str]) -> String {
        let mut conversation = String::new();
        for line in lines {
            let told = self.told(person, line).await;
            writeln!(conversation, "> {line}\n{told}\n").expect("text takes it");
        }
        conversation
    }

    /// The same, with the letters and the order that the options of a quiz have in the bank: wherever one is
    /// asked, they are shuffled.
    pub fn reads_unshuffled(&self, message: &MessageView, quiz: &MessageView) -> String {
        static LETTER: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?m)(^`|\*\*|answer is )([A-F])( |\*\*|$)").expect("a valid pattern")
        });
        let shown = shown_options(quiz);
        let of_bank = &question_in(quiz).quizzes[0].options;
        let in_bank = |found: &Captures| {
            let position = usize::from(found[2].as_bytes()[0] - b'A');
            let option = shown.get(position).expect("an option's letter");
            let there = of_bank.iter().position(|it| it.text == *option);
            let letter = letter(there.expect("an option of the bank"));
            format!("{}{letter}{}", &found[1], &found[3])
        };
        let text = self.reads(message);
        in_order_of_letters(&LETTER.replace_all(&text, in_bank))
    }

    /// Text without escapes, and with names and dates in place of ids and instants. In code, Discord shows what is
    /// written.
    fn legible(&self, text: &str) -> String {
        static SIGNS: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(concat!(
                r"```[\s\S]*?```|`[^`]*`|\\(?<escaped>[[:punct:]])",
                r"|<(?:@(?<person>\d+)|#(?<channel>\d+)|t:(?<instant>\d+):(?<style>\w))>",
            ))
            .expect("a valid pattern")
        });
        let legible = |found: &Captures| {
            let number = |kind| Some(found.name(kind)?.as_str().parse::<u64>().expect("an id"));
            let named = match (number("person"), number("channel"), number("instant")) {
                (Some(id), ..) => self.person_named(id),
                (_, Some(id), _) => self.channel_named(id),
                (.., Some(seconds)) => Some(dated(seconds, &found["style"])),
                _ => found.name("escaped").map(|sign| sign.as_str().to_owned()),
            };
            named.unwrap_or(found[0].to_owned())
        };
        let text = SIGNS.replace_all(text, legible);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.join("\n")
    }

    fn person_named(&self, id: u64) -> Option<String> {
        let mut people = self.sandbox.world().people().into_iter();
        let person = people.find(|person| person.id() == id)?;
        Some(format!("@{}", person.name()))
    }

    fn channel_named(&self, id: u64) -> Option<String> {
        let mut channels = self.ana.channels().into_iter();
        let channel = channels.find(|channel| channel.id == id)?;
        Some(format!("#{}", channel.name))
    }
}

/// Sorts options by their letters, each with what is said of it, and the votes for them.
fn in_order_of_letters(text: &str) -> String {
    static OPTION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[✅❌] )?(\*\*[A-F]\*\* · |`[A-F] )").expect("a valid pattern")
    });
    let letter = |line: &str| Some(OPTION.captures(line)?[1].to_owned());
    let lines: Vec<&str> = text.lines().collect();
    // Once it is marked as right or wrong, the lines below an option say why.
    let says_why = |option: &str, line: &str| {
        option.starts_with(['✅', '❌']) && !line.is_empty() && letter(line).is_none()
    };
    let blocks: Vec<&[&str]> = lines.chunk_by(|one, next| says_why(one, next)).collect();
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

/// An instant in UTC; the style `R` is how far away it is, which depends on when it is read.
fn dated(seconds: u64, style: &str) -> String {
    let seconds = i64::try_from(seconds).expect("an instant");
    let instant = DateTime::from_timestamp(seconds, 0).expect("an instant");
    let date = instant.format("%a %-d %B %H:%M");
    match style {
        "R" => format!("{date} (relative)"),
        _ => date.to_string(),
    }
}
