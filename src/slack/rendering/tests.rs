//! Cards as Slack takes them: the local Slack says what it would refuse.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use chat_sandbox::slack::message_faults;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Message, members, message};
use crate::app::Action;
use crate::app::card::{Button, Card, Select, SelectOption, Style, Tone};
use crate::app::preview::preview;
use crate::app::text::{InstantStyle, Text};
use crate::bank::Bank;
use crate::model::{PlatformId, UserId};

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).expect("a time")
}

fn user() -> UserId {
    UserId::new(PlatformId::Slack, "T1:U1")
}

fn rendered(card: &Card) -> Message {
    message(card, &HashMap::from([(user(), "Ana".to_owned())]))
}

/// The blocks as they are sent, which Slack has to take.
fn blocks(card: &Card) -> Value {
    let message = rendered(card);
    let blocks = serde_json::to_value(&message.blocks).expect("JSON");
    let faults = message_faults(&blocks);
    assert!(
        faults.list.is_empty() && !faults.too_long,
        "{faults:?}: {blocks:#}"
    );
    assert!(blocks.as_array().is_some_and(|all| {
        let mut kinds = all.iter().map(|block| &block["type"]);
        kinds.any(|kind| kind == "rich_text")
    }));
    let length = message.text.chars().count();
    assert!(length > 0 && length <= 3_000, "{length}");
    assert!(characters(&blocks) <= 9_000, "{}", characters(&blocks));
    blocks
}

/// How many characters there are to read in blocks.
fn characters(blocks: &Value) -> usize {
    match blocks {
        Value::Array(items) => items.iter().map(characters).sum(),
        Value::Object(keys) => {
            let read = |(key, value): (&String, &Value)| match value.as_str() {
                Some(text) if key == "text" => text.chars().count(),
                _ => characters(value),
            };
            keys.iter().map(read).sum()
        }
        _ => 0,
    }
}

/// The elements of the rich text that a text alone makes.
fn rich(text: impl Into<Text>) -> Value {
    let card = Card::new(Tone::Neutral, "Title").text(text);
    blocks(&card)[1]["elements"].clone()
}

fn section(elements: Value) -> Value {
    json!({ "type": "rich_text_section", "elements": elements })
}

fn text(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

fn styled(text: &str, style: &str) -> Value {
    json!({ "type": "text", "text": text, "style": { style: true } })
}

#[test]
fn every_card_of_every_question_is_taken_and_shown_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
    let bank = Bank::load(&folder).expect("it is sound");
    for question in bank.questions() {
        for (caption, card) in preview(&bank, question, at()) {
            let blocks = blocks(&card);
            let last = blocks.to_string();
            assert!(!last.contains("…\"}"), "{} is cut: {caption}", question.id);
        }
    }
}

#[test]
fn a_daily_is_a_headline_its_text_its_letters_and_a_small_line() {
    let letter = |option, label: &str| {
        let action = Action::DailyAnswer {
            daily: 7,
            option,
            version: 0,
        };
        Button::new(label, Style::Secondary, action)
    };
    let card = Card::new(Tone::Good, "Caching")
        .text(
            Text::new()
                .strong("What is a `TTL`?")
                .md("\n")
                .md("\n**A** · ")
                .line("A *time*"),
        )
        .field("Streak", "3 days")
        .row([letter(0, "A"), letter(1, "B").enabled(false)])
        .footer("easy · :tada:");
    let blocks = blocks(&card);
    let mut plain = blocks.clone();
    let mut ids = HashSet::new();
    for block in plain.as_array_mut().expect("blocks") {
        let id = block["block_id"].take();
        assert!(ids.insert(id.as_str().expect("an id").to_owned()));
        block.as_object_mut().expect("a block").remove("block_id");
    }
    let expected = json!([
        { "type": "header", "text": { "type": "plain_text", "text": "✅ Caching", "emoji": false } },
        { "type": "rich_text", "elements": [section(json!([
            styled("What is a ", "bold"),
            { "type": "text", "text": "TTL", "style": { "bold": true, "code": true } },
            styled("?", "bold"), text("\n\n"), styled("A", "bold"), text(" · A "), styled("time", "italic"),
        ]))] },
        { "type": "rich_text", "elements": [section(json!([styled("Streak", "bold"), text("\n3 days")]))] },
        { "type": "actions", "elements": [{
            "type": "button", "action_id": "g1:da:7:0:0", "text": { "type": "plain_text", "text": "A", "emoji": false },
        }] },
        { "type": "context", "elements": [{ "type": "plain_text", "text": "easy · :tada:", "emoji": false }] },
    ]);
    assert_eq!(plain, expected, "{plain:#}");
    assert_eq!(
        rendered(&card).text,
        "✅ Caching\nWhat is a TTL?\n\nA · A time\nStreak\n3 days\neasy · :tada:"
    );
    assert_eq!(self::blocks(&card), blocks, "the same again");
    let other = self::blocks(&card.footer("hard"));
    let id = other[0]["block_id"].as_str().expect("an id");
    assert!(!ids.contains(id), "a message that is changed has other ids");
}

