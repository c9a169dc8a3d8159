//! What someone does on the page, step by step.

use chrono::Duration;

use super::app::Stage;
use crate::harness::browser::Browser;

#[tokio::test]
async fn commands_are_answered_to_all_or_to_one() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let page = stage.window(&browser, "ana").await;
    page.run("document.getElementById('composer-text').focus()")
        .await;
    page.write("/e").await;
    page.reads("[words]").await;
    page.keys(&["Tab"]).await;
    page.until("document.getElementById('composer-text').value === '/echo '")
        .await;
    page.until("document.querySelector('.usage').textContent === '/echo [words]'")
        .await;
    page.say("/echo hello all").await;
    page.reads("hello all").await;
    page.say("/echo privately now").await;
    page.reads("privately now").await;
    page.reads("Only visible to you").await;
    let other = stage.window(&browser, "ben").await;
    other.reads("hello all").await;
    assert!(!other.text().await.contains("privately now"));
    page.reload().await;
    page.reads("hello all").await;
    page.reads_no_more("privately now").await;
    page.is_well();
    other.is_well();
    browser.close().await;
    stage.close().await;
}

#[tokio::test]
async fn what_is_pressed_and_chosen_reaches_the_app() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let page = stage.window(&browser, "ana").await;
    page.say("/echo card").await;
    page.reads("A card").await;
    page.picture("slack-card").await;
    // A select by keyboard alone.
    page.press("button", "Choose a fruit").await;
    page.until("document.activeElement.classList.contains('combo-input')")
        .await;
    page.write("pe").await;
    page.keys(&["Enter"]).await;
    page.reads("You chose Pear").await;
    // What it holds is shown on.
    page.press("button", "Choose a fruit: Pear").await;
    page.keys(&["Escape"]).await;
    // The app is asked from the second letter on.
    page.press("button", "Search a stone").await;
    page.reads("Type 2 characters or more to search").await;
    page.write("amb").await;
    page.press("option", "Ambrosia").await;
    page.reads("You chose Ambrosia").await;
    page.press("button", "More options").await;
    page.press("menuitem", "Copy").await;
    page.reads("You chose Copy").await;
    page.press("radio", "Blue").await;
    page.reads("You chose Blue").await;
    page.press("button", "Remove").await;
    page.press("button", "Keep it").await;
    page.press("button", "Remove").await;
    page.press("button", "Remove now").await;
    page.reads("Removed").await;
    let told = stage.sandbox.world().traffic();
    let removed = told
        .iter()
        .filter(|line| line["kind"] == "event")
        .filter(|line| line["envelope"]["payload"]["actions"][0]["action_id"] == "remove");
    assert_eq!(removed.count(), 1);
    page.press("button", "Press").await;
    page.reads("@Ana pressed it").await;
    page.reads("(edited)").await;
    page.is_well();
    assert_eq!(stage.sandbox.world().problems(), [""; 0]);
    browser.close().await;
    stage.close().await;
}

#[tokio::test]
async fn a_form_tells_what_is_wrong_with_its_fields() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let page = stage.window(&browser, "ana").await;
    page.press("button", "Shortcuts").await;
    page.press("menuitem", "Open form Sandbox Bot").await;
    page.until("document.querySelector('#modal[open] input:focus')")
        .await;
    page.keys(&["Enter"]).await;
    page.reads("Please complete this required field.").await;
    page.write("ab").await;
    page.keys(&["Enter"]).await;
    page.reads("At least three letters, please").await;
    page.picture("slack-form").await;
    page.until("document.activeElement.value === 'ab'").await;
    page.run("document.activeElement.select()").await;
    page.write("abc").await;
    page.press("button", "Where: Select options").await;
    page.press("option", "#news").await;
    page.keys(&["Escape"]).await;
    page.press("checkbox", "Tuesday").await;
    page.press("button", "Save").await;
    page.until("!document.querySelector('#modal[open]')").await;
    let sent = stage.sandbox.world().traffic();
    let sent = sent.iter().rev().find(|line| {
        line["kind"] == "event" && line["envelope"]["payload"]["type"] == "view_submission"
    });
    let values = &sent.expect("it was sent")["envelope"]["payload"]["view"]["state"]["values"];
    assert_eq!(values["name"]["name"]["value"], "abc");
    assert_eq!(
        values["days"]["days"]["selected_options"][0]["value"],
        "tuesday"
    );
    assert_eq!(values["at"]["at"]["selected_time"], "09:30");
    let chosen = &values["where"]["where"]["selected_conversations"];
    assert_eq!(chosen.as_array().map(Vec::len), Some(1), "{chosen}");
    // It goes when one closes it, by key.
    page.press("button", "Shortcuts").await;
    page.press("menuitem", "Open form Sandbox Bot").await;
    page.until("document.querySelector('#modal[open]')").await;
    page.keys(&["Escape"]).await;
    page.until("!document.querySelector('#modal[open]')").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}

