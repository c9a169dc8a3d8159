//! Inputs that were taken over wrong without a word.

use super::*;

#[test]
fn plain_text_stays_plain() {
    let trivia = r#"{"response_code": 0, "results": [{"type": "multiple", "difficulty": "easy", "category": "Science",
        "question": "A function f(*args, **kwargs) collects ___ and __all__ names; which is **kwargs?",
        "correct_answer": "__dict__", "incorrect_answers": ["*tuple* and _list_", "~~set~~"]}]}"#;
    let read_one = read(ImportFormat::Trivia, trivia);
    let quiz = &read_one.drafts[0].quizzes[0];
    assert_eq!(
        quiz.prompt,
        r"A function f(\*args, \*\*kwargs) collects \_\_\_ and \_\_all\_\_ names; which is \*\*kwargs?"
    );
    let texts: Vec<&str> = quiz
        .options
        .iter()
        .map(|option| option.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [r"\_\_dict\_\_", r"\*tuple\* and \_list\_", r"\~\~set\~\~"]
    );
    let table = "question,a,b,correct\nWhat is __init__?,# 1,`x`,a\n";
    let read_one = read(ImportFormat::Csv, table);
    assert_eq!(read_one.drafts[0].prompt, r"What is \_\_init\_\_?");
    assert_eq!(read_one.drafts[0].quizzes[0].options[0].text, r"\# 1");
    // What is Markdown already is left as it is.
    let table = "prompt,option_1,option_2,right\nWhat is `__init__`?,a \\* b,c,1\n";
    let read_one = read(ImportFormat::Csv, table);
    assert_eq!(read_one.drafts[0].prompt, "What is `__init__`?");
    assert_eq!(read_one.drafts[0].quizzes[0].options[0].text, "a \\* b");
}

#[test]
fn each_encoding_of_the_trivia_database_is_read() {
    for (kind, category, question, correct, wrong) in [
        (
            "multiple",
            "Science: Computers",
            "What&#039;s &quot;safe&quot;?",
            "GET &amp; HEAD",
            "PUT",
        ),
        (
            "multiple",
            "Science%3A+Computers",
            "What%27s+%22safe%22%3F",
            "GET+%26+HEAD",
            "PUT",
        ),
        (
            "multiple",
            "Science%3A%20Computers",
            "What%27s%20%22safe%22%3F",
            "GET%20%26%20HEAD",
            "PUT",
        ),
        (
            "bXVsdGlwbGU=",
            "U2NpZW5jZTogQ29tcHV0ZXJz",
            "V2hhdCdzICJzYWZlIj8=",
            "R0VUICYgSEVBRA==",
            "UFVU",
        ),
    ] {
        let difficulty = if kind == "multiple" {
            "easy"
        } else {
            "ZWFzeQ=="
        };
        let json = serde_json::json!({"response_code": 0, "results": [{
            "type": kind, "difficulty": difficulty, "category": category, "question": question,
            "correct_answer": correct, "incorrect_answers": [wrong]}]});
        let read = read(ImportFormat::Trivia, &json.to_string());
        assert_eq!(read.drafts[0].prompt, "What's \"safe\"?");
        assert_eq!(rights(&read), ["GET & HEAD"]);
        assert_eq!(read.drafts[0].tags, ["science-computers"]);
        assert_eq!(read.drafts[0].difficulty, Some(Difficulty::Easy));
        assert_eq!(read.skipped, []);
    }
}

#[test]
fn results_alone_are_read() {
    let json = r#"[{"type": "boolean", "difficulty": "Easy", "category": "Art", "question": "Is it?",
        "correct_answer": "False", "incorrect_answers": ["True"]}]"#;
    let read = read(ImportFormat::Trivia, json);
    assert_eq!(rights(&read), ["False"]);
    assert_eq!(read.drafts[0].difficulty, Some(Difficulty::Easy));
    assert_eq!(read.skipped, []);
    let why = refused(ImportFormat::Trivia, "[{}]");
    assert!(why.starts_with("this isn't what the API"), "{why}");
    let why = refused(ImportFormat::Json, "{}");
    assert!(
        why.starts_with("this isn't what `greenroom export json` writes"),
        "{why}"
    );
}

#[test]
fn what_holds_nothing_has_no_questions() {
    for format in [ImportFormat::Csv, ImportFormat::Trivia, ImportFormat::Json] {
        assert_eq!(read(format, " \n"), Imported::default());
    }
    let aiken = "Which is safe?\nA. GET\nB. PUT\nANSWER: A\n";
    let read = read(ImportFormat::Gift, aiken);
    assert_eq!(read.drafts, []);
    let told = skipped(&read.skipped);
    assert!(
        told[0].starts_with("line 1: a question in the format Aiken"),
        "{told:#?}"
    );
}

