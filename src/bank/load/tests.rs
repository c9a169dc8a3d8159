//! Banks with planted faults.

use proptest::prelude::*;

use super::*;
use crate::model::{Depth, Difficulty};

mod folders;

const CACHING: &str = r#"[topic]
name = "caching"
title = "Caching"
summary = "Keeping answers close."

[[question]]
id = "cache-stampede"
prompt = "What is a cache stampede?"
difficulty = "medium"
tags = ["redis", "locking"]
answer = '''
Many requests miss **one** key at once.
'''
key_points = ["misses coincide", "single flight"]
follow_ups = ["How would you notice one?"]
links = ["https://www.rfc-editor.org/rfc/rfc9111#section-4"]
sources = ["s1-q12"]

[[question.quiz]]
prompt = "What stops a stampede?"
options = [
  { text = "A lock per key", right = true, why = "One request fills it." },
  { text = "A longer key", why = "Its length changes nothing." },
  { text = "A second cache", why = "It misses, too." },
]
"#;

fn bank(files: &[(&str, &str)]) -> Result<Bank, Faults> {
    let files: Vec<_> = files
        .iter()
        .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()))
        .collect();
    Bank::from_files(&files)
}

/// The faults of the example with one text replaced by another, one a line, without the file's name.
fn faults(replaced: &str, by: &str) -> String {
    assert_eq!(CACHING.matches(replaced).count(), 1, "{replaced}");
    let text = CACHING.replace(replaced, by);
    match bank(&[("caching.toml", &text)]) {
        Ok(_) => "none".into(),
        Err(faults) => faults.to_string().replace("caching.toml:", ""),
    }
}

#[test]
fn a_sound_file_is_read_whole() {
    let bank = bank(&[("caching.toml", CACHING)]).unwrap();
    assert_eq!(bank.topic("caching").unwrap().title, "Caching");
    let question = bank.question("cache-stampede").unwrap();
    assert_eq!(question.topic, "caching");
    assert_eq!(question.difficulty, Difficulty::Medium);
    assert_eq!(question.answer, "Many requests miss **one** key at once.");
    assert_eq!(question.key_points, ["misses coincide", "single flight"]);
    assert_eq!(question.sources, ["s1-q12"]);
    assert_eq!(question.quizzes[0].right(), 0);
    assert_eq!(question.quizzes[0].options[2].why, "It misses, too.");
    assert_eq!(bank.tags(), [("locking".into(), 1), ("redis".into(), 1)]);
    assert_eq!(bank.tagged("redis").count(), 1);
    assert_eq!(bank.in_topic("caching").count(), 1);
    assert_eq!(bank.in_topic("redis").count(), 0);
}

