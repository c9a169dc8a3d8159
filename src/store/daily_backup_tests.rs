use super::*;
use tempfile::TempDir;

#[tokio::test]
async fn daily_backups_are_pruned_and_other_files_are_not_touched() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path().join("greenroom.db")).expect("a new one");
    let backups = folder.path().join("backups");
    fs::create_dir(&backups).expect("made");
    let others = ["greenroom.db", "greenroom-old.db", "notes.txt"];
    for name in others
        .into_iter()
        .chain([".greenroom-2026-03-01.db.Xy12.partial"])
    {
        fs::write(backups.join(name), "").expect("written");
    }
    let two = NonZeroUsize::MIN.saturating_add(1);
    let mut made = Vec::new();
    for day in [1, 2, 2, 3] {
        let date = NaiveDate::from_ymd_opt(2026, 3, day).expect("a date");
        let daily = store.back_up_daily(backups.clone(), date, two).await;
        made.push(daily.expect("made").is_some());
    }
    assert_eq!(made, [true, true, false, true]);
    let files = fs::read_dir(&backups).expect("listed");
    let names = files.map(|file| file.expect("a file").file_name());
    let mut names: Vec<_> = names
        .map(|name| name.into_string().expect("text"))
        .collect();
    names.sort();
    let dailies = ["greenroom-2026-03-02.db", "greenroom-2026-03-03.db"];
    let mut expected: Vec<&str> = others.into_iter().chain(dailies).collect();
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn backups_of_a_clock_that_was_ahead_take_no_place() {
    let folder = TempDir::new().expect("a folder");
    let store = Store::open(folder.path().join("greenroom.db")).expect("a new one");
    let backups = folder.path().join("backups");
    let two = NonZeroUsize::MIN.saturating_add(1);
    for (year, day) in [
        (2027, 7),
        (2027, 8),
        (2027, 9),
        (2026, 1),
        (2026, 2),
        (2026, 3),
    ] {
        let date = NaiveDate::from_ymd_opt(year, 3, day).expect("a date");
        let daily = store.back_up_daily(backups.clone(), date, two).await;
        assert!(
            daily.expect("made").is_some_and(|file| file.exists()),
            "{date}"
        );
    }
    let files = fs::read_dir(&backups).expect("listed");
    let names = files.map(|file| file.expect("a file").file_name());
    let mut names: Vec<_> = names
        .map(|name| name.into_string().expect("text"))
        .collect();
    names.sort();
    let kept = ["2026-03-02", "2026-03-03", "2027-03-08", "2027-03-09"];
    assert_eq!(names, kept.map(|date| format!("greenroom-{date}.db")));
}
