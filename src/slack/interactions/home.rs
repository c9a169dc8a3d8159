//! App Home: what only its reader sees of themselves, kept by Slack, and a button to practise.

use serde_json::{Value, json};

use super::Data;
use super::payloads::Press;
use super::respond::{Reader, caller, rendered, show};
use crate::app::{Error, wording};

/// What the button that starts a quiz is known by.
pub(super) const PRACTISE: &str = "home:practise";

/// Shows somebody who opened App Home what there is.
pub(super) async fn opened(data: &Data, user: &str) {
    let view = match view(data, user).await {
        Ok(view) => view,
        // They see what was there before.
        Err(Error::Refusal(_)) => return,
        Err(Error::Internal(error)) => {
            return tracing::error!(error = format!("{error:#}"), "cannot show App Home");
        }
    };
    let arguments = json!({ "user_id": user, "view": view });
    let published = data.sender.once::<Value>("views.publish", &arguments).await;
    if let Err(error) = published {
        tracing::warn!(%error, "could not show App Home");
    }
}

async fn view(data: &Data, user: &str) -> Result<Value, Error> {
    let caller = caller(data, user).await?;
    let card = data.app.stats(&caller, None).await?;
    let shown = rendered(data, &card).await;
    let mut blocks = json!(shown.blocks);
    if let Some(blocks) = blocks.as_array_mut() {
        let label = json!({ "type": "plain_text", "text": wording::START_A_QUIZ });
        let button = json!({
            "type": "button", "action_id": PRACTISE, "text": label, "style": "primary",
        });
        blocks.push(json!({ "type": "actions", "block_id": PRACTISE, "elements": [button] }));
    }
    Ok(json!({ "type": "home", "blocks": blocks }))
}

/// Starts a quiz, which comes by direct message: App Home has no room for it.
pub(super) async fn practise(data: &Data, press: &Press) {
    let reader = Reader {
        user: &press.user,
        ..Reader::default()
    };
    let work = async {
        let caller = caller(data, &press.user).await?;
        data.app.start_quiz(&caller, None, None, None).await
    };
    show(data, reader, "quiz", work).await;
}
