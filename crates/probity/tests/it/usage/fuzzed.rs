//! Every file of the fuzz corpus of answers, by the assertions of the fuzz target itself; and the
//! fixtures, which are the first of them.
#![allow(clippy::disallowed_methods)] // a test may read the corpus

#[path = "../../../../../fuzz/heard.rs"]
mod heard;

use super::fixtures::all;
use probity::usage::Protocol;
use proptest::prelude::*;

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

/// A change made by chance: from where, how much is taken away, and what is put there.
type Change = (prop::sample::Index, usize, Vec<u8>);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let words: Vec<&[u8]> = vec![
        b"",
        b"\n",
        b"\n\n",
        b"\r",
        b"\"",
        b"\\",
        b"\\ud83e",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b"null",
        b"0",
        b"data: ",
        b"data: [DONE]\n\n",
        b"event: error\n",
        b"event: probity.outcome\n",
        b"\xF0\x9F",
        b"\"finish_reason\":\"stop\",",
        b"\"choices\":[],\"usage\":{},",
        b"\xEF\xBB\xBF",
        b"delivered",
        b"\"x\":[{",
        b"\"tool_calls\":{",
        b"\"error\":[",
    ];
    let word = prop::sample::select(words).prop_map(<[u8]>::to_vec);
    prop::collection::vec((any::<prop::sample::Index>(), 0_usize..20, word), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROBITY_TEST_ANSWERS").map_or(400, |n| n.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn fixtures_that_were_changed_by_chance_read_the_same_as_one_and_in_pieces(
        which in any::<prop::sample::Index>(),
        protocol in prop::sample::select(Protocol::ALL.to_vec()),
        keeps in any::<bool>(),
        strip in any::<bool>(),
        size in 1_usize..90,
        changes in changes(),
    ) {
        let fixtures = all();
        let fixture = which.get(&fixtures);
        let protocol = if keeps { fixture.protocol } else { protocol };
        let strip = if strip { "strip" } else { "" };
        let line = format!("{} {} - {size} {strip}\n", protocol.word(), fixture.kind.replace(' ', ""));
        let mut body = fixture.body.clone().into_bytes();
        for (at, away, put) in changes {
            let at = at.index(body.len() + 1);
            let to = (at + away).min(body.len());
            body.splice(at..to, put);
        }
        heard::heard(&[line.as_bytes(), &body].concat());
    }
}
