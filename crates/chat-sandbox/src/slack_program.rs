//! `chat-sandbox slack`: the local Slack by itself, for any app.

use std::{
    fs,
    io::{self, Write as _},
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use chat_sandbox::slack::{AppSeed, Options, Sandbox, support};
use clap::Args;

/// A Slack on loopback that an unmodified app logs in to over Socket Mode, with a chat page.
#[derive(Args)]
pub struct Arguments {
    /// Where to listen on 127.0.0.1; 0 for any free port
    #[arg(long, default_value_t = 7980)]
    port: u16,
    /// The bot token that is accepted
    #[arg(long, default_value_t = Options::default().bot_token)]
    bot_token: String,
    /// The app-level token that is accepted
    #[arg(long, default_value_t = Options::default().app_token)]
    app_token: String,
    /// The app's manifest, as JSON: its scopes, events, commands and shortcuts; without one it may do everything
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Limit rates as Slack documents them
    #[arg(long)]
    rate_limits: bool,
    /// Write what went to and from the app there at the end, a line of JSON each, without tokens
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Print the methods it implements, and do nothing else
    #[arg(long)]
    methods: bool,
}

/// Runs one until Ctrl-C.
pub async fn run(arguments: Arguments) -> io::Result<()> {
    if arguments.methods {
        return write!(io::stdout(), "{}", support());
    }
    let app = match &arguments.manifest {
        None => AppSeed::default(),
        Some(file) => {
            let wrong = |why: String| {
                let told = format!("{}: {why}", file.display());
                io::Error::new(io::ErrorKind::InvalidData, told)
            };
            let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
            let json = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
            AppSeed::from_manifest(&json).map_err(wrong)?
        }
    };
    let options = Options {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port)),
        bot_token: arguments.bot_token.clone(),
        app_token: arguments.app_token.clone(),
        app,
        rate_limits: arguments.rate_limits,
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await?;
    tell(&sandbox, &arguments)?;
    tokio::signal::ctrl_c().await?;
    if let Some(file) = &arguments.record {
        let lines = sandbox.world().traffic();
        let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(file, lines)?;
    }
    sandbox.stop().await;
    Ok(())
}

/// All that an app has to be told.
fn tell(sandbox: &Sandbox, arguments: &Arguments) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "page         {}", sandbox.url())?;
    writeln!(out, "API          {}", sandbox.api())?;
    writeln!(out, "bot token    {}", arguments.bot_token)?;
    writeln!(out, "app token    {}", arguments.app_token)?;
    for (id, name) in sandbox.world().channels() {
        writeln!(out, "channel      {id} #{name}")?;
    }
    for name in sandbox.world().names() {
        writeln!(out, "person       {} {name}", sandbox.person(&name).id())?;
    }
    writeln!(out, "Ctrl-C ends it.")
}
