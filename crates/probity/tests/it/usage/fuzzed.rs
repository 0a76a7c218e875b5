//! Every file of the fuzz corpus of answers, by the assertions of the fuzz target itself; and the
//! fixtures, which are the first of them.
#![allow(clippy::disallowed_methods)] // a test may read the corpus

#[path = "../../../../../fuzz/heard.rs"]
mod heard;

use super::fixtures::all;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/answer");

#[test]
fn every_file_of_the_corpus_is_read_as_one_and_in_pieces() {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(CORPUS).unwrap();
        for (fixture, n) in all().iter().zip(0_usize..) {
            let strip = if n % 2 == 0 { "strip" } else { "" };
            let size = 1 + n % 23;
            let how = format!(
                "{} {} - {size} {strip}",
                fixture.protocol.word(),
                fixture.kind.replace(' ', "")
            );
            let name = fixture.name.replace(',', "").replace(' ', "_").replace(['[', ']'], "");
            let file = std::path::Path::new(CORPUS).join(name);
            std::fs::write(file, format!("{how}\n{}", fixture.body)).unwrap();
        }
    }
    let mut played = 0;
    for entry in std::fs::read_dir(CORPUS).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let result = std::panic::catch_unwind(|| heard::heard(&bytes));
        assert!(result.is_ok(), "{}", path.display());
        played += 1;
    }
    assert!(played >= 40, "{played}");
}
