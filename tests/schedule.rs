//! `/schedule`: for admins.

use chat_sandbox::{MessageView, Permissions};
use chrono::Duration;
use futures_util::future::join_all;
use greenroom::app::Caller;
use greenroom::app::card::{Card, Part};
use greenroom::app::setting::ScheduleRequest;
use greenroom::model::{Schedule, ScheduleSettings};

use crate::harness::{Room, shown};

/// Ana as the use-cases know who may manage the server.
fn admin(room: &Room) -> Caller {
    let admin = room.app().admit(room.member(&room.ana), true);
    admin.expect("within the pace")
}

async fn schedules(room: &Room) -> Vec<Schedule> {
    let space = room.member(&room.ana).space;
    room.app().store.schedules(space).await.expect("read")
}

/// Text without the escapes of Discord's Markdown.
fn plain(message: &MessageView) -> String {
    message.text().replace('\\', "")
}

#[tokio::test]
async fn a_schedule_is_set_listed_previewed_paused_resumed_and_removed() {
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:9:30 pm zone:Berlin days:mon,wed,fri topics:caching, http";
    let answer = shown(room.ana.slash("staff", set).await).text();
    assert!(
        answer.contains("21:30 Europe/Berlin") && answer.contains("Caching, HTTP"),
        "{answer}"
    );
    // Wednesday 4 March 2026, 21:30 in Berlin is 20:30 in UTC.
    assert!(answer.contains("<t:1772656200:F>"), "{answer}");
    assert_eq!(answer.matches(":F>").count(), 5, "five instants: {answer}");

    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(list.contains("<t:1772656200:F>"), "{list}");
    let paused = shown(room.ana.slash("staff", "/schedule pause").await).text();
    assert!(paused.contains("posts nothing until"), "{paused}");
    let again = shown(room.ana.slash("staff", "/schedule pause").await).text();
    assert!(again.contains("is paused already"), "{again}");
    let resumed = shown(room.ana.slash("staff", "/schedule resume").await).text();
    assert!(resumed.contains("posts again, next <t:"), "{resumed}");
    let preview = shown(
        room.ana
            .slash("staff", "/schedule preview schedule:daily")
            .await,
    )
    .text();
    assert_eq!(preview.matches(":F>").count(), 5, "{preview}");
    let removed = shown(room.ana.slash("staff", "/schedule remove").await).text();
    assert!(
        removed.contains("has been removed, and its daily is closed if one was open"),
        "{removed}"
    );
    let none = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(none.contains("There is no schedule yet"), "{none}");
    room.close().await;
}

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let room = Room::open().await;
    for (line, hint) in [
        ("/schedule set channel:#daily time:25:00 zone:UTC", "25:00"),
        (
            "/schedule set channel:#daily time:09:00 zone:Europe/Berln",
            "Europe/Berlin",
        ),
        (
            "/schedule set channel:#daily time:09:00 zone:UTC days:someday",
            "someday",
        ),
        (
            "/schedule set channel:#daily time:09:00 zone:UTC topics:cachng",
            "Caching",
        ),
        (
            "/schedule set channel:#daily time:09:00 zone:UTC topics:, ,",
            "Name at least one topic",
        ),
    ] {
        let refused = shown(room.ana.slash("staff", line).await);
        assert!(
            refused.ephemeral && refused.text().replace('\\', "").contains(hint),
            "{line}: {}",
            refused.text()
        );
    }
    let none = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(
        none.contains("There is no schedule yet"),
        "nothing was set: {none}"
    );
    room.close().await;
}

#[tokio::test]
async fn schedules_are_at_most_25_and_more_than_that_can_still_be_listed() {
    let room = Room::open().await;
    let set = async |name: &str| {
        let line = format!("/schedule set channel:#daily time:09:00 zone:UTC name:{name}");
        shown(room.ana.slash("staff", &line).await).text()
    };
    for number in 0..25 {
        let answer = set(&format!("nr-{number}")).await;
        assert!(answer.contains("Schedule set"), "{answer}");
    }
    let refused = set("another").await;
    assert!(refused.contains("at most 25 schedules"), "{refused}");
    let changed = set("nr-7").await;
    assert!(changed.contains("Nothing to change"), "{changed}");
    let remove = "/schedule remove schedule:nr-0";
    shown(room.ana.slash("staff", remove).await);
    let answer = set("another").await;
    assert!(answer.contains("Schedule set"), "one was removed: {answer}");
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(list.contains("nr-24") && !list.contains("more"), "{list}");

    // Those of the configuration come in addition.
    let space = room.member(&room.ana).space;
    let there = room.app().store.schedules(space.clone()).await;
    let settings = there.expect("read").remove(0).settings;
    for name in ["x", "y"] {
        let declared = room
            .app()
            .set(space.clone(), name.to_owned(), settings.clone(), None);
        declared.await.expect("it is set");
    }
    let list = shown(room.ana.slash("staff", "/schedule list").await).text();
    assert!(list.contains("and 2 more"), "{list}");
    room.close().await;
}

