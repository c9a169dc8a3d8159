//! Code blocks in answers that don't parse, in languages for which there is a parser.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use sqlparser::dialect::{
    Dialect, GenericDialect, MsSqlDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect,
};
use sqlparser::parser::Parser;

use super::Warning;
use super::source_file::{SourceFile, Step::Item, Step::Key};
use crate::bank::Fault;

/// Finds JSON, TOML and SQL that doesn't parse. Other languages are not looked at.
pub fn lint(file: &SourceFile<'_>, found: &mut Vec<Fault>) {
    for (index, question) in file.questions.iter().enumerate() {
        for (language, code) in blocks(&question.answer) {
            if let Err(why) = parse(&language, &code) {
                let answer = file.at(&[Key("question"), Item(index), Key("answer")]);
                // In a literal string the code stands as it is; in another it is escaped.
                let at = file.text[answer..].find(&code).unwrap_or_default();
                let warning = Warning::Code { language, why };
                found.push(file.fault_at(answer + at, Some(index), warning));
            }
        }
    }
}

/// The language and the text of each fenced code block.
fn blocks(markdown: &str) -> Vec<(String, String)> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &Options::default());
    let mut blocks = Vec::new();
    for node in root.descendants() {
        if let NodeValue::CodeBlock(block) = &node.data.borrow().value {
            let language = block.info.split_whitespace().next().unwrap_or_default();
            blocks.push((language.to_lowercase(), block.literal.clone()));
        }
    }
    blocks
}

/// Why the code isn't valid in its language, if it isn't.
fn parse(language: &str, code: &str) -> Result<(), String> {
    match language {
        "json" => {
            // Several values may follow each other, as in a log.
            let mut values = serde_json::Deserializer::from_str(code).into_iter();
            values
                .try_for_each(|value: Result<serde_json::Value, _>| value.map(drop))
                .map_err(|error| error.to_string())
        }
        "toml" => code
            .parse::<toml::Table>()
            .map(drop)
            .map_err(|error| error.message().to_owned()),
        "sql" => parse_sql(&DIALECTS, code),
        "postgresql" | "postgres" | "pgsql" => parse_sql(&[&PostgreSqlDialect {}], code),
        "mysql" => parse_sql(&[&MySqlDialect {}], code),
        "sqlite" => parse_sql(&[&SQLiteDialect {}], code),
        "tsql" | "mssql" => parse_sql(&[&MsSqlDialect {}], code),
        _ => Ok(()),
    }
}

/// What `sql` may be: the dialects that interviews are about, the most likely first.
const DIALECTS: [&dyn Dialect; 5] = [
    &PostgreSqlDialect {},
    &MySqlDialect {},
    &SQLiteDialect {},
    &MsSqlDialect {},
    &GenericDialect {},
];

/// Whether one of the dialects accepts it all; if none does, why the first one doesn't.
fn parse_sql(dialects: &[&dyn Dialect], code: &str) -> Result<(), String> {
    // The parser does not know this statement of PostgreSQL's.
    let known = |line: &&str| !line.starts_with("REFRESH MATERIALIZED VIEW ");
    let code: String = code.split_inclusive('\n').filter(known).collect();
    let mut first = None;
    for dialect in dialects {
        match Parser::parse_sql(*dialect, &code) {
            Ok(_) => return Ok(()),
            Err(error) => {
                first.get_or_insert_with(|| error.to_string());
            }
        }
    }
    Err(first.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_parses_in_its_language_or_says_why_not() {
        for (language, code) in [
            ("json", "{\"a\": [1, 2]}\n{\"b\": null}"),
            ("toml", "[a]\nb = 1"),
            (
                "sql",
                "SELECT name FROM people WHERE id = $1 FOR UPDATE SKIP LOCKED;",
            ),
            (
                "sql",
                "BEGIN;\nUPDATE a SET b = b - 1 WHERE id = 1;\nCOMMIT;",
            ),
            ("sql", "SELECT `id` FROM a LIMIT 5, 10"),
            (
                "sql",
                "SELECT 1;\nREFRESH MATERIALIZED VIEW CONCURRENTLY sales;",
            ),
            ("python", "this is {not"),
            ("", "nor ( this"),
        ] {
            assert_eq!(parse(language, code), Ok(()), "{code}");
        }
        for (language, code) in [
            ("json", "{\"a\": 1,}"),
            ("json", "// a comment\n1"),
            ("toml", "a = "),
            ("sql", "SELEC name FROM people"),
            ("postgresql", "SELECT `id` FROM a"),
        ] {
            assert!(parse(language, code).is_err(), "{code}");
        }
    }
}
