//! `/stats`: a member's record.

use super::definition::{Definition, Form};
use crate::app::card::Audience;
use crate::model::UserId;
use crate::slack::interactions::arguments::{Parameter, Takes};

pub(super) const STATS: Definition = Definition {
    name: "stats",
    takes: &[Parameter::new("member", Takes::Member)],
    audience: Audience::Caller,
    form: Form::Never,
    run: |call| {
        Box::pin(async move {
            let team = call.caller.member.space.id();
            let member = call.arguments.get("member");
            let member = member.map(|id| UserId::slack(team, id));
            call.app.stats(&call.caller, member).await
        })
    },
};