#[tokio::test]
async fn a_thread_is_beside_the_channel() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let page = stage.window(&browser, "ana").await;
    page.say("Who comes?").await;
    page.reads("Who comes?").await;
    // By key, from the message that has the focus.
    page.run("document.querySelector('#log .message [data-key=react]').focus()")
        .await;
    page.keys(&["t"]).await;
    page.until("document.activeElement.id === 'thread-text'")
        .await;
    page.write("/echo").await;
    page.keys(&["Enter"]).await;
    page.reads("/echo is not supported in threads.").await;
    page.run("document.getElementById('thread-text').select()")
        .await;
    page.write("I do").await;
    page.keys(&["Enter"]).await;
    page.reads("You said: I do").await;
    // What only one of them sees is no reply.
    page.reads("Repeated").await;
    page.until("document.getElementById('thread').innerText.includes('2 replies')")
        .await;
    page.picture("slack-thread").await;
    page.keys(&["Escape"]).await;
    page.until("document.getElementById('thread').hidden").await;
    // In the channel there is no reply, only that there are some.
    assert!(!page.text().await.contains("You said: I do"));
    page.reads("2 replies").await;
    page.press("button", "More actions").await;
    page.press("menuitem", "Repeat this Sandbox Bot").await;
    page.reads("Again: Who comes?").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}

#[tokio::test]
async fn failures_are_told_as_people_see_them() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let page = stage.window(&browser, "ana").await;
    page.say("/echo card").await;
    page.reads("A card").await;
    page.say("/echo nothing").await;
    page.reads("I stay silent").await;
    stage.sandbox.world().advance(Duration::seconds(3));
    page.reads("/echo failed with the error \"operation_timeout\"")
        .await;
    page.say("/none").await;
    page.reads("/none is not a valid command").await;
    stage.disconnect().await;
    page.reads("is not connected").await;
    page.say("/echo hello").await;
    page.reads("/echo failed with the error \"dispatch_failed\"")
        .await;
    page.press("button", "Press").await;
    page.reads("This failed with the error \"dispatch_failed\"")
        .await;
    page.picture("slack-failures").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}

#[tokio::test]
async fn the_app_has_a_home_and_messages() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let stage = Stage::open().await;
    let page = stage.window(&browser, "ana").await;
    assert!(page.has("link", "Discord").await, "the other page");
    page.press("link", "Sandbox Bot").await;
    page.press("tab", "Home").await;
    page.reads("Nothing here yet").await;
    page.picture("slack-home-empty").await;
    let view = serde_json::json!({ "type": "home", "blocks": [
        { "type": "section", "text": { "type": "mrkdwn", "text": "Welcome *home*" } },
    ] });
    let publish = serde_json::json!({ "user_id": stage.sandbox.person("ana").id(), "view": view });
    let token = chat_sandbox::slack::Options::default().bot_token;
    let request = reqwest::Client::new().post(format!("{}views.publish", stage.sandbox.api()));
    let answer = request.bearer_auth(token).json(&publish).send().await;
    assert_eq!(answer.expect("an answer").status(), 200);
    page.reads("Welcome home").await;
    page.press("tab", "Messages").await;
    page.reads_no_more("Welcome home").await;
    page.say("Hello").await;
    page.reads("Hello").await;
    // Somebody else has a conversation of their own.
    page.press("radio", "Ben").await;
    page.until("document.title.includes('Ben')").await;
    page.until("document.querySelector('#app:not([aria-busy])')")
        .await;
    page.reads_no_more("Hello").await;
    page.is_well();
    browser.close().await;
    stage.close().await;
}
