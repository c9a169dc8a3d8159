//! What members read of topics.

use super::super::text::Text;
use super::lists::{BREAK, in_a_line};
use crate::bank::Bank;
use crate::model::Topic;
use crate::told::counted;

pub(in crate::app) const TOPICS: &str = "Topics";
pub(in crate::app) const PICK_TOPIC: &str = "Pick a topic for a question";
pub(in crate::app) const EARLIER_TOPICS: &str = "◀ Back";
pub(in crate::app) const LATER_TOPICS: &str = "More ▶";

pub(in crate::app) fn topic_list(bank: &Bank, topics: &[Topic]) -> Text {
    let lines: Vec<String> = topics
        .iter()
        .map(|topic| {
            let count = bank.in_topic(&topic.name).count();
            format!("**{}** · {}", topic.title, counted(count, "question"))
        })
        .collect();
    lines.join(BREAK).into()
}

/// Which page this is, if there are several.
pub(in crate::app) fn topics_footer(page: usize, pages: usize, topics: usize) -> Option<String> {
    let page = format!("Page {} of {pages}", page + 1);
    (pages > 1).then(|| in_a_line([page, counted(topics, "topic")]))
}
