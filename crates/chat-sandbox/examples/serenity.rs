//! A bot made with serenity on the local Discord: `cargo run -p chat-sandbox` in one shell, and in another
//! `SANDBOX_TOKEN=… cargo run -p chat-sandbox --example serenity`.

use std::env;

use serenity::all::{
    Client, Command, Context, CreateCommand, CreateInteractionResponse,
    CreateInteractionResponseMessage, EditInteractionResponse, EventHandler, GatewayIntents,
    HttpBuilder, Interaction, Ready, ResumedEvent,
};
use serenity::async_trait;

struct Handler;

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, _: Ready) {
        let hello = CreateCommand::new("hello").description("Says hi");
        match Command::create_global_command(&context, hello).await {
            Ok(_) => println!("ready"),
            Err(error) => eprintln!("the command was not registered: {error}"),
        }
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        println!("resumed");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else {
            return;
        };
        let answer = CreateInteractionResponseMessage::new().content("Hi");
        let answer = CreateInteractionResponse::Message(answer);
        let edit = EditInteractionResponse::new().content("Hi again");
        let answered = async {
            command.create_response(&context, answer).await?;
            command.edit_response(&context, edit).await
        };
        if let Err(error) = answered.await {
            eprintln!("not answered: {error}");
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = env::var("SANDBOX_URL").unwrap_or_else(|_| "http://127.0.0.1:7979".to_owned());
    let token = env::var("SANDBOX_TOKEN")?;
    // All it takes: the address, and that its own rate limiter knows nothing of others.
    let http = HttpBuilder::new(&token)
        .proxy(url)
        .ratelimiter_disabled(true);
    let intents = GatewayIntents::GUILDS;
    let mut client = serenity::client::ClientBuilder::new_with_http(http.build(), intents)
        .event_handler(Handler)
        .await?;
    Client::start(&mut client).await?;
    Ok(())
}
