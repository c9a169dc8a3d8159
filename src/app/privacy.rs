//! Privacy: everything about the caller, to export and to delete.

use anyhow::Context;

use super::action::Action;
use super::card::{Button, Card, File, Style, Tone};
use super::outcome::Outcome;
use super::{App, Caller, wording};

impl App {
    /// Answers `/privacy export` with a JSON file.
    pub async fn export_mine(&self, caller: &Caller) -> Outcome {
        let data = self.store.export_member(caller.member.clone()).await?;
        let export = serde_json::json!({
            "space": caller.member.space,
            "member": caller.member.user,
            "exported_at": self.clock.now(),
            "instants": "milliseconds since 1970-01-01T00:00Z",
            "data": data,
        });
        let bytes = serde_json::to_vec_pretty(&export).context("writing the export as JSON")?;
        let mut card = Card::new(Tone::Good, wording::EXPORT)
            .private()
            .text(wording::EXPORTED);
        card.file = Some(File {
            name: "greenroom-export.json".to_owned(),
            bytes,
        });
        Ok(card)
    }

    /// Answers `/privacy delete`: asks once.
    pub async fn ask_to_delete(&self) -> Outcome {
        Ok(Card::new(Tone::Bad, wording::DELETE)
            .private()
            .text(wording::DELETE_ASKED)
            .row([
                Button::new(wording::DELETE_CONFIRM, Style::Danger, Action::DeleteMine),
                Button::new(wording::KEEP, Style::Secondary, Action::KeepMine),
            ]))
    }

    pub(super) async fn delete_mine(&self, caller: &Caller) -> Outcome {
        let rows = self.store.delete_member(caller.member.clone()).await?;
        // Closed dailies that named the member first are shown anew.
        self.to_show.send_replace(());
        Ok(Card::new(Tone::Good, wording::DELETE)
            .private()
            .text(wording::deleted(rows)))
    }

    pub(super) fn keep_mine(&self) -> Card {
        Card::new(Tone::Neutral, wording::DELETE)
            .private()
            .text(wording::KEPT)
    }
}