#[test]
fn what_people_type_stands_as_it_is_and_calls_nobody() {
    let hostile = "<!channel> <@U1> &lt; *b* `c` :tada: @here [x](https://a.example)";
    let typed = Text::new().plain(format!("{hostile}\u{202e}\u{7}"));
    assert_eq!(
        rich(typed.clone()),
        json!([section(json!([text(hostile)]))])
    );
    let fallback = rendered(&Card::new(Tone::Neutral, "<!here>").text(typed)).text;
    assert_eq!(
        fallback,
        "&lt;!here&gt;\n&lt;!channel&gt; &lt;@U1&gt; &amp;lt; *b* `c` :tada: @here [x](https://a.example)"
    );
}

#[test]
fn members_are_named_channels_linked_and_instants_in_the_zone_of_each_reader() {
    let text_of = Text::from("**1.** ")
        .member(&user())
        .md(" in ")
        .channel(&"C0123".into())
        .md(", ")
        .instant(at(), InstantStyle::Full);
    let expected = json!([section(json!([
        styled("1.", "bold"), text(" Ana in "), { "type": "channel", "channel_id": "C0123" }, text(", "),
        { "type": "date", "timestamp": 1_780_000_000, "format": "{date_long} at {time}",
          "fallback": "Thu, 28 May 2026, 20:26 UTC" },
    ]))]);
    assert_eq!(rich(text_of.clone()), expected);
    let card = Card::new(Tone::Neutral, "Board")
        .text(text_of.clone())
        .field("First", text_of);
    assert_eq!(members(&card), [user()]);
    let unnamed = message(&card, &HashMap::new());
    assert!(!unnamed.text.contains("<@"), "{}", unnamed.text);
    let odd = rich(Text::new().channel(&"<!here>".into()));
    assert_eq!(odd, json!([section(json!([text("<!here>")]))]));
}

#[test]
fn our_own_markdown_may_begin_in_one_span_and_end_in_another() {
    let spans = Text::from("Showing **")
        .plain("*all*")
        .md("** of\nit:\n\n- ")
        .line("one `a`")
        .md("\n- ")
        .plain("- two")
        .md("\n\nAnd more.");
    let item = |elements: Value| section(elements);
    let expected = json!([
        section(json!([text("Showing "), styled("*all*", "bold"), text(" of it:\n")])),
        { "type": "rich_text_list", "style": "bullet", "elements": [
            item(json!([text("one "), styled("a", "code")])), item(json!([text("- two")])),
        ] },
        section(json!([text("And more.")])),
    ]);
    assert_eq!(rich(spans), expected);
}

#[test]
fn answers_keep_their_blocks() {
    let answer = "One line\nof a *paragraph*.\n\n3. three\n   - nested\n4. four\n\n   ```\n   code\n   ```\n5. five\n\n\
                  > a quote\n\n### Head\n\n```sql\nSELECT *\n```\n\nAfter <b> [x](https://a.example/b) and ftp://c.example.";
    let shown = rich(Text::new().blocks(answer));
    let list = |style: &str, items: Value| json!({ "type": "rich_text_list", "style": style, "elements": items });
    let with = |mut element: Value, key: &str, value: u64| {
        element[key] = json!(value);
        element
    };
    let item = |words: &str| section(json!([text(words)]));
    let code = |words: &str| json!({ "type": "rich_text_preformatted", "elements": [text(words)] });
    let expected = json!([
        section(json!([text("One line of a "), styled("paragraph", "italic"), text(".\n")])),
        with(list("ordered", json!([item("three")])), "offset", 2),
        with(list("bullet", json!([item("nested")])), "indent", 1),
        with(list("ordered", json!([item("four")])), "offset", 3),
        code("code"),
        with(list("ordered", json!([item("five")])), "offset", 4),
        { "type": "rich_text_quote", "elements": [text("a quote")] },
        section(json!([styled("Head", "bold"), text("\n")])),
        code("SELECT *"),
        section(json!([
            text("After <b> "), { "type": "link", "url": "https://a.example/b", "text": "x" },
            text(" and ftp://c.example."),
        ])),
    ]);
    assert_eq!(shown, expected, "{shown:#}");
}

