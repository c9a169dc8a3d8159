//! Renders cards as Discord's embeds and components, cut to Discord's limits:
//! <https://docs.discord.com/developers/resources/message#embed-object-embed-limits>.

use poise::serenity_prelude as serenity;
use serenity::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateButton,
    CreateEmbed, CreateEmbedFooter, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, EditInteractionResponse, EditMessage,
};

use super::markdown;
use crate::app::card::{Audience, Button, Card, LABEL, Part, Select, Style, TITLE, Tone, cut};
use crate::app::wording;

/// The longest description of an embed, in characters.
const DESCRIPTION: usize = 4096;
/// The longest title of an embed, and the longest name of a field.
const HEADING: usize = 256;
/// The longest value of an embed's field.
const FIELD: usize = 1024;
/// The most fields of an embed.
const FIELDS: usize = 25;
/// The longest footer of ours; Discord's limit is higher.
const FOOTER: usize = 300;
/// The most characters of an embed in all.
const EMBED: usize = 6000;
/// Kept free for the note on fields that are left out.
const MORE: usize = 40;

/// A card in the parts that every kind of message takes.
struct Rendered {
    embed: CreateEmbed,
    rows: Vec<CreateActionRow>,
    file: Option<CreateAttachment>,
    private: bool,
}

/// A message, and the file that is sent along with it.
pub(crate) struct Ready<T> {
    pub message: T,
    pub file: Option<CreateAttachment>,
}

impl<T> Ready<T> {
    /// Makes of the message what it is sent in.
    pub(crate) fn map<U>(self, into: impl FnOnce(T) -> U) -> Ready<U> {
        Ready {
            message: into(self.message),
            file: self.file,
        }
    }
}

/// As the first answer to an interaction.
pub(crate) fn response(card: Card) -> Ready<CreateInteractionResponseMessage> {
    let card = rendered(card);
    let message = CreateInteractionResponseMessage::new()
        .embed(card.embed)
        .components(card.rows)
        .files(card.file.as_ref().map(named))
        .allowed_mentions(CreateAllowedMentions::new())
        .ephemeral(card.private);
    Ready {
        message,
        file: card.file,
    }
}

/// In place of a deferral or of the message pressed.
pub(crate) fn edit(card: Card) -> Ready<EditInteractionResponse> {
    let card = rendered(card);
    let edit = EditInteractionResponse::new()
        .embed(card.embed)
        .components(card.rows)
        .allowed_mentions(CreateAllowedMentions::new());
    let message = match &card.file {
        Some(file) => edit.new_attachment(named(file)),
        None => edit,
    };
    Ready {
        message,
        file: card.file,
    }
}

/// As a further message of an interaction.
pub(crate) fn followup(card: Card) -> Ready<CreateInteractionResponseFollowup> {
    let card = rendered(card);
    let message = CreateInteractionResponseFollowup::new()
        .embed(card.embed)
        .components(card.rows)
        .files(card.file.as_ref().map(named))
        .allowed_mentions(CreateAllowedMentions::new())
        .ephemeral(card.private);
    Ready {
        message,
        file: card.file,
    }
}

/// As a message of its own.
pub(crate) fn message(card: Card) -> Ready<CreateMessage> {
    let card = rendered(card);
    let message = CreateMessage::new()
        .embed(card.embed)
        .components(card.rows)
        .files(card.file.as_ref().map(named))
        .allowed_mentions(CreateAllowedMentions::new());
    Ready {
        message,
        file: card.file,
    }
}

/// In place of a message of ours.
pub(crate) fn message_edit(card: Card) -> Ready<EditMessage> {
    let card = rendered(card);
    let edit = EditMessage::new()
        .embed(card.embed)
        .components(card.rows)
        .allowed_mentions(CreateAllowedMentions::new());
    let message = match &card.file {
        Some(file) => edit.new_attachment(named(file)),
        None => edit,
    };
    Ready {
        message,
        file: card.file,
    }
}

/// The file as the message names it; its content goes beside.
fn named(file: &CreateAttachment) -> CreateAttachment {
    CreateAttachment::bytes(Vec::new(), file.filename.clone())
}

fn rendered(card: Card) -> Rendered {
    Rendered {
        embed: embed(&card),
        rows: rows(&card),
        file: card
            .file
            .map(|file| CreateAttachment::bytes(file.bytes, file.name)),
        private: card.audience == Audience::Caller,
    }
}

fn embed(card: &Card) -> CreateEmbed {
    let title = heading(&card.title);
    let footer = card.footer.as_ref().map(|footer| cut(footer, FOOTER));
    let mut left = EMBED - MORE - title.chars().count();
    left -= footer.as_ref().map_or(0, |footer| footer.chars().count());
    let (mut paragraphs, mut fields, mut more) = (Vec::new(), Vec::new(), 0);
    for part in &card.body {
        match part {
            Part::Text(text) => paragraphs.push(markdown::text(text)),
            Part::Field { name, value } => {
                let (name, value) = (heading(name), markdown::text(value));
                let length = value.chars().count();
                let whole = length + name.chars().count();
                if length > FIELD {
                    paragraphs.push(format!("**{name}**\n{value}"));
                } else if more > 0 || fields.len() == FIELDS || whole > left {
                    more += 1;
                } else {
                    left -= whole;
                    fields.push((name, value, false));
                }
            }
        }
    }
    let note = (more > 0).then(|| wording::and_more(more));
    let footer: Vec<String> = footer.into_iter().chain(note).collect();
    let mut embed = CreateEmbed::new()
        .title(title)
        .colour(colour(card.tone))
        .fields(fields);
    if !footer.is_empty() {
        embed = embed.footer(CreateEmbedFooter::new(footer.join(" · ")));
    }
    match paragraphs.join("\n\n") {
        none if none.is_empty() => embed,
        text => embed.description(cut(&text, left.min(DESCRIPTION))),
    }
}

