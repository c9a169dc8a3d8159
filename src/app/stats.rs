//! A member's record: points, rank, streaks, accuracy by topic with the weakest named.

use crate::model::{Member, TopicRecord, UserId};
use crate::rules::periods::Period;
use crate::store::Reader;

use super::card::{Card, Part, Tone};
use super::outcome::Outcome;
use super::text::Text;
use super::{App, Caller, wording};

/// Answers in a topic before it can be called the weakest.
const ENOUGH: u32 = 3;

impl App {
    /// Answers `/stats`, for the caller or another member of the space, whose practice is theirs
    /// alone to see.
    pub async fn stats(&self, caller: &Caller, of: Option<UserId>) -> Outcome {
        let space = caller.member.space.clone();
        let user = of.unwrap_or_else(|| caller.member.user.clone());
        let member = Member {
            space: space.clone(),
            user: user.clone(),
        };
        let own = user == caller.member.user;
        let reader = match own {
            true => Reader::Themselves,
            false => Reader::Another,
        };
        let totals = self.store.totals(member.clone(), reader).await?;
        let records = self.store.records(member.clone(), reader).await?;
        let waiting = match own {
            true => wording::waiting(self.store.waiting(member, None).await?),
            false => None,
        };
        let several = self.store.schedules(space.clone()).await?.len() > 1;
        let streak = wording::streak(&totals, several);
        let bank = &self.library().bank;
        let title = wording::stats_title(own);
        if records.is_empty() {
            let card = Card::new(Tone::Neutral, title).private();
            return Ok(match waiting {
                Some(waiting) => card.text(waiting).field(wording::STREAK, streak),
                None => card.text(wording::no_record(&user, own, totals.waiting)),
            });
        }
        let filter = self.filter(&space, Period::All, None).await?;
        let rank = self
            .store
            .board(space, filter, 0, 1, user.clone())
            .await?
            .own;
        let mut card = Card::new(Tone::Neutral, title)
            .private()
            .text(Text::new().member(&user));
        card.body.extend(waiting.map(Part::Text));
        card = card
            .field(
                wording::POINTS,
                wording::points_and_rank(&totals, rank.as_ref()),
            )
            .field(wording::STREAK, streak)
            .field(wording::DAILIES, wording::accuracy(&totals))
            .field(wording::BY_TOPIC, wording::records(bank, &records));
        if !own {
            return Ok(card.footer(wording::STATS_OF_ANOTHER_FOOTER));
        }
        let there = |record: &&TopicRecord| bank.topic(&record.topic).is_some();
        if let Some(weakest) = weakest(records.iter().filter(there)) {
            card = card.field(wording::WEAKEST, wording::weakest(bank, weakest, ENOUGH));
        }
        Ok(card.footer(wording::STATS_FOOTER))
    }
}

/// The topic with the lowest share of right answers, among those with enough and not all right.
fn weakest<'a>(records: impl Iterator<Item = &'a TopicRecord>) -> Option<&'a TopicRecord> {
    records
        .filter(|record| record.answers >= ENOUGH && record.right < record.answers)
        .min_by(|a, b| {
            // a/b < c/d as a*d < c*b: exact, without fractions.
            (u64::from(a.right) * u64::from(b.answers))
                .cmp(&(u64::from(b.right) * u64::from(a.answers)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(topic: &str, right: u32, answers: u32) -> TopicRecord {
        TopicRecord {
            topic: topic.to_owned(),
            answers,
            right,
        }
    }

    #[test]
    fn the_weakest_topic_has_the_lowest_share_of_right_answers() {
        let records = [
            record("caching", 3, 4),
            record("http", 2, 5),
            record("rest", 0, 2),
        ];
        assert_eq!(
            weakest(records.iter()).map(|r| r.topic.as_str()),
            Some("http")
        );
        assert_eq!(
            weakest([record("caching", 3, 3), record("rest", 0, 1)].iter()),
            None
        );
    }
}
