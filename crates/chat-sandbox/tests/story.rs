//! One story, told once, on the local Discord and on the local Slack: people do and see things by the same words.

use chat_sandbox::{Options, Sandbox, slack};

macro_rules! story {
    ($name:ident, $sandbox:ty, $options:expr) => {
        #[tokio::test]
        async fn $name() {
            let sandbox = <$sandbox>::start($options).await.expect("a free port");
            let (ana, ben) = (sandbox.person("ana"), sandbox.person("ben"));
            let said = ana.say("general", "Lunch?").await;
            let seen = ben.wait_for("general", |it| it.text() == "Lunch?").await;
            let reply = ben.reply(&seen, "At noon").await;
            ana.wait_for("general", |it| it.text() == "At noon").await;
            ana.react(&reply, "tada").await;
            assert_eq!(ana.messages("general").len(), 2);
            assert!(!said.ephemeral && !said.edited && said.buttons().is_empty());
            // There is no bot, so nothing comes of these.
            assert!(ana.slash("general", "/echo hello").await.is_err());
            assert!(ana.click(&said, "Go").await.is_err());
            assert!(ana.select(&said, "Pick", &["One"]).await.is_err());
            assert_eq!(sandbox.world().problems(), [""; 0]);
            sandbox.stop().await;
        }
    };
}

story!(
    people_meet_on_the_local_discord,
    Sandbox,
    Options::default()
);
story!(
    people_meet_on_the_local_slack,
    slack::Sandbox,
    slack::Options::default()
);
