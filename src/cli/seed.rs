//! What the local Discord starts with.

use chat_sandbox::{Seed, SeedChannel, SeedUser};

/// Greenroom's own names and channels, and the people of every sandbox.
pub fn seed() -> Seed {
    let mut seed = Seed {
        application: SeedUser::new("greenroom", "Greenroom", 0x58_65_f2),
        guild: "Greenroom".to_owned(),
        channels: vec![
            SeedChannel::new("general", "Anything about getting ready for interviews"),
            SeedChannel::new("daily", "A question a day"),
            SeedChannel::new("off-topic", "Everything else"),
            SeedChannel::new("staff", "Admins only"),
        ],
        ..Seed::default()
    };
    for channel in &mut seed.channels {
        channel.everywhere = channel.name != "off-topic";
        channel.admins_only = channel.name == "staff";
    }
    seed
}
