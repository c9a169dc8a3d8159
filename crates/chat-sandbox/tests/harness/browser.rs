//! A headless Chromium, driven as a person or a screen reader would: by roles, names, keys and what
//! there is to read. Every wait is for something to be there, and ends.

use std::future::Future;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Once, PoisonError};

use chromiumoxide::browser::{Browser as Chromium, BrowserConfig};
use chromiumoxide::cdp::browser_protocol::dom::{
    BackendNodeId, GetDocumentParams, ResolveNodeParams,
};
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetTimezoneOverrideParams,
    SetTouchEmulationEnabledParams,
};
use chromiumoxide::cdp::browser_protocol::input::InsertTextParams;
use chromiumoxide::cdp::browser_protocol::log::{EventEntryAdded, LogEntryLevel};
use chromiumoxide::cdp::browser_protocol::target::{
    CreateBrowserContextParams, CreateTargetParams,
};
use chromiumoxide::cdp::js_protocol::runtime::{
    CallFunctionOnParams, EvaluateParams, EventExceptionThrown,
};
use chromiumoxide::layout::Point;
use chromiumoxide::page::ScreenshotParams;
use chromiumoxide::{Command, Method};
use futures_util::StreamExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::PATIENCE;

/// Where screenshots go, when somebody wants to look at them.
const SCREENSHOTS: &str = "SANDBOX_SCREENSHOTS";

/// Tells whoever runs the tests something, also when they pass.
pub fn tell(line: &str) {
    // Not `println!`, which is shown for tests that fail only.
    writeln!(std::io::stderr(), "{line}").expect("standard error is open");
}

/// A running Chromium, with a profile of its own.
pub struct Browser {
    chromium: Chromium,
    handler: JoinHandle<()>,
    _profile: TempDir,
}

impl Browser {
    /// Starts the Chromium of the path. Without one it says so, once, and there is nothing to test.
    pub async fn open() -> Option<Self> {
        static TOLD: Once = Once::new();
        let Some(executable) = on_path("chromium") else {
            TOLD.call_once(|| {
                tell("There is no `chromium` on the path: the tests of the page are skipped.")
            });
            return None;
        };
        let profile = TempDir::new().expect("a folder");
        let config = BrowserConfig::builder()
            .chrome_executable(executable)
            .user_data_dir(profile.path())
            // Root has no sandbox there, and nothing but our own page is loaded.
            .no_sandbox()
            .new_headless_mode()
            .viewport(None)
            .launch_timeout(PATIENCE)
            .build()
            .expect("a configuration");
        let (chromium, mut events) = Chromium::launch(config).await.expect("Chromium starts");
        // Errors are events that are newer than the library, which no test is about.
        let handler = tokio::spawn(async move { while events.next().await.is_some() {} });
        Some(Self {
            chromium,
            handler,
            _profile: profile,
        })
    }

    /// Opens a window that shares nothing with the others, on a screen of 1280 by 860.
    pub async fn window(&self, url: &str) -> Window {
        let context = CreateBrowserContextParams::default();
        let context = self
            .chromium
            .create_browser_context(context)
            .await
            .expect("a context");
        let blank = CreateTargetParams::builder()
            .url("about:blank")
            .browser_context_id(context);
        let page = self
            .chromium
            .new_page(blank.build().expect("a page"))
            .await
            .expect("a page");
        let faults = Arc::default();
        listen(&page, &faults).await;
        let window = Window { page, faults };
        window.screen(1280, 860, false).await;
        window.theme("light").await;
        window.go(url).await;
        window
    }

    /// Ends it.
    pub async fn close(mut self) {
        self.chromium.close().await.expect("Chromium closes");
        self.chromium.wait().await.expect("Chromium ends");
        self.handler.abort();
    }
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let files = std::env::split_paths(&path).map(|folder| folder.join(name));
    files.into_iter().find(|file| file.is_file())
}

type Faults = Arc<Mutex<Vec<String>>>;

