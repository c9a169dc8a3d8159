//! Calls, as the local Slack answers them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chat_sandbox::slack::{SlackFailure, SlackFault};
use chat_sandbox::{Odd, RestFailure, RestFault};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{HASTY, PATIENT, Slack};
use crate::app::card::{Audience, Card, File, Tone};
use crate::app::wording;
use crate::model::{PlatformId, SpaceId, UserId};
use crate::slack::rendering::{Message, message};
use crate::slack::sending::{Failure, Response};

fn card() -> Message {
    let card = Card::new(Tone::Good, "Hello").text("A text.");
    message(&card, &HashMap::new())
}

#[tokio::test]
async fn a_sender_learns_who_it_is_and_posts_edits_and_deletes() {
    let slack = Slack::start().await;
    let sender = slack.sender(PATIENT);
    let identity = sender.log_in().await.expect("a valid token");
    assert_eq!(
        identity.space,
        SpaceId::new(PlatformId::Slack, &identity.team)
    );
    assert!(identity.user.starts_with('U') && identity.bot.starts_with('B'));
    assert_eq!(sender.log_in().await, Ok(identity));
    assert_eq!(slack.calls("auth.test"), 1);

    let ana = slack.sandbox.person("ana");
    let (channel, card) = (slack.channel("general"), card());
    let posted = sender.post(&channel, None, &card, None).await;
    let posted = posted.expect("posted");
    let reply = sender
        .post(&channel, Some(&posted.ts), &card, None)
        .await
        .expect("replied");
    sender
        .whisper(&channel, None, ana.id(), &card)
        .await
        .expect("whispered");
    let seen = ana.messages("general");
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[0].text(), "✅ Hello\nA text.");
    assert_eq!(seen[1].thread, Some(posted.ts.clone()));
    assert!(seen[2].ephemeral);
    let other = message(&Card::new(Tone::Bad, "Bye"), &HashMap::new());
    sender.edit(&posted, &other).await.expect("edited");
    let edited = ana.again(&seen[0]).expect("it is there");
    assert_eq!(edited.text(), "❌ Bye");
    sender.delete(&reply).await.expect("deleted");
    assert!(ana.again(&seen[1]).is_none());
    assert_eq!(slack.sandbox.world().problems(), [""; 0]);
}

#[tokio::test]
async fn what_slack_refuses_is_told_in_its_words() {
    let slack = Slack::start().await;
    let sender = slack.sender(PATIENT);
    let (random, card) = (slack.channel("random"), card());
    let outside = sender.post(&random, None, &card, None).await;
    let refused = outside.expect_err("the bot isn't in it");
    assert_eq!(refused, Failure::refused("not_in_channel"));
    slack.sandbox.world().set_scope("users:read", false);
    let missing = sender.person("U1").await.expect_err("not allowed");
    let Failure::Refused { error, needed } = missing else {
        panic!("{missing:?}");
    };
    assert_eq!(
        (error.as_str(), needed.as_deref()),
        ("missing_scope", Some("users:read"))
    );
    slack.sandbox.world().uninstall();
    let revoked = sender.log_in().await.expect_err("it is uninstalled");
    assert_eq!(revoked, Failure::refused("token_revoked"));
}

#[tokio::test]
async fn answers_that_trickle_in_hold_up_no_other() {
    let slack = Slack::start().await;
    let world = slack.sandbox.world();
    let trickles = RestFault::new(RestFailure::Odd(Odd::Slow));
    world.fault(trickles.path("users.info"));
    let sender = Arc::new(slack.sender(PATIENT));
    let mut waiting = JoinSet::new();
    for number in 0..40 {
        let sender = sender.clone();
        waiting.spawn(async move { sender.person(&format!("U{number}")).await });
    }
    let (channel, card) = (slack.channel("general"), card());
    for _ in 0..3 {
        let posted = sender.post(&channel, None, &card, None).await;
        posted.expect("it is answered");
    }
    assert!(waiting.try_join_next().is_none());
}

