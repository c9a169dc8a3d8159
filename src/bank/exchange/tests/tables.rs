//! Tables that were taken over wrong without a word.

use super::*;

#[test]
fn numbers_of_right_options_count_from_where_the_column_says() {
    let ports = |rows: &str| format!("id,correct,question,a,b,c,d\n{rows}");
    let zero =
        ports("p-1,0,HTTP?,80,443,22,25\np-2,1,HTTPS?,80,443,22,25\np-3,2,SSH?,80,443,22,25\n");
    let read_zero = read(ImportFormat::Csv, &zero);
    assert_eq!(rights(&read_zero), ["80", "443", "22"]);
    assert_eq!(read_zero.skipped, []);

    let either = ports("p-1,1,HTTP?,80,443,22,25\np-2,2,HTTPS?,80,443,22,25\n");
    let why = refused(ImportFormat::Csv, &either);
    for said in [
        "line 2",
        "`correct`",
        "“443” if it counts from 0",
        "“80” if from 1",
        "--correct-from 0",
    ] {
        assert!(why.contains(said), "{said} is not in {why}");
    }
    for (from, right) in [(0, ["443", "22"]), (1, ["80", "443"])] {
        let wanted = Wanted {
            correct_from: Some(from),
            ..WANTED
        };
        let read = import(ImportFormat::Csv, &either, &wanted).expect("it is said");
        assert_eq!(rights(&read), right);
    }
    let both = ports("p-1,0,HTTP?,80,443,22,25\np-2,4,SMTP?,80,443,22,25\n");
    let why = refused(ImportFormat::Csv, &both);
    assert!(
        why.contains("line 2") && why.contains("4 in line 3"),
        "{why}"
    );
}

#[test]
fn what_may_be_a_letter_or_a_text_marks_nothing() {
    let table = "question,a,b,c,d,correct\nWhich language came first?,C++,C,Java,Rust,C\n\
                 How many bits are a nibble?,3,8,4,2,4\nWhich is red?,rose,sea,sky,sun,A\n\
                 Which two?,rose,sea,sky,sun,\"A,B\"\nWhich?,rose,sea,sky,sun,\n";
    let read = read(ImportFormat::Csv, table);
    assert_eq!(rights(&read), ["", "", "rose", "", ""]);
    let told = skipped(&read.skipped);
    for (at, said) in [
        "line 2: `C` may be the text of “C” or the letter of “Java”",
        "line 3: `4` may be the text of “4” or the number of “2”",
        "line 5: `A,B` names several options",
        "line 6: nothing says which option is right",
    ]
    .iter()
    .enumerate()
    {
        assert!(told[at].starts_with(said), "{told:#?}");
    }
    assert_eq!(told.len(), 4);
}

#[test]
fn widespread_columns_are_known() {
    let table = "question,option_a,option_b,option_c,correct_answer,explanation\nWhich verb is safe?,GET,PUT,POST,A,It reads.\n";
    let read_one = read(ImportFormat::Csv, table);
    assert_eq!(rights(&read_one), ["GET"]);
    assert_eq!(read_one.drafts[0].quizzes[0].options[0].why, "It reads.");
    assert_eq!(read_one.skipped, []);
    let table = "Question;Choice 1;Choice 2;Answer\nIs it so?;yes;no;no\n";
    assert_eq!(rights(&read(ImportFormat::Csv, table)), ["no"]);
    let table = "question,correct_answer,incorrect_answer_1,incorrect_answer_2,category\nSafe?,GET,PUT,POST,Web APIs\n";
    let read = read(ImportFormat::Csv, table);
    assert_eq!(rights(&read), ["GET"]);
    assert_eq!(read.drafts[0].quizzes[0].options.len(), 3);
    assert_eq!(read.drafts[0].tags, ["web-apis"]);
}

