//! The real bot on the page: the newcomer's story and what members do.

use chrono::Duration;

use crate::harness::Room;
use crate::harness::browser::{Browser, Window, tell};

/// A window of the room's page as one of the people, in a channel.
async fn window(browser: &Browser, room: &Room, who: &str, channel: &str) -> Window {
    let window = browser
        .window(&format!("{}/?as={who}#{channel}", room.sandbox.url()))
        .await;
    window.reads(&format!("Welcome to #{channel}")).await;
    window
}

#[tokio::test]
async fn a_newcomer_looks_up_answers_and_compares() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::with_schedule().await;
    let page = browser.window(&room.sandbox.url()).await;
    let done = async |steps: &str| {
        let steps = format!(
            "[...document.querySelectorAll('#hint .done')].map((step) => step.dataset.step).join(' ') === '{steps}'"
        );
        page.until(&steps).await;
    };

    page.press("button", "Try /question caching").await;
    page.keys(&["Enter"]).await;
    done("question").await;
    page.press("button", "Show answer").await;
    page.reads("What an interviewer listens for").await;

    let daily = room.next_daily().await;
    page.press("button", "Answer the question in #daily").await;
    page.reads("Daily question").await;
    page.press("button", &room.right_letter(&daily)).await;
    page.reads("points").await;
    page.picture("answered").await;
    done("question daily").await;

    page.press("radio", "Ben").await;
    page.until("document.title.includes('Ben')").await;
    page.press("button", "Reply to Greenroom").await;
    page.write(&room.wrong_letter(&daily)).await;
    page.keys(&["Enter"]).await;
    page.press("button", "My verdict").await;
    page.reads("Not right").await;

    page.say("/leaderboard").await;
    page.reads("Leaderboard · This week").await;
    page.reads("100%").await;
    // A typed answer is not on it before its daily closes.
    done("question daily person").await;
    page.press("button", "Next day").await;
    done("question daily person day").await;
    page.press("button", "Try /leaderboard period:all").await;
    page.keys(&["Enter"]).await;
    page.reads("That is the heart of it.").await;
    page.picture("leaderboard").await;

    let apart = "document.getElementById('hint').getBoundingClientRect().bottom <= \
        document.getElementById('scroll').getBoundingClientRect().top";
    assert!(page.value::<bool>(apart).await, "it covers nothing");
    page.reload().await;
    done("question daily person day board").await;
    page.press("button", "Got it").await;
    page.reload().await;
    page.until("document.getElementById('hint').hidden").await;
    page.is_well();
    browser.close().await;
    room.close().await;
}

#[tokio::test]
async fn a_command_and_its_argument_are_completed_by_keyboard() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::open().await;
    let page = window(&browser, &room, "ben", "general").await;

    page.keys(&["/", "q", "u", "e", "Tab"]).await;
    page.until("document.activeElement.value === '/question '")
        .await;
    page.keys(&["a", "s", "i", "d", "e"]).await;
    page.until("document.querySelector('[role=option]')?.textContent.includes('cache-aside')")
        .await;
    page.picture("autocomplete").await;
    page.keys(&["ArrowDown", "ArrowUp", "Enter"]).await;
    page.until("document.activeElement.value.startsWith('/question query:')")
        .await;
    page.keys(&["Enter"]).await;
    page.reads("How does cache-aside work?").await;
    page.is_well();
    browser.close().await;
    room.close().await;
}

#[tokio::test]
async fn what_is_for_one_person_nobody_else_sees_and_a_reload_keeps() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::open().await;
    let ana = window(&browser, &room, "ana", "general").await;
    let ben = window(&browser, &room, "ben", "general").await;

    ben.say("/quiz topic:caching").await;
    ben.reads("Only you can see this").await;
    ben.say("Off to practise.").await;
    ana.reads("Off to practise.").await;
    assert!(
        !ana.text().await.contains("Question 1 of"),
        "{}",
        ana.text().await
    );

    ben.run("document.getElementById('composer-text').focus()")
        .await;
    ben.write("An idea").await;
    ben.reload().await;
    ben.reads("Question 1 of").await;
    ben.until("document.getElementById('composer-text').value === 'An idea'")
        .await;
    ben.press("button", "Dismiss message").await;
    ben.reads_no_more("Question 1 of").await;
    ana.is_well();
    ben.is_well();
    browser.close().await;
    room.close().await;
}

