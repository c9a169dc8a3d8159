//! What the columns of a table hold, by the names that programs and people give them.

/// A kind of column. Items of a list stand on lines of their own, tags between spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Topic,
    Id,
    Prompt,
    Difficulty,
    Tags,
    /// One tag, in words.
    Category,
    /// The model answer; or the right option, where no other column says which it is.
    Answer,
    Aliases,
    KeyPoints,
    FollowUps,
    Links,
    Sources,
    QuizPrompt,
    /// Which option is right.
    Right,
    /// Why that is so.
    Explanation,
    /// The text of an option, counted from 0.
    Option(usize),
    /// Why that option is right or wrong.
    Why(usize),
    /// The text of an option that is wrong; `Right` holds that of the other.
    Wrong(usize),
    Unknown,
}

/// The columns that a line names.
pub struct Header {
    pub columns: Vec<Column>,
    /// As written.
    pub names: Vec<String>,
    /// Whether the first option is called the 0th.
    pub from_zero: bool,
}

/// More options than this are those of something else than a quiz.
const MOST: usize = 26;

impl Header {
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> Header {
        let names: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
        let mut numbered: Vec<(Column, bool)> = names.iter().map(|name| column(name)).collect();
        let from_zero = numbered.iter().any(|(_, zeroth)| *zeroth);
        for (column, zeroth) in &mut numbered {
            // Beside an `option_0`, `option_1` is the second one.
            if let Column::Option(n) | Column::Why(n) | Column::Wrong(n) = column
                && from_zero
                && !*zeroth
            {
                *n += 1;
            }
        }
        let mut columns: Vec<Column> = numbered.into_iter().map(|(column, _)| column).collect();
        let has = |columns: &[Column], wanted| columns.contains(&wanted);
        let asks = [Column::Option(0), Column::Option(1), Column::Wrong(0)]
            .iter()
            .any(|option| has(&columns, *option));
        if asks && !has(&columns, Column::Right) {
            for column in columns.iter_mut().filter(|it| **it == Column::Answer) {
                *column = Column::Right;
            }
        }
        Header {
            columns,
            names,
            from_zero,
        }
    }

    /// The first column of a kind.
    pub fn position(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().position(|column| *column == wanted)
    }

    /// What the first column of a kind is called.
    pub fn name(&self, wanted: Column) -> &str {
        self.position(wanted).map_or("", |at| &self.names[at])
    }

    /// How many options it has columns for.
    pub fn options(&self) -> usize {
        let numbers = self.columns.iter().filter_map(|column| match column {
            Column::Option(n) => Some(n + 1),
            _ => None,
        });
        numbers.max().unwrap_or_default()
    }

    /// Whether it is Greenroom's own, whose texts are Markdown.
    pub fn is_ours(&self) -> bool {
        let has = |own: &str| self.names.iter().any(|name| name == own);
        has("prompt") && has("right") || has("quiz_prompt") || has("key_points")
    }

    /// From what the numbers of right options count by the names of its columns.
    pub fn counts_from(&self) -> Option<usize> {
        let has = |own: &str| self.names.iter().any(|name| name == own);
        let ours = has("prompt") && has("right") && has("option_1");
        self.from_zero.then_some(0).or(ours.then_some(1))
    }
}

/// What a name means, and whether it has the number 0.
fn column(name: &str) -> (Column, bool) {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    let key: String = letters.flat_map(char::to_lowercase).collect();
    let known = match key.as_str() {
        "topic" => Column::Topic,
        "id" | "questionid" | "qid" | "guid" | "uuid" => Column::Id,
        "prompt" | "question" | "questiontext" | "questionprompt" | "stem" | "questionstem"
        | "front" | "q" => Column::Prompt,
        "difficulty" | "level" | "difficultylevel" => Column::Difficulty,
        "tags" | "tag" | "keywords" | "labels" => Column::Tags,
        "category" | "categories" | "subject" => Column::Category,
        "answer" | "modelanswer" | "back" => Column::Answer,
        "aliases" => Column::Aliases,
        "keypoints" => Column::KeyPoints,
        "followups" => Column::FollowUps,
        "links" | "link" | "url" | "reference" => Column::Links,
        "sources" => Column::Sources,
        "quizprompt" => Column::QuizPrompt,
        "right" | "correct" | "correctanswer" | "correctanswers" | "correctoption"
        | "correctchoice" | "correctindex" | "correctletter" | "correctresponse"
        | "correctanswerindex" | "rightanswer" | "rightoption" | "answerkey" | "answerindex"
        | "key" | "solution" => Column::Right,
        "explanation" | "rationale" | "feedback" | "generalfeedback" | "reason"
        | "justification" => Column::Explanation,
        _ => return numbered(&key),
    };
    (known, false)
}

/// What a name with a number or letter at its end means.
fn numbered(key: &str) -> (Column, bool) {
    let digits = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let (stem, number) = match key[digits.len()..].parse::<usize>() {
        Ok(number) => (digits, number),
        Err(_) => match key.as_bytes() {
            [stem @ .., letter @ b'a'..=b'j'] => {
                (&key[..stem.len()], usize::from(letter - b'a') + 1)
            }
            _ => (key, 1),
        },
    };
    let found = stem.len() < key.len();
    let at = number.saturating_sub(1);
    let column = match stem {
        _ if at >= MOST => Column::Unknown,
        "" | "option" | "choice" | "answer" | "opt" | "ans" | "answeroption" | "answerchoice"
        | "alternative" | "response" | "possibleanswer"
            if found && (!stem.is_empty() || digits.len() == key.len()) =>
        {
            Column::Option(at)
        }
        "why" | "feedback" | "explanation" | "rationale" | "reason" if found => Column::Why(at),
        "wrong" | "wronganswer" | "wrongoption" | "incorrect" | "incorrectanswer"
        | "incorrectoption" | "distractor" | "falseanswer" => Column::Wrong(at),
        _ => Column::Unknown,
    };
    (column, found && number == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widespread_names_are_known() {
        for (name, meant) in [
            ("Question", Column::Prompt),
            ("question text", Column::Prompt),
            ("option_a", Column::Option(0)),
            ("Option B", Column::Option(1)),
            ("C", Column::Option(2)),
            ("choice4", Column::Option(3)),
            ("Answer 5", Column::Option(4)),
            ("answer_b", Column::Option(1)),
            ("Correct Answer", Column::Right),
            ("correct", Column::Right),
            ("explanation", Column::Explanation),
            ("why_2", Column::Why(1)),
            ("feedback a", Column::Why(0)),
            ("incorrect_answer_3", Column::Wrong(2)),
            ("Distractor 1", Column::Wrong(0)),
            ("options", Column::Unknown),
            ("choices", Column::Unknown),
            ("2024", Column::Unknown),
            ("option_99999999999999999999", Column::Unknown),
            ("Größe", Column::Unknown),
            ("", Column::Unknown),
        ] {
            assert_eq!(column(name).0, meant, "{name}");
        }
    }

    #[test]
    fn options_that_begin_at_0_are_counted_so() {
        let header = Header::new("question,choice_0,choice_1,choice_2,answer".split(','));
        assert!(header.from_zero);
        assert_eq!(header.columns[1], Column::Option(0));
        assert_eq!(header.columns[3], Column::Option(2));
        assert_eq!(header.columns[4], Column::Right);
        let header = Header::new("question,answer".split(','));
        assert_eq!(header.columns[1], Column::Answer);
    }
}