#[test]
fn statements_without_options_are_true_or_false() {
    let table = "question,a,b,c,correct,why\nIs TCP ordered?,,,,TRUE,\nIs UDP?,,,,False,\nWhich is safe?,GET,PUT,,A,\n\
                 And this?,,,,B,\n";
    let read_one = read(ImportFormat::Csv, table);
    assert_eq!(rights(&read_one), ["True", "False", "GET"]);
    assert_eq!(read_one.drafts[0].quizzes[0].options.len(), 2);
    let told = skipped(&read_one.skipped);
    assert!(
        told[1].starts_with("line 5: `B` is said to be right, but the row has no options"),
        "{told:#?}"
    );
    let table = "question,answer\nIs TCP ordered?,true\nWhat is TCP?,A protocol\n";
    assert_eq!(rights(&read(ImportFormat::Csv, table)), ["True"]);
    let table = "question,answer,wrong 1,wrong 2\nSafe?,GET,PUT,POST\n";
    assert_eq!(rights(&read(ImportFormat::Csv, table)), ["GET"]);
}

#[test]
fn one_and_zero_may_say_that_it_is_so() {
    let table = "question,a,b,correct\nIs TCP ordered?,True,False,1\nIs UDP?,True,False,0\n";
    let read_one = read(ImportFormat::Csv, table);
    assert_eq!(rights(&read_one), ["", ""]);
    assert!(
        skipped(&read_one.skipped)[1]
            .starts_with("line 3: `0` may be the number of “True” or the truth of “False”"),
        "{:#?}",
        read_one.skipped
    );
    let wanted = Wanted {
        correct_from: Some(0),
        ..WANTED
    };
    let read = import(ImportFormat::Csv, table, &wanted).expect("it is said");
    assert_eq!(rights(&read), ["False", "True"]);
}

#[test]
fn columns_of_options_are_named_by_their_names() {
    let table = "question,option1,option2,option3,correct\nSafe?,PUT,GET,POST,option2\nUnsafe?,PUT,GET,HEAD,Option 1\n";
    assert_eq!(rights(&read(ImportFormat::Csv, table)), ["GET", "PUT"]);
    let table = "prompt,option_a,option_b,option_c,right\nSafe?,PUT,GET,POST,1\n";
    assert!(refused(ImportFormat::Csv, table).contains("--correct-from"));
}

#[test]
fn cells_may_be_parted_by_other_signs() {
    for table in [
        "question;a;b;c;correct\nWhich verb is safe?;GET;PUT, or not;POST;a\n",
        "question\ta\tb\tc\tcorrect\nWhich verb is safe?\tGET\tPUT, or not\tPOST\ta\n",
        "sep=;\r\nquestion;a;b;c;correct\r\nWhich verb is safe?;GET;\"PUT, or not\";POST;a\r\n",
        "sep=^\nquestion^a^b^c^correct\nWhich verb is safe?^GET^PUT, or not^POST^a\n",
    ] {
        let read = read(ImportFormat::Csv, table);
        assert_eq!(rights(&read), ["GET"], "{table}");
        assert_eq!(read.drafts[0].quizzes[0].options[1].text, "PUT, or not");
    }
    let why = refused(ImportFormat::Csv, "one,two\n1,2\n");
    assert!(why.contains("only: one, two"), "{why}");
    let why = refused(
        ImportFormat::Csv,
        "sep=;\nquestion;answer\n\"open;1\nnext;2\n",
    );
    assert!(why.starts_with("line 3: "), "{why}");
}

#[test]
fn a_row_of_too_many_cells_marks_none() {
    let table =
        "question,correct,a,b,c\nWhich, if any?,A,x,y,z\nWhich?,A,x,y,z,,\nGET, B,A,GET,z,POST\n";
    let read = read(ImportFormat::Csv, table);
    assert_eq!(rights(&read), ["", "x", ""]);
    let told = skipped(&read.skipped);
    assert!(
        told.iter()
            .any(|told| told.starts_with("line 4: 1 more cells than the header")),
        "{told:#?}"
    );
    assert!(
        !told.iter().any(|told| told.starts_with("line 3")),
        "{told:#?}"
    );
}