#[tokio::test]
async fn only_admins_may_and_the_bot_checks_it_itself() {
    let room = Room::with_schedule().await;
    assert!(
        room.ben.slash("general", "/schedule list").await.is_err(),
        "Discord does not offer it"
    );

    let caller = room.caller(&room.ben);
    let refusals = [
        room.app().list_schedules(&caller).await,
        room.app().preview_schedule(&caller, None).await,
        room.app().post_now(&caller, None).await,
        room.app()
            .set_schedule_state(&caller, None, greenroom::model::ScheduleState::Removed)
            .await,
    ];
    for refused in refusals {
        assert!(
            refused
                .expect_err("a refusal")
                .to_string()
                .contains("Only members who may manage")
        );
    }
    room.close().await;
}

#[tokio::test]
async fn zones_and_schedules_are_offered_while_typing() {
    let room = Room::with_schedule().await;
    let line = "/schedule set channel:#daily time:09:00 zone:berl";
    let zones = room.ana.autocomplete("staff", line).await.expect("offers");
    assert!(
        zones.iter().any(|choice| choice.value == "Europe/Berlin"),
        "{zones:?}"
    );
    let names = room
        .ana
        .autocomplete("staff", "/schedule pause schedule:da")
        .await
        .expect("offers");
    assert_eq!(names.len(), 1, "{names:?}");
    room.close().await;
}

#[tokio::test]
async fn late_and_missed_dailies_are_told() {
    let mut room = Room::with_schedule().await;
    room.next_daily().await;
    // From 09:00 on Wednesday to 11:05 on Friday.
    room.stop_bot().await;
    room.advance(Duration::hours(50) + Duration::minutes(5));
    room.start_bot().await;
    let late = |message: &MessageView| {
        message.text().contains("Friday, 6 March 2026") && message.button("A").is_some()
    };
    room.ben.wait_for("daily", late).await;
    let told = async || {
        let list = shown(room.ana.slash("staff", "/schedule list").await).text();
        list.contains("Posted late: Fri 6 March 2026 by 2 hours 5 minutes")
            && list.contains("Missed: Thu 5 March 2026.")
    };
    room.until(told).await;
    room.close().await;
}

/// Sets a schedule anew, then the options of a subset, and compares.
async fn set_some(room: &Room, admin: &Caller, some: usize) {
    let request = |chosen: &dyn Fn(usize) -> bool, with: [&str; 6], discuss, channel: u64| {
        let text = |at: usize| chosen(at).then(|| with[at].to_owned());
        ScheduleRequest {
            name: Some("all".to_owned()),
            time: text(0),
            zone: text(1),
            weekdays: text(2),
            topics: text(3),
            reveal: text(4),
            channel: chosen(5).then(|| channel.into()),
            discuss: chosen(6).then_some(discuss),
        }
    };
    let old = ["09:00", "Berlin", "mon-fri", "caching", "at-once", ""];
    let new = ["9.30pm", "india", "Mon/Wed/Fri", "all", "at-close", ""];
    let old = request(&|_| true, old, false, 1);
    let all = request(&|_| true, new, true, 2);
    let some_of = request(&|at| some >> at & 1 == 1, new, true, 2);
    let set = async |request| {
        let card = room
            .app()
            .set_schedule(admin, request, async |_, _| None)
            .await;
        (
            card.expect("it is set"),
            schedules(room).await.remove(0).settings,
        )
    };
    let (_, after_all) = set(all).await;
    let (_, before) = set(old).await;
    let (card, after) = set(some_of).await;
    let named = |at: usize| some >> at & 1 == 1;
    let pick = |at: usize| if named(at) { &after_all } else { &before };
    let expected = ScheduleSettings {
        channel: pick(5).channel.clone(),
        timetable: greenroom::model::Timetable {
            time: pick(0).timetable.time,
            zone: pick(1).timetable.zone,
            weekdays: pick(2).timetable.weekdays,
            skipped: before.timetable.skipped.clone(),
            taken: Default::default(),
        },
        topics: pick(3).topics.clone(),
        reveal: pick(4).reveal,
        discuss: pick(6).discuss,
    };
    assert_eq!(after, expected, "{some:b}");
    let told = changed(&card);
    let lines = [
        "Time", "Zone", "Days", "Topics", "Verdicts", "Channel", "Threads",
    ];
    for (at, line) in lines.iter().enumerate() {
        assert_eq!(
            told.contains(&format!("{line}: ")),
            named(at),
            "{some:b}: {told}"
        );
    }
    if some == 0b111_1111 {
        assert_eq!(
            told.replace("  \n", "\n"),
            "Channel: channel 1 → channel 2\nDays: weekdays → mon, wed, fri\n\
             Time: 09:00 → 21:30\nZone: Europe/Berlin → Asia/Kolkata\n\
             Topics: Caching → all topics\nVerdicts: at once → when a daily closes\n\
             Threads: none → for each closed daily with an answer"
        );
    }
}

