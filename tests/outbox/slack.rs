//! The story on the local Slack, which knows no keys, and whose history lags behind by five seconds all the time.

use std::time::Duration;

use chat_sandbox::slack::{
    AppSeed, Fault, MessageView, Options, Person, Sandbox, SlackFailure, SlackFault,
};
use chat_sandbox::{RestFailure, RestFault};
use greenroom::slack::{ManifestOptions, manifest};

use super::{Call, Fate, Shown, Stage};
use crate::harness::PATIENCE;
use crate::killed::Local;
use crate::slack::{answer, options};

const LAG: Duration = Duration::from_secs(5);

struct Slack {
    sandbox: Sandbox,
    ana: Person,
    ben: Person,
}

impl Local for Slack {
    fn section(&self) -> String {
        format!("[slack]\napi = {:?}\n", self.sandbox.api())
    }

    fn tokens(&self) -> Vec<(&'static str, String)> {
        let Options {
            bot_token,
            app_token,
            ..
        } = Options::default();
        vec![
            ("SLACK_BOT_TOKEN", bot_token),
            ("SLACK_APP_TOKEN", app_token),
        ]
    }

    async fn came_online(&self, online: bool) -> bool {
        let world = self.sandbox.world();
        let mut changes = world.changes();
        // Not within `wait_for`, which keeps the world from telling of a change meanwhile.
        let came = async {
            while (world.connections() > 0) != online {
                changes.changed().await.expect("it is there");
            }
        };
        tokio::time::timeout(PATIENCE, came).await.is_ok()
    }
}

fn method(call: Call) -> &'static str {
    match call {
        Call::Look => "conversations.history",
        Call::Post => "chat.postMessage",
        Call::Edit => "chat.update",
    }
}

impl Slack {
    fn lag(&self) {
        self.sandbox.world().fault(Fault::HistoryLags(LAG));
    }
}

impl Stage for Slack {
    const KILLS: usize = 1;
    const CALLS: &'static [Call] = &[Call::Look, Call::Post];
    const UNSAID: &'static [Fate] = &[Fate::Cut, Fate::Silent, Fate::TimedOut];
    const FINDS_OUT: Call = Call::Look;
    const RECORDS_TRIES: bool = true;
    type Message = MessageView;

    /// Every other time it doesn't tell the bot of its own messages, so that it has to look for them.
    async fn open(round: usize) -> Self {
        let manifest = manifest(&ManifestOptions::default());
        let mut app = AppSeed::from_manifest(&manifest).expect("Slack takes it");
        let tells = round % 2 == 1;
        app.events
            .retain(|event| tells || !event.starts_with("message."));
        let sandbox = Sandbox::start(options(app)).await.expect("a free port");
        let stage = Self {
            ana: sandbox.person("ana"),
            ben: sandbox.person("ben"),
            sandbox,
        };
        stage.lag();
        stage
    }

    fn befall(&self, call: Call, fate: Fate) {
        let method = method(call);
        let way = |what| RestFault::new(what).path(method).into();
        let there = |what| SlackFault::new(method, what).into();
        let fault: Fault = match fate {
            Fate::Lost => way(RestFailure::DropBefore),
            Fate::Cut => way(RestFailure::DropAfter),
            Fate::Silent => there(SlackFailure::StallAfter),
            Fate::TimedOut => there(SlackFailure::StatusAfter(504)),
            Fate::Slow => way(RestFailure::Delay(Duration::from_secs(1))),
        };
        self.sandbox.world().fault(fault);
    }

    fn mend(&self) {
        self.sandbox.world().clear_faults();
        self.lag();
    }

    fn asked(&self, call: Call) -> usize {
        let channels = self.sandbox.world().channels().into_iter();
        let daily = channels.filter(|(_, name)| name == "daily");
        let daily: Vec<_> = daily.map(|(id, _)| id).collect();
        let calls = self.sandbox.world().calls(method(call)).into_iter();
        let there = calls.filter(|(asked, _)| daily.iter().any(|id| asked["channel"] == *id));
        there.count()
    }

    async fn command(&self, line: &str) -> String {
        // What is picked while one types is a word of its own.
        let line = line.replace(":#", ": #");
        let used = self.ana.slash("staff", &line);
        answer(&self.ana, "staff", used).await.text()
    }

    async fn press(&self, daily: &MessageView) -> String {
        let pressed = self.ben.click(daily, "A");
        answer(&self.ben, "daily", pressed).await.text()
    }

    fn dailies(&self) -> Vec<Shown<MessageView>> {
        let messages = self.ben.messages("daily").into_iter();
        let shown = messages.filter(|it| !it.ephemeral).map(|message| Shown {
            text: message.text(),
            open: message.buttons().contains(&"A".to_owned()),
            message,
        });
        shown
            .filter(|it| it.text.contains("Daily question"))
            .collect()
    }

    fn close(&self) {
        let problems = self.sandbox.world().problems();
        assert!(problems.is_empty(), "the local Slack saw: {problems:#?}");
    }
}

super::story!(Slack);
