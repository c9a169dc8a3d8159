//! An error in words.

use std::error::Error;

/// An error with what caused it, each said once: some say what caused them themselves.
pub fn chain(error: &dyn Error) -> String {
    let (mut told, mut next) = (error.to_string(), error.source());
    while let Some(cause) = next {
        let says = cause.to_string();
        if !told.contains(&says) {
            told = format!("{told}: {says}");
        }
        next = cause.source();
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_error_says_itself_is_not_said_again() {
        #[derive(Debug, thiserror::Error)]
        #[error("the request failed: {0}")]
        struct Failed(#[source] std::num::ParseIntError);
        let cause = "x".parse::<u8>().expect_err("no number");
        let error = anyhow::Error::new(Failed(cause)).context("reading the list");
        assert_eq!(
            chain(error.as_ref()),
            "reading the list: the request failed: invalid digit found in string"
        );
    }
}
