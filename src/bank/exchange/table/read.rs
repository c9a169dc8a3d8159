//! Reads tables, whatever separates their cells and whatever their columns are called.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::super::draft::true_or_false;
use super::super::quotes::unbalanced;
use super::super::topics::Topics;
use super::super::{Draft, ImportError, Imported, OfTable, Remark, Wanted};
use super::header::{Column, Header};
use super::right::{Counting, Told, counts_from};
use crate::bank::markdown::escape;
use crate::model::{Difficulty, Quiz, QuizOption};

/// What may separate cells.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a table whose first line names its columns, in any order. Only the prompt's column is required.
pub fn read(text: &str, wanted: &Wanted<'_>) -> Result<Imported, ImportError> {
    let (text, skipped, separator) = separated(text);
    if let Some(line) = unbalanced(text, separator) {
        return Err(ImportError::Quote(line + skipped));
    }
    let mut csv = ReaderBuilder::new()
        .delimiter(separator)
        .trim(Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = Header::new(csv.headers()?.iter());
    if header.position(Column::Prompt).is_none() {
        return Err(ImportError::Column(header.names));
    }
    let mut imported = Imported::default();
    report_columns(&header, 1 + skipped, &mut imported);
    let mut rows = Vec::new();
    let mut topics = Topics::default();
    for record in csv.records() {
        let record = record?;
        let row = Row {
            header: &header,
            record,
            skipped,
        };
        if row.record.iter().all(str::is_empty) {
            continue;
        }
        topics.note(row.get(Column::Topic));
        rows.push(row);
    }
    let topic = topics.choose(wanted, &mut imported)?;
    rows.retain(|row| topic.takes(row.get(Column::Topic)));
    let names: Vec<&str> = (0..header.options())
        .map(|n| header.name(Column::Option(n)))
        .collect();
    let told: Vec<Told<'_>> = rows.iter().map(|row| row.told(&names)).collect();
    let known = wanted.correct_from.or_else(|| {
        let none = told.iter().any(|told| told.asks() && told.value == "0");
        header.counts_from().filter(|from| *from == 0 || !none)
    });
    let counting = counts_from(header.name(Column::Right), &told, known)?;
    let mut ids = HashMap::new();
    for (row, told) in rows.iter().zip(&told) {
        read_row(row, told, counting, &mut ids, &mut imported);
    }
    Ok(imported)
}

/// A table without the line that says what separates its cells, the number of lines removed, and the separator: the
/// character by which the first line names the most known columns.
fn separated(text: &str) -> (&str, usize, u8) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let said = first.trim().trim_matches('"').to_lowercase();
    if let Some(sign) = said.strip_prefix("sep=") {
        let sign = sign.bytes().next().unwrap_or(b'\t');
        return (rest, 1, sign);
    }
    let known = |separator: &&u8| {
        let mut csv = ReaderBuilder::new()
            .delimiter(**separator)
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = csv.headers().map(|names| Header::new(names.iter()));
        header.map_or((false, 0), |header| {
            let known = header
                .columns
                .iter()
                .filter(|column| **column != Column::Unknown);
            (header.position(Column::Prompt).is_some(), known.count())
        })
    };
    // The first of equals.
    let best = SEPARATORS.iter().rev().max_by_key(known);
    (text, 0, best.copied().unwrap_or(b','))
}

fn report_columns(header: &Header, line: usize, imported: &mut Imported) {
    for (at, (column, name)) in header.columns.iter().zip(&header.names).enumerate() {
        if *column == Column::Unknown && !name.is_empty() {
            imported.skip(line, OfTable::UnknownColumn(name.clone()));
        } else if let Some(first) = header.position(*column).filter(|first| *first < at)
            && *column != Column::Unknown
        {
            let (first, second) = (header.names[first].clone(), name.clone());
            imported.skip(line, OfTable::SameColumn { first, second });
        }
    }
}

struct Row<'a> {
    header: &'a Header,
    record: StringRecord,
    /// Lines before the table.
    skipped: usize,
}

impl Row<'_> {
    fn get(&self, column: Column) -> &str {
        let at = self.header.position(column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    /// A text as Markdown: in other programs' tables, all text is plain.
    fn text(&self, column: Column) -> String {
        match self.header.is_ours() {
            true => self.get(column).to_owned(),
            false => escape(self.get(column)),
        }
    }

    fn list(&self, column: Column) -> Vec<String> {
        let items = self.get(column).lines().map(str::trim);
        items
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn tags(&self) -> Vec<String> {
        let tags = self.get(Column::Tags).split([' ', ',', ';', '\n']);
        let tags = tags.chain([self.get(Column::Category)]);
        tags.filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn line(&self) -> usize {
        let line = self.record.position().map_or(0, csv::Position::line);
        usize::try_from(line)
            .unwrap_or_default()
            .saturating_add(self.skipped)
    }

    fn told<'a>(&'a self, names: &'a [&'a str]) -> Told<'a> {
        Told {
            line: self.line(),
            prompt: self.get(Column::Prompt),
            value: self.get(Column::Right),
            options: (0..names.len())
                .map(|n| self.get(Column::Option(n)))
                .collect(),
            names,
        }
    }

    /// Whether a statement without options is said to be true, or to be false.
    fn truth(&self) -> Option<bool> {
        let said = [Column::Right, Column::Answer].map(|column| self.get(column));
        let said = said.iter().find(|said| !said.is_empty())?;
        [("true", true), ("false", false)]
            .iter()
            .find(|(word, _)| said.eq_ignore_ascii_case(word))
            .map(|(_, truth)| *truth)
    }

    /// The texts of options that the header calls wrong.
    fn wrong(&self) -> Vec<Column> {
        let columns = self.header.columns.iter();
        columns
            .filter(|column| matches!(column, Column::Wrong(_)) && !self.get(**column).is_empty())
            .copied()
            .collect()
    }
}

