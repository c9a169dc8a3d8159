//! Keeps what was said over HTTP, to be checked against Discord's specification.

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::Mutex;

use chat_sandbox::Sandbox;
use serde_json::json;

/// Names the file to which exchanges are appended, one line of JSON each.
const VARIABLE: &str = "SANDBOX_RECORD";

/// Tests run side by side, and each writes its lines together.
static WRITING: Mutex<()> = Mutex::new(());

/// Appends the HTTP exchanges of a sandbox to the file that `SANDBOX_RECORD` names, if it is set. Those
/// that a fault on demand left unanswered, or answered as Discord's proxies do, are left out.
pub fn record(sandbox: &Sandbox) {
    let Some(path) = std::env::var_os(VARIABLE) else {
        return;
    };
    let mut lines = String::new();
    for exchange in sandbox.world().requests() {
        if !(200..500).contains(&exchange.status) {
            continue;
        }
        let line = json!({
            "kind": "http",
            "method": exchange.method,
            "path": exchange.path,
            "request": exchange.request,
            "status": exchange.status,
            "response": exchange.response,
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    let _writing = WRITING.lock().expect("no test panicked while writing");
    let file = OpenOptions::new().create(true).append(true).open(path);
    let written = file.and_then(|mut file| file.write_all(lines.as_bytes()));
    written.unwrap_or_else(|why| panic!("{VARIABLE}: {why}"));
}
