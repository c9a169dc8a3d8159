//! HTML as CommonMark: by its tags, whatever their attributes, and with a report of what CommonMark lacks.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};

use super::Lost;
use super::writer::Writer;
use crate::bank::markdown;

/// The elements of HTML. What looks like a tag of another name is text, as in `List<String>`.
const ELEMENTS: &str = "a abbr acronym address area article aside audio b base basefont bdi bdo big blink \
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn \
    dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 \
    h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math \
    menu meta meter nav nobr noframes noscript object ol optgroup option output p param picture pre progress \
    q rp rt ruby s samp script search section select slot small source span strike strong style sub summary \
    sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr";

/// The longest tag, in bytes.
const LONGEST_TAG: usize = 4096;
/// No element has a longer name.
const LONGEST_NAME: usize = 15;

/// The longest text whose result is read back to check that it says the same.
const READ_AGAIN: usize = 20_000;

/// Some HTML as CommonMark.
pub struct Converted {
    /// The text.
    pub text: String,
    /// What got lost, each once.
    pub lost: Vec<Lost>,
}

/// Whether anything in a text is a tag or an entity of HTML.
pub fn is_html(text: &str) -> bool {
    let tag = text.match_indices('<').any(|(at, _)| is_tag(&text[at..]));
    tag || text.contains('&') && unescape(text) != text
}

/// HTML as CommonMark.
pub fn markdown(html: &str) -> Converted {
    let writer = written(html, true);
    let same = |text: &str| {
        let arena = comrak::Arena::new();
        let read = markdown::words(markdown::parse(&arena, text));
        let signs = |text: &str| {
            text.chars()
                .filter(|c| !c.is_whitespace())
                .collect::<String>()
        };
        signs(&read) == signs(&writer.said)
    };
    // Emphasis inside words or punctuation can be more than CommonMark can express.
    if writer.text.len() <= READ_AGAIN && !same(&writer.text) {
        let bare = written(html, false);
        return Converted {
            text: bare.text,
            lost: bare.lost,
        };
    }
    Converted {
        text: writer.text,
        lost: writer.lost,
    }
}

fn written(html: &str, emphasis: bool) -> Writer {
    let sink = Sink(RefCell::new(Writer::new(emphasis)));
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&without_foreign_tags(html)));
    let tokenizer = Tokenizer::new(sink, Default::default());
    // No script stops it.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut writer = tokenizer.sink.0.into_inner();
    writer.finish();
    writer
}

struct Sink(RefCell<Writer>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut writer = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => writer.characters(&text),
            Token::TagToken(tag) => {
                let start = tag.kind == TagKind::StartTag;
                match start {
                    true => writer.open(&tag.name, |name| attribute(&tag, name)),
                    false => writer.close(&tag.name),
                }
                if start && matches!(&*tag.name, "script" | "style") {
                    return TokenSinkResult::RawData(RawKind::Rawtext);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let attribute = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name);
    attribute.map(|attribute| attribute.value.to_string())
}

/// The text with `&lt;` for each `<` that begins no tag of HTML's.
fn without_foreign_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        out.push_str(if is_tag(rest) || rest.starts_with("<!--") {
            "<"
        } else {
            "&lt;"
        });
        rest = &rest[1..];
    }
    out + rest
}

/// Whether a text begins with a tag of HTML's.
fn is_tag(text: &str) -> bool {
    let Some(tag) = text.strip_prefix('<') else {
        return false;
    };
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let bytes = name.bytes().take(LONGEST_NAME + 1);
    let ends = bytes
        .into_iter()
        .position(|byte| !byte.is_ascii_alphanumeric());
    let Some((name, after)) = ends.and_then(|end| name.split_at_checked(end)) else {
        return false;
    };
    let known = || {
        let mut elements = ELEMENTS.split_ascii_whitespace();
        elements.any(|element| element.eq_ignore_ascii_case(name))
    };
    let closed = || text.bytes().take(LONGEST_TAG).any(|byte| byte == b'>');
    after.starts_with(['>', '/', ' ', '\t', '\r', '\n']) && known() && closed()
}

