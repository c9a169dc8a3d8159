//! `/privacy`: what is stored about a member, to read and to remove.

use super::definition::{Definition, Form};
use crate::app::card::Audience;

pub(super) const EXPORT: Definition = Definition {
    name: "privacy export",
    takes: &[],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| Box::pin(async move { call.app.export_mine(&call.caller).await }),
};

pub(super) const DELETE: Definition = Definition {
    name: "privacy delete",
    takes: &[],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| Box::pin(async move { call.app.ask_to_delete(&call.caller).await }),
};
