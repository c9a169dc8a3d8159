//! What the page shows, as JSON. Texts go out as the app sent them: the page makes text of them, never HTML.

use serde_json::{Value, json};

use super::files::picture;
use crate::slack::{
    Person,
    time::Ts,
    world::{Channel, Content, Kind, Message, State, User, World},
};

/// What the page tells a newcomer.
pub(super) fn introduction(world: &World) -> Value {
    let told = &world.introduction;
    let steps = told.steps.iter().map(|step| {
        json!({
            "name": step.name,
            "action": step.action,
            "rest": step.rest,
            "button": step.button,
            "done": step.done,
            "after_last": step.after_last,
            "by_another": step.by_another,
        })
    });
    let steps: Vec<Value> = steps.collect();
    json!({ "title": told.title, "text": told.text, "steps": steps, "end": told.end })
}

/// The people, the app's bot last.
pub(super) fn people(state: &State) -> Vec<Value> {
    let mut all: Vec<_> = state.people.iter().collect();
    all.sort_by_key(|user| user.bot);
    let one = |user: &&User| {
        json!({
            "id": user.id, "username": user.name, "name": user.display, "bot": user.bot, "admin": user.admin,
            "guest": user.guest, "gone": user.deleted,
        })
    };
    all.iter().map(one).collect()
}

/// The first channel that someone is in.
pub(super) fn first_channel(state: &State, person: &str) -> Option<String> {
    let mut all = state.channels.values();
    let first = all.find(|channel| channel.kind != Kind::Direct && channel.has(person));
    first.map(|channel| channel.id.clone())
}

/// The channels that someone is in, the conversation with the app last.
pub(super) fn channels(state: &State, person: &str) -> Vec<Value> {
    let theirs = state
        .channels
        .values()
        .filter(|channel| channel.has(person));
    let mut all: Vec<_> = theirs.collect();
    all.sort_by_key(|channel| channel.kind == Kind::Direct);
    let one = |channel: &&Channel| {
        let mut newest = channel.messages.iter().rev();
        let last = newest.find(|message| is_shown(message));
        json!({
            "id": channel.id, "name": channel.name, "topic": channel.topic, "archived": channel.archived,
            "direct": channel.kind == Kind::Direct, "private": channel.kind == Kind::Private,
            "members": channel.members.len(), "has_app": channel.has(&state.app.user),
            "last": last.map(|message| message.ts.json()),
        })
    };
    all.iter().map(one).collect()
}