/// What a card says is changed.
fn changed(card: &Card) -> String {
    let field = card.body.iter().find_map(|part| match part {
        Part::Field { name, value } if name == "Changed" => Some(value.to_string()),
        _ => None,
    });
    field.unwrap_or_default()
}

#[tokio::test]
async fn whatever_is_not_named_stays_as_it_is() {
    let room = Room::open().await;
    // Admitted once: so many in a minute would be too fast.
    let admin = admin(&room);
    for some in 0..1 << 7 {
        set_some(&room, &admin, some).await;
    }
    room.close().await;
}

#[tokio::test]
async fn a_change_says_what_it_changed() {
    let room = Room::with_schedule().await;
    shown(
        room.ana
            .slash("staff", "/schedule skip date:2026-03-06")
            .await,
    );
    let card = shown(
        room.ana
            .slash("staff", "/schedule set topics:http time:10")
            .await,
    );
    let text = plain(&card);
    assert!(
        text.contains("Schedule changed") && text.contains("Time: 09:00 → 10:00"),
        "{text}"
    );
    assert!(text.contains("Time: 09:00 → 10:00"), "{text}");
    assert!(text.contains("Topics: all topics → HTTP"), "{text}");
    assert!(text.contains("Skips: Fri 6 March 2026"), "{text}");
    let back = shown(
        room.ana
            .slash("staff", "/schedule set topics:all time:9am")
            .await,
    );
    assert!(
        plain(&back).contains("Topics: HTTP → all topics"),
        "{}",
        plain(&back)
    );
    let same = shown(room.ana.slash("staff", "/schedule set time:09:00").await);
    assert!(
        plain(&same).starts_with("Nothing to change"),
        "{}",
        plain(&same)
    );

    shown(room.ana.slash("staff", "/schedule pause").await);
    let paused = shown(room.ana.slash("staff", "/schedule set days:mon-fri").await);
    let text = plain(&paused);
    assert!(text.contains("Next dailies, once it is resumed"), "{text}");
    assert!(!text.contains("/daily post"), "{text}");
    room.close().await;
}

#[tokio::test]
async fn a_new_schedule_says_what_it_still_needs() {
    let room = Room::open().await;
    let set = async |line: &str| plain(&shown(room.ana.slash("staff", line).await));
    for (line, missing) in [
        ("/schedule set", "still missing: `channel`, `time`, `zone`"),
        ("/schedule set time:9", "still missing: `channel`, `zone`"),
        (
            "/schedule set channel:#daily time:9",
            "still missing: `zone`",
        ),
    ] {
        let refused = set(line).await;
        assert!(refused.contains(missing), "{line}: {refused}");
    }
    set("/schedule set channel:#daily time:9 zone:UTC name:algos").await;
    // The only one there is needs no name.
    let changed = set("/schedule set time:10").await;
    assert!(
        changed.contains("algos") && changed.contains("09:00 → 10:00"),
        "{changed}"
    );
    set("/schedule set channel:#daily time:9 zone:UTC name:other").await;
    let which = set("/schedule set time:11").await;
    assert!(which.contains("Which schedule?"), "{which}");
    // What is named in full is new.
    set("/schedule set channel:#daily time:9 zone:UTC").await;
    let changed = set("/schedule set time:11").await;
    assert!(
        changed.contains("daily\n") && changed.contains("→ 11:00"),
        "{changed}"
    );
    // One that was removed is new again.
    set("/schedule remove schedule:daily").await;
    let refused = set("/schedule set name:daily time:12").await;
    assert!(
        refused.contains("still missing: `channel`, `zone`"),
        "{refused}"
    );
    room.close().await;
}

