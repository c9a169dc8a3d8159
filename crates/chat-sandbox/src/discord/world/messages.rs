//! Messages: posting, editing, deleting.

use twilight_model::{
    channel::{
        Attachment, Message,
        message::{Embed, MessageFlags, MessageReference, MessageReferenceType},
    },
    id::Id,
};

use super::{Change, Content, NewMessage, State, StoredFile, StoredMessage, Upload};
use crate::common::secret;

impl State {
    /// Posts a message to a channel that exists, and tells everyone whom it concerns.
    pub fn post(&mut self, new: NewMessage) -> u64 {
        // "Sending a message will automatically unarchive the thread."
        if self.archived(new.channel) {
            self.set_archived(new.channel, false, false);
        }
        let id = self.next_id();
        let mut stored = StoredMessage {
            message: self.bare_message(id, &new),
            nonce: new.nonce,
            only: new.only,
            reactions: Vec::new(),
            command: None,
            dismissed: false,
        };
        if let Some(interaction) = new.answers.and_then(|asked| self.interactions.get(&asked)) {
            stored.command = interaction
                .command
                .clone()
                .map(|command| (command, interaction.person));
            self.sign(&mut stored.message, interaction);
        }
        self.write(&mut stored, new.channel, new.content, true);
        let last = stored.message.id.cast();
        if let Some(room) = self.rooms.get_mut(&new.channel) {
            room.messages.insert(id, stored);
            if new.only.is_none() {
                room.channel.last_message_id = Some(last);
                if let Some(count) = &mut room.channel.message_count {
                    *count += 1;
                }
            }
        }
        self.announce(Change::Message {
            channel: new.channel,
            id,
            only: new.only,
        });
        self.dispatch_message("MESSAGE_CREATE", new.channel, id);
        id
    }

    /// Changes a message that exists, and tells everyone whom it concerns. The answer that a thinking
    /// message waits for does not count as an edit.
    pub fn edit(&mut self, channel: u64, id: u64, content: Content) {
        let Some(mut stored) = self.stored(channel, id).cloned() else {
            return;
        };
        let flags = stored.message.flags.get_or_insert(MessageFlags::empty());
        if flags.contains(MessageFlags::LOADING) {
            flags.remove(MessageFlags::LOADING);
        } else {
            stored.message.edited_timestamp = Some(self.timestamp());
        }
        self.write(&mut stored, channel, content, false);
        let only = stored.only;
        if let Some(old) = self.stored_mut(channel, id) {
            *old = stored;
        }
        self.announce(Change::Message { channel, id, only });
        self.dispatch_message("MESSAGE_UPDATE", channel, id);
    }

    /// Deletes a message and its files, and tells everyone whom it concerns.
    pub fn delete(&mut self, channel: u64, id: u64) -> bool {
        let deleted = self.take_away(channel, id);
        if deleted == Some(None) {
            self.dispatch_deleted(channel, id);
        }
        deleted.is_some()
    }

    /// Deletes messages that all can see, and tells of them at once.
    pub fn delete_many(&mut self, channel: u64, ids: &[u64]) {
        let deleted = ids
            .iter()
            .filter(|id| self.take_away(channel, **id).is_some());
        let deleted: Vec<u64> = deleted.copied().collect();
        if !deleted.is_empty() {
            self.dispatch_many_deleted(channel, &deleted);
        }
    }

    /// Takes a message away: whose alone it was, if it was there.
    fn take_away(&mut self, channel: u64, id: u64) -> Option<Option<u64>> {
        let room = self.rooms.get_mut(&channel);
        let stored = room.and_then(|room| room.messages.remove(&id))?;
        for attachment in &stored.message.attachments {
            self.files.remove(&attachment.id.get());
        }
        self.announce(Change::Deleted {
            channel,
            id,
            only: stored.only,
        });
        Some(stored.only)
    }

    fn bare_message(&self, id: u64, new: &NewMessage) -> Message {
        let mut flags = MessageFlags::empty();
        flags.set(MessageFlags::EPHEMERAL, new.only.is_some());
        flags.set(MessageFlags::LOADING, new.thinking);
        let reference = new.reply_to.map(|to| MessageReference {
            channel_id: Some(Id::new(new.channel)),
            guild_id: self.guild_of(new.channel).map(Id::new),
            kind: MessageReferenceType::Default,
            message_id: Some(Id::new(to)),
            fail_if_not_exists: None,
        });
        blank(
            id,
            new,
            self.user(new.author),
            flags,
            reference,
            self.timestamp(),
        )
    }