#[test]
fn what_the_trivia_database_refuses_is_said() {
    for (code, said) in [
        (1, "fewer"),
        (2, "parameter"),
        (3, "new one"),
        (4, "reset it"),
        (5, "wait five seconds"),
        (9, "doesn't list"),
    ] {
        let why = refused(
            ImportFormat::Trivia,
            &format!("{{\"response_code\": {code}, \"results\": []}}"),
        );
        assert!(
            why.contains(&format!("code is {code}")) && why.contains(said),
            "{why}"
        );
    }
}

#[test]
fn each_text_of_gift_has_its_format() {
    let gift = "::Q::Which verb is safe?{\n  =GET # [html]<p>It only <b>reads</b>.</p>\n  ~[plain]PUT # It *writes*.\n  \
                ~[moodle]POST # It writes.\n  ####[markdown]*Safe* means read-only.\n}\n";
    let read = read(ImportFormat::Gift, gift);
    let options = &read.drafts[0].quizzes[0].options;
    let texts: Vec<(&str, &str)> = options
        .iter()
        .map(|option| (option.text.as_str(), option.why.as_str()))
        .collect();
    assert_eq!(
        texts,
        [
            ("GET", "It only **reads**."),
            ("PUT", r"It \*writes\*."),
            ("POST", "It writes.")
        ]
    );
    assert_eq!(read.drafts[0].answer, "*Safe* means read-only.");
    assert_eq!(read.skipped, []);
}

#[test]
fn code_in_gift_keeps_its_indentation() {
    let gift = "::Q::[html]<p>What does it print?</p>\n<pre>\nfor n in range(3)\\:\n    // n\n    if n\\:\n        print(n)\n</pre>\n{=1 2 ~0 1 2 ~1 2 3}\n";
    let read = read(ImportFormat::Gift, gift);
    assert_eq!(
        read.drafts[0].prompt,
        "What does it print?\n\n```\nfor n in range(3):\n    // n\n    if n:\n        print(n)\n```"
    );
    assert_eq!(rights(&read), ["1 2"]);
}

#[test]
fn what_comments_of_gift_say_is_taken_over() {
    let gift = "// [id:web-1] [tag:http] [tag:safety] [tag:difficulty::hard]\n::Q::Which verb is safe?{=GET#It reads. ~PUT#It writes.}\n\n\
                // [id:Web 2]\nWhich isn't?{=PUT ~GET}\n\n// [tag:alone]\n\n";
    let read = read(ImportFormat::Gift, gift);
    assert_eq!(read.drafts[0].id, "web-1");
    assert_eq!(read.drafts[0].tags, ["http", "safety"]);
    assert_eq!(read.drafts[0].difficulty, Some(Difficulty::Hard));
    assert_eq!(read.drafts[1].id, "web-2");
    let skipped = skipped(&read.skipped);
    assert_eq!(skipped.len(), 2, "{skipped:#?}");
    assert_eq!(skipped[0], "line 5: the id `Web 2` is written `web-2`");
    assert!(
        skipped[1].starts_with("line 7: an id or tags with no question"),
        "{skipped:#?}"
    );
}

#[test]
fn shares_of_points_mark_what_is_wholly_right() {
    let gift = "::One::Which?{~%100%a ~%50%b ~%-25%c}\n\n::Two::Which two?{=a =b ~c}\n\n::T::[html]See <img src=\"x.png\">{true}\n";
    let read = read(ImportFormat::Gift, gift);
    assert_eq!(rights(&read), ["a", "", "True"]);
    let skipped = skipped(&read.skipped);
    for (at, said) in [
        "line 1: “One”: partly right there, wrong here: “b”",
        "line 1: “One”: penalties for wrong options",
        "line 3: “Two”: 2 of its options are right",
        "line 5: “T”: left out: the image x.png",
    ]
    .iter()
    .enumerate()
    {
        assert!(skipped[at].starts_with(said), "{skipped:#?}");
    }
}

#[test]
fn an_open_quotation_mark_is_told_with_its_line() {
    let notes = "#separator:tab\n#html:false\n\"What is a 19 inch rack?\tA frame\nWhat is DNS?\tNames\nWhat is TCP?\tA stream\n";
    let why = refused(ImportFormat::Anki, notes);
    assert!(
        why.starts_with("line 3: a cell opens with a quotation mark"),
        "{why}"
    );
    let why = refused(
        ImportFormat::Csv,
        "question,a,b,correct\n\"Open?,1,2,a\nNext?,1,2,b\n",
    );
    assert!(why.starts_with("line 2: "), "{why}");
}

