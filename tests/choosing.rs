//! What is offered while an admin types a question to queue; `stories/choosing.rs` has the rest.

use greenroom::bank::Bank;

use crate::harness::{Room, bank_folder, plain, shown};

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
    insta::assert_snapshot!(room.told(&room.ana, line).await, @r"
    That didn't work
    “Which methods are idempotent?” has no quiz, so there would be nothing to press. Choose another question.
    Only you can see this
    ");
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
    let unknown = "/daily queue question:what is it…";
    insta::assert_snapshot!(room.told(&room.ana, unknown).await, @r"
    Which question?
    There is no question called “what is it…”. Type words of it into the option, and pick it from the list.
    Only you can see this
    ");
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
    let queue = format!("{line}{offered}");
    insta::assert_snapshot!(room.told(&room.ana, &queue).await, @r"
    Queued
    “What happens on a miss in `cache-aside`, and who is it that loads the value from the database into the cache again?” comes next in “daily”. `/schedule list` shows what is queued.
    Only you can see this
    ");
    reload(&[question("one", "again"), question("two", "then")]);
    insta::assert_snapshot!(room.told(&room.ana, &queue).await, @r"
    Which question?
    Two questions are worded like that. Name the one you mean by its id: `one` or `two`.
    Only you can see this
    ");
    room.close().await;
}
