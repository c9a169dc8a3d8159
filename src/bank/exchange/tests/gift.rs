//! GIFT in which blank lines or braces are missing: no question takes in what is another's.

use super::*;

/// The prompts of the questions that are read, and what is told.
fn prompts(gift: &str) -> (Vec<String>, Vec<String>) {
    let read = read(ImportFormat::Gift, gift);
    let prompts = read.drafts.iter().map(|draft| draft.prompt.clone());
    (prompts.collect(), skipped(&read.skipped))
}

/// How it is told that there is no blank line before a question.
fn missing(line: usize, name: &str) -> String {
    format!("line {line}: {name}a blank line is missing before this question")
}

#[test]
fn a_name_or_a_second_pair_of_braces_begins_a_question_without_a_blank_line() {
    for (gift, second, named) in [
        (
            "::a::Which first? {=r ~w}\n::b::Which second? {=x ~y}\n",
            2,
            "“b”: ",
        ),
        (
            "::a::Which first? {=r ~w}\r\n  :: b ::Which second? {=x ~y}",
            2,
            "“b”: ",
        ),
        ("Which first? {=r ~w}\nWhich second? {=x ~y}\n", 2, ""),
        (
            "Which first? {=r ~w}\n// a comment\nWhich\nsecond? {=x ~y}\n",
            3,
            "",
        ),
        (
            "Which\nfirst?\n{\n=r\n~w\n}\nWhich second?\n{\n=x\n~y\n}\n",
            7,
            "",
        ),
        (
            "::a::Which first?{\n  =r#Yes.\n  ~w#No: \\{\\}.\n  ####Since.\n}\n::b {c}::Which second? {=x ~y}\n",
            6,
            "“b {c}”: ",
        ),
        (
            "::a:: Which first? {=r ~w}\n[html]<p>Which second?</p>{\n=x ~y}\n",
            2,
            "",
        ),
        (
            "[html]<p>Which first?</p> {=r ~w}\nwhich second? {=x ~y}\n",
            2,
            "",
        ),
    ] {
        let read = read(ImportFormat::Gift, gift);
        assert_eq!(rights(&read), ["r", "x"], "{gift}");
        let prompts: Vec<String> = read
            .drafts
            .iter()
            .map(|draft| words(&draft.prompt.replace('\\', "")))
            .collect();
        let which = |nth: &str| format!("which {nth}?");
        assert_eq!(
            prompts.join("; ").to_lowercase(),
            format!("{}; {}", which("first"), which("second")),
            "{gift}"
        );
        assert_eq!(skipped(&read.skipped), [missing(second, named)], "{gift}");
    }
    let (prompts, told) = prompts(
        "::a::Two plus {=two} is four.\n::b::Three is {=three}\n::c::Why? {}\nA {T}\nB {F}\n",
    );
    assert_eq!(
        prompts,
        [
            "Two plus \\_\\_\\_\\_\\_ is four.",
            "Three is",
            "Why?",
            "A",
            "B"
        ]
    );
    assert_eq!(
        told,
        [
            missing(2, "“b”: "),
            missing(3, "“c”: "),
            missing(4, ""),
            missing(5, "")
        ]
    );
}

#[test]
fn what_comments_say_is_of_the_question_below_them_without_a_blank_line_too() {
    let gift = "// [id:one] [tag:a]\n::1::One? {=r ~w}\n// [id:two] [tag:b]\nTwo? {=x ~y}\n// [id:three]\n::3::Three {=z} it is.\n\
                // [tag:c]\n\n$CATEGORY: x\n// [id:four]\nFour? {T}\n$CATEGORY: x\nFive? {F}\n";
    let read = read(ImportFormat::Gift, gift);
    let ids: Vec<&str> = read.drafts.iter().map(|draft| draft.id.as_str()).collect();
    assert_eq!(ids, ["one", "two", "three", "four", "five"], "{read:#?}");
    let tags: Vec<&[String]> = read.drafts.iter().map(|draft| &*draft.tags).collect();
    assert_eq!(tags[..3], [["a"], ["b"], ["c"]]);
    assert_eq!(skipped(&read.skipped).len(), 2, "{read:#?}");
}