#[tokio::test]
async fn what_may_have_been_done_is_unsure_and_is_not_done_again() {
    let slack = Slack::start().await;
    let world = slack.sandbox.world().clone();
    let channel = slack.channel("general");
    let slacks = |what| SlackFault::new("chat.postMessage", what).times(1).into();
    let others = |what| {
        RestFault::new(what)
            .path("chat.postMessage")
            .times(1)
            .into()
    };
    let faults: [(chat_sandbox::slack::Fault, usize); 8] = [
        (slacks(SlackFailure::ErrorAfter("fatal_error")), 1),
        (slacks(SlackFailure::ErrorAfter("internal_error")), 1),
        (slacks(SlackFailure::StatusAfter(504)), 1),
        (slacks(SlackFailure::StallAfter), 1),
        (others(RestFailure::DropAfter), 1),
        (others(RestFailure::DropBefore), 0),
        (others(RestFailure::Status(503)), 0),
        (slacks(SlackFailure::Error("request_timeout")), 0),
    ];
    let mut done = 0;
    for (fault, is_done) in faults {
        let told = format!("{fault:?}");
        world.fault(fault);
        // One that has posted nothing yet needn't wait for its turn.
        let sender = slack.sender(HASTY);
        let posted = sender.post(&channel, None, &card(), None).await;
        assert!(
            matches!(posted, Err(Failure::Unsure(_))),
            "{told}: {posted:?}"
        );
        world.clear_faults();
        done += is_done;
        assert_eq!(slack.posted(), done, "{told}");
    }
}

#[tokio::test]
async fn what_answers_in_slacks_place_is_kept_out() {
    let slack = Slack::start().await;
    let world = slack.sandbox.world().clone();
    let sender = slack.sender(HASTY);
    let login = Odd::Body {
        status: 200,
        kind: "text/html",
        text: "<html>Log in</html>",
    };
    let nothing = Odd::Body {
        status: 200,
        kind: "application/json",
        text: "{\"ok\": 1}",
    };
    let odd = [
        Odd::Endless,
        Odd::Slow,
        Odd::EndlessHeader,
        Odd::Redirect("http://127.0.0.1:9/"),
        login,
        nothing,
    ];
    for odd in odd {
        world.fault(RestFault::new(RestFailure::Odd(odd)).path("users.info"));
        let asked: Result<Value, Failure> =
            sender.once("users.info", &json!({ "user": "U1" })).await;
        assert!(
            matches!(asked, Err(Failure::Unsure(_))),
            "{odd:?}: {asked:?}"
        );
        world.clear_faults();
    }
}

#[tokio::test]
async fn a_limit_closes_its_method_until_slack_wants_it_again_and_no_other() {
    let slack = Slack::start().await;
    let (sender, channel) = (slack.sender(PATIENT), slack.channel("general"));
    let limit = RestFailure::RateLimit {
        after: Duration::from_secs(30),
        global: false,
    };
    let fault = RestFault::new(limit).path("chat.postMessage").times(1);
    slack.sandbox.world().fault(fault);
    for _ in 0..2 {
        let limited = sender.post(&channel, None, &card(), None).await;
        let Err(Failure::Later(_, wait)) = limited else {
            panic!("{limited:?}");
        };
        assert!(
            wait > Duration::from_secs(25) && wait <= Duration::from_secs(31),
            "{wait:?}"
        );
    }
    assert_eq!(slack.calls("chat.postMessage"), 1, "the second isn't made");
    let ana = slack.sandbox.person("ana");
    assert!(sender.person(ana.id()).await.is_ok());
}

#[tokio::test]
async fn a_limit_that_cannot_be_meant_is_a_short_one() {
    let slack = Slack::start().await;
    let channel = slack.channel("general");
    for header in [None, Some("1e19"), Some("-1"), Some("soon")] {
        let odd = Odd::Limit {
            header,
            json: None,
            global: false,
        };
        let fault = RestFault::new(RestFailure::Odd(odd))
            .path("conversations.info")
            .times(1);
        slack.sandbox.world().fault(fault);
        let asked = json!({ "channel": channel });
        let sender = slack.sender(PATIENT);
        let limited: Result<Value, Failure> = sender.once("conversations.info", &asked).await;
        let Err(Failure::Later(_, wait)) = limited else {
            panic!("{limited:?}");
        };
        assert_eq!(wait, Duration::from_secs(1), "{header:?}");
    }
}

