//! Folders of question files: what is read of them, and what can't be.

use tempfile::tempdir;

use super::*;

#[test]
fn a_directory_is_read_in_the_order_of_its_names() {
    let dir = tempdir().unwrap();
    for topic in ["queues", "caching", "api-design"] {
        let text = CACHING
            .replace("\"caching\"", &format!("\"{topic}\""))
            .replace("cache-stampede", &format!("{topic}-one"));
        fs::write(dir.path().join(topic).with_extension("toml"), text).unwrap();
    }
    fs::write(dir.path().join("README.md"), "Not TOML.").unwrap();
    fs::write(dir.path().join(".#caching.toml"), "An editor's.").unwrap();
    let bank = Bank::load(dir.path()).unwrap();
    let names: Vec<&str> = bank
        .topics()
        .iter()
        .map(|topic| topic.name.as_str())
        .collect();
    assert_eq!(names, ["api-design", "caching", "queues"]);
}

#[test]
fn a_name_that_ends_in_toml_in_capitals_is_a_question_files_too() {
    let dir = tempdir().unwrap();
    let renamed = |topic: &str| {
        CACHING
            .replace("\"caching\"", &format!("\"{topic}\""))
            .replace("cache-stampede", &format!("{topic}-one"))
    };
    fs::write(dir.path().join("caching.toml"), CACHING).unwrap();
    fs::write(dir.path().join("queues.Toml"), renamed("queues")).unwrap();
    let bank = Bank::load(dir.path()).unwrap();
    assert!(bank.topic("queues").is_some());
    fs::write(dir.path().join("SETS.TOML"), renamed("sets")).unwrap();
    let told = Bank::load(dir.path()).unwrap_err().to_string();
    assert!(
        told.contains("SETS.TOML:2:8: the topic is called `sets`, but its file `SETS.toml`"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_read_is_a_fault_like_others() {
    let dir = tempdir().unwrap();
    let faults = |dir: &Path| {
        let faults = Bank::load(dir).unwrap_err().to_string();
        faults.replace(dir.to_str().unwrap(), "questions")
    };
    assert_eq!(
        faults(dir.path()),
        "questions: there is no question file (*.toml) in it; name another directory with --questions"
    );
    fs::write(
        dir.path().join("caching.toml"),
        b"[topic]\nname = \"caf\xe9\"",
    )
    .unwrap();
    fs::write(dir.path().join("rust.toml"), "[topic").unwrap();
    assert_eq!(
        faults(dir.path()),
        "questions/caching.toml:2:12: this isn't UTF-8 from here on; it may be Windows-1252 or the like. Save the \
         file as UTF-8: in an editor, “Save as” with the encoding UTF-8\n\
         questions/rust.toml:1:7: unclosed table, expected `]`"
    );
    assert_eq!(
        faults(&dir.path().join("nowhere")),
        "questions: there is no such directory; name the one with the question files with --questions"
    );
}

#[test]
fn question_files_are_read_in_the_encoding_that_they_say() {
    let dir = tempdir().unwrap();
    let accented = CACHING.replace("Keeping answers close.", "Größer, näher.");
    let wide = |big: bool| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(accented.encode_utf16());
        let bytes = units.map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        });
        bytes.flatten().collect()
    };
    for bytes in [
        format!("\u{feff}{accented}").into_bytes(),
        wide(true),
        wide(false),
    ] {
        fs::write(dir.path().join("caching.toml"), bytes).unwrap();
        let bank = Bank::load(dir.path()).expect("it is read");
        assert_eq!(bank.topics()[0].summary, "Größer, näher.");
    }
    fs::write(dir.path().join("caching.toml"), &wide(false)[2..]).unwrap();
    let told = Bank::load(dir.path()).unwrap_err().to_string();
    assert!(
        told.contains("caching.toml:1:2: this looks like broken UTF-16"),
        "{told}"
    );
}

#[test]
#[cfg(unix)]
fn what_is_no_file_or_too_large_is_told_of_and_not_read() {
    let dir = tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let made = std::process::Command::new("mkfifo")
        .arg(path("pipe.toml"))
        .status();
    assert!(made.expect("there is `mkfifo`").success());
    std::os::unix::fs::symlink("/dev/zero", path("zero.toml")).unwrap();
    fs::create_dir(path("folder.toml")).unwrap();
    // Sparse: it takes no space.
    fs::File::create(path("huge.toml"))
        .unwrap()
        .set_len(FILE + 1)
        .unwrap();
    fs::write(path("caching.toml"), CACHING).unwrap();

    let told = Bank::load(dir.path()).unwrap_err().to_string();

    for name in ["pipe.toml", "zero.toml", "folder.toml"] {
        assert!(
            told.contains(&format!("{name}: is not a regular file")),
            "{told}"
        );
    }
    assert!(
        told.contains("huge.toml: is larger than 16 MiB; make several"),
        "{told}"
    );
    assert_eq!(told.lines().count(), 4, "{told}");
}

#[test]
fn all_files_together_are_bounded() {
    let dir = tempdir().unwrap();
    for name in ["a.toml", "b.toml"] {
        fs::write(dir.path().join(name), CACHING).unwrap();
    }
    let length = CACHING.len() as u64;
    let (files, faults) = read_within(dir.path(), 2 * length);
    assert_eq!((files.len(), faults.len()), (2, 0));
    let (files, faults) = read_within(dir.path(), 2 * length - 1);
    assert_eq!(files.len(), 1);
    let told = faults[0].to_string();
    assert!(
        told.contains("b.toml: is not read") && told.contains("64 MiB together"),
        "{told}"
    );
}
