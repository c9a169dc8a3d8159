//! What a daily asks: chosen by the bot, queued or replaced by an admin.

use std::collections::HashSet;

use chat_sandbox::MessageView;
use chrono::Duration;
use greenroom::app::Action;
use greenroom::bank::Bank;

use crate::harness::{Room, bank_folder, plain, question_in, said, shown};

#[tokio::test]
async fn nothing_repeats_until_the_pool_is_used_up_and_the_admin_is_told_once() {
    let room = Room::with_schedule().await;
    let mut asked = Vec::new();
    for _ in 0..6 {
        asked.push(question_in(&room.next_daily().await).id);
    }
    let mut different = asked.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 6, "{asked:?}");

    let seventh = question_in(&room.next_daily().await).id;

    assert_eq!(seventh, asked[0], "the oldest comes again: {asked:?}");
    let told = |message: &MessageView| message.text().contains("at most 7 questions left");
    room.ana.wait_for("@bot", told).await;
    let notices = room.ana.messages("@bot");
    assert_eq!(notices.iter().filter(|notice| told(notice)).count(), 1);
    room.close().await;
}

#[tokio::test]
async fn schedules_due_together_ask_different_questions() {
    let room = Room::open().await;
    for name in ["one", "two", "three", "four", "five"] {
        let line = format!("/schedule set channel:#daily time:09:00 zone:UTC schedule:{name}");
        shown(room.ana.slash("staff", &line).await);
    }
    room.advance(Duration::hours(1));

    let dailies = || -> Vec<MessageView> {
        let messages = room.ben.messages("daily").into_iter();
        messages.filter(|m| m.button("A").is_some()).collect()
    };
    room.until(async || dailies().len() == 5).await;

    let asked: HashSet<String> = dailies().iter().map(|m| question_in(m).id).collect();
    assert_eq!(asked.len(), 5, "{asked:?}");
    room.close().await;
}

#[tokio::test]
async fn a_queued_question_comes_next_and_refusals_say_why() {
    let room = Room::with_schedule().await;
    for (question, answer) in [
        ("cache-ttl", "comes next"),
        ("sql-null", "after 1 other queued question"),
        ("cache-ttl", "already queued, at place 1"),
        ("no-such-thing", "no question called"),
    ] {
        let line = format!("/daily queue question:{question}");
        let text = shown(room.ana.slash("staff", &line).await).text();
        assert!(text.contains(answer), "{question}: {text}");
    }
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    let both = "Queued: “What does a time to live decide?”, “How does SQL compare with NULL?”";
    assert!(list.replace('\\', "").contains(both), "{list}");

    let preview = shown(room.ana.slash("staff", "/schedule preview").await).text();
    let queued = both.trim_start_matches("Queued: ");
    assert!(preview.replace('\\', "").contains(queued), "{preview}");

    let first = question_in(&room.next_daily().await).id;
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    let second = question_in(&room.next_daily().await).id;

    assert_eq!([first.as_str(), &second], ["cache-ttl", "sql-null"]);
    assert!(
        list.replace('\\', "")
            .contains("Queued: “How does SQL compare with NULL?”"),
        "{list}"
    );
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(!list.contains("Queued"), "{list}");
    room.close().await;
}

#[tokio::test]
async fn a_question_without_a_quiz_is_not_queued_and_the_others_are_offered() {
    let room = Room::with_schedule().await;
    let folder = tempfile::TempDir::new().expect("a folder");
    for file in std::fs::read_dir(bank_folder()).expect("listed") {
        let file = file.expect("a file");
        std::fs::copy(file.path(), folder.path().join(file.file_name())).expect("copied");
    }
    let path = folder.path().join("http.toml");
    let http = std::fs::read_to_string(&path).expect("read");
    let (before, _) = http
        .rsplit_once("[[question.quiz]]")
        .expect("the last quiz");
    std::fs::write(&path, before).expect("written");
    let bank = Bank::load(folder.path()).expect("it is valid");
    room.app().reload(bank);

    let line = "/daily queue question:http-idempotency";
    let refused = shown(room.ana.slash("staff", line).await).text();
    assert!(refused.contains("has no quiz"), "{refused}");
    for (typed, offered) in [("http", 1), ("null", 1), ("", 5)] {
        let line = format!("/daily queue question:{typed}");
        let offers = room.ana.autocomplete("staff", &line).await.expect("offers");
        assert_eq!(offers.len(), offered, "{typed}: {offers:?}");
    }
    let refused = room.ben.slash("general", "/daily queue question:cache-ttl");
    assert!(refused.await.is_err(), "Discord does not offer it to ben");
    room.close().await;
}

