//! `/quiz`: practice.

use super::{Message, Room};

stories!(
    a_difficulty_in_the_words_of_a_topic_narrows_it,
    a_quiz_is_one_message_edited_along_with_a_summary_at_the_end,
    a_quiz_survives_a_restart_in_the_middle,
    a_summary_does_not_show_the_answer_of_a_daily_that_is_still_to_be_answered,
    the_first_answer_counts,
    somebody_elses_quiz_and_a_count_out_of_range_are_refused,
    quiz_me_asks_the_question_looked_at,
    a_topic_is_known_by_words_of_its_title_that_no_other_has,
    fewer_questions_than_asked_for_are_said_to_be_all_there_are,
    every_end_of_a_quiz_leads_on,
    a_quiz_left_halfway_goes_on,
);

async fn a_quiz_is_one_message_edited_along_with_a_summary_at_the_end(room: &Room) {
    let first = room.ben.slash("/quiz topic:caching count:2").await;
    assert!(
        first.private && first.says("Question 1 of 2"),
        "{}",
        first.text
    );

    let quiz = first.quiz();
    let right = room.ben.press_right(&first).await;
    assert_eq!(right.id, first.id, "the message is edited along");
    assert!(right.says("Right!"));
    for option in &quiz.options {
        assert!(
            right.says(&option.why),
            "each option says why: {}",
            right.text
        );
    }

    let second = room.ben.press(&right, "Next").await;
    assert!(second.says("Question 2 of 2"), "{}", second.text);
    let missed_prompt = second.quiz().prompt;
    let wrong = room.ben.press_wrong(&second).await;
    assert!(wrong.says("Not right"), "{}", wrong.text);

    let summary = room.ben.press(&wrong, "See the result").await;
    assert!(summary.says("1 of 2 right"), "{}", summary.text);
    assert!(summary.says(&missed_prompt), "{}", summary.text);

    assert!(summary.has_button("Another quiz"));
    let again = room.ben.press(&summary, "Practise the missed ones").await;
    assert!(again.says(&missed_prompt), "{}", again.text);
}

async fn a_quiz_survives_a_restart_in_the_middle(room: &mut Room) {
    let first = room.ben.slash("/quiz topic:caching count:2").await;
    let graded = room.ben.press_right(&first).await;

    room.restart_bot().await;

    let second = room.ben.press(&graded, "Next").await;
    assert!(second.says("Question 2 of 2"), "{}", second.text);
    let graded = room.ben.press_right(&second).await;
    let summary = room.ben.press(&graded, "See the result").await;
    assert!(summary.says("2 of 2 right"), "{}", summary.text);
}

async fn a_summary_does_not_show_the_answer_of_a_daily_that_is_still_to_be_answered(room: &Room) {
    room.schedule("").await;
    let first = room.ben.slash("/quiz topic:caching count:2").await;
    let missed = room.ben.press_wrong(&first).await;
    let second = room.ben.press(&missed, "Next").await;
    let missed = room.ben.press_wrong(&second).await;
    let line = format!("/daily queue question:{}", first.question().id);
    room.ana.slash(&line).await;
    let daily = room.next_daily().await;
    assert_eq!(daily.question().id, first.question().id);
    let right = |quiz: &Message| {
        let quiz = quiz.quiz();
        quiz.options[quiz.right()].text.clone()
    };

    let summary = room.ben.press(&missed, "See the result").await;

    let text = summary.text;
    assert!(text.contains("0 of 2 right"), "{text}");
    assert!(text.contains(&right(&second)), "{text}");
    assert!(!text.contains(&right(&first)), "{text}");
    let told = format!("{} → once you have the verdict", first.quiz().prompt);
    assert!(text.contains(&told), "{text}");
}

async fn the_first_answer_counts(room: &Room) {
    let asked = room.ben.slash("/quiz topic:http count:1").await;
    let (right, wrong) = (asked.right(), asked.wrong());
    room.ben.press(&asked, &wrong).await;

    let again = room.pressed_late(&*room.ben, &asked, asked.id_of(&right));
    let card = again.await.expect("a card");

    assert!(card.title.contains("Not right"), "{card:?}");
}

async fn somebody_elses_quiz_and_a_count_out_of_range_are_refused(room: &Room) {
    let asked = room.ben.slash("/quiz topic:http count:1").await;
    let refused = room.pressed_late(&*room.chloe, &asked, asked.id_of("A"));
    let refused = refused.await.expect_err("a refusal").to_string();
    insta::assert_snapshot!(refused, @"This is somebody else's quiz. Start your own with /quiz.");

    let caller = room.caller(&*room.ben);
    for count in [0, 21, i64::MAX] {
        let refused = room
            .app()
            .start_quiz(&caller, None, Some(count), None)
            .await;
        let refused = refused.expect_err("a refusal").to_string();
        insta::assert_snapshot!(refused, @"A quiz has 1 to 20 questions. Please choose a count in between.");
    }
}

