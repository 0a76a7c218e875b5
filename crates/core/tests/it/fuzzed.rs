//! Every file of the fuzz corpus, by the assertions of the fuzz target itself: what a fuzzer once
//! found is tried again with every build, also where no fuzzer runs.
#![allow(clippy::disallowed_methods)] // a test may read the corpus

#[path = "../../../../fuzz/judge.rs"]
mod judge;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/read");

#[test]
fn every_file_of_the_corpus_is_read_without_a_panic_and_with_findings_that_can_be_shown() {
    let mut played = 0;
    for entry in std::fs::read_dir(CORPUS).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let result = std::panic::catch_unwind(|| judge::judge(&bytes));
        assert!(result.is_ok(), "{}", path.display());
        played += 1;
    }
    assert!(played >= 30, "{played}");
}
