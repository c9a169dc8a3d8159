//! The real program on several platforms: what becomes of one when another is wanting.

use std::net::TcpListener;
use std::process::Command;

use chat_sandbox::slack::{AppSeed, Reason, SocketFault};
use chat_sandbox::{GatewayFault, Sandbox, slack};
use greenroom::slack::{ManifestOptions, manifest};

use crate::harness::{eventually, shown};
use crate::killed::Installed;
use crate::metrics::{address_in, get, log};
use crate::slack::{answer, options};

const BOT: (&str, &str) = ("SLACK_BOT_TOKEN", "xoxb-canary");
const APP: (&str, &str) = ("SLACK_APP_TOKEN", "xapp-canary");

fn program(variables: &[(&str, &str)]) -> Command {
    let mut program = Installed::program();
    program.envs(variables.iter().copied());
    program
}

/// Whether the log has a line that begins so.
fn says(bot: &Installed, begin: &str) -> bool {
    let log = log(bot);
    let mut messages = log
        .iter()
        .filter_map(|line| line["fields"]["message"].as_str());
    messages.any(|message| message.starts_with(begin))
}

#[tokio::test]
async fn a_platform_that_cannot_be_reached_is_told_and_leaves_the_other_alone() {
    let sandbox = Sandbox::start(Installed::options())
        .await
        .expect("a free port");
    // Nobody listens there any more.
    let gone = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let settings = format!(
        "level = \"info\"\njson = true\n[metrics]\nport = 0\n[slack]\napi = \"http://{}/api/\"\n",
        gone.expect("a free port")
    );
    let mut bot = Installed::with(&sandbox, &settings);
    bot.launch(program(&[BOT, APP]));
    bot.came(&sandbox).await;
    let lost = "Slack is lost, the rest goes on; starting it again in 5 s";
    eventually(async || says(&bot, lost)).await;
    shown(
        sandbox
            .person("ben")
            .slash("general", "/question caching")
            .await,
    );

    let address = address_in(&log(&bot)).expect("it was told");
    let only_slack = async || {
        let (status, said) = get(&address, "/healthz").await;
        status == 503 && said.starts_with("not connected to Slack\ntime zones:")
    };
    eventually(only_slack).await;
    let (_, scraped) = get(&address, "/metrics").await;
    for expected in [
        "greenroom_gateway_shards_connected 1",
        "greenroom_slack_workspaces 1",
        "greenroom_slack_workspaces_connected 0",
    ] {
        assert!(scraped.lines().any(|line| line == expected), "{scraped}");
    }
    bot.terminate();
    assert_eq!(bot.status().await, Some(0));
    let log = std::fs::read_to_string(bot.log()).expect("text");
    assert!(!log.contains("canary"), "{log}");
}

#[tokio::test]
async fn tokens_that_are_wrong_or_missing_are_told_and_leave_the_other_platform_alone() {
    for (variables, told) in [
        (
            vec![BOT, (APP.0, BOT.1)],
            "SLACK_APP_TOKEN does not hold the app-level token",
        ),
        (vec![BOT], "no app-level token for Slack"),
        (vec![], "no bot token for Slack"),
    ] {
        let sandbox = Sandbox::start(Installed::options())
            .await
            .expect("a free port");
        let schedule = "[[schedule]]\nworkspace = \"T024BE7LD\"\nchannel = \"C024BE7LR\"\nzone = \"UTC\"\ntime = \"09:00\"\n";
        let settings = format!("level = \"info\"\njson = true\n{schedule}");
        let mut bot = Installed::with(&sandbox, &settings);
        bot.launch(program(&variables));
        bot.came(&sandbox).await;
        for told in [told, "1 schedule on Slack will post nothing"] {
            assert!(says(&bot, told), "{told}");
        }
        bot.terminate();
        assert_eq!(bot.status().await, Some(0));
    }
}

/// A platform that is given up for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Discord,
    Slack,
}

impl Over {
    /// Has the platform refuse the bot for good.
    fn comes(self, discord: &Sandbox, slack: &slack::Sandbox) {
        match self {
            // Authentication failed.
            Self::Discord => discord.world().fault(GatewayFault::Close(4004)),
            Self::Slack => {
                let off = SocketFault::Disconnect(Reason::LinkDisabled);
                slack.world().fault(off);
            }
        }
    }
}

#[tokio::test]
async fn a_platform_that_is_over_leaves_the_other_alone_until_that_is_over_too() {
    for (first, then) in [(Over::Discord, Over::Slack), (Over::Slack, Over::Discord)] {
        let discord = Sandbox::start(Installed::options());
        let discord = discord.await.expect("a free port");
        let app = AppSeed::from_manifest(&manifest(&ManifestOptions::default()));
        let options = options(app.expect("Slack takes it"));
        let (bot_token, app_token) = (options.bot_token.clone(), options.app_token.clone());
        let slack = slack::Sandbox::start(options).await.expect("a free port");
        let settings = format!(
            "level = \"info\"\njson = true\n[slack]\napi = {:?}\n",
            slack.api()
        );
        let mut bot = Installed::with(&discord, &settings);
        bot.launch(program(&[(BOT.0, &bot_token), (APP.0, &app_token)]));
        bot.came(&discord).await;
        eventually(async || slack.world().connections() == 1).await;

        first.comes(&discord, &slack);
        let told = format!("{first:?} is over, the rest goes on");
        eventually(async || says(&bot, &told)).await;
        if first == Over::Slack {
            let ben = discord.person("ben");
            shown(ben.slash("general", "/question caching").await);
        } else {
            let ben = slack.person("ben");
            let used = ben.slash("general", "/question caching");
            answer(&ben, "general", used).await;
        }
        then.comes(&discord, &slack);
        assert_eq!(bot.status().await, Some(78), "{then:?} was the last");
    }
}
