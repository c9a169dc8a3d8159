//! The bare handler: answers every interaction at once with fixed words, over the same library and
//! HTTP client as Greenroom, and remembers nothing.

use std::sync::Arc;

use poise::serenity_prelude as serenity;
use serenity::{
    CommandOptionType, CreateAutocompleteResponse, CreateCommand, CreateCommandOption, CreateEmbed,
    CreateInteractionResponse as Response, CreateInteractionResponseMessage, Interaction,
};

struct Handler;

#[serenity::async_trait]
impl serenity::EventHandler for Handler {
    async fn interaction_create(&self, ctx: serenity::Context, interaction: Interaction) {
        let answered = match interaction {
            Interaction::Command(command) => {
                let embed = CreateEmbed::new()
                    .title("Caching")
                    .description("What is a cache stampede, and how is it prevented?");
                let message = CreateInteractionResponseMessage::new().embed(embed);
                command
                    .create_response(&ctx.http, Response::Message(message))
                    .await
            }
            Interaction::Autocomplete(typed) => {
                let choices =
                    CreateAutocompleteResponse::new().add_string_choice("Caching", "caching");
                typed
                    .create_response(&ctx.http, Response::Autocomplete(choices))
                    .await
            }
            _ => Ok(()),
        };
        if let Err(error) = answered {
            eprintln!("not answered: {error}");
        }
    }
}

/// Runs until it is killed.
pub async fn run(api: &str) -> anyhow::Result<()> {
    let token = std::env::var("DISCORD_TOKEN")?;
    let http = || {
        serenity::HttpBuilder::new(&token)
            .proxy(api)
            .ratelimiter_disabled(true)
            .build()
    };
    let named = http();
    let application = named.get_current_application_info().await?.id;
    named.set_application_id(application);
    let query = CreateCommandOption::new(CommandOptionType::String, "query", "Whatever")
        .set_autocomplete(true);
    let question = CreateCommand::new("question")
        .description("A fixed answer")
        .add_option(query);
    named.create_global_commands(&[question]).await?;
    let mut client =
        serenity::ClientBuilder::new_with_http(http(), serenity::GatewayIntents::empty())
            .event_handler_arc(Arc::new(Handler))
            .await?;
    Ok(client.start().await?)
}
