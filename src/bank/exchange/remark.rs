//! What an import skipped or changed. The words are in `app/wording/exchange.rs`.

/// Something that was skipped or changed. Displayed as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The line in the file, from 1; 0 if it concerns the whole file.
    pub line: usize,
    /// What the file calls the question; empty where it doesn't.
    pub name: String,
    /// What it is.
    pub remark: Remark,
}

/// What can happen to questions from any file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A text lost something.
    Lost(Lost),
    /// A tag can't be written as one.
    NoTag(String),
    /// A tag is written differently.
    TagWritten {
        /// The tag.
        tag: String,
        /// How it is written.
        name: String,
    },
    /// These tags are beyond the limit.
    MoreTags(Vec<String>),
    /// These options are beyond the limit.
    MoreOptions(Vec<String>),
    /// An id is written differently.
    IdWritten {
        /// The id.
        id: String,
        /// How it is written.
        name: String,
    },
    /// Another question has the id already, so it gets another.
    IdTaken(String),
    /// The id can't be one, so it gets another.
    NoId(String),
    /// So many ids were only numbers, so they get others.
    Numbers(usize),
    /// A difficulty is unknown.
    Difficulty(String),
    /// It concerns a file of Anki's.
    Anki(OfAnki),
    /// It concerns GIFT.
    Gift(OfGift),
    /// It concerns a table.
    Table(OfTable),
    /// It concerns the result of this number, from 1, of the Open Trivia Database.
    Trivia(usize, OfTrivia),
}

/// What HTML has and CommonMark lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// An image, by its address or name, which may be empty.
    Image(String),
    /// Another medium: its element, and its address or name, which may be empty.
    Medium(String, String),
    /// A line below a text.
    Underlining,
    /// A line through a text.
    StruckOut,
    /// An element of this name.
    Element(String),
    /// The lines between the cells of a table.
    TableLines,
    /// Where a link leads.
    Address,
    /// That a text is a link to this address.
    Link(String),
}

/// Remarks about Anki's notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfAnki {
    /// This character is taken to separate the fields.
    Separator(char),
    /// The fields are taken to be HTML.
    Html,
    /// A note has the id of one above, so it gets another.
    IdTwice(String),
    /// A note with gaps is left out.
    Gaps,
    /// The fields after the second are left out.
    MoreFields,
    /// A sound of this name is left out.
    Sound(String),
}

/// Remarks about questions in GIFT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfGift {
    /// An id or tags belong to no question.
    NoQuestion,
    /// Ids beyond the one that a question has.
    MoreIds(Vec<String>),
    /// It isn't clear where it ends, so all up to this line is left out.
    Unclear(usize),
    /// A blank line is missing before it.
    Joined,
    /// It is in the format Aiken, and left out.
    Aiken,
    /// It asks nothing, and is left out.
    Description,
    /// Its answers have no closing brace, so it is left out.
    Unclosed,
    /// A brace in its answers is taken for text.
    Brace,
    /// Its answer is this number, so there is no quiz.
    Number(String),
    /// Its answers are not understood, so there is no quiz.
    NotUnderstood(String),
    /// This stands before the first option, and is left out.
    BeforeOptions(String),
    /// Its answers are pairs to match, so there is no quiz.
    Pairs(Vec<String>),
    /// Its answers are to be typed; these and what is said to them are left out.
    Accepted(Vec<String>),
    /// This number of options is right rather than one, so none is marked.
    Right(usize),
    /// These options are partly right there, and wrong here.
    PartlyRight(Vec<String>),
    /// Penalties for wrong options are left out.
    Penalties,
}

/// Remarks about a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfTable {
    /// A column is unknown, and left out.
    UnknownColumn(String),
    /// Two columns mean the same; the second is left out.
    SameColumn {
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// A row has this many cells more than the header, so no option is marked.
    MoreCells(usize),
    /// The question of this id has a prompt already.
    SecondPrompt(String),
    /// There is an answer already, so what this column holds is left out.
    SecondAnswer(String),
    /// Nothing says what is right, so all options are wrong.
    OnlyWrong,
    /// This is said to be right, but there are no options.
    NoOptions(String),
    /// None is marked right.
    NotMarked(NotMarked),
}

/// Why no option of a row is marked right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotMarked {
    /// Nothing says which.
    NothingSaid,
    /// This names several.
    Several(String),
    /// This names none.
    NoOption(String),
    /// This may be any of these options.
    Unsure {
        /// What is said.
        value: String,
        /// How it may name which option.
        readings: Vec<(NamedBy, String)>,
    },
}

/// How a cell may name an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum NamedBy {
    Text,
    Letter,
    Number,
    Truth,
    LabelIn,
    LabelOf,
    Column,
}

/// Remarks about a result of the Open Trivia Database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfTrivia {
    /// Its difficulty is unknown.
    Difficulty(String),
    /// It isn't encoded like the others, so it is left out.
    Encoding,
}

impl From<Lost> for Remark {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

impl From<OfAnki> for Remark {
    fn from(of: OfAnki) -> Self {
        Self::Anki(of)
    }
}

impl From<OfGift> for Remark {
    fn from(of: OfGift) -> Self {
        Self::Gift(of)
    }
}

impl From<OfTable> for Remark {
    fn from(of: OfTable) -> Self {
        Self::Table(of)
    }
}
