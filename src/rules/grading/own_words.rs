//! Sentences in own words that say what one option says: "no login check happens" for "without any login check". It is
//! asked about.

use super::everyday::says_nothing;
use super::reader::Reader;
use super::tokens::Token;
use super::vocabulary::VOCABULARY;

impl Reader {
    /// The option, from 0, with which alone a sentence shares words that tell. A sentence with a "no" or the like can only
    /// mean an option that has one too.
    pub(super) fn in_own_words(&self, reply: &[Token]) -> Option<usize> {
        const FEWEST: usize = 3;
        const MOST: usize = 40;
        const ENOUGH: usize = 2;
        let said = reply.iter().filter(|part| !part.is_pause()).count();
        if !(FEWEST..=MOST).contains(&said) {
            return None;
        }
        let mut telling: Vec<&str> = reply.iter().map(Token::word).filter(tells).collect();
        telling.sort_unstable();
        telling.dedup_by(|one, other| is_form(one, other));
        let denies = negates(reply);
        let meant = (0..self.0.len()).filter(|option| !denies || negates(self.0.parts_of(*option)));
        let shared = |option: usize| -> Vec<&str> {
            let has = |word: &&&str| has(self.0.parts_of(option), word);
            telling.iter().filter(has).copied().collect()
        };
        let options: Vec<(usize, Vec<&str>)> =
            meant.map(|option| (option, shared(option))).collect();
        let (option, words) = options.iter().max_by_key(|(_, words)| words.len())?;
        let others = || options.iter().filter(|(other, _)| other != option);
        let of_another = |word: &&&str| others().any(|(_, words)| words.contains(*word));
        let own = words.iter().filter(|word| !of_another(word)).count();
        let closer = others().all(|(_, others)| others.len() < words.len());
        let opposed = || telling.iter().any(|word| self.opposes(*option, word));
        (own >= ENOUGH && closer && !opposed()).then_some(*option)
    }

    /// Whether an option has the opposite of a word, and not that word.
    fn opposes(&self, option: usize, word: &str) -> bool {
        let own = self.0.parts_of(option);
        let mut pairs = VOCABULARY.opposites.iter().map(|pair| &pair.0);
        let is_pair = |pair: &Vec<String>| {
            let other = match pair.iter().position(|one| is_form(one, word)) {
                Some(at) => &pair[1 - at],
                None => return false,
            };
            has(own, other)
        };
        !has(own, word) && pairs.any(is_pair)
    }
}

fn tells(word: &&str) -> bool {
    let words = &*VOCABULARY;
    let small = [&words.fillers, &words.swaps, &words.prepositions];
    let small = small.iter().any(|list| list.contains(*word));
    word.chars().count() > 2 && !small && !says_nothing(word)
}

fn negates(parts: &[Token]) -> bool {
    parts
        .iter()
        .any(|part| VOCABULARY.negations.contains(part.word()))
}

fn has(parts: &[Token], word: &str) -> bool {
    parts.iter().any(|part| is_form(part.word(), word))
}

/// Whether two words are the same but for an ending: "checks" and "checked".
fn is_form(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 4;
    let endings = ["", "s", "es", "d", "ed", "ing", "ly"];
    let stem = |word: &str| {
        let mut stems = endings
            .iter()
            .rev()
            .filter_map(|ending| word.strip_suffix(ending));
        let long = |stem: &&str| stem.len() >= SHORTEST;
        stems
            .find(long)
            .map(|stem| stem.trim_end_matches('e').to_owned())
    };
    one == other || stem(one).is_some_and(|one| Some(one) == stem(other))
}