/// `ids` has where the questions are that have one.
fn read_row(
    row: &Row<'_>,
    told: &Told<'_>,
    counting: Counting,
    ids: &mut HashMap<String, usize>,
    imported: &mut Imported,
) {
    let line = row.line();
    let mut quiz = read_quiz(row, told, counting, imported);
    let beyond = row.record.iter().skip(row.header.columns.len());
    let extra = beyond.filter(|cell| !cell.is_empty()).count();
    if extra > 0 {
        // What should be right may stand in another column's place.
        let options = quiz.iter_mut().flat_map(|quiz| &mut quiz.options);
        options.for_each(|option| option.right = false);
        imported.skip(line, OfTable::MoreCells(extra));
    }
    let mut answer = row.text(Column::Answer);
    explain(row, quiz.as_mut(), &mut answer, imported);
    let id = row.get(Column::Id);
    let known = ids.get(id).and_then(|at| imported.drafts.get_mut(*at));
    if let Some(draft) = known {
        let prompt = row.text(Column::Prompt);
        let other = !prompt.is_empty() && prompt != draft.prompt;
        draft.quizzes.extend(quiz);
        if other {
            imported.skip(line, OfTable::SecondPrompt(id.to_owned()));
        }
        return;
    }
    if !id.is_empty() {
        ids.insert(id.to_owned(), imported.drafts.len());
    }
    let difficulty = row.get(Column::Difficulty).to_lowercase();
    let read = difficulty.parse::<Difficulty>();
    if read.is_err() && !difficulty.is_empty() {
        imported.skip(line, Remark::Difficulty(difficulty));
    }
    imported.drafts.push(Draft {
        line,
        id: id.to_owned(),
        prompt: row.text(Column::Prompt),
        difficulty: read.ok(),
        tags: row.tags(),
        answer,
        aliases: row.list(Column::Aliases),
        key_points: row.list(Column::KeyPoints),
        follow_ups: row.list(Column::FollowUps),
        links: row.list(Column::Links),
        sources: row.list(Column::Sources),
        quizzes: quiz.into_iter().collect(),
    });
}

/// Puts an explanation where it belongs: to the right option, or else into the answer.
fn explain(row: &Row<'_>, quiz: Option<&mut Quiz>, answer: &mut String, imported: &mut Imported) {
    let explanation = row.text(Column::Explanation);
    if explanation.is_empty() {
        return;
    }
    let right = quiz.and_then(|quiz| quiz.options.iter_mut().find(|option| option.right));
    match right {
        Some(right) if right.why.is_empty() => right.why = explanation,
        _ if answer.is_empty() => *answer = explanation,
        _ => {
            let name = row.header.name(Column::Explanation);
            imported.skip(row.line(), OfTable::SecondAnswer(name.to_owned()));
        }
    }
}

/// The quiz of a row with options; its prompt is the question's if it has none of its own.
fn read_quiz(
    row: &Row<'_>,
    told: &Told<'_>,
    counting: Counting,
    imported: &mut Imported,
) -> Option<Quiz> {
    let wrong = row.wrong();
    let given = (0..told.options.len()).filter(|at| !told.options[*at].is_empty());
    let given: Vec<usize> = given.collect();
    let option = |text: Column, why: Column, right| QuizOption {
        text: row.text(text),
        right,
        why: row.text(why),
    };
    let options: Vec<QuizOption> = if given.is_empty() && !wrong.is_empty() {
        if told.value.is_empty() {
            imported.skip(told.line, OfTable::OnlyWrong);
        }
        let right = option(Column::Right, Column::Unknown, true);
        let right = Some(right).filter(|right| !right.text.is_empty());
        right
            .into_iter()
            .chain(
                wrong
                    .iter()
                    .map(|text| option(*text, Column::Unknown, false)),
            )
            .collect()
    } else if given.is_empty()
        && let Some(truth) = row.truth()
    {
        true_or_false(truth)
    } else if given.is_empty() {
        if !told.value.is_empty() {
            imported.skip(told.line, OfTable::NoOptions(told.value.to_owned()));
        }
        return None;
    } else {
        let right = told
            .right(counting)
            .map_err(|why| imported.skip(told.line, OfTable::NotMarked(why)))
            .ok();
        let options = given
            .iter()
            .map(|at| option(Column::Option(*at), Column::Why(*at), right == Some(*at)));
        options
            .chain(
                wrong
                    .iter()
                    .map(|text| option(*text, Column::Unknown, false)),
            )
            .collect()
    };
    let own = row.text(Column::QuizPrompt);
    let prompt = if own.is_empty() {
        row.text(Column::Prompt)
    } else {
        own
    };
    Some(Quiz { prompt, options })
}
