//! A schedule in every server of a local Discord.

use chat_sandbox::Sandbox;
use greenroom::app::App;
use greenroom::model::{ScheduleSettings, SpaceId, Timetable, Weekdays};
use greenroom::rules::timetable::parse_time;
use greenroom::time::Zone;

/// Sets a schedule for 09:00 UTC in every server's #daily; returns the channels.
pub async fn schedule_everywhere(app: &App, sandbox: &Sandbox) -> anyhow::Result<Vec<u64>> {
    let mut all = Vec::new();
    for (guild, _) in sandbox.world().guilds() {
        let channels = sandbox.person("ana").in_guild(guild).channels();
        let daily = channels
            .iter()
            .find(|channel| channel.name == "news")
            .expect("#daily");
        let time = parse_time("09:00").expect("a time");
        let timetable = Timetable::new(Zone::utc(), time, Weekdays::EVERY_DAY);
        let settings = ScheduleSettings::new(daily.id.into(), timetable);
        app.set(SpaceId::discord(guild), "daily".to_owned(), settings, None)
            .await?;
        all.push(daily.id);
    }
    Ok(all)
}
