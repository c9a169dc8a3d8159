//! Where people of one platform say it otherwise than those of another.

use crate::model::PlatformId;

/// What has other words on each platform.
pub struct Idiom {
    /// The platform.
    pub name: &'static str,
    /// A community on it.
    pub space: &'static str,
    /// Who may manage one.
    pub admins: &'static str,
    /// How a daily is answered by typing, below its letters.
    pub type_it: &'static str,
    /// How a daily is answered by typing, somewhere else.
    pub type_one: &'static str,
    /// How one of several dailies is answered by typing.
    pub type_to_one: &'static str,
    /// Where else a daily may be open that a member can answer.
    pub elsewhere: &'static str,
    /// What lets the bot post in a channel.
    pub let_me_post: &'static str,
    /// The same of a channel just named.
    pub let_me_post_there: &'static str,
    /// How to pick a question from a list.
    pub pick_question: &'static str,
    /// What to name of a schedule in order to change it.
    pub name_changes: &'static str,
    /// What becomes of a closed daily that is to be talked over.
    pub talked_over: &'static str,
    /// What the bot has to be allowed in order to start threads and write in them.
    pub discussing: &'static str,
    /// What hides a text until it is pressed, before and after it.
    pub spoiler: Option<&'static str>,
}

const DISCORD: Idiom = Idiom {
    name: "Discord",
    space: "server",
    admins: "members who may manage this server",
    type_it: "reply with it",
    type_one: "reply to it with one",
    type_to_one: "Reply to the one that you mean",
    elsewhere: "here or in another server of yours",
    let_me_post: "Let me see and write in the channel",
    let_me_post_there: "Let me see it and send messages there",
    pick_question: "Type words of it into the option",
    name_changes: "Give the options that you want to change.",
    talked_over: "gets a thread to talk it over",
    discussing: "the bot needs the permissions to create public threads and to write in them",
    spoiler: Some("||"),
};

const SLACK: Idiom = Idiom {
    name: "Slack",
    space: "workspace",
    admins: "admins and owners of this workspace",
    type_it: "type it in the thread",
    type_one: "type one in its thread",
    type_to_one: "Type your answer in the thread of the one that you mean",
    // Somebody is another person in each workspace.
    elsewhere: "here or in another channel",
    let_me_post: "Invite me to the channel with `/invite @Greenroom` or unarchive it, and I go on at once",
    let_me_post_there: "Invite me there with `/invite @Greenroom` or unarchive it, and I go on at once",
    pick_question: "Run `/daily queue` on its own, type words of the question",
    name_changes: "Name what you want to change.",
    talked_over: "is talked over in its thread",
    discussing: "the bot has to be in the channel, and members have to be allowed to write in threads there",
    spoiler: None,
};

/// How a bot is let into a channel that it is not in.
pub(super) const INVITE_ME: &str = "Invite me there with `/invite @Greenroom`";

/// How it is said on a platform.
pub const fn idiom(platform: PlatformId) -> &'static Idiom {
    match platform {
        PlatformId::Discord => &DISCORD,
        PlatformId::Slack => &SLACK,
    }
}

/// What the bot has to be allowed in order to start threads and write in them.
pub(in crate::app) fn discussing(platform: PlatformId) -> &'static str {
    idiom(platform).discussing
}

