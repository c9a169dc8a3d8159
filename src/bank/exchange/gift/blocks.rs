//! Where the questions of a GIFT file begin and end: at blank lines, as Moodle has it, and where these are
//! missing, at names and braces.

use super::syntax::part;

/// The lines of a question.
#[derive(Debug, Default)]
pub struct Block {
    /// Without comments.
    pub text: String,
    /// Where it begins, from 1.
    pub line: usize,
    /// The ids in its comments.
    pub ids: Vec<String>,
    /// The tags in its comments.
    pub tags: Vec<String>,
    /// Where the last of these are; 0 where there are none.
    pub noted: usize,
    /// Whether another question is right above it.
    pub joined: bool,
    /// Its last line, where it may hold more than one question and nothing says where each begins.
    pub unclear_to: Option<usize>,
}

/// What a file holds, in its order.
#[derive(Debug)]
pub enum Part<'a> {
    Block(Block),
    /// Where the questions below belong: `$course$/top/Web`.
    Category(&'a str),
}

/// Splits a file into blocks.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut run = Run::default();
    for (index, line) in text.lines().chain([""]).enumerate() {
        let (number, bare) = (index + 1, line.trim());
        if let Some(comment) = bare.strip_prefix("//").filter(|_| !run.in_code) {
            run.comments.push((number, comment));
        } else if let Some(category) = bare.strip_prefix("$CATEGORY").filter(|_| !run.in_code) {
            if !run.lines.is_empty() {
                std::mem::take(&mut run).part_into(&mut parts);
            }
            parts.push(Part::Category(category.trim_start_matches(':').trim()));
        } else if !bare.is_empty() {
            run.add(number, line);
        } else {
            std::mem::take(&mut run).part_into(&mut parts);
        }
    }
    parts
}

/// Lines between blank ones.
#[derive(Default)]
struct Run<'a> {
    lines: Vec<Line<'a>>,
    /// What is behind `//`, each with its line.
    comments: Vec<(usize, &'a str)>,
    /// Whether code began, and has not ended: what looks like a comment or a name in it is the code's.
    in_code: bool,
}

struct Line<'a> {
    /// From 1.
    number: usize,
    text: &'a str,
    /// How much of it is the name of a question, `::name::`, in bytes; 0 where there is none.
    name: usize,
}

impl<'a> Run<'a> {
    fn add(&mut self, number: usize, text: &'a str) {
        let name = match self.in_code {
            true => 0,
            false => name_ends(text),
        };
        self.lines.push(Line { number, text, name });
        let (begun, ended) = (text.rfind("<pre"), text.rfind("</pre"));
        let fence = text.trim_start().strip_prefix("```");
        self.in_code = match fence {
            Some(info) if !info.contains('`') => !self.in_code,
            _ => begun > ended || (self.in_code && ended.is_none()),
        };
    }

    fn part_into(self, parts: &mut Vec<Part<'a>>) {
        let starts = starts(&self.lines);
        let ends = starts.iter().skip(1).map(|start| start.line);
        let ends = ends.chain([self.lines.len()]);
        let mut comments = self.comments.iter().peekable();
        for (nth, (start, end)) in starts.iter().zip(ends).enumerate() {
            let lines = &self.lines[start.line..end];
            let last = lines.last().map_or(0, |line| line.number);
            let mut block = Block {
                line: lines.first().map_or(0, |line| line.number),
                joined: nth > 0,
                unclear_to: start.unclear.then_some(last),
                ..Block::default()
            };
            for line in lines {
                block.text.push_str(line.text);
                block.text.push('\n');
            }
            // Those behind its last line are right above the next one, if there is one.
            let is_last = end == self.lines.len();
            while let Some((line, comment)) = comments.next_if(|(line, _)| is_last || *line < last)
            {
                block.note(comment, *line);
            }
            parts.push(Part::Block(block));
        }
    }
}

impl Block {
    /// Takes the ids and tags out of a comment, as Moodle writes them: `[id:web-1] [tag:http]`.
    fn note(&mut self, comment: &str, line: usize) {
        let mut rest = comment;
        while let Some(at) = rest.find('[') {
            rest = &rest[at + 1..];
            let Some((inner, after)) = part(rest, "]") else {
                return;
            };
            let name = |text: &str| text.replace("\\]", "]").trim().to_owned();
            if let Some(id) = inner.strip_prefix("id:") {
                self.ids.push(name(id));
            } else if let Some(tag) = inner.strip_prefix("tag:") {
                self.tags.push(name(tag));
            } else {
                continue;
            }
            self.noted = line;
            rest = after;
        }
    }
}

/// Where the name ends with which a line begins; 0 where it begins with none.
fn name_ends(line: &str) -> usize {
    let bare = line.trim_start();
    let name = bare
        .strip_prefix("::")
        .and_then(|rest| part(rest, "::"))
        .filter(|(name, _)| !name.trim().is_empty());
    name.map_or(0, |(_, rest)| line.len() - rest.len())
}

