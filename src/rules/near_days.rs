//! Which day may be meant by a word that isn't one in English: one of another language, or a misspelling.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::weekdays::{WEEK, day_named};
use crate::bank::nearest;

/// The days of [`WEEK`] in other languages: in the Latin alphabet without accents.
const ABROAD: [&[&str]; 7] = [
    &[
        "lundi",
        "montag",
        "lunes",
        "lunedi",
        "segunda",
        "maandag",
        "poniedzialek",
        "pondeli",
        "mandag",
        "понедельник",
        "понеділок",
        "pazartesi",
        "maanantai",
    ],
    &[
        "mardi",
        "dienstag",
        "martes",
        "martedi",
        "terca",
        "dinsdag",
        "wtorek",
        "utery",
        "tisdag",
        "tirsdag",
        "вторник",
        "вівторок",
        "sali",
        "tiistai",
    ],
    &[
        "mercredi",
        "mittwoch",
        "miercoles",
        "mercoledi",
        "quarta",
        "woensdag",
        "sroda",
        "streda",
        "onsdag",
        "среда",
        "середа",
        "carsamba",
        "keskiviikko",
    ],
    &[
        "jeudi",
        "donnerstag",
        "jueves",
        "giovedi",
        "quinta",
        "donderdag",
        "czwartek",
        "ctvrtek",
        "torsdag",
        "четверг",
        "четвер",
        "persembe",
        "torstai",
    ],
    &[
        "vendredi",
        "freitag",
        "viernes",
        "venerdi",
        "sexta",
        "vrijdag",
        "piatek",
        "patek",
        "fredag",
        "пятница",
        "пятниця",
        "cuma",
        "perjantai",
    ],
    &[
        "samedi",
        "samstag",
        "sonnabend",
        "sabado",
        "sabato",
        "zaterdag",
        "sobota",
        "lordag",
        "суббота",
        "субота",
        "cumartesi",
        "lauantai",
    ],
    &[
        "dimanche",
        "sonntag",
        "domingo",
        "domenica",
        "zondag",
        "niedziela",
        "nedele",
        "sondag",
        "воскресенье",
        "неділя",
        "pazar",
        "sunnuntai",
    ],
];
/// What names several days at once.
const SETS: [&str; 3] = ["weekdays", "weekends", "daily"];

/// How the day is written in English that a word may mean which isn't read as one: "monday" for "lundi" and "munday".
pub fn near_day(word: &str) -> Option<&'static str> {
    let word = plain(word);
    let names = WEEK.iter().map(|(_, name)| *name);
    let mut abroad = ABROAD.iter().zip(names.clone());
    let means = |(words, _): &(&&[&str], &str)| words.iter().any(|own| plain(own) == word);
    let known = names.clone().chain(SETS);
    let near = || nearest(&word, known.map(|name| (name, name)));
    abroad.find(means).map(|(_, name)| name).or_else(near)
}

/// How a day is written in English that stands in a date: one that is read, or that may be meant.
pub(super) fn near_day_of_date(word: &str) -> Option<&'static str> {
    let known = day_named(word).and_then(|day| WEEK.iter().find(|(own, _)| *own == day));
    let near = || near_day(word).filter(|near| !SETS.contains(near));
    known.map(|(_, name)| *name).or_else(near)
}

/// A word in lower case, without accents and apostrophes.
fn plain(word: &str) -> String {
    let letters = word.nfkd().filter(|c| !is_combining_mark(*c));
    let letters = letters.filter(|c| !matches!(c, '\'' | '’'));
    let letters = letters.flat_map(char::to_lowercase);
    letters.map(|c| if c == 'ł' { 'l' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_another_language_or_misspelt_is_the_one_that_it_may_mean() {
        for (word, near) in [
            ("lundi", Some("monday")),
            ("Dienstag", Some("tuesday")),
            ("miércoles", Some("wednesday")),
            ("Четверг", Some("thursday")),
            ("piątek", Some("friday")),
            ("sábado", Some("saturday")),
            ("Воскресенье", Some("sunday")),
            ("wensday", Some("wednesday")),
            ("weekdasy", Some("weekdays")),
            ("dayly", Some("daily")),
            ("fry", None),
            ("", None),
        ] {
            assert_eq!(near_day(word), near, "{word}");
        }
    }
}
