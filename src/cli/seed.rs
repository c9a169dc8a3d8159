//! What the local Discord starts with.

use chat_sandbox::{Introduction, Seed, SeedChannel, SeedUser, Step, StepButton, StepDone};

/// Greenroom's own names and channels, and the people of every sandbox.
pub fn seed() -> Seed {
    let mut seed = Seed {
        application: SeedUser::new("greenroom", "Greenroom", 0x58_65_f2),
        guild: "Greenroom".to_owned(),
        channels: vec![
            SeedChannel::new("general", "Anything about getting ready for interviews"),
            SeedChannel::new("daily", "A question a day"),
            SeedChannel::new("off-topic", "Everything else"),
            SeedChannel::new("staff", "Admins only"),
        ],
        ..Seed::default()
    };
    for channel in &mut seed.channels {
        channel.everywhere = channel.name != "off-topic";
        channel.admins_only = channel.name == "staff";
    }
    seed
}

/// What the page tells newcomers, and what it has them try first.
pub fn introduction() -> Introduction {
    let question = Step::new(
        "question",
        ("Try `/question caching`", ", then press **Show answer**"),
        StepButton::Fill("/question caching".to_owned()),
        StepDone::Used("question".to_owned()),
    );
    let daily = Step::new(
        "daily",
        ("Answer the question in **#daily**", ": press a letter"),
        StepButton::Open("daily".to_owned()),
        StepDone::PressedLetter("daily".to_owned()),
    );
    let person = Step {
        by_another: true,
        ..Step::new(
            "person",
            (
                "Be someone else",
                " (bottom left), and reply to the same question with “B”",
            ),
            StepButton::People,
            StepDone::Replied("daily".to_owned()),
        )
    };
    let day = Step::new(
        "day",
        (
            "Move the clock",
            " by **Next day** (top right): the answer, the votes, and a new question",
        ),
        StepButton::NextDay,
        StepDone::NextDay,
    );
    // A typed answer isn't on the board before its daily has closed.
    let board = Step {
        after_last: true,
        ..Step::new(
            "board",
            ("Try `/leaderboard period:all`", ": both of you are on it"),
            StepButton::Fill("/leaderboard period:all".to_owned()),
            StepDone::Used("leaderboard".to_owned()),
        )
    };
    Introduction {
        text: "This page is a local sandbox: the real bot, a pretend server, and nobody else. Nothing leaves your \
            computer."
            .to_owned(),
        steps: vec![question, daily, person, day, board],
        end: "That is the heart of it. Type `/` to see every command.".to_owned(),
        ..Introduction::default()
    }
}