    /// Puts content into a message: text, embeds, files, and whom it mentions.
    fn write(&mut self, stored: &mut StoredMessage, channel: u64, content: Content, new: bool) {
        let message = &mut stored.message;
        if let Some(keep) = content.keep {
            message
                .attachments
                .retain(|attachment| keep.contains(&attachment.id.get()));
        }
        for upload in content.uploads {
            let attachment = self.keep(upload, channel, stored.only);
            message.attachments.push(attachment);
        }
        if let Some(embeds) = content.embeds {
            message.embeds = embeds;
        }
        link_attachments(&mut message.embeds, &message.attachments);
        if let Some(components) = content.components {
            message.components = components;
        }
        if let Some(flags) = content.flags {
            let kept = MessageFlags::SUPPRESS_EMBEDS
                | MessageFlags::SUPPRESS_NOTIFICATIONS
                | MessageFlags::IS_COMPONENTS_V2;
            message
                .flags
                .get_or_insert(MessageFlags::empty())
                .insert(flags & kept);
        }
        if let Some(text) = content.content {
            message.content = text;
        }
        self.mention(message, channel, content.allowed_mentions.as_ref(), new);
    }

    fn keep(&mut self, upload: Upload, channel: u64, only: Option<u64>) -> Attachment {
        let id = self.next_id();
        let size = upload.bytes.len() as u64;
        let file = StoredFile {
            name: upload.name,
            content_type: upload.content_type,
            bytes: upload.bytes,
            channel,
            only,
            signature: secret(),
        };
        let url = self.file_url(id, &file);
        let attachment = Attachment {
            content_type: Some(file.content_type.clone()),
            ephemeral: only.is_some(),
            duration_secs: None,
            filename: file.name.clone(),
            flags: None,
            description: upload.description,
            height: None,
            id: Id::new(id),
            placeholder: None,
            placeholder_version: None,
            proxy_url: url.clone(),
            size,
            title: None,
            url,
            waveform: None,
            width: None,
        };
        self.files.insert(id, file);
        attachment
    }
}

/// Embeds name files of their own message as `attachment://name`; readers get the real address.
fn link_attachments(embeds: &mut [Embed], attachments: &[Attachment]) {
    let find = |url: &str| {
        let name = url.strip_prefix("attachment://")?;
        attachments
            .iter()
            .find(|file| file.filename == name)
            .map(|file| file.url.clone())
    };
    for embed in embeds {
        if let Some(image) = &mut embed.image
            && let Some(url) = find(&image.url)
        {
            image.url = url;
        }
        if let Some(thumbnail) = &mut embed.thumbnail
            && let Some(url) = find(&thumbnail.url)
        {
            thumbnail.url = url;
        }
    }
}

#[expect(
    deprecated,
    reason = "the struct has to be written out with its deprecated field"
)]
fn blank(
    id: u64,
    new: &NewMessage,
    author: twilight_model::user::User,
    flags: MessageFlags,
    reference: Option<MessageReference>,
    timestamp: twilight_model::util::Timestamp,
) -> Message {
    Message {
        activity: None,
        application: None,
        application_id: None,
        attachments: Vec::new(),
        author,
        call: None,
        channel_id: Id::new(new.channel),
        components: Vec::new(),
        content: String::new(),
        edited_timestamp: None,
        embeds: Vec::new(),
        flags: Some(flags),
        guild_id: None,
        id: Id::new(id),
        interaction: None,
        interaction_metadata: None,
        kind: new.kind,
        member: None,
        mention_channels: Vec::new(),
        mention_everyone: false,
        mention_roles: Vec::new(),
        mentions: Vec::new(),
        message_snapshots: Vec::new(),
        pinned: false,
        poll: None,
        reactions: Vec::new(),
        reference,
        referenced_message: None,
        role_subscription_data: None,
        sticker_items: Vec::new(),
        thread: None,
        timestamp,
        tts: false,
        webhook_id: None,
    }
}
