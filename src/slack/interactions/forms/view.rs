//! Forms as Slack shows them: <https://docs.slack.dev/surfaces/modals>.

use serde::{Deserialize, Serialize};
use slack_morphism::blocks::{
    SlackBlock, SlackBlockPlainText, SlackBlockPlainTextOnly, SlackModalView, SlackSectionBlock,
    SlackView,
};

use crate::app::Card;
use crate::app::card::cut;
use crate::app::wording;
use crate::slack::rendering;
use crate::slack::settings::Commands;

/// The longest title and the longest text of a button, in characters.
const TITLE: usize = 24;

/// What a form keeps for its submission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// Where the command was used, and where its answer is shown.
    pub channel: String,
}

/// What is shown until the form is there.
pub(super) fn waiting(title: &str) -> SlackView {
    told(title, vec![section(wording::ONE_MOMENT)])
}

/// Something to read instead of a form.
pub(super) fn told(title: &str, blocks: Vec<SlackBlock>) -> SlackView {
    let view = SlackModalView::new(short(title), blocks).with_close(short(wording::CLOSE));
    SlackView::Modal(view)
}

/// A form for a command of that name.
pub(super) fn form(
    (title, command, submit): (&str, &str, &str),
    kept: &Kept,
    blocks: Vec<SlackBlock>,
) -> SlackView {
    let view = SlackModalView::new(short(title), blocks)
        .with_close(short(wording::CANCEL))
        .with_submit(short(submit))
        .with_callback_id(command.into())
        .with_private_metadata(serde_json::to_string(kept).unwrap_or_default());
    SlackView::Modal(view)
}

/// A card's blocks, as they can stand in a form: it has no members in it.
pub(super) fn blocks(card: &Card, commands: &Commands) -> Vec<SlackBlock> {
    let card = rendering::renamed(card, commands);
    rendering::message(&card, &Default::default()).blocks
}

/// A text of ours.
pub(super) fn section(text: &str) -> SlackBlock {
    let text = SlackBlockPlainText::new(text.to_owned());
    SlackSectionBlock::new().with_text(text.into()).into()
}

fn short(text: &str) -> SlackBlockPlainTextOnly {
    cut(text, TITLE).as_str().into()
}