#[tokio::test]
async fn the_next_day_brings_the_next_daily_and_marks_it_unread() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::with_schedule().await;
    room.next_daily().await;
    let page = window(&browser, &room, "ben", "daily").await;
    page.press("link", "general").await;
    page.reads("Welcome to #general").await;

    page.press("button", "Next day").await;
    page.press("link", "daily (unread)").await;
    page.until("document.querySelectorAll('#log .embed').length === 2")
        .await;
    page.until("document.querySelector('.divider.new')").await;
    page.press("link", "general").await;
    page.until("document.querySelector('[aria-current=page]').textContent.includes('general')")
        .await;
    assert!(page.has("link", "daily").await, "it has been read");
    page.is_well();
    browser.close().await;
    room.close().await;
}

#[tokio::test]
async fn threads_are_under_their_channel_until_they_are_archived() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::open().await;
    let set = "/schedule set channel:#daily time:09:00 zone:UTC discuss:true";
    room.ana.slash("general", set).await.expect("it is set");
    let daily = room.next_daily().await;
    let letter = room.right_letter(&daily);
    // One that nobody answered gets no thread.
    room.ben.click(&daily, &letter).await.expect("it is taken");
    room.next_daily().await;
    let thread = || {
        let mut channels = room.ben.channels().into_iter();
        channels.find(|channel| channel.parent.is_some())
    };
    room.until(async || thread().is_some()).await;
    let thread = thread().expect("it is there");
    let page = window(&browser, &room, "ben", "daily").await;
    let listed = "document.querySelectorAll('#channel-list > li > ul > li > .thread').length";

    page.until(&format!("{listed} === 1")).await;
    page.run("document.querySelector('.thread-link').click()")
        .await;
    page.reads("This is the start of a thread in #daily.").await;
    page.reads("A thread in #daily").await;
    page.screen(390, 844, true).await;
    let fits = "document.documentElement.scrollWidth === 390 && \
        document.getElementById('topbar').offsetHeight < 60";
    assert!(page.value::<bool>(fits).await, "its long name has room");
    page.picture("phone-thread").await;
    page.screen(1280, 860, false).await;

    page.reload().await;
    page.reads("This is the start of a thread in #daily.").await;
    room.sandbox.world().archive_thread(thread.id, false);
    page.press("link", "daily").await;
    page.reads("Archived thread").await;
    page.until(&format!("{listed} === 0")).await;
    page.run("document.querySelector('.thread-link').click()")
        .await;
    page.until(&format!("{listed} === 1")).await;
    page.is_well();
    browser.close().await;
    room.close().await;
}

#[tokio::test]
async fn a_phone_has_room_for_all_of_it() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::with_schedule().await;
    let daily = room.next_daily().await;
    let page = window(&browser, &room, "ben", "general").await;
    page.screen(390, 844, true).await;
    page.press("button", "Got it").await;

    page.press("button", "Show the commands").await;
    page.until("document.querySelectorAll('[role=option]').length > 5")
        .await;
    page.picture("phone-commands").await;
    page.keys(&["Escape"]).await;

    page.press("button", "Channels and people").await;
    page.picture("phone-channels").await;
    page.press("link", "daily (unread)").await;
    page.press("button", &room.right_letter(&daily)).await;
    page.reads("points").await;
    page.picture("phone").await;
    let width: u32 = page.value("document.documentElement.scrollWidth").await;
    assert_eq!(width, 390, "nothing stands out");
    page.is_well();
    browser.close().await;
    room.close().await;
}

#[tokio::test]
async fn a_click_is_answered() {
    const TIMES: usize = 21;
    // From the click to the first frame that shows another question.
    const CLICK: &str = "
        window.took = null;
        const start = performance.now();
        const card = () => document.querySelector('#log .message:last-child');
        const before = card().textContent;
        [...card().querySelectorAll('button')].find((b) => b.textContent === 'Another').click();
        const look = () => requestAnimationFrame(() => {
            if (card().textContent === before || card().querySelector('.loading')) look();
            else requestAnimationFrame(() => { window.took = performance.now() - start; });
        });
        look()";
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::open().await;
    let page = window(&browser, &room, "ben", "general").await;
    page.say("/question caching").await;
    page.until("document.querySelector('#log .message:last-child .button')")
        .await;
    let mut times = Vec::new();
    for _ in 0..TIMES {
        // The question that was seen longest ago comes next.
        room.advance(Duration::seconds(1));
        page.run(CLICK).await;
        page.until("window.took").await;
        times.push(page.value::<f64>("window.took").await);
    }
    times.sort_by(f64::total_cmp);
    tell(&format!(
        "A member's click is answered on the page after {:.0} ms at the median.",
        times[TIMES / 2]
    ));
    page.is_well();
    browser.close().await;
    room.close().await;
}
