//! What fuzzing has found, and where it begins, once more: each corpus through its target's function.

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;

#[test]
fn every_corpus_passes_its_target() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in targets::TARGETS {
        let files = fs::read_dir(corpora.join(name)).expect("a corpus");
        let mut seeds = 0;
        for file in files.map(|file| file.expect("an entry").path()) {
            println!("{}", file.display());
            target(&fs::read(file).expect("read"));
            seeds += 1;
        }
        assert!(seeds > 2, "{name} has {seeds} seeds");
    }
}
