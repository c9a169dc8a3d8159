//! What names one option, and what may name another.

use super::*;

fn told<'a>(value: &'a str, options: &[&'a str]) -> Told<'a> {
    Told {
        line: 2,
        prompt: "Which?",
        value,
        options: options.to_vec(),
        names: &[],
    }
}

fn counts(from: Option<usize>) -> Counting {
    Counting { from, said: false }
}

fn from(values: &[(&str, &[&str])], known: Option<usize>) -> Result<Option<usize>, String> {
    let rows: Vec<Told<'_>> = values
        .iter()
        .map(|(value, options)| told(value, options))
        .collect();
    let counting = counts_from("correct", &rows, known);
    counting
        .map(|counting| counting.from)
        .map_err(|error| error.to_string())
}

const FOUR: &[&str] = &["80", "443", "22", "25"];

#[test]
fn a_column_says_from_what_it_counts_or_is_refused() {
    assert_eq!(
        from(&[("1", FOUR), ("0", FOUR), ("2", FOUR)], None),
        Ok(Some(0))
    );
    assert_eq!(from(&[("1", FOUR), ("4", FOUR)], None), Ok(Some(1)));
    assert_eq!(from(&[("1", FOUR), ("4.0", FOUR)], None), Ok(Some(1)));
    // Options that are missing at the end don't count.
    assert_eq!(from(&[("2", &["a1", "b1", "", ""])], None), Ok(Some(1)));
    // Numbers that are options' texts say nothing.
    assert_eq!(from(&[("4", &["3", "4", "5"])], None), Ok(None));
    assert_eq!(
        from(&[("0", &["0", "1", "2"]), ("B", FOUR)], None),
        Ok(None)
    );
    let either = from(&[("1", FOUR), ("2", FOUR)], None).expect_err("it may be either");
    for said in [
        "line 2",
        "from 0",
        "“443”",
        "from 1",
        "“80”",
        "--correct-from",
    ] {
        assert!(either.contains(said), "{said} is not in {either}");
    }
    assert_eq!(from(&[("1", FOUR)], Some(0)), Ok(Some(0)));
    assert_eq!(from(&[("1", FOUR)], Some(1)), Ok(Some(1)));
    assert!(from(&[("0", FOUR), ("4", FOUR)], None).is_err());
}

#[test]
fn one_option_is_named_or_none() {
    let names: &[&str] = &["GET", "PUT", "POST"];
    for (value, right) in [
        ("A", 0),
        ("b", 1),
        ("(c)", 2),
        ("C.", 2),
        ("1", 0),
        ("3.0", 2),
        ("option b", 1),
        ("Option_C", 2),
        ("choice 2", 1),
        ("PUT", 1),
        ("post", 2),
        ("B) PUT", 1),
        ("2. PUT", 1),
        ("c: post", 2),
        ("#2", 1),
    ] {
        assert_eq!(
            told(value, names).right(counts(Some(1))),
            Ok(right),
            "{value}"
        );
    }
    for (value, said) in [
        ("D", "isn't an option's letter"),
        ("0", "isn't an option's letter"),
        ("4", "isn't an option's letter"),
        ("", "nothing says"),
        ("A) PUT", "may be"),
        ("A,C", "several"),
        ("a and b", "several"),
        ("1;2", "several"),
        ("all of the above", "isn't an option's letter"),
        ("99999999999999999999999", "isn't an option's letter"),
        ("-1", "isn't an option"),
    ] {
        let why = told(value, names)
            .right(counts(Some(1)))
            .expect_err(value)
            .to_string();
        assert!(why.contains(said), "{value}: {why}");
    }
}

#[test]
fn a_letter_or_number_that_is_another_options_text_marks_none() {
    let why = told("C", &["C++", "C", "Java", "Rust"])
        .right(counts(None))
        .expect_err("either")
        .to_string();
    assert!(
        why.contains("the text of “C” or the letter of “Java”"),
        "{why}"
    );
    let why = told("4", &["3", "8", "4", "2"])
        .right(counts(None))
        .expect_err("either")
        .to_string();
    assert!(
        why.contains("the text of “4” or the number of “2”"),
        "{why}"
    );
    assert!(
        told("c", &["C++", "C", "Java"])
            .right(counts(None))
            .is_err()
    );
    assert!(
        told("2", &["1", "2", "3"]).right(counts(None)).is_err(),
        "from 0 it is the third"
    );
    // Where they agree there is nothing to ask.
    assert_eq!(told("B", &["A", "B", "C"]).right(counts(None)), Ok(1));
    assert_eq!(told("2", &["1", "2", "3"]).right(counts(Some(1))), Ok(1));
    assert_eq!(told("3", &["1", "2", "3"]).right(counts(None)), Ok(2));
}

#[test]
fn a_columns_name_is_no_number() {
    for (names, value, right) in [
        (["option1", "option2", "option3"], "Option 2", Ok(1)),
        (["option_0", "option_1", "option_2"], "option_1", Ok(1)),
        (["1", "2", "3"], "2", Ok(1)),
        (["Answer 1", "Answer 2", "Answer 3"], "Answer 3", Ok(2)),
    ] {
        let told = Told {
            names: &names,
            ..told(value, &["GET", "PUT", "POST"])
        };
        assert_eq!(told.right(counts(None)), right, "{value}");
        let counting = counts_from("correct", &[told], None);
        assert_eq!(counting.expect("it is named"), counts(None));
    }
    let names = ["a", "b", "c"];
    let other = Told {
        names: &names,
        ..told("a", &["b", "c", "a"])
    };
    assert!(other.right(counts(None)).is_err());
}

#[test]
fn labels_in_options_that_are_elsewhere_mark_none() {
    let mixed: &[&str] = &["B) PUT", "A) GET", "C) POST"];
    for value in ["A", "b"] {
        let why = told(value, mixed)
            .right(counts(None))
            .expect_err(value)
            .to_string();
        assert!(why.contains("the label in"), "{why}");
    }
    assert_eq!(told("C", mixed).right(counts(None)), Ok(2));
    assert_eq!(told("A) GET", mixed).right(counts(None)), Ok(1));
    // A decimal point makes no label.
    let sizes: &[&str] = &["0.5 ms", "2.5 ms", "5 ms"];
    assert_eq!(told("3", sizes).right(counts(Some(1))), Ok(2));
    assert_eq!(told("1", sizes).right(counts(Some(1))), Ok(0));
}

#[test]
fn one_and_zero_that_may_say_whether_it_is_so_mark_none() {
    let so: &[&str] = &["True", "False"];
    for value in ["0", "1"] {
        let why = told(value, so)
            .right(counts(Some(0)))
            .expect_err(value)
            .to_string();
        assert!(why.contains("the truth of"), "{why}");
    }
    assert_eq!(told("0", &["no", "yes"]).right(counts(Some(0))), Ok(0));
    let said = Counting {
        from: Some(0),
        said: true,
    };
    assert_eq!(told("0", so).right(said), Ok(0));
    let rows = [told("1", so), told("2", so)];
    let counting = counts_from("correct", &rows, None).expect("2 says so");
    assert_eq!(rows[0].right(counting), Ok(0));
}
