//! What is sent to the response URL of a command or press:
//! <https://docs.slack.dev/interactivity/handling-user-interaction#message_responses>.

use serde::Serialize;

use crate::app::card::Audience;
use crate::slack::rendering::Message;

/// What is sent to the response URL of a command or press.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Response<'a> {
    #[serde(flatten)]
    message: &'a Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_type: Option<&'static str>,
    replace_original: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_ts: Option<&'a str>,
}

impl<'a> Response<'a> {
    /// In the place of the message that was pressed.
    pub(crate) fn in_place(message: &'a Message) -> Self {
        Self {
            message,
            response_type: None,
            replace_original: true,
            thread_ts: None,
        }
    }

    /// As a message of its own, for those.
    pub(crate) fn beside(message: &'a Message, audience: Audience) -> Self {
        Self {
            message,
            response_type: Some(match audience {
                Audience::Everyone => "in_channel",
                Audience::Caller => "ephemeral",
            }),
            replace_original: false,
            thread_ts: None,
        }
    }

    /// In the thread of a message.
    pub(crate) fn in_thread(mut self, ts: Option<&'a str>) -> Self {
        self.thread_ts = ts;
        self
    }
}
