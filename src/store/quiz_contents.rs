//! What quizzes ask: kept once, in whatever orders the options are shown.

use rusqlite::{Connection, Row};

use super::sql::{conversion_error, json, to_json};
use crate::model::Quiz;

/// Stores what is asked, unless it is there already. Returns its row, and the order in which its options are shown, as a
/// digit each.
pub(super) fn kept_content(sql: &Connection, quiz: &Quiz) -> rusqlite::Result<(i64, String)> {
    let mut order: Vec<usize> = (0..quiz.options.len()).collect();
    order.sort_by_key(|&shown| &quiz.options[shown].text);
    let content = Quiz {
        prompt: quiz.prompt.clone(),
        options: order
            .iter()
            .map(|&shown| quiz.options[shown].clone())
            .collect(),
    };
    let content = to_json(&content)?;
    let place = |shown| order.iter().position(|&of| of == shown).unwrap_or_default();
    let shown = (0..order.len())
        .map(|shown| place(shown).to_string())
        .collect();
    sql.prepare_cached("INSERT INTO quiz_contents (content) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([&content])?;
    let id = sql
        .prepare_cached("SELECT id FROM quiz_contents WHERE content = ?1")?
        .query_row([&content], |row| row.get(0))?;
    Ok((id, shown))
}

/// What is asked, options in the order shown.
pub(super) fn as_shown(row: &Row<'_>) -> rusqlite::Result<Quiz> {
    let content: Quiz = json(row, "asked")?;
    let shown: String = row.get("shown")?;
    let options = shown.chars().map(|digit| {
        let place = digit.to_digit(10).unwrap_or(u32::MAX) as usize;
        content.options.get(place).cloned()
    });
    let options: Option<Vec<_>> = options.collect();
    Ok(Quiz {
        prompt: content.prompt.clone(),
        options: options
            .ok_or_else(|| conversion_error(row, "shown", "no order of the options"))?,
    })
}

/// Deletes what no quiz asks any more.
pub(super) fn forget_unused(sql: &Connection) -> rusqlite::Result<()> {
    sql.execute(
        "DELETE FROM quiz_contents WHERE NOT EXISTS
            (SELECT 1 FROM quiz_items WHERE content = quiz_contents.id)",
        [],
    )?;
    Ok(())
}
