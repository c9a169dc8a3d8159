//! Questions as a table: CSV with a row for each quiz, or for a question without one.

use csv::{ReaderBuilder, StringRecord, Trim, WriterBuilder};

use super::{Draft, ImportError, Imported};
use crate::bank::{Bank, Quiz, QuizOption, Topic};

/// The columns of a question. Items of a list stand on lines of their own, tags between spaces.
const QUESTION: [&str; 11] = [
    "topic",
    "id",
    "prompt",
    "difficulty",
    "tags",
    "aliases",
    "answer",
    "key_points",
    "follow_ups",
    "links",
    "sources",
];
/// The most options of a quiz.
const OPTIONS: usize = 5;

/// The columns in the order written. `right` is the number of the right option, from 1.
fn columns() -> Vec<String> {
    let options = (1..=OPTIONS).flat_map(|n| [format!("option_{n}"), format!("why_{n}")]);
    let quiz = ["quiz_prompt", "right"].map(str::to_owned);
    QUESTION
        .map(str::to_owned)
        .into_iter()
        .chain(quiz)
        .chain(options)
        .collect()
}

/// Writes the questions of these topics. Further quizzes of a question have its id only.
pub fn write(bank: &Bank, topics: &[&Topic]) -> anyhow::Result<String> {
    let mut csv = WriterBuilder::new().from_writer(Vec::new());
    csv.write_record(columns())?;
    for topic in topics {
        for question in bank.in_topic(&topic.name) {
            let whole = [
                topic.name.clone(),
                question.id.clone(),
                question.prompt.clone(),
                question.difficulty.to_string(),
                question.tags.join(" "),
                in_cell(&question.aliases),
                question.answer.clone(),
                in_cell(&question.key_points),
                in_cell(&question.follow_ups),
                in_cell(&question.links),
                in_cell(&question.sources),
            ];
            let mut again: [String; 11] = Default::default();
            again[..2].clone_from_slice(&whole[..2]);
            csv.write_record(whole.iter().chain(&quiz_cells(question.quizzes.first())))?;
            for quiz in question.quizzes.iter().skip(1) {
                csv.write_record(again.iter().chain(&quiz_cells(Some(quiz))))?;
            }
        }
    }
    Ok(String::from_utf8(csv.into_inner()?)?)
}

/// A list in a cell. A line break inside an item becomes a space.
fn in_cell(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| item.replace('\n', " ")).collect();
    items.join("\n")
}

fn quiz_cells(quiz: Option<&Quiz>) -> Vec<String> {
    let mut cells = vec![String::new(); 2 + 2 * OPTIONS];
    if let Some(quiz) = quiz {
        cells[0].clone_from(&quiz.prompt);
        cells[1] = (quiz.right() + 1).to_string();
        for (index, option) in quiz.options.iter().enumerate() {
            cells[2 + 2 * index].clone_from(&option.text);
            cells[3 + 2 * index].clone_from(&option.why);
        }
    }
    cells
}

/// Reads a table whose first line names its columns, in any order. Only `prompt` must be there.
pub fn read(text: &str, topic: &str) -> Result<Imported, ImportError> {
    let mut csv = ReaderBuilder::new()
        .trim(Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header: Vec<String> = csv.headers()?.iter().map(column).collect();
    let known = columns();
    let mut imported = Imported::default();
    for name in header.iter().filter(|name| !known.contains(name)) {
        imported.leave(
            1,
            format!("the column `{name}` is none of ours: {}", known.join(", ")),
        );
    }
    if !header.iter().any(|name| name == "prompt") {
        return Err(ImportError::Column("prompt"));
    }
    let mut elsewhere = 0;
    for record in csv.records() {
        let record = record?;
        let row = Row {
            header: &header,
            record: &record,
        };
        if row.cells().all(str::is_empty) {
            continue;
        }
        if !["", topic].contains(&row.get("topic")) {
            elsewhere += 1;
            continue;
        }
        read_row(&row, &mut imported);
    }
    if elsewhere > 0 {
        imported.leave(
            0,
            format!("{elsewhere} rows are of other topics than `{topic}`"),
        );
    }
    Ok(imported)
}

/// What a header means: also as other programs write it.
fn column(name: &str) -> String {
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    match name.as_str() {
        "question" => "prompt".to_owned(),
        "correct" | "correct_answer" | "correct_option" => "right".to_owned(),
        "a" | "b" | "c" | "d" | "e" => {
            let number = name.bytes().next().unwrap_or_default() - b'a' + 1;
            format!("option_{number}")
        }
        _ => name,
    }
}

struct Row<'a> {
    header: &'a [String],
    record: &'a StringRecord,
}

