//! Whom a message mentions.

use twilight_model::{
    channel::{
        Message,
        message::{AllowedMentions, Mention, MentionType},
    },
    guild::Permissions,
    id::Id,
    user::UserFlags,
};

use super::State;

impl State {
    /// Works out whom a message mentions, as far as its author allowed it. Only a new reply mentions the
    /// one it replies to; an edit leaves that as it was.
    pub(super) fn mention(
        &self,
        message: &mut Message,
        channel: u64,
        allowed: Option<&AllowedMentions>,
        new: bool,
    ) {
        let may = |kind: MentionType| allowed.is_none_or(|allowed| allowed.parse.contains(&kind));
        let listed = |id: u64| allowed.is_some_and(|a| a.users.iter().any(|user| user.get() == id));
        let guild = self.guild_of(channel);
        let text = &message.content;
        let mut users: Vec<u64> = tags(text, "<@")
            .into_iter()
            .filter(|id| self.someone(*id).is_some())
            .filter(|id| may(MentionType::Users) || listed(*id))
            .collect();
        let replied = allowed.is_none_or(|allowed| allowed.replied_user);
        let to = message
            .reference
            .as_ref()
            .and_then(|reference| reference.message_id);
        if new
            && replied
            && let Some(to) = to.and_then(|to| self.stored(channel, to.get()))
        {
            users.push(to.message.author.id.get());
        }
        if !new {
            // An edit changes whom the text names, but not the one it replies to.
            users.extend(message.mentions.iter().map(|mention| mention.id.get()));
        }
        users.sort_unstable();
        users.dedup();
        message.mentions = users.iter().map(|id| self.mention_of(guild, *id)).collect();
        let roles = self.roles_of(guild);
        message.mention_roles = tags(text, "<@&")
            .into_iter()
            .filter(|_| may(MentionType::Roles))
            .filter(|id| roles.iter().any(|role| role.id.get() == *id))
            .map(Id::new)
            .collect();
        let everyone = text.contains("@everyone") || text.contains("@here");
        let permitted = self
            .permissions(message.author.id.get(), channel)
            .contains(Permissions::MENTION_EVERYONE);
        message.mention_everyone = everyone && permitted && may(MentionType::Everyone);
    }

    fn mention_of(&self, guild: Option<u64>, id: u64) -> Mention {
        let user = self.user(id);
        Mention {
            avatar: None,
            bot: user.bot,
            discriminator: user.discriminator,
            id: user.id,
            member: guild.and_then(|guild| self.partial_member(guild, id, None)),
            name: user.name,
            public_flags: UserFlags::empty(),
        }
    }
}

/// The ids in tags such as `<@1>`, `<@!1>` and `<@&1>`, in order.
fn tags(text: &str, open: &str) -> Vec<u64> {
    let starts = text
        .match_indices(open)
        .map(|(at, _)| &text[at + open.len()..]);
    starts
        .filter_map(|rest| rest.split_once('>'))
        .filter_map(|(id, _)| id.strip_prefix('!').unwrap_or(id).parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_are_found_and_other_text_is_not() {
        assert_eq!(
            tags("<@1> and <@!2>, not <@&3>, <@x>, @4 or <@5", "<@"),
            [1, 2]
        );
        assert_eq!(tags("<@1> <@&3>", "<@&"), [3]);
    }
}
