//! What becomes of a use-case: the card of its error, and how the metrics count it.

use super::Card;
use super::outcome::Error;
use super::wording::internal_error;
use crate::metrics::Outcome as End;
use crate::tasks::caught;

impl Error {
    /// What a member sees of it: a refusal as it is, anything else as an id that is in the log.
    pub fn card(self) -> Card {
        match self {
            Self::Refusal(refusal) => refusal.card(),
            Self::Internal(error) => {
                let id = format!("{:08x}", rand::random::<u32>());
                tracing::error!(id, error = format!("{error:#}"), "internal error");
                internal_error(&id).card()
            }
        }
    }
}

/// What a use-case says, or, if it panicked, what is said of any other fault.
///
/// # Errors
/// Its own, or that it panicked.
pub async fn whole<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let done = caught(work).await;
    done.unwrap_or_else(|panic| Err(Error::Internal(anyhow::anyhow!(panic))))
}

/// What becomes of an interaction whose answer the platform takes.
pub fn end_of<T>(outcome: &Result<T, Error>) -> End {
    match outcome {
        Ok(_) => End::Answered,
        Err(Error::Refusal(_)) => End::Refused,
        Err(Error::Internal(_)) => End::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::super::card::Audience;
    use super::*;
    use crate::app::Refusal;

    #[test]
    fn a_member_reads_a_refusal_but_of_an_internal_error_only_an_id() {
        let refused = Error::from(Refusal::no("Please try again.")).card();
        assert_eq!(refused.audience, Audience::Caller);
        assert!(format!("{refused:?}").contains("Please try again."));

        let internal = Error::Internal(anyhow::anyhow!("disk I/O error at page 7")).card();
        assert!(!format!("{internal:?}").contains("page 7"), "{internal:?}");
        assert!(
            format!("{internal:?}").contains("nothing was recorded"),
            "{internal:?}"
        );
    }
}
