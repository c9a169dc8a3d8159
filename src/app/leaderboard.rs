//! The leaderboard: ranks 1, 1, 3, by period and topic, a page at a time, with the reader's line.

use crate::model::{BoardPage, SpaceId, Standing, UserId};
use crate::rules::periods::Period;
use crate::store::Filter;

use super::action::Action;
use super::card::{Button, Card, Part, Style, Tone};
use super::outcome::{Error, Outcome};
use super::{App, Caller, wording};

/// Rows of a page.
const PAGE: u32 = 10;

impl App {
    /// Answers `/leaderboard`. Pages are counted from 1, as members do.
    pub async fn leaderboard(
        &self,
        caller: &Caller,
        period: Period,
        topic: Option<&str>,
        page: i64,
    ) -> Outcome {
        let topic = topic
            .map(|topic| self.library().topic_named(topic))
            .transpose()?;
        if page < 1 {
            return Err(wording::page_from_one().into());
        }
        let page = u32::try_from(page - 1).unwrap_or(u32::MAX);
        self.board_page(caller, period, topic, page, caller.member.user.id())
            .await
    }

    /// Shows a page, counted from 0; one past the end is the last.
    pub(super) async fn board_page(
        &self,
        caller: &Caller,
        period: Period,
        topic: Option<String>,
        page: u32,
        asker: &str,
    ) -> Outcome {
        let (space, reader) = (caller.member.space.clone(), caller.member.user.clone());
        let filter = self.filter(&space, period, topic.clone()).await?;
        let asked = page.min(u32::MAX / PAGE - 1);
        let mut board = self.read_board(&space, &filter, asked, &reader).await?;
        let pages = board.members.div_ceil(PAGE).max(1);
        let page = asked.min(pages - 1);
        if page < asked {
            board = self.read_board(&space, &filter, page, &reader).await?;
        }
        let bank = &self.library().bank;
        let titled = topic
            .as_deref()
            .map(|topic| wording::topic_title(bank, topic));
        let title = wording::board_title(period, titled.as_deref());
        let mut card = Card::new(Tone::Neutral, title);
        if page < asked && board.members > 0 {
            card = card.text(wording::last_page(pages));
        }
        let listed = |standing: &Standing| standing.user == reader;
        card = if board.standings.is_empty() {
            card.text(wording::empty_board(period, titled.as_deref()))
        } else if board.standings.iter().any(listed) {
            card.text(wording::standings(&board.standings))
        } else {
            card.text(wording::standings(&board.standings))
                .text(wording::own_line(
                    board.own.as_ref(),
                    (period, titled.as_deref()),
                    &reader,
                ))
        };
        // What is the reader's own business isn't told where everyone reads it.
        let private = asker != reader.id();
        if private {
            let waiting = self.store.waiting(caller.member.clone(), topic.clone());
            card.body
                .extend(wording::waiting(waiting.await?).map(Part::Text));
        }
        card = card
            .row(page_buttons(period, page, pages, topic.as_ref(), &reader))
            .row(period_buttons(period, topic.as_ref(), &reader));
        card.footer = wording::board_footer(page, pages, board.members);
        Ok(if private { card.private() } else { card })
    }

    async fn read_board(
        &self,
        space: &SpaceId,
        filter: &Filter,
        page: u32,
        reader: &UserId,
    ) -> Result<BoardPage, Error> {
        let (space, filter, reader) = (space.clone(), filter.clone(), reader.clone());
        Ok(self
            .store
            .board(space, filter, page * PAGE, PAGE, reader)
            .await?)
    }

    /// What counts for a period, by the days of the space.
    pub(super) async fn filter(
        &self,
        space: &SpaceId,
        period: Period,
        topic: Option<String>,
    ) -> Result<Filter, Error> {
        let zone = self.store.zone(space.clone()).await?;
        let today = zone.date(self.clock.now());
        Ok(Filter {
            period,
            today,
            topic,
        })
    }
}

fn page_buttons(
    period: Period,
    page: u32,
    pages: u32,
    topic: Option<&String>,
    reader: &UserId,
) -> Vec<Button> {
    let button = |label, page| {
        let (topic, asker) = (topic.cloned(), reader.id().to_owned());
        Button::new(
            label,
            Style::Secondary,
            Action::Board {
                period,
                page,
                asker,
                topic,
            },
        )
    };
    let back = (page > 0).then(|| button(wording::PREVIOUS_PAGE, page - 1));
    let on = (page + 1 < pages).then(|| button(wording::NEXT_PAGE, page + 1));
    back.into_iter().chain(on).collect()
}

fn period_buttons(period: Period, topic: Option<&String>, reader: &UserId) -> Vec<Button> {
    [Period::Week, Period::Month, Period::All]
        .into_iter()
        .filter(|other| *other != period)
        .map(|period| {
            let (topic, asker) = (topic.cloned(), reader.id().to_owned());
            let action = Action::Board {
                period,
                page: 0,
                asker,
                topic,
            };
            Button::new(wording::period(period), Style::Secondary, action)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::bank::Bank;
    use crate::clock::Clock;
    use crate::model::{ScheduleSettings, Timetable, Weekdays};
    use crate::store::Store;
    use crate::time::Zone;

    #[tokio::test]
    async fn periods_are_those_of_the_space_or_else_of_its_first_schedule() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
        let bank = Bank::load(&bank).expect("the tests' bank is valid");
        let store = Store::open(folder.path().join("greenroom.db")).expect("a new one");
        let clock = Clock::manual("2026-03-04T23:00:00Z".parse().expect("an instant"));
        let app = App::new(store, bank, clock);
        let space = SpaceId::discord(1);
        let today = async || {
            let filter = app.filter(&space, Period::Week, None).await;
            filter.expect("read").today.to_string()
        };
        let zone = |name: &str| name.parse::<Zone>().expect("a zone");

        assert_eq!(today().await, "2026-03-04", "UTC");
        let kiritimati = Timetable::new(
            zone("Pacific/Kiritimati"),
            Default::default(),
            Weekdays::EVERY_DAY,
        );
        let settings = ScheduleSettings::new("7".into(), kiritimati);
        let set = app.set(space.clone(), "daily".to_owned(), settings, None);
        set.await.expect("set");
        assert_eq!(today().await, "2026-03-05");
        let own = Some(zone("America/New_York"));
        let set = app.store.set_space_locale(space.clone(), own, None);
        set.await.expect("set");
        assert_eq!(today().await, "2026-03-04");
    }
}