#[tokio::test]
async fn a_question_is_replaced_in_its_message_and_answers_to_it_are_taken_back() {
    let room = Room::with_schedule().await;
    let yesterday = room.next_daily().await;
    let right = room.right_letter(&yesterday);
    shown(room.ben.click(&yesterday, &right).await);
    let before = shown(room.ben.slash("general", "/stats").await).text();
    let daily = room.next_daily().await;
    shown(room.ben.click(&daily, &room.right_letter(&daily)).await);
    shown(room.chloe.click(&daily, &room.wrong_letter(&daily)).await);
    let again = room.chloe.reply(&daily, "A").await;
    let receipt = room
        .chloe
        .wait_for("daily", move |m| m.reply_to == Some(again.id))
        .await;

    let asked = [question_in(&yesterday).id, question_in(&daily).id];
    let mut others = ["cache-ttl", "sql-null", "http-status-201"].into_iter();
    let other = others.find(|id| asked.iter().all(|asked| asked != id));
    let queue = format!("/daily queue question:{}", other.expect("one of three"));
    shown(room.ana.slash("staff", &queue).await);
    let told = shown(room.ana.slash("staff", "/daily replace").await).text();

    assert!(
        told.contains("2 answers to the previous question"),
        "{told}"
    );
    assert!(told.contains("that was next in the queue"), "{told}");
    let (id, old) = (daily.id, question_in(&daily).id);
    let replaced = room
        .ben
        .wait_for("daily", |m| m.id == id && question_in(m).id != old)
        .await;
    let messages = room.ben.messages("daily");
    let todays = |message: &&MessageView| message.text().contains("5 March 2026");
    assert_eq!(messages.iter().filter(todays).count(), 1);
    let after = shown(room.ben.slash("general", "/stats").await).text();
    let streak_of_today = before.replace("**1** · longest 1", "**2** · longest 2");
    assert_eq!(after, streak_of_today, "points are as they were");
    let nothing = shown(room.chloe.slash("general", "/stats").await).text();
    assert!(nothing.contains("nothing to show yet"), "{nothing}");
    let verdict = shown(room.chloe.click(&receipt, "My verdict").await).text();
    assert!(
        verdict.contains("another question now, which you have not answered yet"),
        "{verdict}"
    );
    assert!(
        verdict.contains("keep your streak but get no points"),
        "{verdict}"
    );

    let stale = daily.button("A").and_then(|button| button.custom_id);
    let stale = Action::decode(&stale.expect("an id")).expect("one of ours");
    let caller = room.caller(&room.ben);
    let refused = room
        .app()
        .press(&caller, stale, room.at(&daily), None)
        .await;
    let refused = refused.expect_err("a refusal").to_string();
    assert!(refused.contains("another question now"), "{refused}");

    let verdict = shown(
        room.ben
            .click(&replaced, &room.right_letter(&replaced))
            .await,
    );
    assert!(
        verdict.text().contains("2 dailies in a row"),
        "nobody gains twice: {}",
        verdict.text()
    );
    room.close().await;
}

