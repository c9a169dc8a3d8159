//! `chat-sandbox`: a Discord on loopback for any bot, or a Slack.

mod slack_program;

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr};

use chat_sandbox::{Options, Permissions, Sandbox, Seed};
use clap::{Parser, Subcommand};
use tracing::Level;

/// In Discord's form: its first part is the application's id in Base64.
const TOKEN: &str = "MTIwMDAwMDAwMDAwMDAwMDAwMQ.local0.a-token-for-the-local-discord";

/// A Discord on loopback that an unmodified bot logs in to, with a chat page.
#[derive(Parser)]
#[command(
    version,
    // The options are those of the local Discord: the Slack and `routes` have their own.
    args_conflicts_with_subcommands = true,
    max_term_width = 100,
    after_help = "The API is at http://127.0.0.1:PORT/api/v10, the gateway at ws://127.0.0.1:PORT/gateway. The ids of the \
        application, the guilds and their channels are printed at the start, and are the same each time."
)]
struct Arguments {
    /// Where to listen on 127.0.0.1; 0 for any free port
    #[arg(long, default_value_t = 7979)]
    port: u16,
    /// The bot token that is accepted
    #[arg(long, default_value = TOKEN)]
    token: String,
    /// How many guilds there are
    #[arg(long, default_value_t = 1)]
    guilds: usize,
    /// Limit rates as Discord does
    #[arg(long)]
    rate_limits: bool,
    /// What the bot may do besides what all members may, as a number of Discord's permission bits; 8 is everything
    #[arg(long, default_value_t = 0)]
    permissions: u64,
    #[command(subcommand)]
    instead: Option<Instead>,
}

/// What can be done instead of running one.
#[derive(Subcommand)]
enum Instead {
    /// Print which of Discord's routes and events there are
    Routes,
    /// Run a Slack instead
    Slack(slack_program::Arguments),
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    // What a real Discord would not have put up with is told there.
    let log = tracing_subscriber::fmt().with_max_level(Level::WARN);
    log.with_writer(io::stderr).with_ansi(false).init();
    match arguments.instead {
        None => {}
        Some(Instead::Routes) => return write!(io::stdout(), "{}", chat_sandbox::support()),
        Some(Instead::Slack(slack)) => return slack_program::run(slack).await,
    }
    let seed = Seed {
        granted: Permissions::from_bits_truncate(arguments.permissions),
        ..Seed::default()
    };
    let options = Options {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port)),
        token: arguments.token.clone(),
        seed,
        guilds: arguments.guilds,
        rate_limits: arguments.rate_limits,
        ..Options::default()
    };
    let person = options.seed.people[0].name.clone();
    let sandbox = Sandbox::start(options).await?;
    tell(&sandbox, &arguments.token, &person)?;
    tokio::signal::ctrl_c().await?;
    sandbox.stop().await;
    Ok(())
}

/// All that a bot has to be told.
fn tell(sandbox: &Sandbox, token: &str, person: &str) -> io::Result<()> {
    let (url, world, mut out) = (sandbox.url(), sandbox.world(), io::stdout().lock());
    writeln!(out, "page         {url}")?;
    writeln!(out, "API          {url}/api/v10")?;
    writeln!(out, "gateway      ws://{}/gateway", sandbox.address())?;
    writeln!(out, "token        {token}")?;
    writeln!(out, "application  {}", world.application().0)?;
    for (guild, name) in world.guilds() {
        writeln!(out, "guild        {guild} {name}")?;
        let channels = sandbox.person(person).in_guild(guild).channels();
        for channel in channels.iter().filter(|channel| !channel.direct) {
            writeln!(out, "channel      {} #{}", channel.id, channel.name)?;
        }
    }
    writeln!(out, "Ctrl-C ends it.")
}
