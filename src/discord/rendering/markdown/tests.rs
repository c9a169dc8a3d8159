//! What is written in Discord's dialect.

use super::*;

#[test]
fn hostile_text_is_shown_as_it_stands() {
    let hostile = "<@1> @everyone [x](javascript:1) **b** `c` \u{202e}abc";
    let escaped = escape(hostile);
    assert!(!escaped.contains("<@1>") && !escaped.contains("**b**"));
    assert!(!escaped.contains('\u{202e}'));
    assert_eq!(
        escaped.replace('\\', ""),
        "<@1> @everyone [x](javascript:1) **b** `c` abc"
    );
    // A backslash stands only before what is read without it.
    assert_eq!(
        escape("<@1> & **x** <t:1:R>"),
        "<\\@1\\> & \\*\\*x\\*\\* <t\\:1\\:R\\>"
    );
    // Nor does one part signs that format together.
    let ours = "1 \u{202e}abc \u{2066}|\u{2069}|x|\u{2066}|";
    assert_eq!(escape_text(ours, true), "1 abc \\|\\|x\\|\\|");
}

#[test]
fn answers_keep_their_blocks() {
    let markdown = "One line\nof a *paragraph*.  \nBroken.\n\n- an item\n  goes on\n- another\n  1. nested\n\n> a quote\n\n\
                    ### Head\n\n```sql\nSELECT *\nFROM t\n```\nAfter __init__ &lt; `a`` b` <b>.";
    let expected = "One line of a *paragraph*.\nBroken.\n\n- an item goes on\n- another\n  1. nested\n\n> a quote\n\n\
                    ### Head\n\n```sql\nSELECT *\nFROM t\n```\n\nAfter **init** < `a`` b` <b>.";
    assert_eq!(commonmark::blocks(markdown), expected);
}

#[test]
fn nothing_in_a_line_reaches_beyond_it() {
    for (markdown, line, strong) in [
        (
            "The sign ` alone",
            "The sign \\` alone",
            "**The sign \\` alone**",
        ),
        (
            "What do **kwargs hold?",
            "What do \\*\\*kwargs hold?",
            "**What do \\*\\*kwargs hold?**",
        ),
        ("`**kwargs` of f", "`**kwargs` of f", "`**kwargs` **of f**"),
        ("a `b` c", "a `b` c", "**a `b` c**"),
        ("a **b** c", "a **b** c", "**a b c**"),
        ("the *e* `x*y`", "the *e* `x*y`", "**the *e*** `x*y`"),
        ("# of 1. - x", "\\# of 1. - x", "**\\# of 1. - x**"),
        ("- item", "\\- item", "**\\- item**"),
        (
            "||spoiler|| ~~out~~",
            "\\|\\|spoiler\\|\\| \\~\\~out\\~\\~",
            "**\\|\\|spoiler\\|\\| \\~\\~out\\~\\~**",
        ),
        (
            "snake_case_name and _x",
            "snake_case_name and \\_x",
            "**snake_case_name and \\_x**",
        ),
        ("2 * 3 and a*", "2 \\* 3 and a\\*", "**2 \\* 3 and a\\***"),
        (
            "https://example.com/a_b_c x",
            "<https://example.com/a_b_c> x",
            "**<https://example.com/a_b_c> x**",
        ),
        (
            "[text](https://example.com)",
            "[text](https://example.com)",
            "**[text](https://example.com)**",
        ),
        (
            "<@1> and <t:1>",
            "<\\@1> and <t\\:1>",
            "**<\\@1> and <t\\:1>**",
        ),
        ("a\\\nb", "a\nb", "**a**\n**b**"),
        ("`` a`b ``", "``a`b``", "**``a`b``**"),
        (
            "Prints?\n\n```py\nx ** 2\n  y\n```",
            "Prints?\n```py\nx ** 2\n  y\n```",
            "**Prints?**\n```py\nx ** 2\n  y\n```",
        ),
        ("C:\\dir \\*", "C:\\dir \\*", "**C:\\dir \\***"),
        ("", "", ""),
    ] {
        assert_eq!(commonmark::line(markdown, false), line, "{markdown}");
        assert_eq!(commonmark::line(markdown, true), strong, "{markdown}");
    }
}