#[tokio::test]
async fn a_call_that_may_be_repeated_is() {
    let slack = Slack::start().await;
    let (sender, channel) = (slack.sender(PATIENT), slack.channel("general"));
    let fault = RestFault::new(RestFailure::Status(500))
        .path("conversations.info")
        .times(1);
    slack.sandbox.world().fault(fault);
    let answer: Value = sender
        .call("conversations.info", &json!({ "channel": channel }))
        .await
        .expect("at the second try");
    assert_eq!(answer["channel"]["name"], "general");
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    let slack = Slack::start().await;
    let (sender, channel) = (slack.sender(PATIENT), slack.channel("general"));
    slack.sandbox.stop().await;
    let unsent = sender.post(&channel, None, &card(), None).await;
    assert!(matches!(unsent, Err(Failure::Later(..))), "{unsent:?}");
}

#[tokio::test]
async fn a_response_goes_to_slack_only_and_an_expired_one_is_told() {
    let slack = Slack::start().await;
    let (sender, card) = (slack.sender(PATIENT), card());
    let response = Response::beside(&card, Audience::Caller);
    for odd in [
        "https://192.0.2.1/actions/T1/x",
        "https://hooks.slack.com.example/actions/T1/x",
        "https://notslack.com/actions/T1/x",
        "http://hooks.slack.com/actions/T1/x",
        "ftp://a.example",
        "",
        "//x",
    ] {
        let refused = sender.respond(odd, &response).await.expect_err(odd);
        assert_eq!(
            refused,
            Failure::refused("not_an_address_of_slack"),
            "{odd}"
        );
    }
    let url = format!("http://{}/actions/T1/unknown", slack.sandbox.address());
    let expired = sender.respond(&url, &response).await;
    assert_eq!(expired, Err(Failure::refused("expired_url")));
}

#[test]
fn a_response_says_where_it_goes() {
    let card = card();
    let json = |response: &Response<'_>| serde_json::to_value(response).expect("JSON");
    let place = json(&Response::in_place(&card));
    assert_eq!(place["replace_original"], true);
    assert_eq!(place["text"], card.text.as_str());
    let beside = json(&Response::beside(&card, Audience::Everyone).in_thread(Some("1.2")));
    assert_eq!(beside["response_type"], "in_channel");
    assert_eq!(beside["replace_original"], false);
    assert_eq!(beside["thread_ts"], "1.2");
}

#[tokio::test]
async fn direct_messages_and_files_arrive() {
    let slack = Slack::start().await;
    let (sender, ana) = (slack.sender(PATIENT), slack.sandbox.person("ana"));
    sender.direct(ana.id(), &card()).await.expect("sent");
    let file = File {
        name: "data.json".to_owned(),
        bytes: b"{}".to_vec(),
    };
    let sent = sender.send_file(ana.id(), &file, "Your data").await;
    sent.expect("sent");
    let seen = ana.messages("@bot");
    assert_eq!(seen[0].text(), "✅ Hello\nA text.");
    assert_eq!(seen[1].files, ["Your data"]);
    let stored = slack.sandbox.world().files();
    assert_eq!(stored[0].bytes.as_deref(), Some(&b"{}"[..]));
    assert_eq!(slack.sandbox.world().problems(), [""; 0]);
}

#[tokio::test]
async fn people_are_known_for_a_while_and_named_whatever_happens() {
    let slack = Slack::start().await;
    let sender = slack.sender(PATIENT);
    let team = sender.log_in().await.expect("a valid token").team;
    let id = |name: &str| slack.sandbox.person(name).id().to_owned();
    let ana = sender.person(&id("ana")).await.expect("she is there");
    assert_eq!(
        (ana.name.as_str(), ana.zone.as_deref()),
        ("Ana", Some("Europe/Berlin"))
    );
    assert!(ana.admin && !ana.guest && !ana.stranger);
    let dai = sender.person(&id("dai")).await.expect("he is there");
    assert!(dai.guest && !dai.admin);
    slack.sandbox.world().set_person("ben", true, false);
    assert!(
        sender
            .person(&id("ben"))
            .await
            .expect("he is there")
            .stranger
    );
    assert_eq!(sender.person(&id("ana")).await, Ok(ana));
    assert_eq!(slack.calls("users.info"), 3);

    let user = |user: &str| UserId::new(PlatformId::Slack, format!("{team}:{user}"));
    let (known, gone) = (user(&id("ana")), user("U404"));
    let names = sender.names(&[known.clone(), gone.clone()]).await;
    assert_eq!(names[&known], "Ana");
    assert_eq!(names[&gone], wording::SOMEONE);
    assert_eq!(slack.calls("users.info"), 4);
}
