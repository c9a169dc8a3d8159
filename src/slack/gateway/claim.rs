//! What a request says of itself before its body is read: that Slack signed it, and when.
//! <https://docs.slack.dev/authentication/verifying-requests-from-slack>

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

/// How old a request may be in seconds, so that one that was overheard can't be sent again later.
const OLDEST: i64 = 300;
/// The bytes of a signature.
const SIGNED: usize = 32;

/// When a request was signed, and the signature, which may be anybody's.
pub(super) struct Claim {
    stamp: String,
    signature: [u8; SIGNED],
}

impl Claim {
    /// Reads one; nothing where the body needn't be read: it is missing, broken or too old.
    pub(super) fn read(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Self> {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        let stamp = text("x-slack-request-timestamp")?;
        let age = now.timestamp().checked_sub(stamp.parse().ok()?)?;
        let signature = from_hex(text("x-slack-signature")?.strip_prefix("v0=")?)?;
        let stamp = stamp.to_owned();
        (age.checked_abs()? <= OLDEST).then_some(Self { stamp, signature })
    }

    /// Whether that secret signed a body.
    pub(super) fn is_signed_with(&self, secret: &SecretString, body: &[u8]) -> bool {
        let mut mac = keyed(secret);
        for part in [b"v0:", self.stamp.as_bytes(), b":", body] {
            mac.update(part);
        }
        // Takes as long however much of it is right.
        mac.verify_slice(&self.signature).is_ok()
    }
}

pub(super) fn keyed(secret: &SecretString) -> Hmac<Sha256> {
    let key = secret.expose_secret().as_bytes();
    Hmac::new_from_slice(key).unwrap_or_else(|_| unreachable!("keys may have any length"))
}

/// Bytes written as two digits each.
fn from_hex(text: &str) -> Option<[u8; SIGNED]> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len() == 2 * SIGNED)?;
    let bytes: Vec<u8> = digits.chunks(2).map(|two| two[0] << 4 | two[1]).collect();
    bytes.try_into().ok()
}