/// Notes uncaught exceptions, and what the browser itself calls an error: scripts and styles that the
/// page's policy refused, files that are not there.
async fn listen(page: &chromiumoxide::Page, faults: &Faults) {
    let note = |faults: &Faults, fault: String| {
        faults
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(fault);
    };
    let mut thrown = page
        .event_listener::<EventExceptionThrown>()
        .await
        .expect("events");
    let mut logged = page
        .event_listener::<EventEntryAdded>()
        .await
        .expect("events");
    let faults = Arc::clone(faults);
    tokio::spawn(async move {
        loop {
            tokio::select! {
                Some(event) = thrown.next() => note(&faults, format!("{:?}", event.exception_details)),
                Some(event) = logged.next() => {
                    if event.entry.level == LogEntryLevel::Error {
                        note(&faults, format!("{} {:?}", event.entry.text, event.entry.url));
                    }
                }
                else => break,
            }
        }
    });
}

/// A page as one person has it open.
pub struct Window {
    page: chromiumoxide::Page,
    faults: Faults,
}

impl Window {
    /// Loads an address.
    pub async fn go(&self, url: &str) {
        self.page.goto(url).await.expect("it loads");
    }

    /// Loads the same page again.
    pub async fn reload(&self) {
        self.page.reload().await.expect("it loads");
    }

    /// The size of the screen in CSS pixels, and whether it is a touch screen.
    pub async fn screen(&self, width: i64, height: i64, touch: bool) {
        let metrics = SetDeviceMetricsOverrideParams::new(width, height, 1.0, touch);
        self.page.execute(metrics).await.expect("a screen");
        let touch = SetTouchEmulationEnabledParams::new(touch);
        self.page.execute(touch).await.expect("a screen");
    }

    /// The reader's time zone, by its IANA name.
    pub async fn zone(&self, zone: &str) {
        let zone = SetTimezoneOverrideParams::new(zone);
        self.page.emulate_timezone(zone).await.expect("a zone");
    }

    /// What the reader's system prefers: `light` or `dark`; and no motion.
    pub async fn theme(&self, theme: &str) {
        let feature = |name: &str, value: &str| MediaFeature::new(name, value);
        let features = vec![
            feature("prefers-color-scheme", theme),
            feature("prefers-reduced-motion", "reduce"),
        ];
        self.page
            .emulate_media_features(features)
            .await
            .expect("a theme");
    }

    /// What an expression of JavaScript is, after awaiting it.
    pub async fn value<T: DeserializeOwned>(&self, expression: &str) -> T {
        let evaluate = EvaluateParams::builder()
            .expression(expression)
            .await_promise(true)
            .return_by_value(true)
            .build()
            .expect("an expression");
        let value = self.page.evaluate(evaluate).await;
        let value = value.unwrap_or_else(|why| panic!("{expression}: {why}"));
        value
            .into_value()
            .unwrap_or_else(|why| panic!("{expression}: {why}"))
    }

    /// Runs JavaScript, for what nobody can do by hand.
    pub async fn run(&self, script: &str) {
        let _: bool = self.value(&format!("{{ {script}; true }}")).await;
    }

    /// Waits until an expression of JavaScript holds, looking once a frame.
    pub async fn until(&self, expression: &str) {
        let look = format!(
            "new Promise((done) => {{ const look = () => ({expression}) ? done(true) : \
             requestAnimationFrame(look); look(); }})"
        );
        self.soon(expression, self.value::<bool>(&look)).await;
    }

    /// All there is to read now.
    pub async fn text(&self) -> String {
        self.value("document.body.innerText").await
    }

    /// Waits until a text can be read.
    pub async fn reads(&self, text: &str) {
        self.until(&format!(
            "document.body.innerText.includes({})",
            quoted(text)
        ))
        .await;
    }

    /// Waits until a text can't be read.
    pub async fn reads_no_more(&self, text: &str) {
        self.until(&format!(
            "!document.body.innerText.includes({})",
            quoted(text)
        ))
        .await;
    }

    /// Clicks the last element of a role with an accessible name, once it is there.
    pub async fn press(&self, role: &str, name: &str) {
        let found = async {
            loop {
                if let Some(node) = self.find(role, name).await
                    && let Some(point) = self.at(node).await
                {
                    self.page.click(point).await.expect("a click");
                    return;
                }
                self.frame().await;
            }
        };
        self.soon(&format!("{role} {name:?}"), found).await;
    }

    /// Whether there is an element of a role with an accessible name.
    pub async fn has(&self, role: &str, name: &str) -> bool {
        self.find(role, name).await.is_some()
    }

    /// Types a text where the focus is.
    pub async fn write(&self, text: &str) {
        let insert = InsertTextParams::new(text);
        self.page.execute(insert).await.expect("typed");
    }

