use tempfile::TempDir;

use super::*;
use crate::model::{Attempt, QuizOption, SpaceId, UserId};

fn quiz(number: usize, order: [usize; 3]) -> Quiz {
    let option = |text: usize| QuizOption {
        text: format!("{text}"),
        right: text == 1,
        why: format!("why {text} of {number} {}", "w".repeat(200)),
    };
    Quiz {
        prompt: format!("What is {number}?"),
        options: order.map(option).to_vec(),
    }
}

fn ben() -> Member {
    Member {
        space: SpaceId::discord("space"),
        user: UserId::discord("ben"),
    }
}

fn item(number: usize, order: [usize; 3]) -> (String, String, Quiz) {
    (
        format!("q{number}"),
        "topic".to_owned(),
        quiz(number, order),
    )
}

async fn count(store: &Store, table: &'static str) -> usize {
    let count = move |sql: &Connection| {
        sql.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
            row.get(0)
        })
    };
    store.read(count).await.expect("counted")
}

#[tokio::test]
async fn a_quiz_comes_back_as_it_was_shown() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path().join("greenroom.db")).expect("opens");
    let orders = [[0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]];
    let items: Vec<_> = orders.into_iter().map(|order| item(7, order)).collect();
    let begun = store.start_quiz(ben(), items, DateTime::UNIX_EPOCH).await;
    let begun = begun.expect("begun");
    for (item, order) in begun.items.iter().zip(orders) {
        assert_eq!(item.quiz, quiz(7, order));
    }
    assert_eq!(count(&store, "quiz_contents").await, 1, "kept once");
}

#[tokio::test]
async fn one_member_cannot_fill_the_disk() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("greenroom.db");
    let store = Store::open(&path).expect("opens");
    let size = async || {
        let pages = |sql: &Connection| sql.pragma_query_value(None, "page_count", |row| row.get(0));
        store.read(pages).await.expect("read")
    };
    let mut sizes: Vec<i64> = Vec::new();
    for _ in 0..3 {
        for number in 0..KEPT {
            let items = (0..20).map(|of| item(of, [[0, 1, 2], [2, 1, 0]][number % 2]));
            let begun = store.start_quiz(ben(), items.collect(), DateTime::UNIX_EPOCH);
            begun.await.expect("begun");
        }
        sizes.push(size().await);
    }
    assert_eq!(count(&store, "quizzes").await, KEPT);
    assert_eq!(count(&store, "quiz_items").await, 20 * KEPT);
    assert_eq!(sizes[1], sizes[2], "it does not grow for ever");
    assert!(sizes[2] * 4096 < 400_000, "{} pages", sizes[2]);
}

#[tokio::test]
async fn what_was_answered_counts_after_its_quiz_is_gone() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path().join("greenroom.db")).expect("opens");
    let now = DateTime::from_timestamp_millis(5).expect("an instant");
    let begin = async |number| {
        let begun = store.start_quiz(ben(), vec![item(number, [0, 1, 2])], now);
        begun.await.expect("begun").id
    };
    let answer = async |quiz, option, right| {
        let attempt = Attempt { option, right };
        let answered = store.answer_quiz(quiz, 0, attempt, now);
        answered.await.expect("answered");
    };
    let (first, second) = (begin(1).await, begin(1).await);
    answer(first, 1, true).await;
    answer(first, 0, false).await; // The first answer counts.
    answer(second, 2, false).await;
    for _ in 0..KEPT {
        begin(2).await;
    }
    assert_eq!(store.quiz(first).await.expect("read"), None);
    let records = store
        .records(ben(), crate::store::Reader::Themselves)
        .await
        .expect("read");
    assert_eq!((records[0].answers, records[0].right), (2, 1));
    assert!(
        store
            .records(ben(), crate::store::Reader::Another)
            .await
            .expect("read")
            .is_empty()
    );
    let answered = store.questions_answered(ben()).await.expect("read");
    assert_eq!(answered, [("q1".to_owned(), 5)]);
}

#[tokio::test]
async fn what_no_quiz_asks_any_more_is_gone_after_a_start() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("greenroom.db");
    let store = Store::open(&path).expect("opens");
    for number in 0..=KEPT {
        let begun = store.start_quiz(ben(), vec![item(number, [0, 1, 2])], DateTime::UNIX_EPOCH);
        begun.await.expect("begun");
    }
    assert_eq!(count(&store, "quiz_contents").await, KEPT + 1);
    store.close().await;
    let store = Store::open(&path).expect("opens");
    assert_eq!(count(&store, "quiz_contents").await, KEPT);
}
