//! How many characters a text may have, in words.

/// "1 to 200 characters", and "at most 200 characters" where it may be empty.
pub(crate) fn lengths(least: u64, most: u64) -> String {
    match least {
        0 => format!("at most {most} characters"),
        least => format!("{least} to {most} characters"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_empty_has_no_lower_end() {
        assert_eq!(lengths(0, 200), "at most 200 characters");
        assert_eq!(lengths(1, 200), "1 to 200 characters");
    }
}