#[test]
fn lines_of_question_files_hold_code_and_begin_no_blocks() {
    let prompt = "# What prints\n\n```\nfn main() {}\n```\n- and why?";
    let expected = json!([
        section(json!([styled("# What prints", "bold"), text("\n")])),
        { "type": "rich_text_preformatted", "elements": [text("fn main() {}")] },
        section(json!([styled("- and why?", "bold")])),
    ]);
    assert_eq!(rich(Text::new().strong(prompt)), expected);
}

#[test]
fn long_cards_end_at_a_paragraph_and_code_is_left_out_whole() {
    let paragraph = format!("{}.\n\n", "words ".repeat(200));
    let shown = rich(Text::new().blocks(paragraph.repeat(20)));
    let last = shown[0]["elements"][0]["text"].as_str().expect("text");
    assert!(
        last.len() > 7_000 && last.ends_with(".\n\n…"),
        "{}",
        last.len()
    );

    let code = format!("Before\n\n```\n{}\n```\n\nAfter", "code\n".repeat(2_000));
    let shown = rich(Text::new().blocks(code));
    assert_eq!(shown, json!([section(json!([text("Before\n…")]))]));

    let items = "- an item of some more words that take more room\n".repeat(1_000);
    let shown = rich(Text::new().blocks(items));
    let items = shown[0]["elements"].as_array().expect("items").len();
    assert!(items > 150 && items < 200, "{items}");
    assert_eq!(shown[1], section(json!([text("…")])));

    let mut card = Card::new(Tone::Bad, "T".repeat(400)).footer("f".repeat(500));
    for number in 0..60 {
        card = card.field(format!("Field {number}"), "v".repeat(400));
    }
    let blocks = blocks(&card);
    let footer = blocks
        .as_array()
        .and_then(|all| all.last())
        .expect("a block");
    let footer = footer["elements"][0]["text"].as_str().expect("text");
    assert!(footer.ends_with(" · and 40 more"), "{footer}");
}

#[test]
fn buttons_and_menus_keep_to_their_limits() {
    let action = |page| Action::Topics(page);
    let card = Card::new(Tone::Neutral, "Title")
        .row([
            Button::new("l".repeat(100), Style::Primary, action(1)),
            Button::new("", Style::Primary, action(2)),
            Button::new("Same", Style::Danger, action(1)),
        ])
        .row([Button::new("Off", Style::Primary, action(3)).enabled(false)])
        .row([Button::new("Go", Style::Primary, action(4))]);
    let blocks = blocks(&card);
    let rows: Vec<&Value> = blocks.as_array().expect("blocks")[1..].iter().collect();
    assert_eq!(rows.len(), 3, "{blocks:#}");
    assert_eq!(rows[0]["elements"][1]["text"]["text"], "…");
    assert_eq!(
        rows[0]["elements"][0]["style"],
        Value::Null,
        "not two of them"
    );
    assert_eq!(rows[1]["elements"][0]["style"], "danger");
    assert_eq!(rows[2]["elements"][0]["style"], "primary");

    let mut card = Card::new(Tone::Neutral, "Title");
    for menu in 0..4 {
        let options = (0..25).map(|number| SelectOption {
            label: "o".repeat(100),
            value: format!("{menu}-{number}"),
            description: Some("d".repeat(100)),
        });
        card.selects.push(Select {
            placeholder: "p".repeat(300),
            action: if menu == 0 {
                Action::PickTopic
            } else {
                Action::PickQuestion
            },
            options: options.collect(),
        });
    }
    card.selects[3].options[0].value = "v".repeat(151);
    self::blocks(&card);
}

/// Texts of signs that format something somewhere.
fn signs() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-c1]{1,3}",
        "[*_~|`#>\\\\\\[\\](){}!.+=&<:-]{1,3}",
        Just("<!channel>".to_owned()),
        Just("<@U1>".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("```\n".to_owned()),
        Just("\u{f0000}\u{f0001}".to_owned()),
        Just("\u{202e}\u{0}".to_owned()),
        Just(" https://a.example/b ".to_owned()),
        Just("[x](javascript:1)".to_owned()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_a_message_that_is_refused(one in signs(), two in signs(), three in signs()) {
        let text = Text::new()
            .md(&one)
            .plain(&two)
            .line(&three)
            .strong(&one)
            .blocks(&two)
            .member(&user())
            .channel(&three.as_str().into())
            .md(&three);
        let card = Card::new(Tone::Bad, &one).text(text.clone()).field(&two, text).footer(&three);
        let message = rendered(&card);
        prop_assert!(!message.text.contains("<!") && !message.text.contains("<@"), "{}", message.text);
        blocks(&card);
    }

    #[test]
    fn plain_text_is_shown_to_the_letter(typed in "[ -~]{1,80}") {
        let shown = rich(Text::new().md("“").plain(&typed).md("”"));
        prop_assert_eq!(shown, json!([section(json!([text(&format!("“{typed}”"))]))]));
    }
}