    /// Presses keys one after another, such as `ArrowDown` and `a`, where the focus is.
    pub async fn keys(&self, keys: &[&str]) {
        let body = self.page.find_element("body").await.expect("a body");
        for key in keys {
            body.press_key(key).await.expect("a key");
        }
    }

    /// Writes into the message box, in place of what is there, and sends it.
    pub async fn say(&self, text: &str) {
        self.until("document.querySelector('#app:not([aria-busy])')")
            .await;
        self.run("const box = document.getElementById('composer-text'); box.focus(); box.select()")
            .await;
        self.write(text).await;
        self.keys(&["Enter"]).await;
    }

    /// Keeps a picture of the window, if somebody wants to look at it.
    pub async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os(SCREENSHOTS) else {
            return;
        };
        self.frame().await;
        let file = PathBuf::from(folder).join(format!("{name}.png"));
        let parameters = ScreenshotParams::builder().build();
        self.page
            .save_screenshot(parameters, file)
            .await
            .expect("a picture");
    }

    /// What went wrong in it so far, which is nothing in a page that is well.
    pub fn faults(&self) -> Vec<String> {
        self.faults
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Fails if anything went wrong in it.
    pub fn is_well(&self) {
        assert!(
            self.faults().is_empty(),
            "the browser saw: {:#?}",
            self.faults()
        );
    }

    async fn soon<T>(&self, what: &str, awaited: impl Future<Output = T>) -> T {
        if let Ok(done) = timeout(PATIENCE, awaited).await {
            return done;
        }
        self.picture("never-came").await;
        let (faults, text) = (self.faults(), self.text().await);
        panic!("never came: {what}\nthe browser saw: {faults:#?}\nthere is:\n{text}");
    }

    async fn frame(&self) {
        let _: bool = self
            .value("new Promise((done) => requestAnimationFrame(() => done(true)))")
            .await;
    }

    async fn find(&self, role: &str, name: &str) -> Option<BackendNodeId> {
        let document = self.page.execute(GetDocumentParams::default()).await.ok()?;
        let root = document.root.backend_node_id;
        let query = AccessibleNodes {
            backend_node_id: root,
            role: role.to_owned(),
        };
        let found = self.page.execute(query).await.ok()?;
        let nodes = found.result["nodes"].as_array()?;
        let named = nodes.iter().rev().find(|node| {
            let known = node["name"]["value"].as_str().unwrap_or_default();
            node["ignored"] != true && known.trim() == name
        });
        Some(BackendNodeId::new(named?["backendDOMNodeId"].as_i64()?))
    }

    /// The middle of an element that stands still and is not covered.
    async fn at(&self, node: BackendNodeId) -> Option<Point> {
        const MIDDLE: &str = "async function () {
            this.scrollIntoView({ block: 'nearest' });
            const frame = () => new Promise((done) => requestAnimationFrame(done));
            const box = () => this.getBoundingClientRect();
            const before = box();
            await frame();
            const after = box();
            const [x, y] = [after.x + after.width / 2, after.y + after.height / 2];
            const still = before.x === after.x && before.y === after.y;
            const top = document.elementFromPoint(x, y);
            return still && top && (this.contains(top) || top.contains(this)) ? [x, y] : null;
        }";
        let resolve = ResolveNodeParams::builder().backend_node_id(node).build();
        let object = self
            .page
            .execute(resolve)
            .await
            .ok()?
            .result
            .object
            .object_id?;
        let call = CallFunctionOnParams::builder()
            .function_declaration(MIDDLE)
            .object_id(object)
            .await_promise(true)
            .return_by_value(true)
            .build()
            .expect("a call");
        let value = self.page.execute(call).await.ok()?.result.result.value?;
        Some(Point::new(value.get(0)?.as_f64()?, value.get(1)?.as_f64()?))
    }
}

/// `Accessibility.queryAXTree`, of whose answer only a part matters: Chromium adds properties that the
/// library does not know.
#[derive(Clone, Debug, Serialize)]
struct AccessibleNodes {
    #[serde(rename = "backendNodeId")]
    backend_node_id: BackendNodeId,
    role: String,
}

impl Method for AccessibleNodes {
    fn identifier(&self) -> chromiumoxide::types::MethodId {
        "Accessibility.queryAXTree".into()
    }
}

impl Command for AccessibleNodes {
    type Response = Value;
}

/// A text as an expression of JavaScript.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
