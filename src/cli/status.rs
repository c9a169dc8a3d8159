//! The exit status: whether starting again would help, by the numbers of `sysexits.h`.
//! `docs/hosting.md` lists them; the files in `docs/hosting/` restart accordingly.

use std::process::ExitCode;

use greenroom::discord::{RunError, StartError};

/// `EX_TEMPFAIL`: starting it again may help.
const TRY_AGAIN: u8 = 75;
/// `EX_CONFIG`: something must be corrected first.
const SET_RIGHT: u8 = 78;
/// Anything else.
const FAILURE: u8 = 1;

/// The status that an error ends the program with.
pub fn of(error: &anyhow::Error) -> ExitCode {
    number(error).into()
}

fn number(error: &anyhow::Error) -> u8 {
    let start = error.downcast_ref::<StartError>().map(|error| match error {
        StartError::Token => SET_RIGHT,
        StartError::Unreachable(..) => TRY_AGAIN,
        StartError::Other(_) => FAILURE,
    });
    let run = error.downcast_ref::<RunError>().map(|error| match error {
        // Discord wants another number of shards; each start asks how many.
        RunError::Refused(4010 | 4011) => TRY_AGAIN,
        RunError::Refused(_) => SET_RIGHT,
        RunError::Lost(_) | RunError::Ended(_) | RunError::Other(_) => TRY_AGAIN,
    });
    start.or(run).unwrap_or(FAILURE)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use greenroom::discord::Lost;
    use greenroom::tasks::Ended;

    use super::*;

    #[test]
    fn what_mends_itself_is_tried_again_and_the_rest_is_not() {
        let lost = Lost::Away {
            shard: 0,
            since: Duration::from_secs(60),
        };
        assert_eq!(number(&RunError::Lost(lost).into()), 75);
        let nobody = StartError::Unreachable(String::new(), String::new(), String::new());
        assert_eq!(number(&nobody.into()), 75);
        let ended = Ended {
            task: "the metrics",
            why: "panicked: page 7".to_owned(),
        };
        assert_eq!(number(&RunError::Ended(ended).into()), 75);
        for (code, status) in [(4004, 78), (4010, 75), (4011, 75), (4012, 78), (4014, 78)] {
            assert_eq!(number(&RunError::Refused(code).into()), status, "{code}");
        }
        assert_eq!(number(&StartError::Token.into()), 78);
        assert_eq!(number(&anyhow::anyhow!("anything")), 1);
    }
}