/// Where a question begins among the lines of a run.
struct Start {
    line: usize,
    /// Whether its end is unclear.
    unclear: bool,
}

/// An unescaped brace.
#[derive(Clone, Copy)]
struct Brace {
    line: usize,
    /// Where it is in the line, in bytes.
    at: usize,
    opens: bool,
}

/// How far a question is read.
#[derive(Clone, Copy)]
enum Progress {
    Prompt,
    /// Its answers, from a brace on.
    Answers(Brace),
    /// What is behind its answers, which two braces enclose.
    Behind(Brace, Brace),
    /// What belongs to it is unclear.
    Unclear,
}

/// Where questions begin in lines that no blank one parts.
fn starts(lines: &[Line<'_>]) -> Vec<Start> {
    let start = |line| Start {
        line,
        unclear: false,
    };
    let mut starts = vec![start(0)];
    let mut progress = Progress::Prompt;
    let braces = braces(lines);
    let mut braces = braces.iter().copied().peekable();
    for (index, line) in lines.iter().enumerate() {
        // Within answers it is what is said to one of them, unless others open below: then theirs are not closed.
        let opens = braces.peek().is_some_and(|brace| brace.opens);
        let begins = line.name > 0 && (opens || !matches!(progress, Progress::Answers(_)));
        if begins && index > 0 {
            starts.push(start(index));
            progress = Progress::Prompt;
        }
        while let Some(brace) = braces.next_if(|brace| brace.line == index) {
            progress = match (progress, brace.opens) {
                (Progress::Prompt, true) => Progress::Answers(brace),
                (Progress::Answers(open), false) => Progress::Behind(open, brace),
                // A brace that should be escaped, in an option.
                (Progress::Answers(open), true) if open.line == index || is_option(line) => {
                    progress
                }
                (Progress::Behind(open, close), true) => match next(lines, open, close, index) {
                    Some(line) => {
                        starts.push(start(line));
                        Progress::Answers(brace)
                    }
                    None => Progress::Unclear,
                },
                _ => Progress::Unclear,
            };
        }
        if let (Progress::Unclear, Some(last)) = (progress, starts.last_mut()) {
            last.unclear = true;
        }
    }
    starts
}

/// The braces that are neither escaped nor in a name.
fn braces(lines: &[Line<'_>]) -> Vec<Brace> {
    let mut braces = Vec::new();
    for (line, Line { text, name, .. }) in lines.iter().enumerate() {
        let mut escaped = false;
        for (at, sign) in text.char_indices().filter(|(at, _)| at >= name) {
            if !escaped && matches!(sign, '{' | '}') {
                let opens = sign == '{';
                braces.push(Brace { line, at, opens });
            }
            escaped = sign == '\\' && !escaped;
        }
    }
    braces
}

fn is_option(line: &Line<'_>) -> bool {
    line.text.trim_start().starts_with(['=', '~', '#'])
}

/// Where the next question begins, whose answers open in the line `opens`, while those of the one before
/// are between the braces `open` and `close`. `None` where what stands between may be of either.
fn next(lines: &[Line<'_>], open: Brace, close: Brace, opens: usize) -> Option<usize> {
    let first = close.line + 1;
    let behind = lines[close.line].text[close.at + 1..].trim();
    let next = lines.get(first)?.text.trim_start();
    if opens < first || next.starts_with('{') {
        return None;
    }
    let certain = match behind {
        // A gap at the end of its line: its sentence may go on in the next one.
        "" => is_whole(asked(lines, open)) || !goes_on(next),
        // A gap within a sentence, which may go on for lines.
        _ => is_whole(behind) && opens == first,
    };
    certain.then_some(first)
}

/// The line, or what there is of it, in front of the answers.
fn asked<'a>(lines: &[Line<'a>], open: Brace) -> &'a str {
    let before = lines[open.line].text[..open.at].trim();
    match open.line.checked_sub(1) {
        Some(above) if before.is_empty() => lines[above].text.trim(),
        _ => before,
    }
}

/// Whether a text ends as a sentence does, whatever marks up or quotes it.
fn is_whole(text: &str) -> bool {
    let mut text = text.trim_end();
    while let Some((before, _)) = text
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'))
    {
        text = before.trim_end();
    }
    let text = text.trim_end_matches(|sign| "\"'”’»)]*_`".contains(sign));
    text.ends_with(|sign| ".?!:…。？！：؟।".contains(sign))
}

/// Whether a line begins in a way that no sentence does.
fn goes_on(line: &str) -> bool {
    line.starts_with(|sign: char| sign.is_lowercase() || ",.;:!?)%".contains(sign))
}
