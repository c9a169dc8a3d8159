//! What people of Slack read, in the words that Discord's people read.

use greenroom::app::wording::{Idiom, idiom};
use greenroom::model::PlatformId::{Discord, Slack};

/// The phrases that differ. Whoever adds one has to add it here.
fn phrases(idiom: &Idiom) -> [&'static str; 12] {
    let Idiom {
        name,
        space,
        admins,
        type_it,
        type_one,
        type_to_one,
        elsewhere,
        let_me_post,
        let_me_post_there,
        pick_question,
        name_changes,
        talked_over,
        // Signs, and what stands in the log.
        spoiler: _,
        discussing: _,
    } = *idiom;
    [
        admins,
        elsewhere,
        let_me_post_there,
        let_me_post,
        name_changes,
        pick_question,
        talked_over,
        type_to_one,
        type_one,
        type_it,
        // Parts of the others.
        space,
        name,
    ]
}

/// A text that Slack's people read, as it is said to Discord's.
pub fn as_on_discord(text: &str) -> String {
    let (from, to) = (phrases(idiom(Slack)), phrases(idiom(Discord)));
    let pairs = from.into_iter().zip(to);
    pairs.fold(text.to_owned(), |text, (from, to)| {
        text.replace(&from.replace('`', ""), &to.replace('`', ""))
    })
}
