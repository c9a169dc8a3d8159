//! Privacy: everything about the caller, to export and to delete.

use std::io::Write;

use anyhow::Context;
use chrono::SecondsFormat;
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::task::spawn_blocking;

use super::action::Action;
use super::card::{Button, Card, FILE, File, Style, Tone};
use super::outcome::Outcome;
use super::{App, Caller, wording};

impl App {
    /// Answers `/privacy export` with a JSON file, compressed if it would be too large to send.
    pub async fn export_mine(&self, caller: &Caller) -> Outcome {
        let data = self.store.export_member(caller.member.clone()).await?;
        let export = serde_json::json!({
            "space": caller.member.space.id(),
            "member": caller.member.user.id(),
            "exported_at": self.clock.now().to_rfc3339_opts(SecondsFormat::Millis, true),
            "data": data,
        });
        let file = spawn_blocking(move || file(&export, FILE)).await;
        let file = file.context("writing the export")??;
        let mut card = Card::new(Tone::Good, wording::EXPORT)
            .private()
            .text(wording::exported(caller.platform()));
        let file = file.ok_or_else(|| wording::export_too_large(caller.platform()));
        card.file = Some(file?);
        Ok(card)
    }

    /// Answers `/privacy delete`: asks once.
    pub async fn ask_to_delete(&self, caller: &Caller) -> Outcome {
        Ok(Card::new(Tone::Neutral, wording::DELETE)
            .private()
            .text(wording::delete_asked(caller.platform()))
            .row([
                Button::new(wording::DELETE_CONFIRM, Style::Danger, Action::DeleteMine),
                Button::new(wording::KEEP, Style::Secondary, Action::KeepMine),
            ]))
    }

    pub(super) async fn delete_mine(&self, caller: &Caller) -> Outcome {
        let rows = self.store.delete_member(caller.member.clone()).await?;
        // Closed dailies that named the member as the first are edited again.
        self.wakes.edits.call();
        Ok(Card::new(Tone::Good, wording::DELETE)
            .private()
            .text(wording::deleted(rows, caller.platform())))
    }

    pub(super) fn keep_mine(&self) -> Card {
        Card::new(Tone::Neutral, wording::DELETE)
            .private()
            .text(wording::KEPT)
    }
}

/// The export as a file of at most so many bytes, compressed if necessary. `None` when that isn't enough.
fn file(export: &serde_json::Value, most: usize) -> anyhow::Result<Option<File>> {
    let bytes = serde_json::to_vec_pretty(export).context("writing the export as JSON")?;
    let name = "greenroom-export.json".to_owned();
    if bytes.len() <= most {
        return Ok(Some(File { name, bytes }));
    }
    let mut compressed = GzEncoder::new(Vec::new(), Compression::best());
    compressed.write_all(&bytes)?;
    let bytes = compressed.finish()?;
    let name = format!("{name}.gz");
    Ok((bytes.len() <= most).then_some(File { name, bytes }))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn an_export_that_is_too_large_is_compressed_and_one_that_still_is_is_not_sent() {
        let export = serde_json::json!({"answers": vec!["the same again"; 1_000]});
        let whole = serde_json::to_vec_pretty(&export).expect("JSON");
        let sent = |most| file(&export, most).expect("written");

        let plain = sent(whole.len()).expect("it fits");
        assert_eq!(
            (plain.name.as_str(), &plain.bytes),
            ("greenroom-export.json", &whole)
        );
        let smaller = sent(whole.len() - 1).expect("it fits");
        assert_eq!(smaller.name, "greenroom-export.json.gz");
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&*smaller.bytes)
            .read_to_end(&mut read)
            .expect("it is whole");
        assert_eq!(read, whole);
        assert_eq!(sent(10), None);
    }
}
