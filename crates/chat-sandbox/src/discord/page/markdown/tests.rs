//! What members may type, what must come of it, and what must not.

use super::{Names, plain, render, render_line};

struct Known;

impl Names for Known {
    fn user(&self, id: u64) -> Option<String> {
        (id == 1).then(|| "Ana <b>".to_owned())
    }
    fn channel(&self, id: u64) -> Option<String> {
        (id == 2).then(|| "news".to_owned())
    }
    fn role(&self, id: u64) -> Option<String> {
        (id == 3).then(|| "host".to_owned())
    }
}

fn html(source: &str) -> String {
    render(source, &Known).trim_end().replace("\n", "")
}

#[test]
fn formats_as_discord_does() {
    let table = [
        (
            "**b** *i* _i_ __u__ ~~s~~ `c`",
            "<p><strong>b</strong> <em>i</em> <em>i</em> <u>u</u> <del>s</del> <code>c</code></p>",
        ),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        (
            "# One\n## Two\n### Three\n#### four",
            "<h1>One</h1><h2>Two</h2><h3>Three</h3><p>#### four</p>",
        ),
        ("-# small print", "<p><sub>small print</sub></p>"),
        (
            "> quoted\nnot quoted",
            "<blockquote><p>quoted</p></blockquote><p>not quoted</p>",
        ),
        ("> a\n> b", "<blockquote><p>a<br>b</p></blockquote>"),
        (">>> a\n\nb", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("> > once", "<blockquote><p>&gt; once</p></blockquote>"),
        (">nothing", "<p>&gt;nothing</p>"),
        ("text\n---", "<p>text<br>---</p>"),
        ("***", "<p>***</p>"),
        ("    not code", "<p>not code</p>"),
        ("~one~", "<p>~one~</p>"),
        ("+ no list\n1) no list", "<p>+ no list<br>1) no list</p>"),
        (
            "Why?\n2. two\n3. three\nend",
            "<p>Why?</p><ol start=\"2\"><li>two</li><li>three</li></ol><p>end</p>",
        ),
        (
            "- a\n  - b\n- c",
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        ),
        (
            "[x]: https://example.org",
            "<p>[x]: <a href=\"https://example.org\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">https://example.org</a></p>",
        ),
        (
            "&lt; & &amp; AT&T",
            "<p>&amp;lt; &amp; &amp;amp; AT&amp;T</p>",
        ),
        (
            "a@example.org www.example.org",
            "<p>a@example.org www.example.org</p>",
        ),
        (
            "||hidden||",
            "<p><span class=\"spoiler\" tabindex=\"0\" role=\"button\" aria-label=\"Spoiler\"><span>hidden</span></span></p>",
        ),
        (
            "snake_case_name 2*3*4",
            "<p>snake_case_name 2<em>3</em>4</p>",
        ),
    ];
    for (source, expected) in table {
        assert_eq!(html(source), expected, "for {source:?}");
    }
}

#[test]
fn code_blocks_begin_and_end_anywhere() {
    // Which parts have a colour is the next test's matter.
    let html = |source: &str| {
        let parts = html(source).replace("</span>", "");
        let mut parts = parts.split("<span ").map(str::to_owned);
        let first = parts.next().unwrap_or_default();
        let rest = parts.map(|part| part.split_once('>').expect("a tag ends").1.to_owned());
        first + &rest.collect::<String>()
    };
    let rust = "<pre><code class=\"language-rust\">let a = &amp;b &lt; c;</code></pre>";
    assert_eq!(html("```rust\nlet a = &b < c;\n```"), rust);
    assert_eq!(html("```rust\nlet a = &b < c;```"), rust);
    assert_eq!(
        html("so: ```rust\nlet a = &b < c;\n``` done"),
        format!("<p>so:</p>{rust}<p>done</p>")
    );
    assert_eq!(html("```plain```"), "<pre><code>plain</code></pre>");
    assert_eq!(html("``` never closed"), "<p>``` never closed</p>");
    assert_eq!(
        html("```\n>>> not a quote\n- nor a list\n```"),
        "<pre><code>&gt;&gt;&gt; not a quote- nor a list</code></pre>"
    );
    assert_eq!(
        html("> ```\n> quoted\n> ```"),
        "<blockquote><pre><code>quoted</code></pre></blockquote>"
    );
}

#[test]
fn code_of_a_known_language_has_coloured_parts() {
    for (source, part) in [
        (
            "```rust\nlet a = 1;\n```",
            "<span class=\"hl-storage\">let</span>",
        ),
        (
            "```sql\nSELECT 1\n```",
            "<span class=\"hl-keyword\">SELECT</span>",
        ),
        (
            "```py\nNone\n```",
            "<span class=\"hl-constant\">None</span>",
        ),
        ("```diff\n+a\n```", "hl-inserted"),
    ] {
        let html = html(source);
        assert!(html.contains(part), "{html}");
    }
    for source in ["```\nlet a\n```", "```nonsense\nlet a\n```", "`let a`"] {
        assert!(!html(source).contains("hl-"), "{source}");
    }
}

#[test]
fn mentions_and_timestamps() {
    assert_eq!(
        html("<@1> <@!1> <#2> <@&3>"),
        "<p><span class=\"mention\" data-user=\"1\">@Ana &lt;b&gt;</span> \
         <span class=\"mention\" data-user=\"1\">@Ana &lt;b&gt;</span> \
         <span class=\"mention\" data-channel=\"2\">#news</span> \
         <span class=\"mention\" data-role=\"3\">@host</span></p>"
    );
    assert_eq!(
        html("<@9> <#x> <t:oops>"),
        "<p>&lt;@9&gt; &lt;#x&gt; &lt;t:oops&gt;</p>"
    );
    assert_eq!(
        html("**<t:0:R>**"),
        "<p><strong><time datetime=\"1970-01-01T00:00:00Z\" data-style=\"R\">1 January 1970 00:00 UTC</time></strong></p>"
    );
    assert_eq!(
        html("</hello:5> <:wave:7>"),
        "<p><span class=\"mention\">/hello</span> :wave:</p>"
    );
    assert_eq!(html("`<@1>`"), "<p><code>&lt;@1&gt;</code></p>");
    assert!(
        html("<t:99999999999999:R>").contains("&lt;t:"),
        "out of range"
    );
}

#[test]
fn a_mention_written_with_a_backslash_is_none() {
    for (source, read) in [
        (r"<\@1\>", "&lt;@1&gt;"),
        (r"<\@1>", "&lt;@1&gt;"),
        (r"\<@1>", "&lt;@1&gt;"),
        (r"<@1\>", "&lt;@1&gt;"),
        (r"\<#2> <\#2>", "&lt;#2&gt; &lt;#2&gt;"),
        (r"`\<\@1>`", r"<code>\&lt;\@1&gt;</code>"),
        (r"\\@1", r"\@1"),
    ] {
        assert_eq!(html(source), format!("<p>{read}</p>"), "{source}");
    }
    assert!(
        html(r"\\<@1>").contains("class=\"mention\""),
        "the backslash is what is escaped"
    );
}

#[test]
fn links_are_web_links_only() {
    assert_eq!(
        html("[docs](https://example.org/?a=1&b=2 \"title\")"),
        "<p><a href=\"https://example.org/?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">docs</a></p>"
    );
    assert!(html("<https://example.org>").contains("href=\"https://example.org\""));
    for scheme in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        "//evil.example",
        "/page/advance",
    ] {
        let out = html(&format!("[click]({scheme}) ![img]({scheme}) <{scheme}>"));
        assert!(
            !out.contains("href") && !out.contains("<img"),
            "{scheme}: {out}"
        );
        assert!(out.contains("[click]("), "shown as typed: {out}");
    }
    assert!(!html("[a](java\tscript:alert(1))").contains("href"));
    assert!(!html("![x](https://example.org/x.png)").contains("<img"));
}

