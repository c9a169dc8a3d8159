//! `/quiz`: practice.

use chat_sandbox::MessageView;

use crate::harness::{Room, question_in, shown};

#[tokio::test]
async fn a_quiz_is_one_message_edited_along_with_a_summary_at_the_end() {
    let room = Room::open().await;
    let first = shown(
        room.ben
            .slash("general", "/quiz topic:caching count:2")
            .await,
    );
    assert!(
        first.ephemeral && first.text().contains("Question 1 of 2"),
        "{}",
        first.text()
    );

    let quiz = room.quiz_in(&first);
    let right = shown(room.ben.click(&first, &room.right_letter(&first)).await);
    assert_eq!(right.id, first.id, "the message is edited along");
    assert!(right.text().contains("Right!"));
    for option in &quiz.options {
        assert!(
            right.text().contains(&option.why),
            "each option says why: {}",
            right.text()
        );
    }

    let second = shown(room.ben.click(&right, "Next").await);
    assert!(
        second.text().contains("Question 2 of 2"),
        "{}",
        second.text()
    );
    let missed_prompt = room.quiz_in(&second).prompt;
    let wrong = shown(room.ben.click(&second, &room.wrong_letter(&second)).await);
    assert!(wrong.text().contains("Not right"), "{}", wrong.text());

    let summary = shown(room.ben.click(&wrong, "See the result").await);
    assert!(
        summary.text().contains("1 of 2 right"),
        "{}",
        summary.text()
    );
    assert!(
        summary.text().contains(&missed_prompt),
        "{}",
        summary.text()
    );

    assert!(summary.button("Another quiz").is_some());
    let again = shown(room.ben.click(&summary, "Practise the missed ones").await);
    assert!(again.text().contains(&missed_prompt), "{}", again.text());
    room.close().await;
}

#[tokio::test]
async fn a_quiz_survives_a_restart_in_the_middle() {
    let mut room = Room::open().await;
    let first = shown(
        room.ben
            .slash("general", "/quiz topic:caching count:2")
            .await,
    );
    let graded = shown(room.ben.click(&first, &room.right_letter(&first)).await);

    room.restart_bot().await;

    let second = shown(room.ben.click(&graded, "Next").await);
    assert!(
        second.text().contains("Question 2 of 2"),
        "{}",
        second.text()
    );
    let graded = shown(room.ben.click(&second, &room.right_letter(&second)).await);
    let summary = shown(room.ben.click(&graded, "See the result").await);
    assert!(
        summary.text().contains("2 of 2 right"),
        "{}",
        summary.text()
    );
    room.close().await;
}

#[tokio::test]
async fn a_summary_does_not_show_the_answer_of_a_daily_that_is_still_to_be_answered() {
    let room = Room::with_schedule().await;
    let first = shown(
        room.ben
            .slash("general", "/quiz topic:caching count:2")
            .await,
    );
    let missed = shown(room.ben.click(&first, &room.wrong_letter(&first)).await);
    let second = shown(room.ben.click(&missed, "Next").await);
    let missed = shown(room.ben.click(&second, &room.wrong_letter(&second)).await);
    let line = format!("/daily queue question:{}", question_in(&first).id);
    shown(room.ana.slash("staff", &line).await);
    let daily = room.next_daily().await;
    assert_eq!(question_in(&daily).id, question_in(&first).id);
    let right = |quiz: &MessageView| {
        let quiz = room.quiz_in(quiz);
        quiz.options[quiz.right()].text.clone()
    };

    let summary = shown(room.ben.click(&missed, "See the result").await);

    let text = summary.text();
    assert!(text.contains("0 of 2 right"), "{text}");
    assert!(text.contains(&right(&second)), "{text}");
    assert!(!text.contains(&right(&first)), "{text}");
    let told = format!(
        "{} → once you have the verdict",
        room.quiz_in(&first).prompt
    );
    assert!(text.contains(&told), "{text}");
    room.close().await;
}

