//! Every fixture, whole and cut at every byte, in pieces of every size: a beginning without a
//! positive end is never `delivered`, the whole is always what it is, and no byte changes.

use super::fixtures::all;
use super::{Fixture, read};
use probity::core::Outcome;
use probity::usage::End;
use proptest::prelude::*;

fn is_as_it_is(fixture: &Fixture, read: &super::Read, how: &str) {
    let name = fixture.name;
    let judged = &read.judged;
    let came = (judged.outcome, judged.reason);
    assert_eq!(came, (fixture.outcome, fixture.reason), "{name}, {how}");
    assert_eq!((judged.usage, judged.source), (fixture.tokens(), fixture.source), "{name}, {how}");
    assert!(read.sent == fixture.body.as_bytes(), "{name}, {how}: bytes changed");
}

#[test]
fn the_whole_is_what_it_is_in_pieces_of_every_size() {
    for fixture in all() {
        let body = fixture.body.as_bytes();
        for size in (1..40).chain([body.len()]) {
            let read = read(fixture.reading(), body.chunks(size), End::Complete);
            is_as_it_is(&fixture, &read, &format!("in pieces of {size}"));
        }
    }
}

#[test]
fn the_whole_is_what_it_is_split_at_every_byte() {
    for fixture in all() {
        let body = fixture.body.as_bytes();
        for at in 0..=body.len() {
            let (one, two) = body.split_at(at);
            let read = read(fixture.reading(), [one, two], End::Complete);
            is_as_it_is(&fixture, &read, &format!("split at {at}"));
        }
    }
}

#[test]
fn a_beginning_without_a_positive_end_is_never_delivered() {
    let ends = [End::Broken, End::ClientGone, End::Stalled, End::ClientGone, End::TimedOut];
    let mut delivered = 0;
    for fixture in all() {
        let body = fixture.body.as_bytes();
        for at in 0..body.len() {
            for end in [End::Complete, ends[at % ends.len()]] {
                let read = read(fixture.reading(), [&body[..at]], end);
                let is_delivered = read.judged.outcome == Outcome::Delivered;
                let may_be = fixture.ends_at.is_some_and(|ends| at >= ends);
                let name = fixture.name;
                assert!(may_be || !is_delivered, "{name} cut at {at}, {end:?}: {:?}", read.judged);
                assert!(read.sent == body[..at], "{name} cut at {at}: bytes changed");
                delivered += u32::from(is_delivered);
            }
        }
    }
    assert!(delivered > 1000, "{delivered}: ends are seen before the last byte");
}

#[test]
fn whatever_ends_the_bytes_the_whole_stays_delivered() {
    let ends = [End::Broken, End::Stalled, End::TimedOut, End::ClientGone];
    for fixture in all().iter().filter(|fixture| fixture.outcome == Outcome::Delivered) {
        // What lacks its last empty line is whole only where nothing more can come.
        if fixture.name == "chat, no last empty line" {
            continue;
        }
        for end in ends {
            let read = read(fixture.reading(), [fixture.body.as_bytes()], end);
            assert_eq!(read.judged.outcome, Outcome::Delivered, "{}, {end:?}", fixture.name);
        }
    }
}

#[test]
fn what_completes_an_answer_is_told_apart() {
    for fixture in all().iter().filter(|f| f.outcome == Outcome::Delivered) {
        let mut reading = fixture.reading();
        let passed = reading.pass(fixture.body.clone().into());
        assert!(reading.has_ended() || fixture.name.contains("no last"), "{}", fixture.name);
        let Some(last) = passed.last else {
            let name = fixture.name;
            assert!(name.starts_with("gemini") || name.contains("no "), "{name} has no last event");
            continue;
        };
        let before = passed.forward.unwrap_or_default();
        assert_eq!([before.as_ref(), last.as_ref()].concat(), fixture.body.as_bytes());
        // Whoever has only what went before has no whole answer.
        if fixture.kind == super::fixtures::SSE {
            assert!(before.ends_with(b"\n") || before.ends_with(b"\r"), "{}", fixture.name);
            assert!(last.starts_with(b"event:") || last.starts_with(b"data: [DONE]"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_whole_is_what_it_is_in_pieces_of_any_sizes(
        which in any::<prop::sample::Index>(),
        sizes in prop::collection::vec(1_usize..200, 1..400),
    ) {
        let fixtures = all();
        let fixture = which.get(&fixtures);
        let mut left = fixture.body.as_bytes();
        let mut pieces = Vec::new();
        for size in sizes {
            let (piece, rest) = left.split_at(size.min(left.len()));
            pieces.push(piece);
            left = rest;
        }
        pieces.push(left);
        let read = read(fixture.reading(), pieces, End::Complete);
        is_as_it_is(fixture, &read, "in pieces of any sizes");
    }

    #[test]
    fn any_bytes_pass_unchanged(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        protocol in prop::sample::select(probity::usage::Protocol::ALL.to_vec()),
        kind in prop::sample::select(vec!["text/event-stream", "application/json", ""]),
        size in 1_usize..50,
    ) {
        let read = read(super::of(protocol, 200, kind), bytes.chunks(size), End::Complete);
        prop_assert_eq!(read.sent, bytes);
    }
}
