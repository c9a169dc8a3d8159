use serde_json::json;
use tokio::time::advance;

use super::*;

/// Slack, which says this of everyone, and how often it was asked.
#[derive(Default)]
struct Slack {
    says: Mutex<Option<Failure>>,
    name: Mutex<&'static str>,
    asked: Mutex<usize>,
    /// So many are answered without a wait.
    at_once: usize,
    lists: Mutex<usize>,
}

impl Asks for Slack {
    async fn about(&self, _: &str, patience: Patience) -> Result<Answer, Failure> {
        if patience == Patience::None && self.asked() >= self.at_once {
            return Err(limited());
        }
        *self.asked.lock().expect("no panic") += 1;
        let says = self.says.lock().expect("no panic").clone();
        let name = *self.name.lock().expect("no panic");
        let user = json!({ "user": { "name": name, "is_admin": true } });
        says.map_or_else(|| Ok(serde_json::from_value(user).expect("a user")), Err)
    }

    async fn list(&self, from: &str) -> Result<Page, Failure> {
        *self.lists.lock().expect("no panic") += 1;
        if let Some(failure) = self.says.lock().expect("no panic").clone() {
            return Err(failure);
        }
        let first: usize = from.parse().unwrap_or_default();
        let of_page = (first..first + 100).map(|user| json!({ "id": format!("U{user}") }));
        let next = if first < 200 {
            (first + 100).to_string()
        } else {
            String::new()
        };
        let page = json!({
            "members": of_page.collect::<Vec<_>>(), "response_metadata": { "next_cursor": next },
        });
        Ok(serde_json::from_value(page).expect("a page"))
    }

    fn team(&self) -> Option<&str> {
        None
    }
}

impl Slack {
    fn named(name: &'static str) -> Self {
        let slack = Self {
            at_once: usize::MAX,
            ..Self::default()
        };
        *slack.name.lock().expect("no panic") = name;
        slack
    }

    fn fails(&self, failure: Failure) {
        *self.says.lock().expect("no panic") = Some(failure);
    }

    fn asked(&self) -> usize {
        *self.asked.lock().expect("no panic")
    }
}

fn limited() -> Failure {
    Failure::Later("Slack asks to wait".into(), Duration::from_secs(30))
}

async fn name(people: &People, slack: &Slack) -> Option<String> {
    let person = people.person(slack, "U1").await;
    person.ok().map(|person| person.name)
}

#[tokio::test(start_paused = true)]
async fn what_is_known_serves_at_once_and_what_is_old_is_asked_anew_behind() {
    let (people, before, after) = (People::default(), Slack::named("ana"), Slack::named("anna"));
    assert_eq!(name(&people, &before).await.as_deref(), Some("ana"));
    advance(FRESH * 2).await;
    // Nobody is asked while somebody waits, and one renewal is enough.
    for _ in 0..3 {
        assert_eq!(name(&people, &after).await.as_deref(), Some("ana"));
    }
    assert_eq!(after.asked(), 0);
    let renewed = tokio::time::timeout(FRESH / 2, people.renew(&after));
    renewed.await.expect_err("it goes on");
    assert_eq!(after.asked(), 1);
    assert_eq!(name(&people, &after).await.as_deref(), Some("anna"));
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_fails_is_tried_again_and_whoever_is_gone_is_forgotten() {
    let (people, slack) = (People::default(), Slack::named("ana"));
    let renewed = async |times| {
        let renewed = tokio::time::timeout(BETWEEN * times, people.renew(&slack));
        renewed.await.expect_err("it goes on");
    };
    assert!(name(&people, &slack).await.is_some());
    advance(FRESH * 2).await;
    slack.fails(limited());
    assert!(name(&people, &slack).await.is_some());
    renewed(2).await;
    assert!(name(&people, &slack).await.is_some());
    slack.fails(Failure::refused("user_not_visible"));
    renewed(2).await;
    assert_eq!(slack.asked(), 3);
    assert_eq!(name(&people, &slack).await, None);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_remembered_for_longer_than_a_week() {
    let (people, slack) = (People::default(), Slack::named("ana"));
    assert!(name(&people, &slack).await.is_some());
    slack.fails(limited());
    advance(KEPT - Duration::from_secs(1)).await;
    assert!(name(&people, &slack).await.is_some());
    advance(Duration::from_secs(1)).await;
    assert_eq!(name(&people, &slack).await, None);
    // Whoever is asked about next, the others go.
    people
        .person(&Slack::named("ben"), "U2")
        .await
        .expect("told");
    assert_eq!(people.people().keys().collect::<Vec<_>>(), ["U2"]);
}

#[tokio::test(start_paused = true)]
async fn who_is_an_admin_is_asked_anew_and_what_was_said_of_late_counts_meanwhile() {
    let (people, slack) = (People::default(), Slack::named("ana"));
    assert_eq!(people.is_admin(&slack, "U1").await, Ok(true));
    assert_eq!(people.is_admin(&slack, "U1").await, Ok(true));
    assert_eq!(slack.asked(), 1);
    advance(ADMIN).await;
    slack.fails(limited());
    assert_eq!(people.is_admin(&slack, "U1").await, Ok(true));
    assert_eq!(slack.asked(), 2);
    let gone = Failure::refused("user_not_found");
    slack.fails(gone.clone());
    assert_eq!(people.is_admin(&slack, "U1").await, Err(gone));
    slack.fails(limited());
    advance(FRESH).await;
    assert_eq!(people.is_admin(&slack, "U1").await, Err(limited()));
}

#[tokio::test(start_paused = true)]
async fn when_too_many_are_new_everyone_is_asked_about_at_once() {
    let people = People::default();
    let slack = Slack {
        at_once: 50,
        ..Slack::named("ana")
    };
    let users: Vec<String> = (0..300).map(|user| format!("U{user}")).collect();
    let all = users.iter().map(|user| people.person(&slack, user));
    let all = futures_util::future::join_all(all).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(
        (slack.asked(), *slack.lists.lock().expect("no panic")),
        (50, 3)
    );
    // Whoever isn't on the list is asked about all the same, and the list isn't fetched for each.
    for user in ["another", "one more"] {
        people.person(&slack, user).await.expect("told");
    }
    assert_eq!(
        (slack.asked(), *slack.lists.lock().expect("no panic")),
        (52, 3)
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_that_slack_said_before_makes_somebody_an_admin_now() {
    let (people, slack) = (People::default(), Slack::named("ana"));
    assert_eq!(people.is_admin_now(&slack, "U1").await, Ok(true));
    slack.fails(limited());
    assert_eq!(people.is_admin(&slack, "U1").await, Ok(true));
    let now = people.is_admin_now(&slack, "U1").await;
    assert_eq!(now, Err(limited()));
}

#[tokio::test(start_paused = true)]
async fn no_more_people_are_remembered_than_is_bounded() {
    let (people, slack) = (People::default(), Slack::named("ana"));
    for user in ["U0", "U1"] {
        people.person(&slack, user).await.expect("told");
        advance(Duration::from_secs(1)).await;
    }
    let known = |person: &Person| Known::now(person.clone());
    let ana = people.person(&slack, "U1").await.expect("told");
    let others = (2..PEOPLE).map(|user| (format!("U{user}"), known(&ana)));
    people.people().extend(others);
    people.person(&slack, "another").await.expect("told");
    assert_eq!(people.people().len(), PEOPLE);
    assert!(people.known("U0").is_none() && people.known("U1").is_some());
}
