//! What becomes of a form that was filled in: faults are told at their fields, a refusal above them, and anything else
//! where the command was used.

use std::collections::BTreeMap;
use std::pin::pin;
use std::time::{Duration, Instant};

use serde_json::json;
use slack_morphism::blocks::SlackView;

use super::filling::{names, shown};
use super::values;
use super::view::{Kept, blocks};
use crate::app::setting::ScheduleRequest;
use crate::app::text::plain;
use crate::app::{Error, Library, Refusal};
use crate::metrics::{self, Outcome as End};
use crate::slack::interactions::Data;
use crate::slack::interactions::arguments::{Arguments, Takes};
use crate::slack::interactions::commands::{ALL, Definition, Form, request};
use crate::slack::interactions::payloads::{Ack, Submission};
use crate::slack::interactions::respond::{self, Reader};

/// How long the form stays while the command is done, so that a refusal can be told in it. Slack waits three seconds.
const PROMPT: Duration = Duration::from_millis(1_500);

/// Takes what was filled in.
pub(crate) async fn submitted(data: &Data, submission: Submission, ack: Ack) {
    let view = &submission.view;
    let text = |key: &str| view[key].as_str().unwrap_or_default();
    let (name, kept) = (text("callback_id"), text("private_metadata"));
    let mut all = ALL.into_iter();
    let known = all.find(|known| known.name == name && known.form != Form::Never);
    let Some(definition) = known else {
        tracing::warn!(form = name, "a form that isn't known");
        return ack.give();
    };
    let kept: Kept = serde_json::from_str(kept).unwrap_or_default();
    let given = values::read(definition.takes, &view["state"]["values"]);
    let faults = faults(&data.app.library(), definition, &given);
    if !faults.is_empty() {
        return ack.with(json!({ "response_action": "errors", "errors": faults }));
    }
    let work = definition.call(data, &submission.user, given.clone());
    let (mut work, begun) = (pin!(work), Instant::now());
    let outcome = match tokio::time::timeout(PROMPT, &mut work).await {
        Ok(Err(Error::Refusal(refusal))) => {
            metrics::interaction(definition.name.into(), End::Refused, begun.elapsed());
            let view = refused(data, definition, (&submission.user, &given, kept), refusal).await;
            return ack.with(json!({ "response_action": "update", "view": view }));
        }
        Ok(outcome) => {
            ack.give();
            outcome
        }
        Err(_) => {
            ack.give();
            work.await
        }
    };
    let reader = Reader {
        user: &submission.user,
        channel: Some(kept.channel.as_str()).filter(|channel| !channel.is_empty()),
        thread: None,
    };
    respond::show(data, reader, definition.name, async { outcome }).await;
}

/// The form again, with what was filled in and why it can't be done.
async fn refused(
    data: &Data,
    definition: &'static Definition,
    (user, given, kept): (&str, &Arguments, Kept),
    refusal: Refusal,
) -> SlackView {
    let schedules = match respond::admin(data, user).await {
        Ok(caller) => data.app.schedules(&caller).await,
        Err(error) => Err(error),
    };
    // Whoever may not do that has nothing to choose from.
    let names = names(&schedules.unwrap_or_default());
    shown(
        data,
        definition,
        (given, &names),
        kept,
        blocks(&refusal.card(), &data.settings.commands),
    )
}

/// What is wrong with fields of a schedule, by their blocks.
fn faults(
    library: &Library,
    definition: &Definition,
    given: &Arguments,
) -> BTreeMap<&'static str, String> {
    let mut takes = definition.takes.iter();
    if !takes.any(|parameter| parameter.takes == Takes::NewSchedule) {
        return BTreeMap::new();
    }
    let faults = definition.takes.iter().filter_map(|parameter| {
        let mut alone = Arguments::default();
        alone.set(parameter.name, given.get(parameter.name)?);
        let part: ScheduleRequest = request(&alone);
        let error = library.check_part(part).err()?;
        Some((parameter.name, plain(&error.to_string())))
    });
    faults.collect()
}
