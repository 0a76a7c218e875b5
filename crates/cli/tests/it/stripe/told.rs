//! Every file of the fuzz corpus of events, by the assertions of the fuzz target itself; and the same with
//! letters changed by chance.

#[path = "../../../../../fuzz/told.rs"]
mod judge;

use std::fs;

#[test]
fn every_file_of_the_corpus_and_what_comes_of_it_by_chance_is_read_without_a_panic() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/stripe");
    let mut dice = 1_u64;
    let mut played = 0;
    for entry in fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        judge::told(&bytes);
        for _ in 0..200 {
            let mut changed = bytes.clone();
            for _ in 0..3 {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = usize::try_from(dice >> 33).unwrap() % changed.len();
                changed[at] = b"0919\"{}[],:eE-n"[usize::try_from(dice >> 20).unwrap() % 15];
            }
            judge::told(&changed);
        }
        played += 1;
    }
    assert!(played >= 20, "{played}");
}