/// The names of the channels that someone may read of, by id.
pub(super) fn channel_names(state: &State, person: &str) -> Value {
    let known = state
        .channels
        .values()
        .filter(|channel| channel.kind == Kind::Public || channel.has(person));
    known
        .map(|channel| (channel.id.clone(), json!(channel.name)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Whether a message stands in its channel, and not only in a thread.
fn is_shown(message: &Message) -> bool {
    message.thread.is_none() || message.broadcast
}

/// The newest messages of a channel, oldest first, and whether there are older ones.
pub(super) fn messages(
    state: &State,
    person: &str,
    channel: &str,
    limit: usize,
) -> (Vec<Value>, bool) {
    let Some(room) = state.channels.get(channel) else {
        return (Vec::new(), false);
    };
    let all = room.messages.iter().filter(|message| is_shown(message));
    let all = all.map(|message| (message.ts, shown(state, person, room, message)));
    let mut all: Vec<(Ts, Value)> = newest(all.rev(), limit + 1);
    all.extend(whispered(state, person, channel, None));
    all.sort_by_key(|(ts, _)| *ts);
    let over = all.len().saturating_sub(limit);
    let kept = all.into_iter().skip(over).map(|(_, message)| message);
    (kept.collect(), over > 0)
}

/// A thread: the message that it began with, and the newest replies.
pub(super) fn thread(
    state: &State,
    person: &str,
    channel: &str,
    root: Ts,
    limit: usize,
) -> Option<Value> {
    let room = state.channels.get(channel)?;
    let first = room.messages.get(root)?;
    let replies = room.messages.replies(root);
    let replies = replies.map(|message| (message.ts, shown(state, person, room, message)));
    let mut all: Vec<(Ts, Value)> = newest(replies.rev(), limit);
    all.extend(whispered(state, person, channel, Some(root)));
    all.sort_by_key(|(ts, _)| *ts);
    let replies: Vec<Value> = all.into_iter().map(|(_, message)| message).collect();
    Some(json!({
        "ts": root.json(), "root": shown(state, person, room, first), "replies": replies,
    }))
}

fn newest<T>(newest_first: impl Iterator<Item = T>, limit: usize) -> Vec<T> {
    newest_first.take(limit).collect()
}

/// How many of those who replied are shown, and among how many replies they are looked for.
const FACES: usize = 5;
const LOOKED_AT: usize = 200;

/// What there is to tell of the thread of a message, if it has one.
fn replies(room: &Channel, root: Ts) -> Option<Value> {
    let last = room.messages.replies(root).next_back()?;
    let mut users: Vec<&str> = Vec::new();
    for reply in room.messages.replies(root).take(LOOKED_AT) {
        if users.len() < FACES && !users.contains(&reply.user.as_str()) {
            users.push(&reply.user);
        }
    }
    Some(
        json!({ "count": room.messages.count_replies(root), "last": last.ts.json(), "users": users }),
    )
}

fn said(ts: Ts, channel: &str, content: &Content) -> Value {
    json!({
        "ts": ts.json(), "channel": channel, "text": content.text, "blocks": content.blocks,
        "attachments": content.attachments,
    })
}

fn author(state: &State, user: &str) -> Value {
    json!({ "id": user, "name": state.display(user), "bot": user == state.app.user })
}

fn shown(state: &State, person: &str, room: &Channel, message: &Message) -> Value {
    let mut json = said(message.ts, &room.id, &message.content);
    let reactions = message.reactions.iter().map(|(name, users)| {
        let mine = users.iter().any(|user| user == person);
        json!({ "name": name, "count": users.len(), "mine": mine })
    });
    let files = message.files.iter().filter_map(|id| {
        let file = state.files.get(id)?;
        Some(json!({
            "id": id, "title": file.title, "name": file.name, "size": file.length,
            "picture": picture(&file.name).is_some(),
        }))
    });
    json["author"] = author(state, &message.user);
    json["thread"] = json!(message.thread.map(Ts::json));
    json["broadcast"] = json!(message.broadcast);
    json["edited"] = json!(message.edited.is_some());
    json["pinned"] = json!(message.pinned);
    json["reactions"] = reactions.collect();
    json["files"] = files.collect();
    json["chosen"] = json!(state.chosen.get(&(person.to_owned(), message.ts)));
    if let Some(replies) = replies(room, message.ts) {
        json["replies"] = replies;
    }
    json
}

/// The messages for that person alone, in a channel or in one of its threads.
fn whispered<'a>(
    state: &'a State,
    person: &'a str,
    channel: &'a str,
    thread: Option<Ts>,
) -> impl Iterator<Item = (Ts, Value)> + 'a {
    let theirs = state.ephemerals.iter().filter(move |known| {
        known.person == person && known.channel == channel && known.thread == thread
    });
    theirs.map(move |known| {
        let mut json = said(known.ts, channel, &known.content);
        json["author"] = author(state, &state.app.user);
        json["ephemeral"] = json!(true);
        json["thread"] = json!(known.thread.map(Ts::json));
        json["chosen"] = json!(state.chosen.get(&(person.to_owned(), known.ts)));
        (known.ts, json)
    })
}

/// The modal on top of someone's screen.
pub(super) fn form(person: &Person) -> Value {
    let Some(form) = person.modal() else {
        return Value::Null;
    };
    json!({
        "id": form.id, "title": form.title, "submit": form.submit, "close": form.close, "blocks": form.blocks,
        "values": form.values,
    })
}
