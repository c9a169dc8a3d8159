//! APIs that are asked over HTTP, with bounds: whatever answers, and whatever it says, little of it is kept.
//!
//! - `waits`: how long to wait after a 429.
//! - `proxy`: the one that the environment names.

mod proxy;
mod waits;

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Response, redirect};
use tokio::sync::Semaphore;

pub use self::proxy::to_check;
pub use self::waits::{Routes, believed, pause, seconds};
use crate::told::chain;

/// Bodies up to here are kept without a turn, in bytes.
const SHORT: usize = 64 << 10;

/// A client for the API at an address, which is told what it is called by. No call takes longer than `time`.
///
/// # Errors
/// When there can be none on this machine.
pub fn client(address: &str, agent: &str, time: Duration) -> reqwest::Result<Client> {
    let builder = match proxy::is_loopback(address) {
        true => Client::builder().no_proxy(),
        false => Client::builder(),
    };
    builder
        .timeout(time)
        .user_agent(agent)
        // APIs have none; a network's pages to log in have, and are not to see the token.
        .redirect(redirect::Policy::none())
        .build()
}

/// The whole body, as far as it is no longer than so many bytes.
///
/// # Errors
/// When it is longer or breaks off, in words.
pub async fn body(response: &mut Response, most: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(told)? {
        if body.len() + chunk.len() > most {
            return Err(format!("the answer is longer than {} KiB", most >> 10));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The same, of many at a time: what is longer than most are waits for its turn, so that not all of them are kept in
/// memory, and who sends by the byte holds up nobody.
///
/// # Errors
/// As for [`body`].
pub async fn body_in_turn(
    response: &mut Response,
    most: usize,
    turns: &Semaphore,
) -> Result<Vec<u8>, String> {
    let (mut body, mut turn) = (Vec::new(), None);
    while let Some(chunk) = response.chunk().await.map_err(told)? {
        let length = body.len() + chunk.len();
        if length > most {
            return Err(format!("the answer is longer than {} KiB", most >> 10));
        }
        if length > SHORT && turn.is_none() {
            // A semaphore of ours is never closed.
            turn = turns.acquire().await.ok();
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Whether a body is JSON.
pub fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.contains("json")))
}

/// An error without the address, which may hold a secret.
pub fn told(error: reqwest::Error) -> String {
    chain(&error.without_url())
}