async fn quiz_me_asks_the_question_looked_at(room: &Room) {
    let question = room.ben.slash("/question cache-aside").await;

    let quiz = room.chloe.press(&question, "Quiz me").await;
    insta::assert_snapshot!(quiz.unshuffled(&quiz.reads()), @r"
    Quiz
    Who fills the cache in cache-aside?
    A · The application
    B · The database
    C · The browser
    Caching · easy · redis, patterns
    [A] [B] [C]
    Only you can see this
    ");

    let graded = room.chloe.press_right(&quiz).await;
    insta::assert_snapshot!(quiz.unshuffled(&graded.reads()), @r"
    ✅ Right!
    Who fills the cache in cache-aside?
    ✅ A · The application ← your answer
    It reads the database on a miss and writes the cache.
    ❌ B · The database
    It knows nothing of the cache.
    ❌ C · The browser
    It has a cache of its own.
    Caching · easy · redis, patterns
    [Another] [Model answer]
    Only you can see this
    ");
}

async fn a_topic_is_known_by_words_of_its_title_that_no_other_has(room: &Room) {
    let asked = async |topic: &str| {
        let line = format!("/quiz topic:{topic} count:1");
        room.ben.slash(&line).await.text
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
}

async fn fewer_questions_than_asked_for_are_said_to_be_all_there_are(room: &Room) {
    let quiz = room.ben.slash("/quiz topic:caching count:20").await;
    let text = quiz.text;
    let told = "These 3 are all the questions in “Caching” that I can ask you now.";
    assert!(text.contains(told), "{text}");
    assert!(text.contains("Question 1 of 3"), "{text}");
    let line = "/quiz topic:caching difficulty:hard count:2";
    let quiz = room.ben.slash(line).await;
    insta::assert_snapshot!(quiz.unshuffled(&quiz.reads()), @r"
    Quiz
    This is the only hard question in “Caching” that I can ask you now.
    What happens when a time to live is over?
    A · The copy is stale
    B · The key is renamed
    C · The server restarts
    D · The copy doubles in size each hour
    Caching · hard · expiry
    [A] [B] [C] [D]
    Only you can see this
    ");
    let enough = room.ben.slash("/quiz topic:caching count:3").await.text;
    assert!(!enough.contains("all the"), "{enough}");
}

async fn every_end_of_a_quiz_leads_on(room: &Room) {
    // A quiz of one has no summary.
    let one = room.ben.slash("/quiz topic:http count:1").await;
    let graded = room.ben.press_right(&one).await;
    assert!(
        graded.button("Show answer").is_none(),
        "the verdict shows it"
    );
    let answer = room.ben.press(&graded, "Model answer").await;
    assert!(answer.says("What an interviewer listens for"));
    let mut quiz = room.ben.press(&graded, "Another").await;
    assert_eq!(quiz.id, one.id, "the message is edited along");
    assert_eq!(quiz.question().topic, "http");
    assert_ne!(quiz.question().id, one.question().id);

    // A perfect one has nothing missed to practise.
    quiz = room.ben.slash("/quiz topic:caching count:2").await;
    for on in ["Next", "See the result"] {
        let graded = room.ben.press_right(&quiz).await;
        quiz = room.ben.press(&graded, on).await;
    }
    assert!(quiz.says("2 of 2 right"), "{}", quiz.text);
    assert!(quiz.button("Practise the missed ones").is_none());
    let other = room.ben.press(&quiz, "Another quiz").await;
    assert!(other.says("Question 1 of 2"), "{}", other.text);
    assert_eq!(other.question().topic, "caching");
}

async fn a_difficulty_in_the_words_of_a_topic_narrows_it(room: &Room) {
    let quiz = room.ben.told("/quiz topic:hard caching").await;
    let option = room.ben.told("/quiz topic:caching difficulty:hard").await;
    let head = |quiz: &str| quiz.lines().take(3).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(head(&quiz), @r"
    Quiz
    This is the only hard question in “Caching” that I can ask you now.
    What happens when a time to live is over?
    ");
    assert_eq!(head(&quiz), head(&option));
    let both = room
        .ben
        .told("/quiz topic:hard caching difficulty:easy")
        .await;
    assert!(both.contains("easy"), "{both}");
}

async fn a_quiz_left_halfway_goes_on(room: &Room) {
    let first = room.ben.slash("/quiz topic:caching count:2").await;
    // Nothing is lost of one in which nothing is answered.
    assert!(!room.ben.told("/quiz").await.contains("goes on"));
    let graded = room.ben.press_right(&first).await;
    let again = room.ben.slash("/quiz").await;
    let next = room.ben.press(&graded, "Next").await;
    assert!(again.says("Question 2 of 2"), "{}", again.text);
    assert!(again.says("This goes on with the quiz that you had begun."));
    assert!(again.has_button("Another quiz"));
    assert_eq!(again.quiz().prompt, next.quiz().prompt);

    // What somebody asks for is a quiz of its own, and so is what comes after the last question.
    let other = room.ben.told("/quiz count:1").await;
    assert!(!other.contains("goes on"), "{other}");
    room.ben.press_wrong(&again).await;
    assert!(!room.ben.told("/quiz").await.contains("goes on"));
}