#[tokio::test]
async fn a_streak_outlives_a_question_that_was_replaced_after_it_was_answered() {
    let room = Room::with_schedule().await;
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    shown(room.chloe.click(&first, "A").await);
    let second = room.next_daily().await;
    shown(room.ben.click(&second, "A").await);
    let told = shown(room.ana.slash("staff", "/daily replace").await).text();
    assert!(told.contains("That member keeps their streak"), "{told}");
    let (id, old) = (second.id, question_in(&second).id);
    let replaced = room
        .ben
        .wait_for("daily", |m| m.id == id && question_in(m).id != old)
        .await;
    assert!(
        replaced.text().contains("answers to that one keep streaks"),
        "{}",
        replaced.text()
    );

    let third = room.next_daily().await;

    let bens = shown(room.ben.click(&third, "A").await).text();
    assert!(bens.contains("3 dailies in a row"), "{bens}");
    let chloes = shown(room.chloe.click(&third, "A").await).text();
    assert!(
        chloes.contains("streak begins"),
        "she did not answer: {chloes}"
    );
    room.close().await;
}

#[tokio::test]
async fn a_question_can_be_replaced_on_the_days_after_its_own() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:23:59 zone:UTC days:wed";
    shown(room.ana.slash("staff", set).await);
    room.advance(Duration::hours(16));
    let posted = |message: &MessageView| message.button("A").is_some();
    let daily = room.ben.wait_for("daily", posted).await;
    room.recorded(&daily).await;
    room.advance(Duration::days(2));

    let told = shown(room.ana.slash("staff", "/daily replace").await).text();

    assert!(told.contains("asks another question"), "{told}");
    let (id, old) = (daily.id, question_in(&daily).id);
    let replaced = |m: &MessageView| m.id == id && question_in(m).id != old;
    room.ben.wait_for("daily", replaced).await;
    room.close().await;
}

#[tokio::test]
async fn a_replaced_question_does_not_come_back_before_the_others() {
    let room = Room::with_schedule().await;
    let first = room.next_daily().await;
    let (id, old) = (first.id, question_in(&first).id);
    room.advance(Duration::minutes(1));
    shown(room.ana.slash("staff", "/daily replace").await);
    let daily = room
        .ben
        .wait_for("daily", |m| m.id == id && question_in(m).id != old)
        .await;
    // All six questions, and then the one of longest ago.
    let mut asked = vec![question_in(&daily).id];
    for _ in 0..5 {
        asked.push(question_in(&room.next_daily().await).id);
    }
    assert!(!asked.contains(&old), "{old} came again: {asked:?}");
    room.close().await;
}

#[tokio::test]
async fn only_an_open_daily_gets_another_question_and_only_from_admins() {
    let room = Room::with_schedule().await;
    let none = shown(room.ana.slash("staff", "/daily replace").await).text();
    assert!(none.contains("no open daily"), "{none}");
    let id = room.next_daily().await.id;
    shown(room.ana.slash("staff", "/schedule pause").await);
    room.advance(Duration::days(8));
    room.ben
        .wait_for("daily", |m| m.id == id && m.button("A").is_none())
        .await;
    let closed = shown(room.ana.slash("staff", "/daily replace").await).text();
    assert!(closed.contains("no open daily"), "{closed}");
    let caller = room.caller(&room.ben);
    for refused in [
        room.app().replace_daily(&caller, None).await,
        room.app().queue_question(&caller, "cache-ttl", None).await,
    ] {
        let refused = refused.expect_err("a refusal").to_string();
        assert!(refused.contains("Only members who may manage"), "{refused}");
    }
    room.close().await;
}

#[tokio::test]
async fn words_queue_no_guess_but_offer_the_nearest_by_their_ids() {
    let room = Room::with_schedule().await;
    let refused = said(&room, "/daily queue question:what fills a cache on a miss").await;
    assert!(
        refused.starts_with("Which question?")
            && refused.contains("Did you mean one of these?")
            && refused.contains("(`cache-aside`)"),
        "{refused}"
    );
    let topic = said(&room, "/daily queue question:caching").await;
    assert!(topic.contains("(`cache-aside`)"), "{topic}");
    let list = said(&room, "/schedule list").await;
    assert!(!list.contains("Queued"), "{list}");

    let library = room.app().library();
    let question = library.bank.question("cache-aside").expect("it is there");
    let prompt = greenroom::bank::markdown::plain(&question.prompt);
    let typed = prompt.trim_end_matches('?').to_uppercase();
    let queued = said(&room, &format!("/daily queue question:{typed}")).await;
    assert!(queued.starts_with("Queued"), "{typed}: {queued}");
    let again = said(&room, "/daily queue question:cache-aside").await;
    assert!(again.starts_with("Already queued"), "{again}");
    room.close().await;
}

