//! What members read of commands while they choose and type one: a description of each command, subcommand and option,
//! and the words to choose from. The names are those in `discord/interactions/commands/`.

use super::idiom::idiom;
use crate::model::{Difficulty, PlatformId, Reveal};
use crate::rules::periods::Period;

/// What is said of a command.
#[derive(Debug)]
pub struct Described {
    /// Its name; a subcommand's after that of its command, as in `schedule set`.
    pub name: &'static str,
    /// What it does. [`SPACE`] stands for what the platform calls a community.
    text: &'static str,
    /// Its options' names, each with what it is for.
    pub options: &'static [(&'static str, &'static str)],
}

impl Described {
    /// Whether an option has this name, in any case.
    pub(in crate::app) fn takes(&self, option: &str) -> bool {
        let mut names = self.options.iter().map(|(name, _)| name);
        names.any(|name| name.eq_ignore_ascii_case(option))
    }

    /// What it does, as it is said on a platform.
    pub fn text_on(&self, platform: PlatformId) -> String {
        self.text.replace(SPACE, idiom(platform).space)
    }
}

const SPACE: &str = "{space}";
const WHICH: (&str, &str) = ("schedule", "Which schedule, if there are several");
const OF_WHICH: (&str, &str) = ("schedule", "Of which schedule, if there are several");
const ONLY_TOPIC: (&str, &str) = ("topic", "Only this topic");
const ONLY_DIFFICULTY: (&str, &str) = ("difficulty", "Only of this difficulty");
const DATE: (&str, &str) = (
    "date",
    "The date, or several, for example 24 Dec, tomorrow, 2026-12-24 or 24-26 Dec",
);

/// Every command and subcommand.
pub const COMMANDS: &[Described] = &[
    Described {
        name: "question",
        text: "Get an interview question: name a topic or a tag, or type any words",
        options: &[
            (
                "query",
                "A topic, a tag, or any words; leave it out for any question",
            ),
            ONLY_DIFFICULTY,
        ],
    },
    Described {
        name: "topics",
        text: "See all topics, and pick one for a question",
        options: &[],
    },
    Described {
        name: "quiz",
        text: "Practise with a quiz that only you see",
        options: &[
            ONLY_TOPIC,
            ("count", "How many questions, 1 to 20; 5 when left out"),
            ONLY_DIFFICULTY,
        ],
    },
    Described {
        name: "daily",
        text: "The daily question",
        options: &[],
    },
    Described {
        name: "daily post",
        text: "Post today's daily question now",
        options: &[OF_WHICH],
    },
    Described {
        name: "daily queue",
        text: "Ask a question of your choice next",
        options: &[
            ("question", "Type words of it, and pick it from the list"),
            ("schedule", "For which schedule, if there are several"),
        ],
    },
    Described {
        name: "daily replace",
        text: "Replace the open daily's question with another one",
        options: &[OF_WHICH],
    },
    Described {
        name: "daily skip",
        text: "The old name of /daily replace",
        options: &[OF_WHICH],
    },
    Described {
        name: "leaderboard",
        text: "See who has the most points from dailies",
        options: &[
            ("period", "This week when left out"),
            ONLY_TOPIC,
            ("page", "Which page, from 1"),
        ],
    },
    Described {
        name: "stats",
        text: "See points, streaks and accuracy by topic",
        options: &[("member", "Whose, picked from the list; yours when left out")],
    },
    Described {
        name: "schedule",
        text: "Where and when the daily question posts",
        options: &[],
    },
    Described {
        name: "schedule set",
        text: "Set a schedule, or change the settings that you name",
        options: &[
            ("channel", "Where to post; a new schedule needs it"),
            (
                "time",
                "When, for example 09:00 or 9pm; a new schedule needs it",
            ),
            (
                "zone",
                "A city, a country or a time zone, for example Berlin; a new schedule needs it",
            ),
            (
                "days",
                "Days, for example mon-fri or mon,wed,fri; every day by default",
            ),
            (
                "topics",
                "Topics, separated by commas; all of them by default",
            ),
            (
                "schedule",
                "Which schedule, if there are several; a new name makes another",
            ),
            (
                "reveal",
                "When members see whether they are right; at once by default",
            ),
            (
                "discuss",
                "Talk over each closed daily that somebody answered, in a thread; off by default",
            ),
        ],
    },
    Described {
        name: "schedule list",
        text: "See the schedules of this {space}",
        options: &[],
    },
    Described {
        name: "schedule preview",
        text: "See when the next dailies post",
        options: &[OF_WHICH],
    },
    Described {
        name: "schedule pause",
        text: "Stop a schedule until it is resumed",
        options: &[WHICH],
    },
    Described {
        name: "schedule resume",
        text: "Start a paused schedule again",
        options: &[WHICH],
    },
    Described {
        name: "schedule skip",
        text: "Post nothing on one or more dates",
        options: &[
            DATE,
            ("until", "The last date, to skip several days"),
            OF_WHICH,
        ],
    },
    Described {
        name: "schedule unskip",
        text: "Post on dates that were to be skipped",
        options: &[
            (
                "date",
                "The date, or several, for example 24 Dec, tomorrow or 24-26 Dec, or all",
            ),
            ("until", "The last date, for several days"),
            OF_WHICH,
        ],
    },
    Described {
        name: "schedule remove",
        text: "Remove a schedule",
        options: &[WHICH],
    },
    Described {
        name: "privacy",
        text: "What is stored about you",
        options: &[],
    },
    Described {
        name: "privacy export",
        text: "Get everything stored about you in this {space}, as a file",
        options: &[],
    },
    Described {
        name: "privacy delete",
        text: "Delete everything stored about you in this {space}",
        options: &[],
    },
];

/// The command of all others, where names are shared with other bots.
pub const CATCH_ALL: Described = Described {
    name: "greenroom",
    text: "See all commands, or use one by its name",
    options: &[],
};

/// What is said of the command or subcommand of a name.
pub fn described(name: &str) -> Option<&'static Described> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// A difficulty to choose.
pub fn difficulty_choice(difficulty: Difficulty) -> &'static str {
    super::questions::difficulty(difficulty)
}

/// A period to choose.
pub fn period_choice(period: Period) -> &'static str {
    match period {
        Period::Week => "week",
        Period::Month => "month",
        Period::All => "all",
    }
}

/// A time for verdicts to choose.
pub fn reveal_choice(reveal: Reveal) -> &'static str {
    match reveal {
        Reveal::AtOnce => "at-once",
        Reveal::AtClose => "at-close",
    }
}