#[tokio::test]
async fn names_that_look_alike_are_one() {
    let room = Room::open().await;
    let caller = admin(&room);
    let set = async |name: &str| {
        let request = ScheduleRequest {
            name: Some(name.to_owned()),
            channel: Some(1.into()),
            time: Some("9".to_owned()),
            zone: Some("UTC".to_owned()),
            ..ScheduleRequest::default()
        };
        let card = room
            .app()
            .set_schedule(&caller, request, async |_, _| None)
            .await;
        card.map(drop).map_err(|error| error.to_string())
    };
    for name in [
        "x",
        "x\u{200b}",
        "\u{feff}X",
        " x\u{2060} ",
        "ｘ",
        "x\u{fe0f}",
        "x\u{e0041}",
    ] {
        assert_eq!(set(name).await, Ok(()), "{name:?}");
    }
    for name in ["my  daily", "my\u{a0}daily", "MY daily", "my\tdaily"] {
        assert_eq!(set(name).await, Ok(()), "{name:?}");
    }
    let names: Vec<String> = schedules(&room)
        .await
        .into_iter()
        .map(|schedule| schedule.name)
        .collect();
    assert_eq!(names, ["my daily", "x"]);
    for name in [
        "",
        " ",
        "\u{200b}",
        "\u{3164}\u{115f}",
        "\u{2800}",
        "\u{ad}\u{feff}",
        "…",
        "--",
        "🔥",
        "\u{301}",
        &"x".repeat(33),
    ] {
        let refused = set(name).await.expect_err(name);
        assert!(
            refused.contains("1 to 32 characters"),
            "{name:?}: {refused}"
        );
    }
    // Whoever names one may write it so too.
    let paused = room
        .ana
        .slash("staff", "/schedule pause schedule:Ｘ\u{200b}")
        .await;
    assert!(plain(&shown(paused)).contains("posts nothing"));
    room.close().await;
}

#[tokio::test]
async fn sixty_set_at_once_are_25() {
    let room = Room::open().await;
    let caller = admin(&room);
    let set = (0..60).map(|number| {
        let request = ScheduleRequest {
            name: Some(format!("nr-{number}")),
            channel: Some(1.into()),
            time: Some("9".to_owned()),
            zone: Some("UTC".to_owned()),
            ..ScheduleRequest::default()
        };
        room.app().set_schedule(&caller, request, async |_, _| None)
    });
    let outcomes = join_all(set).await;
    let refused = outcomes.into_iter().filter_map(Result::err);
    let refused: Vec<String> = refused.map(|error| error.to_string()).collect();
    assert_eq!(refused.len(), 35);
    assert!(
        refused
            .iter()
            .all(|text| text.contains("at most 25 schedules"))
    );
    assert_eq!(schedules(&room).await.len(), 25);
    room.close().await;
}

