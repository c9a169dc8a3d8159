//! Members of guilds that a client asks for over the gateway ("Request Guild Members").

use serde_json::{Value, json};
use twilight_model::{gateway::Intents, guild::Member};

use super::{State, snowflake};

/// How many members one event carries.
const CHUNK: usize = 1_000;

/// How many are told at most to a client that asks by name.
const BY_NAME: usize = 100;

/// The longest nonce, in bytes; longer ones are left out of the answer.
const NONCE: usize = 32;

/// What a client asks for.
#[derive(Clone, Debug)]
pub struct MembersAsked {
    guild: u64,
    which: Which,
    presences: bool,
    nonce: Option<String>,
}

#[derive(Clone, Debug)]
enum Which {
    /// Those whose name begins so, and at most so many. With neither, all.
    Named {
        start: String,
        most: usize,
    },
    Ids(Vec<u64>),
}

impl MembersAsked {
    /// Reads what opcode 8 carries.
    pub fn read(data: &Value) -> Option<Self> {
        let guild = match &data["guild_id"] {
            Value::Array(guilds) => guilds.first().and_then(snowflake),
            guild => snowflake(guild),
        };
        let which = match (&data["user_ids"], data["query"].as_str()) {
            (Value::Array(ids), _) => Which::Ids(ids.iter().filter_map(snowflake).collect()),
            (Value::Null, Some(start)) => Which::Named {
                start: start.to_lowercase(),
                most: usize::try_from(data["limit"].as_u64()?).ok()?,
            },
            (Value::Null, None) => return None,
            (id, _) => Which::Ids(vec![snowflake(id)?]),
        };
        let nonce = data["nonce"].as_str().map(str::to_owned);
        Some(Self {
            guild: guild?,
            which,
            presences: data["presences"] == true,
            nonce: nonce.filter(|nonce| nonce.len() <= NONCE),
        })
    }
}

impl State {
    /// Sends a session the members it asked for. All of them take the intent for members.
    pub fn send_members(&mut self, session: &str, asked: &MembersAsked) {
        let known = self.joined().any(|guild| guild.id == asked.guild);
        let intents = self.gateway.intents(session);
        let Some(intents) = intents.filter(|_| known) else {
            return;
        };
        let everyone = self.members_of(asked.guild);
        let (found, missing): (Vec<Member>, Vec<u64>) = match &asked.which {
            Which::Named { start, most: 0 } if start.is_empty() => {
                if !intents.contains(Intents::GUILD_MEMBERS) {
                    return self.recorder.problem(
                        "all members were asked for without the intent GUILD_MEMBERS".to_owned(),
                    );
                }
                (everyone, Vec::new())
            }
            Which::Named { start, most } => {
                let most = if *most == 0 {
                    BY_NAME
                } else {
                    (*most).min(BY_NAME)
                };
                let named = everyone
                    .into_iter()
                    .filter(|member| is_called(member, start));
                (named.take(most).collect(), Vec::new())
            }
            Which::Ids(ids) => {
                let ids = ids.get(..BY_NAME).unwrap_or(ids);
                let (known, unknown): (Vec<u64>, Vec<u64>) = ids
                    .iter()
                    .copied()
                    .partition(|id| everyone.iter().any(|member| member.user.id.get() == *id));
                let of = |id: u64| self.member(asked.guild, id);
                (known.into_iter().filter_map(of).collect(), unknown)
            }
        };
        for event in chunks(asked, &found, &missing) {
            self.gateway.send_to(session, "GUILD_MEMBERS_CHUNK", &event);
        }
    }

    /// Sends a session the sounds of a guild, of which there are none.
    pub fn send_sounds(&mut self, session: &str, guild: u64) {
        if self.joined().any(|joined| joined.id == guild) {
            let event = json!({ "guild_id": guild.to_string(), "soundboard_sounds": [] });
            self.gateway.send_to(session, "SOUNDBOARD_SOUNDS", &event);
        }
    }

    /// All members of a guild, by id.
    pub fn members_of(&self, guild: u64) -> Vec<Member> {
        let ids = self.people.iter().map(|someone| someone.user.id.get());
        let mut members: Vec<Member> = ids.filter_map(|id| self.member(guild, id)).collect();
        members.sort_by_key(|member| member.user.id);
        members
    }
}

/// Whether one of someone's names begins so.
pub fn is_called(member: &Member, start: &str) -> bool {
    let names = [
        Some(&member.user.name),
        member.user.global_name.as_ref(),
        member.nick.as_ref(),
    ];
    let mut names = names.into_iter().flatten();
    names.any(|name| name.to_lowercase().starts_with(start))
}

/// The events that carry an answer: one at least.
fn chunks(asked: &MembersAsked, found: &[Member], missing: &[u64]) -> Vec<Value> {
    let parts: Vec<&[Member]> = match found {
        [] => vec![&[]],
        found => found.chunks(CHUNK).collect(),
    };
    let event = |(index, members): (usize, &&[Member])| {
        let mut event = json!({
            "guild_id": asked.guild.to_string(),
            "members": members,
            "chunk_index": index,
            "chunk_count": parts.len(),
            "not_found": missing.iter().map(u64::to_string).collect::<Vec<_>>(),
        });
        if asked.presences {
            event["presences"] = json!([]);
        }
        if let Some(nonce) = &asked.nonce {
            event["nonce"] = json!(nonce);
        }
        event
    };
    parts.iter().enumerate().map(event).collect()
}
