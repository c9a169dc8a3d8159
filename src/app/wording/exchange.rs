//! What an import skips or changes, and why it can't read a file, as authors read it.

use std::fmt::{self, Display, Formatter};

use crate::bank::exchange::{
    CountsFromEither, ImportError, ImportFormat, Lost, MOST_OPTIONS, MOST_TAGS, NamedBy, NotMarked,
    OfAnki, OfGift, OfTable, OfTrivia, Remark, Skipped,
};
use crate::model::UnknownDifficulty;
use crate::told::counted;

/// How many names are told of many.
const TOLD: usize = 10;

const MARK: &str = "so none is marked; mark one with `right = true`";

impl Display for Skipped {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        if !self.name.is_empty() {
            write!(f, "“{}”: ", self.name)?;
        }
        self.remark.fmt(f)
    }
}

impl Display for Remark {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(lost) => write!(f, "left out: {lost}"),
            Self::NoTag(tag) => write!(
                f,
                "the tag `{tag}` has no letters or digits that a tag may have"
            ),
            Self::TagWritten { tag, name } => write!(f, "the tag `{tag}` is written `{name}`"),
            Self::MoreTags(tags) => write!(
                f,
                "a question has {MOST_TAGS} tags at most; left out: {}",
                tags.join(", ")
            ),
            Self::MoreOptions(options) => write!(
                f,
                "a quiz has {MOST_OPTIONS} options at most; left out: {}",
                quoted(options)
            ),
            Self::IdWritten { id, name } => write!(f, "the id `{id}` is written `{name}`"),
            Self::IdTaken(id) => write!(
                f,
                "the id `{id}` is taken already; it gets one that is made of its prompt"
            ),
            Self::NoId(id) => write!(
                f,
                "the id `{id}` is too short or has no letters; it gets one that is made of its prompt"
            ),
            Self::Numbers(count) => {
                let only = match count {
                    1 => "is only a number",
                    _ => "are only numbers",
                };
                let ids = counted(*count, "id");
                write!(f, "{ids} {only}; replaced by what the prompts say")
            }
            Self::Difficulty(text) => UnknownDifficulty(text.clone()).fmt(f),
            Self::Anki(of) => of.fmt(f),
            Self::Gift(of) => of.fmt(f),
            Self::Table(of) => of.fmt(f),
            Self::Trivia(number, OfTrivia::Difficulty(text)) => {
                write!(f, "result {number}: {}", UnknownDifficulty(text.clone()))
            }
            Self::Trivia(number, OfTrivia::Encoding) => write!(
                f,
                "result {number} is left out: it isn't encoded like the others; download it again"
            ),
        }
    }
}

fn quoted(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("“{text}”")).collect();
    texts.join(", ")
}

impl Display for Lost {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Image(name) => f.write_str(format!("the image {name}").trim()),
            Self::Medium(element, name) => f.write_str(format!("{element} {name}").trim()),
            Self::Underlining => f.write_str("underlining"),
            Self::StruckOut => f.write_str("that a text is struck out"),
            Self::Element(name) => write!(f, "the element <{name}>"),
            Self::TableLines => f.write_str("the lines of a table"),
            Self::Address => f.write_str("where a link leads"),
            Self::Link(address) => write!(f, "that a text is a link to {address}"),
        }
    }
}

impl Display for OfAnki {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Separator(sign) => {
                let sign = match sign {
                    ';' => "a semicolon",
                    ',' => "a comma",
                    '|' => "a bar",
                    _ => "a tab",
                };
                write!(
                    f,
                    "there is no line `#separator:`, so the fields are taken to be separated by {sign}"
                )
            }
            Self::Html => {
                f.write_str("there is no line `#html:`, so the fields are taken to be HTML")
            }
            Self::IdTwice(id) => write!(
                f,
                "the id `{id}`: a note above has it, so this one gets another"
            ),
            Self::Gaps => f.write_str(
                "a note with gaps ({{c1::…}}) is left out; a question needs a prompt and an answer",
            ),
            Self::MoreFields => f.write_str("the fields after the second are left out"),
            Self::Sound(name) => write!(
                f,
                "left out: the sound {name}; take its mark out of the text"
            ),
        }
    }
}

impl Display for OfGift {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoQuestion => f.write_str(
                "an id or tags with no question right below them; they are left out",
            ),
            Self::MoreIds(ids) => {
                write!(f, "a question has one id; left out: {}", ids.join(", "))
            }
            Self::Unclear(last) => write!(
                f,
                "it isn't clear where this question or its answers end, so all up to line {last} is left out; put a \
                 blank line behind each question, and \\ before each brace that is text"
            ),
            Self::Joined => f.write_str("a blank line is missing before this question"),
            Self::Aiken => f.write_str(
                "a question in the format Aiken is left out; Moodle, which reads it, exports it as GIFT",
            ),
            Self::Description => f.write_str("a description, which asks nothing, is left out"),
            Self::Unclosed => f.write_str(
                "a question whose answers have no closing brace is left out; write } behind them, and \\{ for a brace \
                 that is text",
            ),
            Self::Brace => f.write_str(
                "a { in its answers is taken for text; write \\{ for that, and } where they end",
            ),
            Self::Number(number) => write!(
                f,
                "the number that is its answer ({number}) is left out, so the question comes without a quiz: write \
                 one that has it among its options"
            ),
            Self::NotUnderstood(answers) => write!(
                f,
                "answers that are not understood are left out, so the question comes without a quiz: {answers}"
            ),
            Self::BeforeOptions(text) => {
                write!(f, "what stands before the first option is left out: {text}")
            }
            Self::Pairs(pairs) => write!(
                f,
                "pairs to match are left out ({}), so the question comes without a quiz: a quiz has one option that \
                 is right",
                pairs.join("; ")
            ),
            Self::Accepted(answers) => write!(
                f,
                "accepted answers, their shares and what is said to them are left out: {}",
                answers.join("; ")
            ),
            Self::Right(count) => {
                match count {
                    0 => f.write_str("none of its options is right by itself (%…%)")?,
                    count => write!(f, "{count} of its options are right")?,
                }
                write!(f, ", and a quiz has one, {MARK}")
            }
            Self::PartlyRight(options) => {
                write!(f, "partly right there, wrong here: {}", quoted(options))
            }
            Self::Penalties => f.write_str("penalties for wrong options are left out"),
        }
    }
}