#[tokio::test]
async fn a_channel_in_which_the_bot_cannot_post_is_refused_at_once() {
    let room = Room::open().await;
    let none = Permissions::empty();
    let deny = |permissions| {
        let world = room.sandbox.world();
        world.set_permissions("daily", "bot", none, permissions);
    };
    let set = async |line: &str| plain(&shown(room.ana.slash("staff", line).await));
    let line = "/schedule set channel:#daily time:9 zone:UTC";
    for (denied, named) in [
        (Permissions::SEND_MESSAGES, "Send Messages"),
        (Permissions::EMBED_LINKS, "Embed Links"),
        (Permissions::VIEW_CHANNEL, "View Channel"),
    ] {
        deny(denied);
        let refused = set(line).await;
        assert!(
            refused.contains("Nothing was changed") && refused.contains(named),
            "{refused}"
        );
    }
    deny(Permissions::CREATE_PUBLIC_THREADS);
    let refused = set(&format!("{line} discuss:true")).await;
    assert!(refused.contains("Create Public Threads"), "{refused}");
    assert!(schedules(&room).await.is_empty(), "nothing was set");

    let answer = set(line).await;
    assert!(
        answer.starts_with("Schedule set"),
        "without threads it does: {answer}"
    );
    let refused = set("/schedule set discuss:true").await;
    assert!(refused.contains("Create Public Threads"), "{refused}");
    deny(none);
    let answer = set("/schedule set discuss:true").await;
    assert!(answer.starts_with("Schedule changed"), "{answer}");

    // A thread takes another permission, and no thread of its own.
    let first = room.next_daily().await;
    shown(room.ben.click(&first, "A").await);
    room.next_daily().await;
    let there = async || {
        room.ben
            .channels()
            .iter()
            .any(|channel| channel.id == first.id)
    };
    room.until(there).await;
    let thread = format!("/schedule set channel:<#{}>", first.id);
    let refused = set(&thread).await;
    assert!(refused.contains("threads can't be started in"), "{refused}");
    deny(Permissions::SEND_MESSAGES_IN_THREADS);
    let refused = set(&format!("{thread} discuss:false")).await;
    assert!(refused.contains("Send Messages in Threads"), "{refused}");
    deny(Permissions::SEND_MESSAGES);
    let answer = set(&format!("{thread} discuss:false")).await;
    assert!(answer.starts_with("Schedule changed"), "{answer}");
    room.close().await;
}

