//! The exit status: whether starting again would help, by the numbers of `sysexits.h`.
//! `docs/hosting.md` lists them; the files in `docs/hosting/` restart accordingly.

use std::process::ExitCode;

use greenroom::tasks::Ended;
use greenroom::{discord, slack};

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

/// Whether starting again is no use, of the whole program or of one platform.
pub fn is_final(error: &anyhow::Error) -> bool {
    number(error) == SET_RIGHT
}

fn number(error: &anyhow::Error) -> u8 {
    let on_discord = error.downcast_ref().map(not_started_on_discord);
    let on_discord = on_discord.or_else(|| error.downcast_ref().map(ended_on_discord));
    let on_slack = || error.downcast_ref().map(not_started_on_slack);
    let on_slack = || on_slack().or_else(|| error.downcast_ref().map(ended_on_slack));
    let itself = || error.is::<Ended>().then_some(TRY_AGAIN);
    on_discord
        .or_else(on_slack)
        .or_else(itself)
        .unwrap_or(FAILURE)
}

fn not_started_on_discord(error: &discord::StartError) -> u8 {
    match error {
        discord::StartError::Token => SET_RIGHT,
        discord::StartError::Unreachable(..) => TRY_AGAIN,
        discord::StartError::Other(_) => FAILURE,
    }
}

fn ended_on_discord(error: &discord::RunError) -> u8 {
    match error {
        // Discord wants another number of shards; each start asks how many.
        discord::RunError::Refused(4010 | 4011) => TRY_AGAIN,
        discord::RunError::Refused(_) => SET_RIGHT,
        discord::RunError::Lost(_) | discord::RunError::Ended(_) | discord::RunError::Other(_) => {
            TRY_AGAIN
        }
    }
}

fn not_started_on_slack(error: &slack::StartError) -> u8 {
    match error {
        slack::StartError::Token { .. } => SET_RIGHT,
        slack::StartError::Unreachable(..) => TRY_AGAIN,
        slack::StartError::Other(_) => FAILURE,
    }
}

fn ended_on_slack(error: &slack::RunError) -> u8 {
    match error {
        slack::RunError::Refused(_) => SET_RIGHT,
        slack::RunError::Lost(_) | slack::RunError::Ended(_) => TRY_AGAIN,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use greenroom::discord::{Lost, RunError, StartError};

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
        assert_eq!(number(&RunError::Ended(ended.clone()).into()), 75);
        assert_eq!(number(&ended.into()), 75);
        for (code, status) in [(4004, 78), (4010, 75), (4011, 75), (4012, 78), (4014, 78)] {
            assert_eq!(number(&RunError::Refused(code).into()), status, "{code}");
        }
        assert_eq!(number(&StartError::Token.into()), 78);
        assert_eq!(number(&anyhow::anyhow!("anything")), 1);

        let refused = slack::StartError::Token {
            token: slack::Token::Bot,
            file: None,
            error: "invalid_auth".to_owned(),
        };
        assert_eq!(number(&refused.into()), 78);
        let nobody = slack::StartError::Unreachable(String::new(), String::new(), String::new());
        assert_eq!(number(&nobody.into()), 75);
        let refused = slack::RunError::Refused("link_disabled".to_owned());
        assert!(is_final(&refused.into()));
        assert!(!is_final(&slack::RunError::Lost(String::new()).into()));
    }
}