impl Display for OfTable {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownColumn(name) => write!(
                f,
                "the column `{name}` isn't one that Greenroom knows, so it is left out"
            ),
            Self::SameColumn { first, second } => write!(
                f,
                "the columns `{first}` and `{second}` mean the same; `{second}` is left out"
            ),
            Self::MoreCells(extra) => write!(
                f,
                "{extra} more cells than the header has columns, perhaps because a cell has a separator in it; they are \
                 left out and no option is marked; put such a cell in quotation marks"
            ),
            Self::SecondPrompt(id) => {
                write!(f, "`{id}` has a prompt already; only the quiz is added")
            }
            Self::SecondAnswer(name) => {
                write!(f, "`{name}`: there is an answer already, so it is left out")
            }
            Self::OnlyWrong => f.write_str(
                "nothing says what is right, so all options are wrong; add the right one",
            ),
            Self::NoOptions(value) => write!(
                f,
                "`{value}` is said to be right, but the row has no options; it is left out"
            ),
            Self::NotMarked(why) => why.fmt(f),
        }
    }
}

impl Display for NotMarked {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingSaid => write!(f, "nothing says which option is right, {MARK}"),
            Self::Several(value) => write!(
                f,
                "`{value}` names several options; a quiz has one that is right, {MARK}, or ask so that one is right"
            ),
            Self::NoOption(value) => write!(
                f,
                "`{value}` isn't an option's letter, number or text, {MARK}"
            ),
            Self::Unsure { value, readings } => {
                let readings = readings.iter();
                let readings = readings.map(|(reading, option)| format!("{reading} “{option}”"));
                let readings: Vec<String> = readings.collect();
                write!(f, "`{value}` may be {}, {MARK}", readings.join(" or "))
            }
        }
    }
}

impl Display for NamedBy {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "the text of",
            Self::Letter => "the letter of",
            Self::Number => "the number of",
            Self::Truth => "the truth of",
            Self::LabelIn => "the label in",
            Self::LabelOf => "the label of",
            Self::Column => "the column of",
        })
    }
}

impl Display for ImportError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Csv(why) => why.fmt(f),
            Self::Json(format, why) => {
                let what = match format {
                    ImportFormat::Trivia => "the API of the Open Trivia Database answers",
                    _ => "`greenroom export json` writes",
                };
                write!(f, "this isn't what {what}: {why}")
            }
            Self::Response(code) => write!(
                f,
                "there are no questions in it: the response code is {code}, which means that {}",
                meaning(*code)
            ),
            Self::Topic { wanted, named } => write!(
                f,
                "there is no topic `{wanted}` in it, only: {}; say which with --topic",
                some_of(named)
            ),
            Self::Quote(line) => write!(
                f,
                "line {line}: a cell opens with a quotation mark that is never closed. Close it, or double the mark \
                 (\"\") and quote the whole cell"
            ),
            Self::Column(names) => write!(
                f,
                "line 1: there is no column `prompt` or `question`, only: {}. The first line must name the columns, \
                 as in question,a,b,c,correct",
                names.join(", ")
            ),
            Self::CountsFromEither(column) => column.fmt(f),
            Self::CountsFromBoth {
                column,
                zero,
                one,
                number,
            } => write!(
                f,
                "the column `{column}` has 0 in line {zero}, so it would count from 0; but {number} in line {one} \
                 would then be no option. Correct the wrong one, or say which it is: --correct-from 0 or \
                 --correct-from 1"
            ),
        }
    }
}

impl Display for CountsFromEither {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            column,
            line,
            number,
            prompt,
            from_zero,
            from_one,
        } = self;
        write!(
            f,
            "line {line}: the column `{column}` may count from 0 or from 1. With `{number}`, the right answer to \
             “{prompt}” is “{from_zero}” if it counts from 0, “{from_one}” if from 1. Say which it is: \
             --correct-from 0 or --correct-from 1"
        )
    }
}

/// Some of many names: "a, b and 7 more".
pub fn some_of(names: &[String]) -> String {
    let (told, more) = names.split_at(names.len().min(TOLD));
    match more.len() {
        0 => told.join(", "),
        more => format!("{} and {more} more", told.join(", ")),
    }
}

/// What an answer without results means, by <https://opentdb.com/api_config.php>.
fn meaning(code: i64) -> &'static str {
    match code {
        1 => {
            "the database has fewer questions than were asked for; ask for fewer, or of any category"
        }
        2 => "the request had a parameter that it doesn't know; correct its address",
        3 => "the session token is not known; ask for a new one, or leave it out",
        4 => "the session token has had all questions of this kind; reset it, or leave it out",
        5 => "there were too many requests; wait five seconds, and ask again",
        _ => "something went wrong that its documentation doesn't list; ask again",
    }
}