#[tokio::test]
async fn zones_are_asked_about_where_they_can_be_several() {
    let room = Room::open().await;
    let set = async |zone: &str| {
        let line = format!("/schedule set channel:#daily time:9 zone:{zone}");
        plain(&shown(room.ana.slash("staff", &line).await))
    };
    for (zone, shown) in [
        ("GMT+5", "09:00 UTC+5 "),
        ("utc-3", "09:00 UTC-3 "),
        ("UTC+5:30", "09:00 Asia/Kolkata "),
        ("india", "09:00 Asia/Kolkata "),
        ("New York, USA", "09:00 America/New York "),
        ("Asia/Kolkata · India", "09:00 Asia/Kolkata "),
    ] {
        let answer = set(zone).await;
        assert!(answer.contains(shown), "{zone}: {answer}");
    }
    for (zone, candidate) in [
        ("PST", "Asia/Manila"),
        ("IST", "Europe/Dublin"),
        ("CST", "Asia/Shanghai"),
        ("EST", "America/Panama"),
        ("usa", "America/Denver"),
    ] {
        let refused = set(zone).await;
        assert!(
            refused.contains("can mean several time zones"),
            "{zone}: {refused}"
        );
        assert!(refused.contains(candidate), "{zone}: {refused}");
    }
    let offered = async |typed: &str| {
        let line = format!("/schedule set zone:{typed}");
        let choices = room.ana.autocomplete("staff", &line).await.expect("offers");
        choices
            .into_iter()
            .map(|choice| choice.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(offered("indi").await[0], "Asia/Kolkata · India");
    assert!(!offered("GMT").await.iter().any(|name| name.contains("Etc")));
    room.close().await;
}

#[tokio::test]
async fn lists_are_completed_item_by_item() {
    let room = Room::open().await;
    let offered = async |line: &str| {
        let choices = room.ana.autocomplete("staff", line).await.expect("offers");
        let pair = |choice: chat_sandbox::Choice| {
            let value = choice.value.as_str().expect("text").to_owned();
            (choice.name, value)
        };
        choices.into_iter().map(pair).collect::<Vec<_>>()
    };
    let all = offered("/schedule set topics:").await;
    assert_eq!(all[0], ("all topics".to_owned(), "all".to_owned()));
    let next = offered("/schedule set topics:caching, ").await;
    assert_eq!(next.len(), 2, "{next:?}");
    assert!(
        next.contains(&("Caching, HTTP".to_owned(), "caching, http".to_owned())),
        "{next:?}"
    );
    let last = offered("/schedule set topics:Caching,http,rel").await;
    let (label, value) = &last[0];
    assert_eq!(value, "caching, http, databases-sql");
    let days = offered("/schedule set days:mon, w").await;
    assert_eq!(days.len(), 1, "{days:?}");
    assert_eq!(days[0].1, "mon, wednesday");
    let days = offered("/schedule set days:w").await;
    assert_eq!(days.len(), 3, "{days:?}");
    // What is offered is read, whichever of the two a client sends.
    for topics in [label, value] {
        let line = format!("/schedule set channel:#daily time:9 zone:UTC topics:{topics}");
        let answer = plain(&shown(room.ana.slash("staff", &line).await));
        assert!(
            answer.contains("Caching, HTTP, Relational databases"),
            "{answer}"
        );
    }
    room.close().await;
}

#[tokio::test]
async fn labels_are_read_like_what_they_stand_for() {
    let room = Room::with_schedule().await;
    let line = "/daily queue question:";
    let questions = room.ana.autocomplete("staff", line).await.expect("offers");
    assert_eq!(questions.len(), 6);
    for (place, question) in questions.into_iter().enumerate() {
        let typed = match place % 3 {
            0 => question.name,
            1 => question.value.as_str().expect("text").to_uppercase(),
            _ => question.name.to_lowercase(),
        };
        let answer = plain(&shown(
            room.ana.slash("staff", &format!("{line}{typed}")).await,
        ));
        assert!(answer.starts_with("Queued"), "{typed}: {answer}");
    }
    let unknown = plain(&shown(
        room.ana.slash("staff", &format!("{line}what is it…")).await,
    ));
    assert!(unknown.contains("no question called"), "{unknown}");
    room.close().await;
}

#[tokio::test]
async fn a_label_that_was_cut_is_read_unless_two_share_it() {
    let room = Room::with_schedule().await;
    let long = "What happens on a miss in `cache-aside`, and who is it that loads the value from the \
                database into the cache";
    let question = |id: &str, end: &str| {
        format!(
            "[[question]]\nid = \"{id}\"\nprompt = \"{long} {end}?\"\ndifficulty = \"easy\"\n\
             answer = \"A.\"\nkey_points = [\"K\"]\n[[question.quiz]]\nprompt = \"{id}?\"\n\
             options = [{{ text = \"a\", right = true, why = \"W.\" }}, {{ text = \"b\", why = \"W.\" }},\
             {{ text = \"c\", why = \"W.\" }}, {{ text = \"d\", why = \"W.\" }}]\n"
        )
    };
    let topic = "[topic]\nname = \"t\"\ntitle = \"T\"\nsummary = \"S.\"\n";
    let reload = |questions: &[String]| {
        let text = format!("{topic}{}", questions.concat());
        let bank = greenroom::bank::Bank::from_files(&[("t.toml".into(), text)]);
        room.app().reload(bank.expect("a valid bank"));
    };
    reload(&[question("one", "again")]);
    let line = "/daily queue question:";
    let offered = room
        .ana
        .autocomplete("staff", line)
        .await
        .expect("offers")
        .remove(0)
        .name;
    assert!(
        offered.ends_with('…') && !offered.contains('`'),
        "{offered}"
    );
    let answer = plain(&shown(
        room.ana.slash("staff", &format!("{line}{offered}")).await,
    ));
    assert!(answer.starts_with("Queued"), "{answer}");
    reload(&[question("one", "again"), question("two", "then")]);
    let answer = plain(&shown(
        room.ana.slash("staff", &format!("{line}{offered}")).await,
    ));
    assert!(answer.contains("by its id: `one` or `two`"), "{answer}");
    room.close().await;
}

#[tokio::test]
async fn what_admins_have_set_is_offered_to_admins_only() {
    let room = Room::with_schedule().await;
    let (app, admin, ben) = (room.app(), admin(&room), room.caller(&room.ben));
    assert_eq!(app.suggest_schedules(&admin, "").await.len(), 1);
    assert!(app.suggest_schedules(&ben, "").await.is_empty());
    assert!(!app.suggest_dates(&admin, false, "").await.is_empty());
    assert!(app.suggest_dates(&ben, false, "").await.is_empty());
    assert_eq!(app.suggest_askable(&admin, "").len(), 6);
    assert!(app.suggest_askable(&ben, "").is_empty());
    // As the adapter asks it.
    let offered = room
        .ana
        .autocomplete("staff", "/daily post schedule:")
        .await;
    assert_eq!(offered.expect("offers").len(), 1);
    room.close().await;
}
