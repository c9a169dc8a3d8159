//! The bot: a command for each thing a bot can do.

use poise::{CreateReply, serenity_prelude as serenity};
use serenity::{
    ActionRowComponent, AutocompleteChoice, ButtonStyle, ComponentInteraction, CreateActionRow,
    CreateAttachment, CreateAutocompleteResponse, CreateButton, CreateEmbed,
    CreateInteractionResponse, CreateInteractionResponseFollowup, CreateInteractionResponseMessage,
    CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    EditInteractionResponse, FullEvent, GatewayIntents, HttpBuilder, InputTextStyle, Interaction,
    ModalInteraction,
};

type Error = serenity::Error;
type Context<'a> = poise::Context<'a, (), Error>;

pub(super) async fn client(url: &str, token: &str, intents: GatewayIntents) -> serenity::Client {
    let http = HttpBuilder::new(token)
        .proxy(url)
        .ratelimiter_disabled(true)
        .build();
    let framework = poise::Framework::builder()
        .options(poise::FrameworkOptions {
            commands: vec![
                hello(),
                ask(),
                slow(),
                silent(),
                whisper(),
                file(),
                menu(),
                form(),
                manage(),
                plan(),
            ],
            event_handler: |framework, event| Box::pin(events(framework.serenity_context, event)),
            ..Default::default()
        })
        .setup(|ctx, _, framework| {
            Box::pin(async move {
                poise::builtins::register_globally(ctx, &framework.options().commands).await
            })
        })
        .build();
    serenity::ClientBuilder::new_with_http(http, intents)
        .framework(framework)
        .await
        .expect("a client")
}

/// Says hello, with a button.
#[poise::command(slash_command)]
async fn hello(ctx: Context<'_>) -> Result<(), Error> {
    let buttons = vec![
        CreateButton::new("again").label("Again"),
        CreateButton::new("secret")
            .label("Secret")
            .style(ButtonStyle::Secondary),
        CreateButton::new("later").label("Later"),
        CreateButton::new("form").label("Form"),
        CreateButton::new("off").label("Off").disabled(true),
    ];
    let embed = CreateEmbed::new()
        .title("Hello")
        .description(format!("to {}", ctx.author().name))
        .field("Field", "Value", true);
    let quiet = vec![CreateButton::new("quiet").label("Quiet")];
    let row = vec![
        CreateActionRow::Buttons(buttons),
        CreateActionRow::Buttons(quiet),
    ];
    ctx.send(
        CreateReply::default()
            .content("Hi")
            .embed(embed)
            .components(row),
    )
    .await?;
    Ok(())
}

async fn topics(_: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let all = ["caching", "databases", "networking"].into_iter();
    let fit = all.filter(|topic| topic.starts_with(typed));
    CreateAutocompleteResponse::new().set_choices(
        fit.map(|topic| AutocompleteChoice::new(topic, topic))
            .collect(),
    )
}

#[derive(Debug, poise::ChoiceParameter)]
enum Level {
    Easy,
    Hard,
}

/// Repeats its options.
#[poise::command(slash_command)]
async fn ask(
    ctx: Context<'_>,
    #[description = "What about"]
    #[autocomplete = "topics"]
    query: Option<String>,
    #[description = "How hard"] level: Option<Level>,
    #[description = "How many"]
    #[min = 1]
    #[max = 20]
    count: Option<i64>,
    #[description = "Who"] who: Option<serenity::Member>,
    #[description = "Where"] place: Option<serenity::GuildChannel>,
    #[description = "Whether"] loud: Option<bool>,
) -> Result<(), Error> {
    let who = who.map(|member| member.user.name);
    let place = place.map(|channel| channel.name);
    ctx.say(format!(
        "{query:?} {level:?} {count:?} {who:?} {place:?} {loud:?}"
    ))
    .await?;
    Ok(())
}

/// Thinks first, then answers for all, then adds a word.
#[poise::command(slash_command)]
async fn slow(ctx: Context<'_>) -> Result<(), Error> {
    ctx.defer().await?;
    let answer = ctx.say("thought").await?;
    ctx.send(CreateReply::default().content("psst").ephemeral(true))
        .await?;
    answer
        .edit(ctx, CreateReply::default().content("thought again"))
        .await?;
    Ok(())
}

