//! `/topics`: as many as there are.

use std::collections::BTreeSet;

use greenroom::bank::Bank;

use super::Room;

/// What the menu of topics says.
const MENU: &str = "Pick a topic for a question";

stories!(
    every_topic_can_be_picked_however_many_there_are,
    a_page_that_is_gone_is_the_last_one,
    a_question_without_tags_ends_in_no_dot,
);

/// A bank of so many topics with a question each; the first question has no tags.
fn topics(count: usize) -> Bank {
    let topic = |number: usize| {
        let tags = if number == 0 { "" } else { "tags = [\"a\"]" };
        let text = format!(
            "[topic]\nname = \"topic-{number:03}\"\ntitle = \"Title {number}\"\nsummary = \"S.\"\n\
             [[question]]\nid = \"question-{number:03}\"\nprompt = \"What is {number}?\"\n\
             difficulty = \"easy\"\n{tags}\nanswer = \"It.\"\nkey_points = [\"It is it\"]\n"
        );
        (format!("topic-{number:03}.toml").into(), text)
    };
    let files: Vec<_> = (0..count).map(topic).collect();
    Bank::from_files(&files).expect("a valid bank")
}

async fn every_topic_can_be_picked_however_many_there_are(room: &Room) {
    for count in [1, 25, 26, 50, 51, 300] {
        room.app().reload(topics(count));
        let mut page = room.ben.slash("/topics").await;
        let (first, mut picked) = (page.id.clone(), BTreeSet::new());
        loop {
            for menu in &page.menus {
                picked.extend(menu.options.iter().cloned());
            }
            match page.has_button("More ▶") {
                true => page = room.ben.press(&page, "More ▶").await,
                false => break,
            }
        }
        assert_eq!(picked.len(), count, "{picked:?}");
        assert_eq!(page.id, first, "the message is edited along");
        let last = page.menus[0].options.last().expect("one");
        let question = room.ben.choose(&page, MENU, last).await;
        let title = format!("Title {}", count - 1);
        assert!(question.says(&title), "{question:?}");
        if count > 25 {
            assert!(page.says(&format!("{count} topics")), "{page:?}");
            let back = room.ben.press(&page, "◀ Back").await;
            assert_ne!(back.text, page.text);
        } else {
            assert!(!page.says("Page"), "{page:?}");
        }
    }
}

async fn a_page_that_is_gone_is_the_last_one(room: &Room) {
    room.app().reload(topics(60));
    let page = room.ben.slash("/topics").await;
    let page = room.ben.press(&page, "More ▶").await;
    room.app().reload(topics(30));
    let page = room.ben.press(&page, "More ▶").await;
    insta::assert_snapshot!(page.reads(), @r"
    Topics
    Title 25 · 1 question
    Title 26 · 1 question
    Title 27 · 1 question
    Title 28 · 1 question
    Title 29 · 1 question
    Page 2 of 2 · 30 topics
    [◀ Back] [Pick a topic for a question ▾]
    Only you can see this
    ");
}

async fn a_question_without_tags_ends_in_no_dot(room: &Room) {
    room.app().reload(topics(1));
    let question = room.ben.slash("/question topic-000").await;
    let answer = room.ben.press(&question, "Show answer").await;
    for card in [question, answer] {
        let footer = card.text.lines().last();
        assert_eq!(footer, Some("Title 0 · easy"));
    }
}