/// What hides a text until it is pressed, where there is such a thing.
pub(in crate::app) fn spoiler(platform: PlatformId) -> Option<&'static str> {
    idiom(platform).spoiler
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::DateTime;

    use super::super::*;
    use crate::app::obstacle::Obstacle;
    use crate::app::preview;
    use crate::bank::Bank;
    use crate::model::{Daily, PlatformId, SpaceId};

    fn daily(bank: &Bank, platform: PlatformId) -> Daily {
        let mut questions = bank.questions().iter();
        let question = questions.find(|question| !question.quizzes.is_empty());
        let question = question.expect("one with a quiz");
        let mut daily = preview::daily(question, &question.quizzes[0], DateTime::UNIX_EPOCH);
        daily.space = SpaceId::new(platform, "1");
        daily
    }

    fn said(platform: PlatformId) -> Vec<String> {
        let bank = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bank");
        let bank = Bank::load(&bank).expect("the tests' bank is valid");
        let daily = daily(&bank, platform);
        let refused = |refusal| crate::app::Error::Refusal(refusal).to_string();
        let described = |name| described(name).expect("a command").text_on(platform);
        vec![
            open_footer(&bank, &daily),
            refused(not_answered(&daily)),
            to_change(&daily).to_string(),
            how_to_answer_any(platform).to_string(),
            which_daily(platform).to_string(),
            receipt_before_another(&daily, 0, true).to_string(),
            receipt_before_another(&daily, 0, false).to_string(),
            until_the_verdict(platform, false).to_string(),
            exported(platform).to_string(),
            delete_asked(platform).to_string(),
            deleted(0, platform).to_string(),
            deleted(1, platform).to_string(),
            refused(export_too_large(platform)),
            refused(admins_only(platform)),
            refused(admin_unknown(platform)),
            refused(too_many_schedules(25, platform)),
            nothing_changed(platform).to_string(),
            refused(unknown_question("x", &[], platform)),
            channel_closed("daily", "is_archived", platform).to_string(),
            schedule_name_taken("daily", 7, platform),
            one_schedule_more(25, platform),
            described("schedule list"),
            described("privacy export"),
            described("privacy delete"),
        ]
    }

    #[test]
    fn people_of_a_platform_read_its_words_and_no_others() {
        let lower = |texts: Vec<String>| texts.join("\n").to_lowercase();
        let discord = lower(said(PlatformId::Discord));
        for word in ["slack", "workspace", "thread", "/invite"] {
            assert!(!discord.contains(word), "{word}: {discord}");
        }
        let slack = lower(said(PlatformId::Slack));
        for word in ["discord", "server", "reply to"] {
            assert!(!slack.contains(word), "{word}: {slack}");
        }
    }

    #[test]
    fn on_slack_it_is_said_so() {
        insta::assert_snapshot!(said(PlatformId::Slack).join("\n\n"), @r"
        Caching · medium · press a letter, or type it in the thread

        **My verdict** shows each member their own answer. You have not answered this daily yet: press a letter on it, or type one in its thread.

        You can change your answer until the daily closes, but not withdraw it (`/privacy delete` erases your data in this workspace, and this daily then takes no other answer from you). To change it, reply with one letter from A to D, its number, or the whole text of the option.

        To answer a daily, press a letter below it, or type one in its thread. `/question` shows you any other question, and `/quiz` asks you some.

        More than one daily is open here. Type your answer in the thread of the one that you mean, or press a letter below it.

        Your answer is **A** · A lock per key

        Another daily that you can still answer, here or in another channel, asks the same. The verdict comes once you have answered that one, or one of the two has closed.

        Your answer is **A** · A lock per key

        Another daily that is still open, here or in another channel, asks the same, and shows verdicts when it closes. The verdict comes once one of the two has closed.

        This is the question of an open daily, here or in another channel. Answer the daily first; once you have its verdict, or it has closed, you can see everything about it.

        Everything stored about you in this workspace is in the file.

        This removes every answer, point, streak, quiz and lookup of yours in this workspace. It cannot be undone. A daily that is open now and that you have answered stays answered until it closes: you can't answer it again.

        There was nothing stored about you in this workspace.

        Done: everything stored about you in this workspace has been deleted. If you had answered a daily that is still open, a mark that says so stays until it closes, without your id or your answer.

        What is stored about you in this workspace doesn't fit into a message, even compressed. Ask the person who runs this bot for it.

        Only admins and owners of this workspace can do that.

        Slack didn't tell me whether you are one of the admins and owners of this workspace, so I did nothing. Try again in a minute. If it stays so, the person who runs this bot finds the reason in its log.

        A workspace has at most 25 schedules. Change one of them by its name, or remove one first with `/schedule remove`.

        The schedule already has these settings. Name what you want to change.

        There is no question called “x”. Run `/daily queue` on its own, type words of the question, and pick it from the list.

        Slack does not let me post in the channel of the schedule “daily”: it says “is_archived”. Invite me there with `/invite @Greenroom` or unarchive it, and I go on at once, or choose another with `/schedule set`. I try again by myself: after an hour, then less and less often; `/schedule list` says when.

        the workspace has a schedule “daily” already, at line 7. Give one of them another `name`.

        a workspace can have at most 25 schedules, and this is one too many. Remove one.

        See the schedules of this workspace

        Get everything stored about you in this workspace, as a file

        Delete everything stored about you in this workspace
        ");
        let there = [Obstacle::NotInvited, Obstacle::Archived];
        let there = there.map(|why| channel_does_not_do(&"C1".into(), &why));
        let there = there.map(|refusal| crate::app::Error::Refusal(refusal).to_string());
        insta::assert_snapshot!(there.join("\n"), @r"
        Nothing was changed: I'm not in channel C1. Invite me there with `/invite @Greenroom`, or choose another channel, and run the command again.
        Nothing was changed: channel C1 is archived. Choose another channel.
        ");
    }
}