#[test]
fn where_a_question_ends_that_nothing_tells_it_is_left_out_and_told() {
    for (gift, last) in [
        // Two gaps, or two questions.
        ("Which first? {=r ~w} Which second? {=x ~y}", 1),
        ("The first is {=r ~w}\nand the second is {=x ~y}.", 2),
        ("The first is {=r ~w} and\nthe second is {=x ~y}.", 2),
        ("Paris is {=r ~w}\non the Seine.\nWhich second? {=x ~y}", 3),
        (
            "Two plus {=r ~w} is four.\nSo it is even.\nWhich second? {=x ~y}",
            3,
        ),
        ("Which first? {=r ~w}\n{=x ~y}", 2),
        ("The set {=r ~w} is written {} here.", 1),
        // Braces that are missing, or should be escaped.
        ("Which first? {=r ~w\nWhich second? {=x ~y}", 2),
        ("~w\n}\nWhich second? {=x ~y}", 3),
        ("Which first? {=f{1} ~w}", 1),
        ("Which first? {=r ~w}}", 1),
    ] {
        let (prompts, told) = prompts(&format!(
            "{gift}\n::c::Which third? {{=r ~w}}\n\nWhy? {{}}\n"
        ));
        assert_eq!(prompts, ["Which third?", "Why?"], "{gift}");
        let said = format!(
            "line 1: it isn't clear where this question or its answers end, so all up to line {last} is"
        );
        assert!(told[0].starts_with(&said), "{told:#?}");
        assert_eq!(told[1..], [missing(last + 1, "“c”: ")]);
    }
    let (prompts, told) = prompts(
        "::a::Which first? {=r ~w\n::b::Which second? {=x ~y}\n::c::Only a text.\n::d::Why? {}",
    );
    assert_eq!(prompts, ["Which second?", "Why?"]);
    for (told, said) in told.iter().zip([
        "line 1: “a”: a question whose answers have no closing brace",
        "line 2: “b”: a blank line is missing",
        "line 3: “c”: a blank line is missing",
        "line 3: “c”: a description",
        "line 4: “d”: a blank line is missing",
    ]) {
        assert!(told.starts_with(said), "{told}");
    }
}

#[test]
fn what_is_one_question_stays_one() {
    for (gift, prompt) in [
        (
            "Two plus {=two} is four.",
            "Two plus \\_\\_\\_\\_\\_ is four.",
        ),
        (
            "Two plus {=two ~three}\nis four.\nAlways.",
            "Two plus \\_\\_\\_\\_\\_ is four. Always.",
        ),
        (
            "::Set {1}::Which is \\{1\\}? {=\\{1\\} ~1\\}}",
            "Which is {1}?",
        ),
        (
            "\\:\\:a\\:\\: is what?\n\\:\\:b\\:\\: is what? {=r ~w}",
            "::a:: is what? ::b:: is what?",
        ),
        ("Which?\n{\n=r # Yes.\n::before:: all\n~w\n}", "Which?"),
        (
            "[html]<pre>\n::std\\:\\:swap(a, b);\n::f::g();\n// none\n</pre>Which? {=r ~w}",
            "```\n::std::swap(a, b);\n::f::g();\n// none\n```\n\nWhich?",
        ),
        (
            "[markdown]Which?\n```cpp\n::f::g();\n// none\n```\n{=r ~w}",
            "Which?\n```cpp\n::f::g();\n// none\n```",
        ),
    ] {
        let (prompts, told) = prompts(gift);
        assert_eq!(prompts.len(), 1, "{gift}");
        let same = |text: &str| words(&text.replace("\\\n", " ").replace('\\', ""));
        assert_eq!(same(&prompts[0]), same(prompt), "{gift}");
        assert_eq!(told, [""; 0], "{gift}");
    }
}

#[test]
fn what_stands_in_answers_and_is_none_is_told() {
    for (answers, said) in [
        (
            "1:MC:=r ~w",
            "line 1: what stands before the first option is left out: 1:MC:",
        ),
        ("=r{ ~w", "line 1: a { in its answers is taken for text"),
    ] {
        let (prompts, told) = prompts(&format!("Which? {{{answers}}}"));
        assert_eq!(prompts, ["Which?"]);
        assert!(told.len() == 1 && told[0].starts_with(said), "{told:#?}");
    }
}
