//! Numbers of the same value, written otherwise: `1.0` and `1`, `0.50` and `0.5`.

use super::numbers::of_same_value;
use super::tokens::{Kind, Token};

/// The parts with each number as short as its value can be written: `1` for `1.0`. A number that may be thousands has
/// several values, and after a name it is a version: `3.10` is not `3.1` there.
pub fn of_values(tokens: &[Token]) -> Vec<Token> {
    let mut out = tokens.to_vec();
    for nth in 0..out.len() {
        let version = match nth.checked_sub(1).map(|before| &tokens[before].kind) {
            Some(Kind::Word(_)) => true,
            Some(Kind::Sign(sign)) => sign.contains('/'),
            Some(Kind::Pause(pause)) => tokens[nth].glued && *pause == '/',
            _ => false,
        };
        if let Kind::Number(meant) = &mut out[nth].kind
            && let [number] = &meant[..]
            && let Some(shorter) = of_same_value(number)
            && !version
        {
            *meant = vec![shorter];
        }
    }
    out
}