#[test]
fn html_is_text() {
    for hostile in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div\nonclick='x'>",
        "<svg/onload=alert(1)>",
        "<!-- --><style>*{display:none}</style>",
        "**<iframe src=\"https://example.org\">**",
        "[<img src=x onerror=alert(1)>](https://example.org)",
        "[x](https://example.org/\"onmouseover=\"alert(1))",
        "```x\" onclick=\"y\n<script>alert(1)</script>\n```",
        "||<script>||</script>",
        "<@1<script>>",
    ] {
        for out in [render(hostile, &Known), render_line(hostile, &Known)] {
            let allowed = [
                "p", "/p", "br", "strong", "/strong", "code", "/code", "pre", "/pre", "/a", "span",
                "/span",
            ];
            for tag in out
                .split('<')
                .skip(1)
                .filter_map(|rest| rest.split('>').next())
            {
                let class_only = [
                    "code class=\"language-",
                    "span class=\"\"",
                    "span class=\"spoiler\" tabindex=\"0\"",
                ];
                let link = (tag.starts_with("a href=\"https://example.org")
                    && tag.matches('"').count() == 6)
                    || tag == "a target=\"_blank\" rel=\"noopener noreferrer nofollow\"";
                assert!(
                    allowed.contains(&tag)
                        || link
                        || class_only.iter().any(|start| tag.starts_with(start)),
                    "{hostile:?} became {out:?}"
                );
            }
        }
    }
}

#[test]
fn overrides_of_direction_are_dropped() {
    let out = html("abc\u{202E}fdp.exe\u{202D}");
    assert!(
        !out.contains('\u{202E}') && !out.contains('\u{202D}'),
        "{out:?}"
    );
    assert!(html("שלום").contains("שלום"));
}

#[test]
fn one_line_has_no_blocks() {
    let line = |source: &str| render_line(source, &Known);
    assert_eq!(
        line("1. What is *caching*?"),
        "1. What is <em>caching</em>?"
    );
    for (source, expected) in [
        ("# a", "# a"),
        ("> a", "&gt; a"),
        ("- a", "- a"),
        ("```a```", "<code>a</code>"),
        ("a\n\nb", "a b"),
        ("", ""),
        ("---", "---"),
    ] {
        assert_eq!(line(source), expected);
    }
}

#[test]
fn plain_text_has_no_formatting() {
    let source = "# Why?\n**B**, <@1> & `<b>`\n- one\n- two \u{202E}x";
    assert_eq!(plain(source, &Known), "Why? B, @Ana <b> & <b> one two x");
    let spoiled = "The ||right <@1> **one**|| is ||B||, @here.";
    assert_eq!(plain(spoiled, &Known), "The ▒▒▒ is ▒▒▒, @here.");
}

#[test]
fn long_and_nested_text_stays_in_proportion() {
    let patterns = [
        "<@1>",
        "a",
        "*a ",
        "**a",
        "[",
        "[a](",
        "> ",
        ">",
        "- ",
        "* a\n",
        "||",
        "`",
        "```",
        "<",
        "&",
        "_a_ ",
        "~",
        "![",
        "\n",
        "> - ",
        "1. ",
        "https://example.org/ ",
        "(",
        "<https://",
        "\\",
        "<t:1:R>",
        ">>> ",
        "\n>>> ",
        "- a\n ",
    ];
    for pattern in patterns {
        let source = pattern.repeat(100_000 / pattern.len());
        // What does not take linear time does not come to an end here.
        let out = render(&source, &Known);
        assert!(out.len() < 200 * source.len(), "{pattern:?}");
    }
}
