//! The text after a command, word by word: names of what the command takes, quotes, mentions, and signs that Slack
//! escapes. <https://docs.slack.dev/interactivity/implementing-slash-commands>

/// A piece of the text after a command.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Word {
    /// `name:` of something that the command takes, by its place in the list.
    Name(usize),
    /// Anything else up to the next space.
    Plain(String),
    /// What stands between quotation marks.
    Quoted(String),
    /// A channel.
    Channel(Mention),
    /// A member.
    Member(Mention),
}

/// Somebody or something that Slack knows by an id.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mention {
    pub id: String,
    /// What people read.
    pub name: String,
}

impl Word {
    /// The word as it was typed, without quotation marks.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Name(_) => String::new(),
            Self::Plain(text) | Self::Quoted(text) => text.clone(),
            Self::Channel(channel) => format!("#{}", channel.name),
            Self::Member(member) => format!("@{}", member.name),
        }
    }
}

/// What words say together.
pub(super) fn joined(words: &[Word]) -> String {
    let texts: Vec<String> = words.iter().map(Word::text).collect();
    texts.join(" ").trim().to_owned()
}

const QUOTES: [char; 3] = ['"', '“', '”'];

/// Reads the text after a command that takes what has these names.
pub(super) fn words(text: &str, names: &[&str]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = named(rest, names)
            .or_else(|| mentioned(rest))
            .or_else(|| quoted(rest))
            .unwrap_or_else(|| plain(rest));
        words.push(word);
        rest = after.trim_start();
    }
    words
}

fn named<'a>(rest: &'a str, names: &[&str]) -> Option<(Word, &'a str)> {
    let after = |name: &&str| {
        let begins = rest.get(..name.len())?.eq_ignore_ascii_case(name);
        rest[name.len()..].strip_prefix(':').filter(|_| begins)
    };
    let mut all = names.iter().enumerate();
    all.find_map(|(at, name)| Some((Word::Name(at), after(name)?)))
}

/// `<@U…|name>`, `<#C…|name>`, and links and the like, of which the words are kept.
fn mentioned(rest: &str) -> Option<(Word, &str)> {
    let (inner, after) = rest.strip_prefix('<')?.split_once('>')?;
    let (target, label) = match inner.split_once('|') {
        Some((target, label)) => (target, Some(label).filter(|label| !label.is_empty())),
        None => (inner, None),
    };
    let mention = |id: &str| {
        let known = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
        let name = unescaped(label.unwrap_or(id));
        known.then(|| Mention {
            id: id.to_owned(),
            name,
        })
    };
    let word = if let Some(id) = target.strip_prefix('#') {
        Word::Channel(mention(id)?)
    } else if let Some(id) = target.strip_prefix('@') {
        Word::Member(mention(id)?)
    } else if let Some(all) = target.strip_prefix('!') {
        let said = label.map_or_else(|| format!("@{all}"), str::to_owned);
        Word::Plain(unescaped(&said))
    } else if target.contains("://") || target.starts_with("mailto:") {
        Word::Plain(unescaped(label.unwrap_or(target)))
    } else {
        return None;
    };
    Some((word, after))
}

fn quoted(rest: &str) -> Option<(Word, &str)> {
    let (inner, after) = rest.strip_prefix(QUOTES)?.split_once(QUOTES)?;
    Some((Word::Quoted(unescaped(inner)), after))
}

fn plain(rest: &str) -> (Word, &str) {
    let mut ends = rest
        .char_indices()
        .skip(1)
        .filter(|(at, c)| c.is_whitespace() || (*c == '<' && mentioned(&rest[*at..]).is_some()));
    let end = ends.next().map_or(rest.len(), |(at, _)| at);
    let (word, after) = rest.split_at(end);
    (Word::Plain(unescaped(word)), after)
}

/// Text without the escapes that Slack puts in: <https://docs.slack.dev/messaging/formatting-message-text#escaping>.
fn unescaped(text: &str) -> String {
    let signs = text.replace("&lt;", "<").replace("&gt;", ">");
    signs.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Word> {
        words(text, &["topic", "topics", "channel"])
    }

    fn plain(text: &str) -> Word {
        Word::Plain(text.to_owned())
    }

    #[test]
    fn names_are_known_in_any_case_and_only_where_a_word_begins() {
        assert_eq!(
            read("Topic:caching topics: http"),
            [
                Word::Name(0),
                plain("caching"),
                Word::Name(1),
                plain("http")
            ]
        );
        assert_eq!(
            read("subtopic:x other:y"),
            [plain("subtopic:x"), plain("other:y")]
        );
    }

    #[test]
    fn mentions_are_read_and_of_links_the_words() {
        let daily = Mention {
            id: "C024BE7LR".to_owned(),
            name: "daily".to_owned(),
        };
        assert_eq!(
            read("channel:<#C024BE7LR|daily>"),
            [Word::Name(2), Word::Channel(daily)]
        );
        let ana = Mention {
            id: "U012ABCDEF".to_owned(),
            name: "Ana Maria".to_owned(),
        };
        assert_eq!(
            read("of<@U012ABCDEF|Ana Maria>now"),
            [plain("of"), Word::Member(ana), plain("now")]
        );
        assert_eq!(
            read(
                "<!channel> <!subteam^S1|@team> <https://x.test|x.test> <mailto:a@b.test|a@b.test>"
            ),
            [
                plain("@channel"),
                plain("@team"),
                plain("x.test"),
                plain("a@b.test")
            ]
        );
        // None of these is one.
        assert_eq!(
            read("<#|x> <> <b"),
            [plain("<#|x>"), plain("<>"), plain("<b")]
        );
    }

    #[test]
    fn quotes_keep_words_together_and_escapes_become_signs() {
        assert_eq!(
            read("\"topic:a b\" “c d” \"e"),
            [
                Word::Quoted("topic:a b".to_owned()),
                Word::Quoted("c d".to_owned()),
                plain("\"e")
            ]
        );
        assert_eq!(
            read("a &lt; b &amp;&amp; &amp;lt;"),
            [
                plain("a"),
                plain("<"),
                plain("b"),
                plain("&&"),
                plain("&lt;")
            ]
        );
    }
}
