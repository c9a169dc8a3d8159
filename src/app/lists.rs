//! Lists that are typed item by item, with commas between them.

use super::card::CHOICE;

/// The items of a list as it is typed.
pub(super) fn items(typed: &str) -> impl Iterator<Item = &str> {
    let items = typed.split([',', ';', '\n']).map(str::trim);
    items.filter(|item| !item.is_empty())
}

/// What to offer while a list is typed: the list so far with each item that `offers` returns for what follows the last
/// comma, except items that are already in the list, as (shown, sent). `known` returns both for an item that was typed
/// in another way.
pub(super) fn complete(
    typed: &str,
    known: impl Fn(&str) -> (String, String),
    offers: impl Fn(&str) -> Vec<(String, String)>,
) -> Vec<(String, String)> {
    let Some((so_far, last)) = typed.rsplit_once([',', ';']) else {
        return offers(typed);
    };
    let (shown, values): (Vec<String>, Vec<String>) = items(so_far).map(known).unzip();
    let joined = |so_far: &[String], item: &str| {
        let items = so_far.iter().map(String::as_str).chain([item]);
        items.collect::<Vec<_>>().join(", ")
    };
    let fits = |list: &String| list.chars().count() <= CHOICE;
    offers(last)
        .into_iter()
        .filter(|(_, value)| !values.contains(value))
        .filter_map(|(label, value)| {
            let list = Some(joined(&values, &value)).filter(fits)?;
            // A label that is cut, or a comma in it, could not be read back.
            let readable = !label.contains(',') && shown.iter().all(|item| !item.contains(','));
            let label = Some(joined(&shown, &label)).filter(|label| readable && fits(label));
            Some((label.unwrap_or_else(|| list.clone()), list))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(typed: &str) -> Vec<(String, String)> {
        let all = [
            ("Caching", "caching"),
            ("HTTP", "http"),
            ("To be, or not", "topic-be"),
        ];
        let pair = |(label, value): &(&str, &str)| (label.to_string(), value.to_string());
        let known = |item: &str| {
            let same = |(label, value): &&(&str, &str)| {
                [label, value]
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(item))
            };
            let known = all.iter().find(same).map(pair);
            known.unwrap_or_else(|| (item.to_owned(), item.to_owned()))
        };
        complete(typed, known, |last| {
            let last = last.trim().to_lowercase();
            let fitting = all.iter().filter(|(_, value)| value.starts_with(&last));
            fitting.map(pair).collect()
        })
    }

    fn values(typed: &str) -> Vec<String> {
        offered(typed).into_iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn each_next_item_is_offered_with_the_list_so_far() {
        assert_eq!(values("ca"), ["caching"]);
        assert_eq!(values("caching,"), ["caching, http", "caching, topic-be"]);
        assert_eq!(values("CACHING , top"), ["caching, topic-be"]);
        assert_eq!(values("http; caching; t"), ["http, caching, topic-be"]);
        assert_eq!(values("nothing, ht"), ["nothing, http"]);
        assert_eq!(offered("caching, h")[0].0, "Caching, HTTP");
        // A comma in a title would part it.
        assert_eq!(offered("caching, top")[0].0, "caching, topic-be");
    }

    #[test]
    fn what_is_offered_has_at_most_100_characters() {
        let long = vec!["http"; 24].join(", ");
        assert_eq!(long.len(), 142);
        assert!(values(&format!("{long}, ")).is_empty());
        let item = "x".repeat(91);
        assert_eq!(
            values(&format!("{item}, ")),
            [format!("{item}, caching"), format!("{item}, http")]
        );
        for (label, list) in offered(&format!("{item}, ")) {
            assert!(label.chars().count() <= 100 && list.chars().count() <= 100);
        }
        assert!(offered("").len() == 3 && offered(",").len() == 3 && offered(", ,").len() == 3);
    }
}
