//! The Open Trivia Database's JSON, in each encoding that its API offers.

use data_encoding::BASE64;
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use super::draft::Draft;
use super::html::unescape;
use super::slug::slug;
use super::{ImportError, ImportFormat, Imported, OfTrivia, Remark};
use crate::bank::markdown::escape;
use crate::model::{Quiz, QuizOption};

#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    response_code: i64,
    #[serde(default)]
    results: Vec<Trivia>,
}

#[derive(Deserialize)]
struct Trivia {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    difficulty: String,
    question: String,
    correct_answer: String,
    incorrect_answers: Vec<String>,
}

/// How its texts are encoded.
#[derive(Clone, Copy)]
enum Encoding {
    /// The default: HTML's entities.
    Html,
    /// `urlLegacy` and `url3986`.
    Url,
    Base64,
}

/// Reads an answer of the API.
pub fn read(text: &str) -> Result<Imported, ImportError> {
    let response: Response = serde_json::from_str(text)
        .or_else(|why| match serde_json::from_str(text) {
            // Its results alone.
            Ok(results) => Ok(Response {
                response_code: 0,
                results,
            }),
            Err(_) => Err(why),
        })
        .map_err(|why| ImportError::Json(ImportFormat::Trivia, why))?;
    let code = response.response_code;
    if code != 0 {
        return Err(ImportError::Response(code));
    }
    let mut imported = Imported::default();
    let encoding = Encoding::of(&response.results);
    for (index, trivia) in response.results.into_iter().enumerate() {
        let number = index + 1;
        match read_one(&trivia, encoding) {
            Some(draft) => {
                if draft.difficulty.is_none() {
                    let difficulty = OfTrivia::Difficulty(trivia.difficulty);
                    imported.skip(0, Remark::Trivia(number, difficulty));
                }
                imported.drafts.push(draft);
            }
            None => imported.skip(0, Remark::Trivia(number, OfTrivia::Encoding)),
        }
    }
    Ok(imported)
}

fn read_one(trivia: &Trivia, encoding: Encoding) -> Option<Draft> {
    let read = |text: &str| encoding.decode(text);
    let option = |text: &str, right| {
        Some(QuizOption {
            text: escape(&read(text)?),
            right,
            why: String::new(),
        })
    };
    let wrong = trivia
        .incorrect_answers
        .iter()
        .map(|text| option(text, false));
    let options = std::iter::once(option(&trivia.correct_answer, true)).chain(wrong);
    let mut options: Vec<QuizOption> = options.collect::<Option<_>>()?;
    // The other way around the options of all such quizzes would tell which is right.
    options.sort_by_key(|option| option.text == "False");
    let prompt = escape(&read(&trivia.question)?);
    let tag = slug(&read(&trivia.category)?);
    Some(Draft {
        prompt: prompt.clone(),
        difficulty: read(&trivia.difficulty)?.to_lowercase().parse().ok(),
        tags: Some(tag)
            .filter(|tag| !tag.is_empty())
            .into_iter()
            .collect(),
        quizzes: vec![Quiz { prompt, options }],
        ..Draft::default()
    })
}

impl Encoding {
    /// The encoding of a file, which is the same throughout.
    fn of(results: &[Trivia]) -> Encoding {
        let base64 = |text: &str| {
            BASE64
                .decode(text.as_bytes())
                .is_ok_and(|bytes| matches!(&bytes[..], b"multiple" | b"boolean"))
        };
        if results.iter().any(|trivia| base64(&trivia.kind)) {
            return Encoding::Base64;
        }
        let texts = || {
            results.iter().flat_map(|trivia| {
                let own = [&trivia.question, &trivia.correct_answer, &trivia.category];
                own.into_iter().chain(&trivia.incorrect_answers)
            })
        };
        // A text that isn't encoded has a space, a comma or a question mark somewhere.
        let signs = |text: &String| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"%+-._~*!'()".contains(&byte))
        };
        let encoded = texts().all(signs) && texts().any(|text| text.contains(['%', '+']));
        if encoded {
            Encoding::Url
        } else {
            Encoding::Html
        }
    }

    fn decode(self, text: &str) -> Option<String> {
        let text = match self {
            Encoding::Html => unescape(text),
            // Where a space is %20, a plus is never bare.
            Encoding::Url => percent_decode_str(&text.replace('+', " "))
                .decode_utf8()
                .ok()?
                .into_owned(),
            Encoding::Base64 => String::from_utf8(BASE64.decode(text.as_bytes()).ok()?).ok()?,
        };
        Some(text.trim().to_owned())
    }
}