/// Text in which characters are written as HTML's entities.
pub fn unescape(text: &str) -> String {
    html_escape::decode_html_entities(text).replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    #[test]
    fn only_what_begins_a_tag_of_html_stays_one() {
        for (html, kept) in [
            ("<<b>x</b> <<<", "&lt;<b>x</b> &lt;&lt;&lt;"),
            ("1 < 2 </ p> <p", "1 &lt; 2 &lt;/ p> &lt;p"),
            ("Vec<u8> <blockquote\n>", "Vec&lt;u8> <blockquote\n>"),
            (
                "<\u{e9}b> </blockquote> <Br/>",
                "&lt;\u{e9}b> </blockquote> <Br/>",
            ),
        ] {
            assert_eq!(without_foreign_tags(html), kept);
        }
    }

    use super::*;

    #[test]
    fn tags_are_known_whatever_their_attributes() {
        for (html, text) in [
            (
                "What does <strong style=\"color: red\">LRU</strong> mean?",
                "What does **LRU** mean?",
            ),
            (
                "Least <code class=\"k\">recently</code> used",
                "Least `recently` used",
            ),
            (
                "<div class=\"a\">One thousand</div><div class=\"a\">twenty-four</div>or<br class=\"x\">1 KiB",
                "One thousand\n\ntwenty-four\n\nor\\\n1 KiB",
            ),
            (
                "2<sup>10</sup>, x<sup>n+1</sup>, H<sub>2</sub>O",
                "2^10, x^(n+1), H_2O",
            ),
            ("<P>It  only\n<B>reads</B> .</P>", "It only **reads** ."),
            ("<b> spaced </b>out", "**spaced** out"),
            ("<b>a <i>b</i></b><em></em>", "**a *b***"),
            (
                "List<String> x < y && y > 1",
                "List\\<String> x < y && y > 1",
            ),
            ("__init__ *args # 1.", "\\_\\_init\\_\\_ \\*args # 1."),
            ("# a", "\\# a"),
            (
                "Least &lt;recently&gt;&nbsp;used<br>\"first\"",
                "Least \\<recently> used\\\n\"first\"",
            ),
            ("<code>a ` b</code>", "``a ` b``"),
            (
                "<ul><li>one</li><li>two<ol><li>x</ol></ul>after",
                "- one\n- two\n\n  1. x\n\nafter",
            ),
            (
                "see <a href=\"https://a.example/x_(y)\">this</a>",
                "see [this](https://a.example/x_%28y%29)",
            ),
            ("<blockquote>a<p>b</blockquote>", "> a\n>\n> b"),
            ("a<script>if (x < 1) {}</script>b<!-- c -->d", "abd"),
        ] {
            assert_eq!(markdown(html).text, text, "{html}");
        }
    }

    #[test]
    fn code_keeps_its_indentation() {
        let html = "<p>What does it print?</p>\n<pre>\nfor n in range(3):\n    if n:\n        print(n)\n</pre>";
        let text =
            "What does it print?\n\n```\nfor n in range(3):\n    if n:\n        print(n)\n```";
        assert_eq!(markdown(html).text, text);
        let html =
            "<pre class=\"x\"><code class=\"language-python\">a&lt;b<br>  c ``` d</code></pre>";
        assert_eq!(markdown(html).text, "````python\na<b\n  c ``` d\n````");
    }

    #[test]
    fn what_is_lost_is_told() {
        let lost = markdown(
            "<img src=\"a.png\"><u>x</u><audio src=b></audio><table><tr><td>1<td>2<tr><td>3</table>",
        );
        assert_eq!(lost.text, "x\n\n1 | 2\\\n3");
        let told: Vec<String> = lost.lost.iter().map(Lost::to_string).collect();
        assert_eq!(
            told,
            [
                "the image a.png",
                "underlining",
                "audio b",
                "the lines of a table"
            ]
        );
        assert_eq!(markdown("<b>a</b> <span style=x>c</span>").lost, []);
    }

    proptest! {
        #[test]
        fn every_sign_is_kept(text in r#"[a-z0-9 _*`~|&;#\\\[\]()!.:/=+\-"']{0,40}"#, tags in "(<(/?(b|i|p|code|ul|li|div|sup|pre|blockquote|em|br|h1|a href=x))>|[a-z*_` ]){0,30}") {
            let encoded = html_escape::encode_text(&text);
            let arena = comrak::Arena::new();
            let shown = markdown::words(markdown::parse(&arena, &markdown(&encoded).text));
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(words(&shown), words(&text));
            drop(markdown(&tags));
        }
    }
}