/// Ten different faults in two files, all of them named with file, line and column at once.
#[test]
fn ten_planted_faults_are_ten_faults() {
    let caching = CACHING
        .replace("summary = ", "sumary = \"x\"\nsummary = ") // 1: line 4
        .replace("\"medium\"", "\"tricky\"") // 2: line 10
        .replace("\"redis\"", "\"Redis Cache\"") // 3: line 11
        .replace("https://", "ftp://") // 4: line 17
        .replace("right = true, ", ""); // 5: line 22
    let rust = CACHING
        .replace("\"caching\"", "\"Rusty\"") // 6 and 7: line 2, no name for a topic and not the file's
        .replace("\"What is a cache stampede?\"", "\"  \"") // 8: line 8
        .replace("why = \"It misses, too.\"", "why = 7"); // 9: line 25; and 10: line 7, the id again
    let found = bank(&[("caching.toml", &caching), ("rust.toml", &rust)]).unwrap_err();
    assert_eq!(found.0.len(), 10);
    insta::assert_snapshot!(found.to_string(), @"
    caching.toml:4:1: unknown key `sumary`: did you mean `summary`?
    caching.toml:10:14: [cache-stampede] `tricky` isn't a difficulty; use easy, medium or hard
    caching.toml:11:9: [cache-stampede] a tag `Redis Cache` must be 1 to 48 lowercase letters, digits and hyphens
    caching.toml:17:10: [cache-stampede] `ftp://www.rfc-editor.org/rfc/rfc9111#section-4` isn't an http or https address
    caching.toml:22:11: [cache-stampede] no option is right; mark exactly one with `right = true`
    rust.toml:2:8: `name` `Rusty` must be 1 to 48 lowercase letters, digits and hyphens
    rust.toml:2:8: the topic is called `Rusty`, but its file `rust.toml`
    rust.toml:7:6: [cache-stampede] another question is called `cache-stampede`, at caching.toml:8:6
    rust.toml:8:10: [cache-stampede] `prompt` is empty
    rust.toml:24:36: [cache-stampede] `why` must be text in quotes, not a number
    ");
}

#[test]
fn each_rule_has_its_fault() {
    let long = |length: usize| format!("\"{}\"", "x".repeat(length));
    let cases = [
        (
            "name = \"caching\"",
            String::new(),
            "1:1: the topic lacks `name`",
        ),
        (
            "title = \"Caching\"",
            "title = []".into(),
            "3:9: `title` must be text in quotes, not a list",
        ),
        (
            "[topic]",
            "[toppic]".into(),
            "1:1: the question file lacks `topic`\n\
             1:2: unknown key `toppic`: did you mean `topic`?",
        ),
        (
            "[topic]",
            "[topic".into(),
            "1:7: unclosed table, expected `]`",
        ),
        (
            "tags = [",
            "tags = tags = [".into(),
            "10:13: unexpected key or value, expected newline, `#`",
        ),
        (
            "\"cache-stampede\"",
            "\"Cache stampede\"".into(),
            "7:6: [Cache stampede] `id` `Cache stampede` must be 3 to 48 lowercase letters, digits and hyphens",
        ),
        (
            "\"cache-stampede\"",
            "\"cs\"".into(),
            "7:6: [cs] `id` `cs` must be 3 to 48 lowercase letters, digits and hyphens",
        ),
        (
            "\"cache-stampede\"",
            "\"caching\"".into(),
            "7:6: [caching] `caching` is a topic; give the question an id of its own",
        ),
        (
            "\"What is a cache stampede?\"",
            long(281),
            "8:10: [cache-stampede] `prompt` has 281 characters; at most 280 fit",
        ),
        (
            "difficulty = \"medium\"\n",
            String::new(),
            "6:1: [cache-stampede] the question lacks `difficulty`",
        ),
        (
            "tags = [\"redis\", \"locking\"]",
            "aliases = [\"dogpile\", \"Dogpile \", 3]".into(),
            "10:23: [cache-stampede] the alias `Dogpile` is there twice\n\
             10:35: [cache-stampede] an item of `aliases` must be text in quotes, not a number",
        ),
        (
            "summary = \"Keeping answers close.\"",
            "summary = \"S.\"\nsynonyms = [[\"CDN\"], [\"TTL\", \"\"], \"LRU\"]".into(),
            "5:13: an item of `synonyms` holds 2 to 24 texts, not 1\n\
             5:30: an item of `synonyms` is empty\n\
             5:35: an item of `synonyms` must be a list of texts, not text; write it like [\"caching\", \"http\"]",
        ),
        (
            "\"redis\", \"locking\"",
            "\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"".into(),
            "10:8: [cache-stampede] `tags` of the question holds at most 5 items, not 6",
        ),
        (
            "\"redis\", \"locking\"",
            "\"redis\", \"redis\", 3".into(),
            "10:18: [cache-stampede] the tag `redis` is there twice\n\
             10:27: [cache-stampede] an item of `tags` must be text in quotes, not a number",
        ),
        (
            "'''\nMany requests miss **one** key at once.\n'''",
            long(3501),
            "11:10: [cache-stampede] `answer` has 3501 characters; at most 3500 fit",
        ),
        (
            "\"misses coincide\", \"single flight\"",
            String::new(),
            "14:14: [cache-stampede] `key_points` of the question holds 1 to 8 items, not 0",
        ),
        (
            "\"misses coincide\"",
            "\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\"".into(),
            "14:14: [cache-stampede] `key_points` of the question holds 1 to 8 items, not 9",
        ),
        (
            "key_points = [\"misses coincide\", \"single flight\"]",
            String::new(),
            "6:1: [cache-stampede] the question lacks `key_points`",
        ),
        (
            "follow_ups",
            "followups".into(),
            "15:1: [cache-stampede] unknown key `followups`: did you mean `follow_ups`?",
        ),
        (
            "\"https://www.rfc-editor.org/rfc/rfc9111#section-4\"",
            "\"rfc 9111\", \"https://\"".into(),
            "16:10: [cache-stampede] `rfc 9111` isn't an http or https address\n\
             16:22: [cache-stampede] `https://` isn't an http or https address",
        ),
        (
            "[[question.quiz]]",
            "[question.quiz]".into(),
            "19:1: [cache-stampede] `quiz` must be a list of tables, not a table; begin each with a line in double brackets, [[…]]",
        ),
        (
            "\"What stops a stampede?\"",
            long(241),
            "20:10: [cache-stampede] `prompt` has 241 characters; at most 240 fit",
        ),
        (
            "  { text = \"A longer key\", why = \"Its length changes nothing.\" },\n  { text = \"A second cache\", why = \"It misses, too.\" },\n",
            String::new(),
            "21:11: [cache-stampede] `options` of the quiz holds 2 to 5 items, not 1",
        ),
        (
            "\"Its length changes nothing.\" }",
            "\"It misses.\", right = true }".into(),
            "23:56: [cache-stampede] 2 options are right; mark exactly one with `right = true`",
        ),
        (
            "\"A second cache\"",
            "\"a longer  key.\"".into(),
            "24:12: [cache-stampede] two options read `a longer  key.`",
        ),
        (
            "\"A second cache\"",
            long(81),
            "24:12: [cache-stampede] `text` has 81 characters; at most 80 fit",
        ),
        (
            "\"It misses, too.\"",
            long(301),
            "24:36: [cache-stampede] `why` has 301 characters; at most 300 fit",
        ),
        (
            ", why = \"It misses, too.\"",
            ", wy = \"\"".into(),
            "24:3: [cache-stampede] the option lacks `why`\n\
             24:30: [cache-stampede] unknown key `wy`: did you mean `why`?",
        ),
        (
            "right = true",
            "right = \"yes\"".into(),
            "21:11: [cache-stampede] no option is right; mark exactly one with `right = true`\n\
             22:38: [cache-stampede] `right` must be true or false, without quotes",
        ),
        (
            "  { text = \"A longer key\", why = \"Its length changes nothing.\" },",
            "  \"A longer key\",".into(),
            "23:3: [cache-stampede] an item of `options` must be a table, not text",
        ),
    ];
    for (replaced, by, expected) in cases {
        assert_eq!(faults(replaced, &by), expected);
    }
}

#[test]
fn a_topic_needs_its_own_name() {
    let same = bank(&[
        ("a/caching.toml", CACHING),
        ("b/caching.toml", &CACHING.replace("stampede\"", "crowd\"")),
    ]);
    assert_eq!(
        same.unwrap_err().to_string(),
        "b/caching.toml:2:8: another topic is called `caching`, at a/caching.toml:2:8"
    );
}

#[test]
fn an_empty_file_says_what_it_lacks() {
    assert_eq!(
        bank(&[("caching.toml", "")]).unwrap_err().to_string(),
        "caching.toml:1:1: the question file lacks `question`\ncaching.toml:1:1: the question file lacks `topic`"
    );
}

/// TOML that is nearly a question file.
fn nearly() -> impl Strategy<Value = String> {
    let line = prop::sample::select(CACHING.lines().collect::<Vec<_>>());
    let noise = prop_oneof![
        8 => line.prop_map(str::to_owned),
        1 => "[\\[\\]{}='\",. a-z0-9#é🇧\\\\]{0,12}",
    ];
    prop::collection::vec(noise, 0..30).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_text_is_loaded_without_a_panic(text: String) {
        let _ = bank(&[("caching.toml", &text)]);
    }

    #[test]
    fn a_broken_file_has_its_faults_inside_it(text in nearly()) {
        if let Err(faults) = bank(&[("caching.toml", &text)]) {
            prop_assert!(!faults.0.is_empty());
            prop_assert!(faults.0.is_sorted());
            for fault in faults.0 {
                let lines = text.lines().count().max(1) + 1;
                let place = fault.place.expect("it is inside");
                prop_assert!((1..=lines).contains(&place.line) && place.column > 0, "{}", fault);
            }
        }
    }

    #[test]
    fn every_cut_of_a_sound_file_is_refused_or_whole(end in 0..CACHING.len()) {
        let loaded = bank(&[("caching.toml", &CACHING[..end])]);
        prop_assert!(loaded.is_err() || loaded.unwrap().questions().len() == 1);
    }
}

#[test]
fn trivia_need_no_answers_and_whys() {
    let bare = "[topic]\nname = \"caching\"\ntitle = \"C\"\nsummary = \"S.\"\ndepth = \"trivia\"\n\n\
                [[question]]\nid = \"is-it\"\nprompt = \"Is it?\"\ndifficulty = \"easy\"\n";
    let quiz = "[[question.quiz]]\nprompt = \"Is it?\"\n\
                options = [{ text = \"True\", right = true, why = \"\" }, { text = \"False\" }]\n";
    let read = bank(&[("caching.toml", &format!("{bare}{quiz}"))]).expect("it is sound");
    assert_eq!(read.topics()[0].depth, Depth::Trivia);
    assert_eq!(read.questions()[0].quizzes[0].options.len(), 2);
    let answered = format!("{bare}answer = \"It is.\"\n");
    assert!(bank(&[("caching.toml", &answered)]).is_ok());

    let told = |text: &str| {
        bank(&[("caching.toml", text)])
            .expect_err("it has faults")
            .to_string()
    };
    assert!(told(bare).contains("has neither an `answer` nor a `[[question.quiz]]`"));
    let model = format!("{bare}{quiz}").replace("trivia", "model");
    for said in [
        "lacks `answer`",
        "lacks `key_points`",
        "lacks `why`",
        "`why` is empty",
    ] {
        assert!(told(&model).contains(said), "{}", told(&model));
    }
    let shallow = format!("{bare}{quiz}").replace("trivia", "shallow");
    assert!(
        told(&shallow).contains("5:9: `shallow` isn't a depth; use model or trivia"),
        "{}",
        told(&shallow)
    );
}

#[test]
fn signs_that_would_not_show_as_meant_are_faults() {
    for (prompt, option, said) in [
        (
            "Which sign?",
            "The sign ` alone",
            "16:12: [signs] a backtick is never closed",
        ),
        (
            "What does **kwargs hold?",
            "A dict",
            "14:10: [signs] `**` opens or closes nothing",
        ),
    ] {
        let file = format!(
            "[topic]\nname = \"caching\"\ntitle = \"C\"\nsummary = \"S.\"\n\n[[question]]\nid = \"signs\"\n\
             prompt = \"Which?\"\ndifficulty = \"easy\"\nanswer = \"A.\"\nkey_points = [\"K\"]\n\n\
             [[question.quiz]]\nprompt = \"{prompt}\"\noptions = [\n  {{ text = \"{option}\", right = true, why = \"W0.\" }},\n  \
             {{ text = \"Other\", why = \"W1.\" }},\n]\n"
        );
        let faults = bank(&[("caching.toml", &file)])
            .expect_err("it has a fault")
            .to_string();
        assert!(faults.contains(said), "{faults}");
    }
}
