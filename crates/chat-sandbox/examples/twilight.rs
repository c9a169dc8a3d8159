//! A bot made with twilight on the local Discord: `cargo run -p chat-sandbox` in one shell, and in another
//! `SANDBOX_TOKEN=… cargo run -p chat-sandbox --example twilight`.

use std::env;

use futures_util::StreamExt as _;
use serde_json::json;
use twilight_gateway::{ConfigBuilder, Event, EventTypeFlags, Intents, Message, Shard, ShardId};
use twilight_http::Client;
use twilight_model::application::interaction::{Interaction, InteractionType};
use twilight_model::http::interaction::InteractionResponse;
use twilight_model::id::{Id, marker::ApplicationMarker};

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let url = env::var("SANDBOX_URL").unwrap_or_else(|_| "http://127.0.0.1:7979".to_owned());
    let token = env::var("SANDBOX_TOKEN")?;
    // The API's address without its scheme, and the gateway's as the API gives it.
    let address = url.trim_start_matches("http://").to_owned();
    let http = Client::builder()
        .token(token.clone())
        .proxy(address, true)
        .build();
    let gateway = http.gateway().authed().await?.model().await?;
    let config = ConfigBuilder::new(token, Intents::GUILDS)
        .proxy_url(gateway.url)
        .build();
    let mut shard = Shard::with_config(ShardId::ONE, config);

    let application = http.current_user_application().await?.model().await?.id;
    while let Some(message) = shard.next().await {
        let text = match message {
            Ok(Message::Text(text)) => text,
            // twilight connects again by itself.
            Ok(Message::Close(_)) | Err(_) => continue,
        };
        match twilight_gateway::parse(text, EventTypeFlags::all())?.map(Event::from) {
            Some(Event::Ready(_)) => {
                let commands = http.interaction(application);
                commands
                    .create_global_command()
                    .chat_input("hello", "Says hi")
                    .await?;
                println!("ready");
            }
            Some(Event::Resumed) => println!("resumed"),
            Some(Event::InteractionCreate(asked)) => answer(&http, application, &asked.0).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn answer(
    http: &Client,
    application: Id<ApplicationMarker>,
    asked: &Interaction,
) -> Result<(), Failure> {
    if asked.kind != InteractionType::ApplicationCommand {
        return Ok(());
    }
    let client = http.interaction(application);
    let hi: InteractionResponse =
        serde_json::from_value(json!({ "type": 4, "data": { "content": "Hi" } }))?;
    client.create_response(asked.id, &asked.token, &hi).await?;
    client
        .update_response(&asked.token)
        .content(Some("Hi again"))
        .await?;
    Ok(())
}
