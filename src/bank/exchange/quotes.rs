//! Quotation marks around cells: one that is never closed swallows everything after it.

/// The line of the first cell whose opening quotation mark isn't closed at the cell's end.
pub fn unbalanced(text: &str, separator: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut line, mut begins) = (0, 1, true);
    while let Some(byte) = bytes.get(at) {
        if *byte == b'"' && begins {
            let Some(length) = quoted(&bytes[at..], separator) else {
                return Some(line);
            };
            line += bytes[at..at + length]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            at += length;
            begins = false;
            continue;
        }
        line += usize::from(*byte == b'\n');
        begins = matches!(*byte, b'\n' | b'\r') || *byte == separator;
        at += 1;
    }
    None
}

/// The length of a cell that begins with a quotation mark, including the closing mark. Two marks inside stand for one.
fn quoted(cell: &[u8], separator: u8) -> Option<usize> {
    let mut at = 1;
    loop {
        at += cell.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        if cell.get(at) == Some(&b'"') {
            at += 1;
            continue;
        }
        let mut after = cell[at..].iter().skip_while(|byte| **byte == b' ');
        let ends = after
            .next()
            .is_none_or(|byte| matches!(byte, b'\n' | b'\r') || *byte == separator);
        return ends.then_some(at);
    }
}

#[cfg(test)]
mod tests {
    use super::unbalanced;

    #[test]
    fn an_open_quotation_mark_is_found_with_its_line() {
        for (text, line) in [
            ("a,b\n\"c\",\"d\"\"e\nf\"\n", None),
            ("a 19\" rack,b\n", None),
            ("a,\"b\" \n", None),
            ("\"\",\"\"\"\"", None),
            ("a\n\"b\n\nc", Some(2)),
            ("a,\"b\nc\"\n\"d\"e,f\n", Some(3)),
            ("a\n\"b,c\nd,\"e\",f\n", Some(2)),
            ("\"", Some(1)),
        ] {
            assert_eq!(unbalanced(text, b','), line, "{text}");
        }
    }
}