#[tokio::test]
async fn the_first_answer_counts() {
    let room = Room::open().await;
    let asked = shown(room.ben.slash("general", "/quiz topic:http count:1").await);
    let (right, wrong) = (room.right_letter(&asked), room.wrong_letter(&asked));
    let right_id = asked
        .button(&right)
        .and_then(|button| button.custom_id)
        .expect("an id");
    shown(room.ben.click(&asked, &wrong).await);

    let again = room.app();
    let caller = room.caller(&room.ben);
    let action = greenroom::app::Action::decode(&right_id).expect("one of ours");
    let card = again
        .press(&caller, action, room.at(&asked), None)
        .await
        .expect("a card");

    assert!(card.title.contains("Not right"), "{card:?}");
    room.close().await;
}

#[tokio::test]
async fn somebody_elses_quiz_and_a_count_out_of_range_are_refused() {
    let room = Room::open().await;
    let asked = shown(room.ben.slash("general", "/quiz topic:http count:1").await);
    let id = asked
        .button("A")
        .and_then(|button| button.custom_id)
        .expect("an id");
    let action = greenroom::app::Action::decode(&id).expect("one of ours");

    let refused = room
        .app()
        .press(&room.caller(&room.chloe), action, room.at(&asked), None)
        .await;
    let refused = refused.expect_err("a refusal").to_string();
    insta::assert_snapshot!(refused, @"This is somebody else's quiz. Start your own with /quiz.");

    let caller = room.caller(&room.ben);
    for count in [0, 21, i64::MAX] {
        let refused = room.app().start_quiz(&caller, None, count, None).await;
        let refused = refused.expect_err("a refusal").to_string();
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused, @"A quiz has 1 to 20 questions. Please choose a count in between.");
        }
    }
    room.close().await;
}

