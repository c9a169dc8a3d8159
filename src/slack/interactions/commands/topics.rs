//! `/topics`: what can be asked about.

use super::definition::{Definition, Form};
use crate::app::card::Audience;

pub(super) const TOPICS: Definition = Definition {
    name: "topics",
    takes: &[],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| Box::pin(async move { call.app.topics().await }),
};
