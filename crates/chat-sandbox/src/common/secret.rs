//! Secrets of the addresses of files and of people.

/// A text that nobody guesses.
pub fn secret() -> String {
    format!("{:032x}", rand::random::<u128>())
}
