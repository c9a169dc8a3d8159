//! What is escaped, read out and found stray.

use proptest::prelude::*;

use comrak::Arena;

use super::*;

/// What a text of blocks shows, its lines joined.
fn shown(markdown: &str) -> String {
    let arena = Arena::new();
    let root = parse(&arena, markdown);
    words(root).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn plain_text_is_escaped_where_it_would_format() {
    for (text, markdown) in [
        ("__init__", r"\_\_init\_\_"),
        ("f(*args, **kwargs)", r"f(\*args, \*\*kwargs)"),
        ("collects ___ and", r"collects \_\_\_ and"),
        ("snake_case 2 * 3", "snake_case 2 * 3"),
        ("# of bits", r"\# of bits"),
        ("#include", "#include"),
        ("> 5", r"\> 5"),
        ("1. first", r"1\. first"),
        ("1.5", "1.5"),
        ("- 1", r"\- 1"),
        ("-1", "-1"),
        ("the ` sign", r"the \` sign"),
        ("List<String>", r"List\<String>"),
        ("a < b", "a < b"),
        ("||", r"\|\|"),
        ("a | b", "a | b"),
        ("~~set~~", r"\~\~set\~\~"),
        ("[x](y)", r"[x\](y)"),
        ("AT&T &amp;", r"AT\&T \&amp;"),
        (r"C:\dir \* \\", r"C:\dir \\\* \\\\"),
        (
            "https://example.com/a_b_?c=*d",
            "https://example.com/a_b_?c=*d",
        ),
        ("one\ntwo\n\nthree", "one\\\ntwo\n\nthree"),
    ] {
        assert_eq!(escape(text), markdown, "{text}");
    }
}

#[test]
fn what_formats_is_not_read() {
    for (markdown, text) in [
        (
            "The **bold** `c*d` [link](https://example.com)",
            "The bold c*d link",
        ),
        (r"\_\_init\_\_", "__init__"),
        ("# of 1. > - x", "# of 1. > - x"),
        ("- item", "- item"),
        ("What does **kwargs hold?", "What does **kwargs hold?"),
        ("Prints?\n\n```\nfor n:\n    n\n```\n", "Prints? for n: n"),
        ("The sign ` alone", "The sign ` alone"),
        ("List<String> &lt;", "List<String> <"),
    ] {
        assert_eq!(plain(markdown), text, "{markdown}");
    }
}

#[test]
fn signs_that_do_not_format_what_they_seem_to_are_faults() {
    for (text, said) in [
        ("The sign ` alone", "backtick"),
        ("The sign `'` in `code", "backtick"),
        (
            "What does **kwargs hold in f(*args, **kwargs)?",
            "opens or closes nothing",
        ),
        ("What does __init__ do?", "“__init__” is read as emphasis"),
        ("x**2 + y**2", "“**2 + y**” is read as emphasis"),
        ("2*3*4", "“*3*” is read"),
    ] {
        let told = stray(text).map(|stray| stray.to_string());
        assert!(
            told.as_ref().is_some_and(|told| told.contains(said)),
            "{text}: {told:?}"
        );
    }
    for text in [
        "The `**kwargs` and `__init__`",
        "A **bold** one, an *emphatic* and a _third_",
        r"\*\*kwargs and \` and \_\_init\_\_",
        "A* search, 2 * 3, f(*args)",
        "snake_case_name",
        "Prints?\n\n```\nx ** 2 ` \n```",
        "https://example.com/a__b__c",
    ] {
        assert_eq!(stray(text), None, "{text}");
    }
}

#[test]
fn only_some_breaks_part_lines() {
    let parts: Vec<&str> = lines("one\ntwo\\\nthree  \nfour\n\nfive\n- six\nseven").collect();
    assert_eq!(parts, ["one\ntwo", "three", "four", "five", "- six\nseven"]);
}

proptest! {
    #[test]
    fn escaped_text_shows_what_stands_there(text in r#"[a-z0-9 _*`~|<>&;#\\\[\]()!.:/=+\-"'\n]{0,60}"#) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(shown(&escape(&text)), words.clone(), "{}", escape(&text));
        prop_assert_eq!(plain(&escape(&words)), words);
    }
}
