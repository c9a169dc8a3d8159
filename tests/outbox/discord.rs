//! The story on the local Discord, which enforces keys and forgets them.

use chat_sandbox::{MessageView, Person, RestFailure, RestFault, Sandbox};
use reqwest::Method;
use rusqlite::Connection;

use super::{Call, Fate, Shown, Stage, again_and_again};
use crate::harness::{record, shown};
use crate::killed::{Installed, Local};

struct Discord {
    sandbox: Sandbox,
    ana: Person,
    ben: Person,
}

impl Local for Discord {
    fn section(&self) -> String {
        self.sandbox.section()
    }

    fn tokens(&self) -> Vec<(&'static str, String)> {
        self.sandbox.tokens()
    }

    async fn came_online(&self, online: bool) -> bool {
        self.sandbox.came_online(online).await
    }
}

impl Discord {
    /// The path of calls about messages in #daily.
    fn path(&self) -> String {
        let channels = self.ana.channels();
        let daily = channels.iter().find(|channel| channel.name == "daily");
        format!("/channels/{}/messages", daily.expect("#daily").id)
    }
}

fn method(call: Call) -> Method {
    match call {
        Call::Look => Method::GET,
        Call::Post => Method::POST,
        Call::Edit => Method::PATCH,
    }
}

impl Stage for Discord {
    const KILLS: usize = 3;
    const CALLS: &'static [Call] = &[Call::Post];
    const UNSAID: &'static [Fate] = &[Fate::Cut];
    const FINDS_OUT: Call = Call::Post;
    const RECORDS_TRIES: bool = false;
    type Message = MessageView;

    async fn open(_: usize) -> Self {
        let sandbox = Sandbox::start(Installed::options());
        let sandbox = sandbox.await.expect("a free port");
        Self {
            ana: sandbox.person("ana"),
            ben: sandbox.person("ben"),
            sandbox,
        }
    }

    fn befall(&self, call: Call, fate: Fate) {
        let what = match fate {
            Fate::Lost => RestFailure::DropBefore,
            Fate::Cut | Fate::Silent | Fate::TimedOut => RestFailure::DropAfter,
            Fate::Slow => RestFailure::Delay(std::time::Duration::from_secs(1)),
        };
        let fault = RestFault::new(what).method(method(call));
        self.sandbox.world().fault(fault.path(&self.path()));
    }

    fn mend(&self) {
        self.sandbox.world().clear_faults();
    }

    fn asked(&self, call: Call) -> usize {
        let (method, path) = (method(call), self.path());
        let requests = self.sandbox.world().requests().into_iter();
        let asked = requests.filter(|it| it.method == method.as_str() && it.path.contains(&path));
        asked.count()
    }

    async fn command(&self, line: &str) -> String {
        shown(self.ana.slash("staff", line).await).text()
    }

    async fn press(&self, daily: &MessageView) -> String {
        shown(self.ben.click(daily, "A").await).text()
    }

    fn dailies(&self) -> Vec<Shown<MessageView>> {
        let messages = self.ben.messages("daily").into_iter();
        let shown = messages.map(|message| Shown {
            text: message.text(),
            open: message.button("A").is_some(),
            message,
        });
        shown
            .filter(|it| it.text.contains("Daily question"))
            .collect()
    }

    fn close(&self) {
        record(&self.sandbox);
    }
}

super::story!(Discord);

/// Makes the claim so old that Discord has forgotten its nonce.
fn age(database: &Connection) {
    let age = "UPDATE dailies SET claimed_at = claimed_at - 180000, tried_at = tried_at - 180000";
    database.execute(age, []).expect("written");
}

#[tokio::test]
async fn killed_around_a_post_and_started_when_the_nonce_is_forgotten() {
    for fate in [Fate::Lost, Fate::Cut] {
        again_and_again::<Discord>(async |scene| {
            scene.stage.befall(Call::Post, fate);
            let before = (scene.stage.asked(Call::Post), scene.stage.asked(Call::Look));
            scene.post_now().await;
            scene.asked(Call::Post, before.0).await;
            scene.kill_and_restart(age).await;
            // It looks before it sends again.
            scene.asked(Call::Look, before.1).await;
            scene.one_message().await;
        })
        .await;
    }
}
