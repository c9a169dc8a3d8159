//! The topics there are, a menu's worth on a page.

use super::action::Action;
use super::card::{self, Button, Card, OPTIONS, Select, SelectOption, Style, Tone, cut};
use super::outcome::Outcome;
use super::{App, wording};
use crate::model::Topic;

impl App {
    /// Answers `/topics`.
    pub async fn topics(&self) -> Outcome {
        Ok(self.topics_page(0))
    }

    /// A page, counted from 0, of topics with a menu to pick one; one past the end is the last.
    pub(super) fn topics_page(&self, page: usize) -> Card {
        let library = self.library();
        let topics = library.bank.topics();
        let pages = topics.len().div_ceil(OPTIONS).max(1);
        let page = page.min(pages - 1);
        let listed = topics.chunks(OPTIONS).nth(page).unwrap_or_default();
        let turn = |label, page| Button::new(label, Style::Secondary, Action::Topics(page));
        let back = (page > 0).then(|| turn(wording::EARLIER_TOPICS, page - 1));
        let on = (page + 1 < pages).then(|| turn(wording::LATER_TOPICS, page + 1));
        let mut card = Card::new(Tone::Neutral, wording::TOPICS)
            .private()
            .text(wording::topic_list(&library.bank, listed))
            .row(back.into_iter().chain(on));
        card.footer = wording::topics_footer(page, pages, topics.len());
        card.selects = (!listed.is_empty())
            .then(|| menu(listed))
            .into_iter()
            .collect();
        card
    }
}

fn menu(topics: &[Topic]) -> Select {
    let option = |topic: &Topic| SelectOption {
        label: cut(&topic.title, card::LABEL),
        value: topic.name.clone(),
        description: Some(cut(&topic.summary, card::LABEL)),
    };
    Select {
        placeholder: wording::PICK_TOPIC.to_owned(),
        action: Action::PickTopic,
        options: topics.iter().map(option).collect(),
    }
}