/// Never answers.
#[poise::command(slash_command)]
async fn silent(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// Answers only the one who asks.
#[poise::command(slash_command, ephemeral)]
async fn whisper(ctx: Context<'_>) -> Result<(), Error> {
    ctx.defer_ephemeral().await?;
    let row = vec![CreateActionRow::Buttons(vec![
        CreateButton::new("again").label("Again"),
    ])];
    ctx.send(CreateReply::default().content("for you").components(row))
        .await?;
    Ok(())
}

/// Sends a file.
#[poise::command(slash_command)]
async fn file(ctx: Context<'_>) -> Result<(), Error> {
    let file = CreateAttachment::bytes(&b"{\"points\": 10}"[..], "export.json");
    ctx.send(
        CreateReply::default()
            .content("Your data")
            .attachment(file)
            .ephemeral(true),
    )
    .await?;
    Ok(())
}

/// Shows a menu.
#[poise::command(slash_command)]
async fn menu(ctx: Context<'_>) -> Result<(), Error> {
    let options = ["caching", "networking"].map(|topic| CreateSelectMenuOption::new(topic, topic));
    let kind = CreateSelectMenuKind::String {
        options: options.to_vec(),
    };
    let topics = CreateActionRow::SelectMenu(CreateSelectMenu::new("topic", kind));
    let kind = CreateSelectMenuKind::User {
        default_users: None,
    };
    let people = CreateActionRow::SelectMenu(CreateSelectMenu::new("who", kind));
    ctx.send(
        CreateReply::default()
            .content("Choose")
            .components(vec![topics, people]),
    )
    .await?;
    Ok(())
}

fn a_form() -> CreateModal {
    let text = serenity::CreateInputText::new(InputTextStyle::Short, "Your answer", "answer")
        .min_length(2)
        .required(true);
    CreateModal::new("form", "A form").components(vec![CreateActionRow::InputText(text)])
}

/// Shows a form.
#[poise::command(slash_command)]
async fn form(ctx: Context<'_>) -> Result<(), Error> {
    if let poise::Context::Application(ctx) = ctx {
        ctx.interaction
            .create_response(
                ctx.serenity_context(),
                CreateInteractionResponse::Modal(a_form()),
            )
            .await?;
    }
    Ok(())
}

/// Only for those who manage the guild.
#[poise::command(slash_command, default_member_permissions = "MANAGE_GUILD", guild_only)]
async fn manage(ctx: Context<'_>) -> Result<(), Error> {
    ctx.say("managed").await?;
    Ok(())
}

/// Has subcommands.
#[poise::command(slash_command, subcommands("set", "list"))]
async fn plan(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// Sets it.
#[poise::command(slash_command)]
async fn set(ctx: Context<'_>, #[description = "When"] time: String) -> Result<(), Error> {
    ctx.say(format!("set to {time}")).await?;
    Ok(())
}

/// Lists it.
#[poise::command(slash_command)]
async fn list(ctx: Context<'_>) -> Result<(), Error> {
    ctx.say("nothing set").await?;
    Ok(())
}

async fn events(ctx: &serenity::Context, event: &FullEvent) -> Result<(), Error> {
    match event {
        FullEvent::InteractionCreate {
            interaction: Interaction::Component(click),
        } => component(ctx, click).await,
        FullEvent::InteractionCreate {
            interaction: Interaction::Modal(form),
        } => submitted(ctx, form).await,
        FullEvent::Message { new_message } if !new_message.author.bot => {
            let replied = new_message
                .referenced_message
                .as_ref()
                .map(|to| to.content.clone());
            let heard = format!("heard {:?} to {replied:?}", new_message.content);
            new_message.channel_id.say(ctx, heard).await?;
            Ok(())
        }
        FullEvent::ReactionAdd { add_reaction } => {
            let seen = format!("seen {}", add_reaction.emoji);
            add_reaction.channel_id.say(ctx, seen).await?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn text(content: impl Into<String>) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().content(content)
}

async fn component(ctx: &serenity::Context, click: &ComponentInteraction) -> Result<(), Error> {
    use serenity::ComponentInteractionDataKind as Kind;
    let response = match (click.data.custom_id.as_str(), &click.data.kind) {
        ("again", _) => {
            CreateInteractionResponse::UpdateMessage(text("Hi again").components(vec![]))
        }
        ("secret", _) => {
            let name = click.member.as_ref().map(|member| member.user.name.clone());
            let shown = click
                .message
                .embeds
                .first()
                .and_then(|embed| embed.title.clone());
            CreateInteractionResponse::Message(text(format!("{name:?} {shown:?}")).ephemeral(true))
        }
        ("form", _) => CreateInteractionResponse::Modal(a_form()),
        ("later", _) => {
            click.defer(ctx).await?;
            click
                .edit_response(ctx, EditInteractionResponse::new().content("Hi later"))
                .await?;
            let more = CreateInteractionResponseFollowup::new()
                .content("more")
                .ephemeral(true);
            click.create_followup(ctx, more).await?;
            return Ok(());
        }
        (_, Kind::StringSelect { values }) => {
            CreateInteractionResponse::Message(text(values.join(" ")))
        }
        (_, Kind::UserSelect { values }) => {
            CreateInteractionResponse::Message(text(format!("chose {values:?}")))
        }
        _ => return Ok(()),
    };
    click.create_response(ctx, response).await
}

async fn submitted(ctx: &serenity::Context, form: &ModalInteraction) -> Result<(), Error> {
    let inputs = form.data.components.iter().flat_map(|row| &row.components);
    let texts: Vec<String> = inputs
        .filter_map(|part| match part {
            ActionRowComponent::InputText(input) => input.value.clone(),
            _ => None,
        })
        .collect();
    let said = text(format!("{} {}", form.data.custom_id, texts.join(" "))).ephemeral(true);
    form.create_response(ctx, CreateInteractionResponse::Message(said))
        .await
}