#[test]
fn notes_without_a_header_are_read_as_anki_would() {
    let notes = "What is DNS?\tNames<br>to&nbsp;addresses\nWhat is TCP?\tA <b>stream</b>\n";
    let read_one = read(ImportFormat::Anki, notes);
    assert_eq!(read_one.drafts[0].answer, "Names\\\nto addresses");
    assert_eq!(read_one.drafts[1].answer, "A **stream**");
    assert!(
        skipped(&read_one.skipped)[0].contains("#html:"),
        "{:?}",
        read_one.skipped
    );
    let read_one = read(ImportFormat::Anki, "What is DNS?,\"Names, to addresses\"\n");
    assert_eq!(read_one.drafts[0].answer, "Names, to addresses");
    assert!(
        skipped(&read_one.skipped)[0].contains("a comma"),
        "{:?}",
        read_one.skipped
    );
    let named = "#separator:comma\n#html:false\n#columns:Id,Back,Front,Tags\n1,Names,What is DNS?,net web\n";
    let read_one = read(ImportFormat::Anki, named);
    assert_eq!(read_one.drafts[0].prompt, "What is DNS?");
    assert_eq!(read_one.drafts[0].answer, "Names");
    assert_eq!(read_one.drafts[0].tags, ["net", "web"]);
}

#[test]
fn tags_of_html_are_known_by_name() {
    let notes = "#separator:tab\n#html:true\nWhat is 2<sup>10</sup>?\t<div class=\"a\">One thousand</div><div class=\"a\">twenty-four</div>or<br class=\"x\">1 KiB\n\
                 What does <strong style=\"color: red\">LRU</strong> mean?\tLeast <code class=\"k\">recently</code> used\n";
    let read = read(ImportFormat::Anki, notes);
    assert_eq!(read.drafts[0].prompt, "What is 2^10?");
    assert_eq!(
        read.drafts[0].answer,
        "One thousand\n\ntwenty-four\n\nor\\\n1 KiB"
    );
    assert_eq!(read.drafts[1].prompt, "What does **LRU** mean?");
    assert_eq!(read.drafts[1].answer, "Least `recently` used");
    assert_eq!(read.skipped, []);
}

#[test]
fn ids_and_tags_fit_and_a_thousand_equal_prompts_are_named() {
    let rows: String = (0..3000).map(|_| "Why?,x\n").collect();
    let read_one = read(ImportFormat::Csv, &format!("question,answer\n{rows}"));
    let ids: std::collections::HashSet<&str> = read_one
        .drafts
        .iter()
        .map(|draft| draft.id.as_str())
        .collect();
    assert_eq!(ids.len(), 3000);
    let table = "id,question,tags,option_1,option_2,option_3,option_4,option_5,option_6,correct\n\
                 Caching,Why?,a b c d e f,1 x,2 x,3 x,4 x,5 x,6 x,F\n1,How?,C#,1 x,2 x,,,,,A\n";
    let read = read(ImportFormat::Csv, table);
    assert_eq!(read.drafts[0].tags.len(), 5);
    assert_eq!(rights(&read), ["6 x", "1 x"]);
    assert_eq!(read.drafts[0].quizzes[0].options.len(), 5);
    let skipped = skipped(&read.skipped).join("\n");
    for said in [
        "1 id is only a number",
        "line 2: the id `Caching` is taken already",
        "line 2: a question has 5 tags at most; left out: f",
        "line 2: a quiz has 5 options at most; left out: “5 x”",
        "line 3: the tag `C#` is written `c`",
    ] {
        assert!(skipped.contains(said), "{said} is not in\n{skipped}");
    }
}

#[test]
fn a_topic_of_several_is_told_by_its_name() {
    let json = r#"[{"name": "web", "title": "Web", "summary": "S.", "questions": []}, {"name": "db", "questions": []}]"#;
    let why = refused(ImportFormat::Json, json);
    assert!(why.contains("only: web, db"), "{why}");
    let wanted = Wanted {
        topic: "web",
        ..WANTED
    };
    let read = import(ImportFormat::Json, json, &wanted).expect("it is there");
    assert_eq!(read.title, "Web");
    assert_eq!((read.others, read.skipped), (vec!["db".to_owned()], vec![]));
}