/// A title or a field's name: Discord reads formatting in both, and ours have none.
fn heading(text: &str) -> String {
    let escaped = |most| markdown::escape_text(&cut(text, most), true);
    let whole = escaped(TITLE);
    if whole.chars().count() <= HEADING {
        return whole;
    }
    // So many fit with a backslash before each.
    escaped(HEADING / 2 - 1)
}

fn colour(tone: Tone) -> serenity::Colour {
    serenity::Colour::new(match tone {
        Tone::Neutral => 0x58_65f2,
        Tone::Good => 0x2d_9d5f,
        Tone::Bad => 0xd8_3c3e,
    })
}

fn rows(card: &Card) -> Vec<CreateActionRow> {
    let buttons = card
        .buttons
        .iter()
        .map(|row| CreateActionRow::Buttons(row.iter().map(button).collect()));
    let selects = card
        .selects
        .iter()
        .map(|menu| CreateActionRow::SelectMenu(select(menu)));
    buttons.chain(selects).collect()
}

fn button(button: &Button) -> CreateButton {
    CreateButton::new(button.action.encode())
        .label(cut(&button.label, LABEL))
        .style(match button.style {
            Style::Primary => ButtonStyle::Primary,
            Style::Secondary => ButtonStyle::Secondary,
            Style::Danger => ButtonStyle::Danger,
        })
        .disabled(!button.enabled)
}

fn select(select: &Select) -> CreateSelectMenu {
    let options = select
        .options
        .iter()
        .map(|option| {
            let shown = CreateSelectMenuOption::new(cut(&option.label, LABEL), &option.value);
            match &option.description {
                Some(description) => shown.description(cut(description, LABEL)),
                None => shown,
            }
        })
        .collect();
    CreateSelectMenu::new(
        select.action.encode(),
        CreateSelectMenuKind::String { options },
    )
    .placeholder(cut(&select.placeholder, LABEL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_show_their_signs_and_are_cut_at_none() {
        let card = Card::new(Tone::Neutral, "<@1> **x**").field("_a_ `b` <@1>", "v");
        let embed = serde_json::to_value(embed(&card)).expect("JSON");
        assert_eq!(embed["title"], "<\\@1> \\*\\*x\\*\\*");
        assert_eq!(embed["fields"][0]["name"], "\\_a\\_ \\`b\\` <\\@1>");
        for length in [120, 127, 128, 129, 150, 151, 300] {
            let heading = heading(&"*".repeat(length));
            assert!(heading.chars().count() <= HEADING, "{length}");
            let shown = heading.trim_end_matches('…');
            assert_eq!(shown.matches("\\*").count() * 2, shown.len(), "{heading}");
        }
    }

    #[test]
    fn a_file_comes_along_with_messages_of_ours_and_only_its_name_is_in_them() {
        let mut card = Card::new(Tone::Neutral, "A picture");
        card.file = Some(crate::app::card::File {
            name: "board.png".to_owned(),
            bytes: vec![1, 2, 3],
        });
        let (posted, edited) = (message(card.clone()), message_edit(card));
        for (json, file) in [
            (serde_json::to_value(posted.message), posted.file),
            (serde_json::to_value(edited.message), edited.file),
        ] {
            let json = json.expect("JSON");
            assert_eq!(json["attachments"][0]["filename"], "board.png");
            assert_eq!(file.expect("it comes along").data, [1, 2, 3]);
        }
    }

    #[test]
    fn fields_that_do_not_fit_are_counted_in_the_footer() {
        for (fields, length, shown) in [(25, 10, 25), (27, 10, 25), (9, 1000, 5)] {
            let mut card = Card::new(Tone::Neutral, "Schedules")
                .text("t".repeat(5000))
                .footer("footer");
            for _ in 0..fields {
                card = card.field("name", "v".repeat(length));
            }
            let embed = serde_json::to_value(embed(&card)).expect("JSON");
            let text = |of: &serde_json::Value| of.as_str().expect("text").to_owned();
            let listed = embed["fields"].as_array().expect("fields");
            assert_eq!(listed.len(), shown);
            let footer = text(&embed["footer"]["text"]);
            let expected = match fields - shown {
                0 => "footer".to_owned(),
                more => format!("footer · and {more} more"),
            };
            assert_eq!(footer, expected);
            let of_fields = listed
                .iter()
                .map(|field| text(&field["name"]) + &text(&field["value"]));
            let all = text(&embed["title"]) + &text(&embed["description"]) + &footer;
            let all = of_fields.fold(all, |all, field| all + &field);
            assert!(all.chars().count() <= EMBED, "{fields} fields of {length}");
        }
    }
}
