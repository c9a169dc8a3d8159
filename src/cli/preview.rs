//! Shows every question of the bank, or what is wrong with it, on the local Discord's page of previews.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chat_sandbox::{Preview, PreviewFault, PreviewMessage, Previews, Search, World};
use chrono::Utc;
use greenroom::app::preview;
use greenroom::bank::{Bank, Faults, Saved};
use greenroom::discord;
use greenroom::model::Question;
use greenroom::told;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

/// Shows the questions as members will see them, and shows them again whenever a file is saved. If it is broken, its
/// faults are shown beside the last sound questions.
pub async fn follow(mut saved: watch::Receiver<Saved>, folder: PathBuf, world: Arc<World>) {
    let mut sound: Option<Arc<Bank>> = None;
    loop {
        let faults = match saved.borrow_and_update().clone() {
            Ok(bank) => {
                sound = Some(bank);
                None
            }
            Err(faults) => Some(faults),
        };
        if let Some(bank) = &sound {
            let (bank, folder) = (bank.clone(), folder.clone());
            let made = spawn_blocking(move || previews(&bank, &folder, faults.as_ref()));
            match made.await {
                Ok(previews) => {
                    tracing::debug!(questions = previews.entries.len(), "showing the previews");
                    world.show_previews(previews);
                }
                Err(error) => tracing::error!(%error, "the previews could not be made"),
            }
        }
        if saved.changed().await.is_err() {
            return;
        }
    }
}

fn previews(bank: &Arc<Bank>, folder: &Path, faults: Option<&Faults>) -> Previews {
    let entry = |question: &Question| {
        let cards = preview::preview(bank, question, Utc::now());
        let messages = cards.into_iter().map(|(caption, card)| PreviewMessage {
            caption,
            message: discord::preview::message(card),
        });
        Preview {
            // A topic has the name of its file.
            source: told::name(&folder.join(format!("{}.toml", question.topic))).to_string(),
            name: question.id.clone(),
            title: question.prompt.clone(),
            messages: messages.collect(),
        }
    };
    let faults = faults.into_iter().flat_map(|faults| &faults.0);
    let faults = faults.map(|fault| PreviewFault {
        source: told::name(&fault.file).to_string(),
        line: fault.place.map(|place| place.line),
        name: fault.question.clone(),
        text: fault.problem.to_string(),
    });
    let searched = bank.clone();
    Previews {
        search: Some(Search::new(move |typed| found(&searched, typed))),
        entries: bank.questions().iter().map(entry).collect(),
        faults: faults.collect(),
        called: Some(["question", "questions"].map(str::to_owned)),
    }
}

/// The ids of the questions that fit what was typed, as `/question` finds them.
fn found(bank: &Bank, typed: &str) -> Vec<String> {
    let lookup = bank.look_up(typed);
    let fitting = lookup.found.iter().filter(|_| lookup.fits);
    fitting.map(|found| found.question.id.clone()).collect()
}