#[tokio::test]
async fn labels_are_read_like_what_they_stand_for() {
    let room = Room::with_schedule().await;
    let line = "/daily queue question:";
    let questions = room.ana.autocomplete("staff", line).await.expect("offers");
    assert_eq!(questions.len(), 6);
    for (place, question) in questions.into_iter().enumerate() {
        let typed = match place % 3 {
            0 => question.name,
            1 => question.value.as_str().expect("text").to_uppercase(),
            _ => question.name.to_lowercase(),
        };
        let answer = plain(&shown(
            room.ana.slash("staff", &format!("{line}{typed}")).await,
        ));
        assert!(answer.starts_with("Queued"), "{typed}: {answer}");
    }
    let unknown = plain(&shown(
        room.ana.slash("staff", &format!("{line}what is it…")).await,
    ));
    assert!(unknown.contains("no question called"), "{unknown}");
    room.close().await;
}

#[tokio::test]
async fn a_label_that_was_cut_is_read_unless_two_share_it() {
    let room = Room::with_schedule().await;
    let long = "What happens on a miss in `cache-aside`, and who is it that loads the value from the \
                database into the cache";
    let question = |id: &str, end: &str| {
        format!(
            "[[question]]\nid = \"{id}\"\nprompt = \"{long} {end}?\"\ndifficulty = \"easy\"\n\
             answer = \"A.\"\nkey_points = [\"K\"]\n[[question.quiz]]\nprompt = \"{id}?\"\n\
             options = [{{ text = \"a\", right = true, why = \"W.\" }}, {{ text = \"b\", why = \"W.\" }},\
             {{ text = \"c\", why = \"W.\" }}, {{ text = \"d\", why = \"W.\" }}]\n"
        )
    };
    let topic = "[topic]\nname = \"t\"\ntitle = \"T\"\nsummary = \"S.\"\n";
    let reload = |questions: &[String]| {
        let text = format!("{topic}{}", questions.concat());
        let bank = Bank::from_files(&[("t.toml".into(), text)]);
        room.app().reload(bank.expect("a valid bank"));
    };
    reload(&[question("one", "again")]);
    let line = "/daily queue question:";
    let offered = room
        .ana
        .autocomplete("staff", line)
        .await
        .expect("offers")
        .remove(0)
        .name;
    assert!(
        offered.ends_with('…') && !offered.contains('`'),
        "{offered}"
    );
    let answer = plain(&shown(
        room.ana.slash("staff", &format!("{line}{offered}")).await,
    ));
    assert!(answer.starts_with("Queued"), "{answer}");
    reload(&[question("one", "again"), question("two", "then")]);
    let answer = plain(&shown(
        room.ana.slash("staff", &format!("{line}{offered}")).await,
    ));
    assert!(answer.contains("by its id: `one` or `two`"), "{answer}");
    room.close().await;
}

#[tokio::test]
async fn the_old_name_does_the_same_and_says_what_the_new_one_is() {
    let room = Room::with_schedule().await;
    let none = shown(room.ana.slash("staff", "/daily skip").await).text();
    assert!(none.contains("no open daily"), "{none}");
    let daily = room.next_daily().await;
    let told = shown(room.ana.slash("staff", "/daily skip").await).text();
    assert!(told.contains("asks another question"), "{told}");
    assert!(told.contains("is called `/daily replace` now"), "{told}");
    let (id, old) = (daily.id, question_in(&daily).id);
    let replaced = |m: &MessageView| m.id == id && question_in(m).id != old;
    room.ben.wait_for("daily", replaced).await;
    let again = shown(room.ana.slash("staff", "/daily replace").await).text();
    assert!(!again.contains("is called"), "{again}");
    room.close().await;
}