impl Row<'_> {
    fn cells(&self) -> impl Iterator<Item = &str> {
        self.record.iter()
    }

    fn get(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    fn list(&self, column: &str) -> Vec<String> {
        let items = self.get(column).lines().map(str::trim);
        items
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn line(&self) -> usize {
        let line = self.record.position().map_or(0, csv::Position::line);
        usize::try_from(line).unwrap_or_default()
    }
}

fn read_row(row: &Row<'_>, imported: &mut Imported) {
    if row.record.len() > row.header.len() {
        let extra = row.record.len() - row.header.len();
        imported.leave(
            row.line(),
            format!("{extra} more cells than the header has columns"),
        );
    }
    let quiz = read_quiz(row, imported);
    let id = row.get("id");
    let known = imported
        .drafts
        .iter()
        .position(|draft| !id.is_empty() && draft.id == id);
    if let Some(known) = known {
        let draft = &imported.drafts[known];
        let told = row.get("prompt");
        if !["", draft.prompt.as_str()].contains(&told) {
            imported.leave(
                row.line(),
                format!("`{id}` has a prompt already; only the quiz is added"),
            );
        }
        imported.drafts[known].quizzes.extend(quiz);
        return;
    }
    let difficulty = row.get("difficulty").to_lowercase();
    let read = difficulty.parse().ok();
    if read.is_none() && !difficulty.is_empty() {
        imported.leave(row.line(), format!("`{difficulty}` is no difficulty"));
    }
    imported.drafts.push(Draft {
        id: id.to_owned(),
        prompt: row.get("prompt").to_owned(),
        difficulty: read,
        tags: row
            .get("tags")
            .split([' ', ',', ';', '\n'])
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect(),
        aliases: row.list("aliases"),
        answer: row.get("answer").to_owned(),
        key_points: row.list("key_points"),
        follow_ups: row.list("follow_ups"),
        links: row.list("links"),
        sources: row.list("sources"),
        quizzes: quiz.into_iter().collect(),
    });
}

/// The quiz of a row with options; its prompt is the question's if it has none of its own.
fn read_quiz(row: &Row<'_>, imported: &mut Imported) -> Option<Quiz> {
    let mut options: Vec<QuizOption> = Vec::new();
    let right = row.get("right");
    let mut found = false;
    for number in 1..=OPTIONS {
        let text = row.get(&format!("option_{number}"));
        if text.is_empty() {
            continue;
        }
        let letter = char::from(b"abcde"[number - 1]).to_string();
        let named = right == number.to_string() || right.to_lowercase() == letter;
        options.push(QuizOption {
            text: text.to_owned(),
            right: named,
            why: row.get(&format!("why_{number}")).to_owned(),
        });
        found |= named;
    }
    if options.is_empty() {
        return None;
    }
    if !found {
        // Other programs repeat the option's text.
        for option in options.iter_mut().filter(|option| option.text == right) {
            option.right = true;
            found = true;
        }
    }
    if !found && !right.is_empty() {
        imported.leave(
            row.line(),
            format!("`right` is no option's number, letter or text: {right}"),
        );
    }
    let own = row.get("quiz_prompt");
    let prompt = if own.is_empty() {
        row.get("prompt")
    } else {
        own
    };
    Some(Quiz {
        prompt: prompt.to_owned(),
        options,
    })
}