#[tokio::test]
async fn quiz_me_asks_the_question_looked_at() {
    let room = Room::open().await;
    let question = shown(room.ben.slash("general", "/question cache-aside").await);

    let quiz = shown(room.chloe.click(&question, "Quiz me").await);
    insta::assert_snapshot!(room.reads_unshuffled(&quiz, &quiz), @r"
    Quiz
    **Who fills the cache in cache-aside?**

    **A** · The application
    **B** · The database
    **C** · The browser
    Caching · easy · redis, patterns
    [A] [B] [C]
    Only you can see this
    ");

    let graded = shown(room.chloe.click(&quiz, &room.right_letter(&quiz)).await);
    insta::assert_snapshot!(room.reads_unshuffled(&graded, &quiz), @r"
    Right!
    **Who fills the cache in cache-aside?**

    ✅ **A** · The application ← your answer
    It reads the database on a miss and writes the cache.

    ❌ **B** · The database
    It knows nothing of the cache.

    ❌ **C** · The browser
    It has a cache of its own.

    Caching · easy · redis, patterns
    [Another] [Model answer]
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn an_unknown_topic_names_the_nearest() {
    let room = Room::open().await;
    let long = "caching ".repeat(700);
    let typed = [
        "cachng",
        "caching 20",
        "caching please",
        "20 cachng",
        "some sql things",
        "cache stampede",
        "nonsense",
        "🔥",
        &long,
    ];
    let near = async |option: &str| {
        let mut near = Vec::new();
        for typed in typed {
            near.push(room.told(&room.ben, &format!("{option}{typed}")).await);
        }
        near.join("\n\n")
    };
    let of_quiz = near("/quiz topic:").await;
    insta::assert_snapshot!(of_quiz, @r"
    Which topic?
    There is no topic “cachng”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “caching 20”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “caching please”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “20 cachng”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “some sql things”. Did you mean Relational databases?
    Only you can see this

    Which topic?
    There is no topic “cache stampede”. Did you mean Caching?
    Only you can see this

    Which topic?
    There is no topic “nonsense”. /topics shows all topics.
    Only you can see this

    Which topic?
    There is no topic “🔥”. /topics shows all topics.
    Only you can see this

    Which topic?
    There is no topic “caching caching caching caching caching caching caching caching caching caching caching caching…”. Did you mean Caching?
    Only you can see this
    ");
    assert_eq!(near("/leaderboard topic:").await, of_quiz);
    room.close().await;
}

#[tokio::test]
async fn a_topic_is_known_by_words_of_its_title_that_no_other_has() {
    let room = Room::open().await;
    let asked = async |topic: &str| {
        let line = format!("/quiz topic:{topic} count:1");
        shown(room.ben.slash("general", &line).await).text()
    };
    for topic in ["sql", "Databases", "relational"] {
        let quiz = asked(topic).await;
        assert!(quiz.contains("Relational databases"), "{topic}: {quiz}");
    }
    let files = ["api design", "api testing", "apis", "rest"].map(|title| {
        let name = title.replace(' ', "-");
        let topic = format!("[topic]\nname = \"{name}\"\ntitle = \"{title}\"\nsummary = \"S.\"\n");
        let question = format!(
            "[[question]]\nid = \"{name}-1\"\nprompt = \"Why?\"\ndifficulty = \"easy\"\n\
             answer = \"A.\"\nkey_points = [\"K\"]\n"
        );
        ((&*format!("{name}.toml")).into(), topic + &question)
    });
    let bank = greenroom::bank::Bank::from_files(&files).expect("a valid bank");
    room.app().reload(bank);
    insta::assert_snapshot!(asked("API").await, @r"
    Which topic?
    “API” could mean several topics. Name the one you mean: api design, api testing
    ");
    insta::assert_snapshot!(asked("ap").await, @r"
    Which topic?
    There is no topic “ap”. /topics shows all topics.
    ");
    room.close().await;
}

#[tokio::test]
async fn fewer_questions_than_asked_for_are_said_to_be_all_there_are() {
    let room = Room::open().await;
    let quiz = shown(
        room.ben
            .slash("general", "/quiz topic:caching count:20")
            .await,
    );
    let text = quiz.text();
    let told = "These 3 are all the questions in “Caching” that I can ask you now.";
    assert!(text.contains(told), "{text}");
    assert!(text.contains("Question 1 of 3"), "{text}");
    let line = "/quiz topic:caching difficulty:hard count:2";
    let quiz = shown(room.ben.slash("general", line).await);
    insta::assert_snapshot!(room.reads_unshuffled(&quiz, &quiz), @r"
    Quiz
    This is the only hard question in “Caching” that I can ask you now.

    **What happens when a time to live is over?**

    **A** · The copy is stale
    **B** · The key is renamed
    **C** · The server restarts
    **D** · The copy doubles in size each hour
    Caching · hard · expiry
    [A] [B] [C] [D]
    Only you can see this
    ");
    let enough = shown(
        room.ben
            .slash("general", "/quiz topic:caching count:3")
            .await,
    )
    .text();
    assert!(!enough.contains("all the"), "{enough}");
    room.close().await;
}

#[tokio::test]
async fn every_end_of_a_quiz_leads_on() {
    let room = Room::open().await;
    // A quiz of one has no summary.
    let one = shown(room.ben.slash("general", "/quiz topic:http count:1").await);
    let graded = shown(room.ben.click(&one, &room.right_letter(&one)).await);
    assert!(
        graded.button("Show answer").is_none(),
        "the verdict shows it"
    );
    let answer = shown(room.ben.click(&graded, "Model answer").await);
    assert!(answer.text().contains("What an interviewer listens for"));
    let mut quiz = shown(room.ben.click(&graded, "Another").await);
    assert_eq!(quiz.id, one.id, "the message is edited along");
    assert_eq!(question_in(&quiz).topic, "http");
    assert_ne!(question_in(&quiz).id, question_in(&one).id);

    // A perfect one has nothing missed to practise.
    quiz = shown(
        room.ben
            .slash("general", "/quiz topic:caching count:2")
            .await,
    );
    for on in ["Next", "See the result"] {
        let graded = shown(room.ben.click(&quiz, &room.right_letter(&quiz)).await);
        quiz = shown(room.ben.click(&graded, on).await);
    }
    assert!(quiz.text().contains("2 of 2 right"), "{}", quiz.text());
    assert!(quiz.button("Practise the missed ones").is_none());
    let other = shown(room.ben.click(&quiz, "Another quiz").await);
    assert!(other.text().contains("Question 1 of 2"), "{}", other.text());
    assert_eq!(question_in(&other).topic, "caching");
    room.close().await;
}
