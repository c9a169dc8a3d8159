//! `greenroom search`: what `/question` would offer, and how well it fits.

use greenroom::bank::{Found, Source};

use super::out;
use super::overrides::Overrides;

/// How many questions are printed.
const LINES: usize = 10;

/// What to look for.
#[derive(clap::Args)]
pub struct Search {
    /// What a member would type
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
}

/// Prints the questions that the words find, best first, one per line: id, score and prompt. If nothing fits, a line
/// before them says so. How the words were understood goes to standard error.
pub fn search(wanted: &Search, overrides: &Overrides) -> anyhow::Result<()> {
    let bank = Source::new(overrides.config()?.questions).load()?;
    let mut lookup = bank.look_up(&wanted.words.join(" "));
    if let Some(corrected) = &lookup.corrected {
        out::warn(format_args!("results for `{corrected}`"));
    }
    if let Some((difficulty, rest)) = &lookup.narrowed {
        out::warn(format_args!("{difficulty} questions for `{rest}`"));
        let own = |found: &Found<'_>| found.question.difficulty == *difficulty;
        lookup.found.retain(own);
    }
    let mut text = match (lookup.fits, lookup.found.is_empty()) {
        (true, _) => String::new(),
        (false, true) => "Nothing fits.\n".to_owned(),
        (false, false) => "Nothing fits; only near:\n".to_owned(),
    };
    for found in lookup.found.iter().take(LINES) {
        let (id, prompt) = (&found.question.id, &found.question.prompt);
        text += &format!("{id}  {:.2}  {prompt}\n", found.score);
    }
    out::print(text)
}
