//! Why a call of Discord's API came to nothing.

use reqwest::StatusCode;

use super::api::Refusal;

/// Why a call came to nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Discord says no, and would again.
    #[error("{message} (Discord's code {code})")]
    Refused {
        status: StatusCode,
        /// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
        code: i64,
        message: String,
    },
    /// It may have been done or not.
    #[error("{0}")]
    Unsure(String),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let Refusal {
            status,
            code,
            message,
        } = refusal;
        Self::Refused {
            status,
            code,
            message,
        }
    }
}

impl From<serde_json::Error> for Failure {
    /// What cannot be written now cannot be later either.
    fn from(error: serde_json::Error) -> Self {
        Self::Refused {
            status: StatusCode::BAD_REQUEST,
            code: 0,
            message: error.to_string(),
        }
    }
}
