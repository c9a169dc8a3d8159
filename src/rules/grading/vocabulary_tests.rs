//! The vocabulary: that each of its phrases does what its list is for, and that none is there in vain.

use std::collections::HashSet;

use super::vocabulary::{Phrases, VOCABULARY, Vocabulary};
use super::{Reading, read_reply};

const OPTIONS: [&str; 4] = ["Memcached", "Redis", "Cassandra", "Voldemort"];

/// Labels and a text, each with the option, from 0, that it names.
const ANSWERS: [(&str, usize); 4] = [("B", 1), ("d", 3), ("3", 2), ("redis", 1)];

/// Those of these replies that are not read as the option beside them.
fn misread(replies: impl Iterator<Item = (String, usize)>) -> Vec<String> {
    replies
        .filter(|(reply, option)| read_reply(reply, &OPTIONS) != Reading::Option(*option))
        .map(|(reply, _)| reply)
        .collect()
}

#[test]
fn every_phrase_that_leads_to_an_answer_or_ends_it_leaves_it_as_it_is() {
    let words = &VOCABULARY;
    let plain = words.leads.iter().map(|lead| format!("{lead} {{}}"));
    let paused = words
        .paused_leads
        .iter()
        .map(|lead| format!("{lead}, {{}}"));
    let opened = words.openers.iter().map(|opener| format!("{opener}, {{}}"));
    let tails = words.tails.iter().map(|tail| format!("{{}} {tail}"));
    let closed = words.closers.iter().map(|closer| format!("{{}}, {closer}"));
    let frames = plain.chain(paused).chain(opened).chain(tails).chain(closed);
    let replies = frames
        .flat_map(|frame| ANSWERS.map(|(answer, option)| (frame.replace("{}", answer), option)));
    let replies = replies.filter(|(reply, _)| !counts(reply));
    assert_eq!(misread(replies), Vec::<String>::new());
}

/// Whether a reply is a digit and a word that may say what it counts: "3 cheers".
fn counts(reply: &str) -> bool {
    let word = reply.strip_prefix("3 ").filter(|word| !word.contains(' '));
    let hedges = |word: &str| {
        [&VOCABULARY.firm, &VOCABULARY.hedges]
            .iter()
            .any(|list| list.contains(word))
    };
    word.is_some_and(|word| !hedges(word))
}

#[test]
fn a_word_of_talk_right_behind_a_digit_is_asked_about() {
    let mut asked = 0;
    for tail in &VOCABULARY.tails {
        let reply = format!("3 {tail}");
        if counts(&reply) {
            asked += 1;
            assert_eq!(
                read_reply(&reply, &OPTIONS),
                Reading::Part(vec![2]),
                "{reply:?}"
            );
        }
    }
    assert!(asked > 10, "{asked}");
}

#[test]
fn what_tells_where_an_answer_comes_from_leads_to_none() {
    let words = &VOCABULARY;
    let peeled = words
        .leads
        .iter()
        .chain(&words.tails)
        .chain(&words.paused_leads);
    let tells = |phrase: &&String| phrase.split(' ').any(|word| words.sources.contains(word));
    assert_eq!(
        peeled.filter(tells).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    for source in &words.sources {
        for frame in [
            "{} B",
            "i {} B",
            "I {} B, sorry",
            "B {}",
            "no, {} B",
            "changing {} B",
            "my answer {} B",
        ] {
            let reply = frame.replace("{}", source);
            let read = read_reply(&reply, &OPTIONS);
            // "Before B" is another option's place.
            let before = words.befores.contains(source) && read == Reading::Part(vec![0]);
            assert!(before || read == Reading::Unclear, "{reply:?}: {read:?}");
        }
    }
}

/// The lists of words as they are written, each with its name.
fn written() -> Vec<(String, Vec<String>)> {
    let table: toml::Table = toml::from_str(include_str!("vocabulary.toml")).unwrap();
    let list = |(name, value): (String, toml::Value)| {
        let words: Vec<String> = value.try_into().ok()?;
        Some((name, words))
    };
    table.into_iter().filter_map(list).collect()
}

#[test]
fn no_list_of_the_vocabulary_has_a_phrase_twice() {
    for (name, words) in written() {
        let mut seen = HashSet::new();
        let twice: Vec<&String> = words.iter().filter(|word| !seen.insert(*word)).collect();
        assert!(twice.is_empty(), "{name} has {twice:?} twice");
    }
}

/// Whether a phrase is several of these, one after the other.
fn is_several(words: &[&str], phrases: &HashSet<String>) -> bool {
    (1..words.len()).any(|length| {
        let (first, rest) = words.split_at(length);
        phrases.contains(&first.join(" "))
            && (phrases.contains(&rest.join(" ")) || is_several(rest, phrases))
    })
}

#[test]
fn no_phrase_is_there_that_others_make_together() {
    for (name, words) in written() {
        let phrases = match &*name {
            "leads" => VOCABULARY.leads.clone(),
            "tails" | "whiles" => VOCABULARY.tails.iter().chain(&words).cloned().collect(),
            _ => continue,
        };
        let several = |phrase: &&String| {
            let parts: Vec<&str> = phrase.split(' ').collect();
            is_several(&parts, &phrases)
        };
        let several: Vec<&String> = words.iter().filter(several).collect();
        assert!(several.is_empty(), "{name} makes {several:?} of others");
    }
}

#[test]
fn no_phrase_is_written_that_is_made_anyway() {
    let read = Vocabulary::written();
    let changes = [&read.changes, &read.decisions, &read.settlings];
    let changes: HashSet<String> = changes.into_iter().flat_map(Phrases::all).collect();
    let leads: Vec<&String> = read.leads.intersection(&changes).collect();
    assert_eq!(leads, Vec::<&String>::new());
    let doubts = [&read.doubts, &read.clueless, &read.confessions];
    let doubts = doubts
        .into_iter()
        .chain([&read.finals, &read.resolves, &read.choosings]);
    let doubts: HashSet<String> = doubts.flat_map(Phrases::all).collect();
    let tails: Vec<&String> = read.tails.intersection(&doubts).collect();
    assert_eq!(tails, Vec::<&String>::new());
    let around: HashSet<String> = read.words_of_phrases().collect();
    let around: Vec<&String> = read.around_labels.intersection(&around).collect();
    assert_eq!(around, Vec::<&String>::new());
}
