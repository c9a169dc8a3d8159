//! `/topics`: as many as there are.

use std::collections::BTreeSet;

use greenroom::bank::Bank;

use crate::harness::{Room, shown};

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

#[tokio::test]
async fn every_topic_can_be_picked_however_many_there_are() {
    let room = Room::open().await;
    for count in [1, 25, 26, 50, 51, 300] {
        room.app().reload(topics(count));
        let mut page = shown(room.ben.slash("general", "/topics").await);
        let (first, mut picked) = (page.id, BTreeSet::new());
        loop {
            for menu in page.selects() {
                picked.extend(menu.options.into_iter().map(|(label, _)| label));
            }
            match page.button("More ▶") {
                Some(_) => page = shown(room.ben.click(&page, "More ▶").await),
                None => break,
            }
        }
        assert_eq!(picked.len(), count, "{picked:?}");
        assert_eq!(page.id, first, "the message is edited along");
        let (_, last) = page.selects()[0].options.last().cloned().expect("one");
        let menu = page.selects()[0].custom_id.clone();
        let question = shown(room.ben.select(&page, &menu, &[&last]).await).text();
        assert!(
            question.contains(&format!("Title {}", count - 1)),
            "{question}"
        );
        if count > 25 {
            assert!(
                page.text().contains(&format!("{count} topics")),
                "{}",
                page.text()
            );
            let back = shown(room.ben.click(&page, "◀ Back").await);
            assert_ne!(back.text(), page.text());
        } else {
            assert!(!page.text().contains("Page"), "{}", page.text());
        }
    }
    room.close().await;
}

#[tokio::test]
async fn a_page_that_is_gone_is_the_last_one() {
    let room = Room::open().await;
    room.app().reload(topics(60));
    let page = shown(room.ben.slash("general", "/topics").await);
    let page = shown(room.ben.click(&page, "More ▶").await);
    room.app().reload(topics(30));
    let page = shown(room.ben.click(&page, "More ▶").await);
    insta::assert_snapshot!(room.reads(&page), @r"
    Topics
    **Title 25** · 1 question
    **Title 26** · 1 question
    **Title 27** · 1 question
    **Title 28** · 1 question
    **Title 29** · 1 question
    Page 2 of 2 · 30 topics
    [◀ Back] [Pick a topic for a question ▾]
    Only you can see this
    ");
    room.close().await;
}

#[tokio::test]
async fn a_question_without_tags_ends_in_no_dot() {
    let room = Room::open().await;
    room.app().reload(topics(1));
    let question = shown(room.ben.slash("general", "/question topic-000").await);
    let answer = shown(room.ben.click(&question, "Show answer").await);
    for card in [question, answer] {
        let footer = card.embeds[0]
            .footer
            .as_ref()
            .map(|footer| footer.text.as_str());
        assert_eq!(footer, Some("Title 0 · easy"));
    }
    room.close().await;
}
