//! Faults of the connection and of sizes: what a client sees of them, byte by byte.

use super::{ALL, Chat, Fake, Got, Messages, TEXT, quick};
use probity_cli::fake_upstream::Options;
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::time::Instant;

#[tokio::test]
async fn a_cut_is_a_reset_after_half_of_the_output() {
    let fake = Fake::new().await;
    for speaks in ALL {
        let got = fake.call(speaks, "cut", true).await;
        assert_eq!((got.status, got.broke), (200, Some(ErrorKind::ConnectionReset)), "{speaks:?}");
        assert_eq!((got.said(speaks).as_str(), got.complete), ("Hello from the", false));
        let got = fake.call(speaks, "cut", false).await;
        assert_eq!(got.broke, Some(ErrorKind::ConnectionReset), "{speaks:?}");
        assert!(!got.body.is_empty() && !got.complete, "{speaks:?}");
    }
}

#[tokio::test]
async fn more_is_announced_than_comes() {
    let fake = Fake::new().await;
    for streamed in [false, true] {
        let got = fake.call(Chat, "wrong-length", streamed).await;
        let announced: usize = got.header("content-length").unwrap().parse().unwrap();
        assert_eq!((got.body.len() + 100, got.complete), (announced, false), "{got:?}");
    }
}

#[tokio::test]
async fn whoever_goes_away_from_a_stalled_answer_is_noticed() {
    let mut fake = Fake::new().await;
    for speaks in ALL {
        let (path, body) = speaks.call("stall", true);
        let mut stream = fake.send("POST", &path, "", body.to_string().as_bytes()).await;
        let mut seen = Vec::new();
        while !String::from_utf8_lossy(&seen).contains(" the") {
            assert_ne!(stream.read_buf(&mut seen).await.unwrap(), 0);
        }
        drop(stream);
        assert!(!fake.ended().await, "{speaks:?}");
    }
}

#[tokio::test]
async fn an_answer_that_never_begins_ends_with_whoever_waited() {
    let mut fake = Fake::new().await;
    let (path, body) = Chat.call("stall-first", false);
    let stream = fake.send("POST", &path, "", body.to_string().as_bytes()).await;
    assert!(matches!(fake.heard.recv().await, Some(probity_cli::fake_upstream::Heard::Call(_))));
    drop(stream);
    assert!(!fake.ended().await);
}

#[tokio::test(start_paused = true)]
async fn a_slow_answer_takes_a_second_for_each_byte() {
    let fake = Fake::new().await;
    for streamed in [false, true] {
        let begun = Instant::now();
        let got = fake.call(Messages, "slow", streamed).await;
        let took = Instant::now() - begun;
        assert!(got.complete);
        let said = if streamed { got.said(Messages) } else { Messages.text(&got.json()) };
        assert_eq!(said, TEXT);
        let bytes = got.body.len() as u64;
        assert!(took >= Duration::from_secs(bytes - 1), "{took:?} for {bytes}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_paced_stream_waits_between_its_events() {
    let fake = Fake::new().await;
    let began = Instant::now();
    let got = fake.call(Chat, "paced", true).await;
    assert_eq!((got.said(Chat).as_str(), got.complete), (TEXT, true));
    let events = String::from_utf8(got.body).unwrap().matches("\n\n").count() as u64;
    assert!(Instant::now() - began >= Duration::from_secs(events - 1), "{events}");
}

#[tokio::test(start_paused = true)]
async fn a_slow_head_takes_a_second_for_each_byte_and_then_the_body_is_quick() {
    let fake = Fake::new().await;
    let begun = Instant::now();
    let got = fake.call(Chat, "slow-headers", false).await;
    let took = Instant::now() - begun;
    assert_eq!(Chat.text(&got.json()), TEXT);
    let head = Duration::from_secs(got.head.len() as u64);
    assert!(took >= head && took < head + Duration::from_secs(100), "{took:?} for {head:?}");
}

/// The bytes of a gzip file whose blocks are stored.
fn unzipped(gzip: &[u8]) -> Vec<u8> {
    assert_eq!(&gzip[..3], &[0x1f, 0x8b, 8]);
    let (mut rest, mut out) = (&gzip[10..], Vec::new());
    loop {
        let length = usize::from(u16::from_le_bytes([rest[1], rest[2]]));
        out.extend_from_slice(&rest[5..5 + length]);
        if rest[0] & 1 == 1 {
            return out;
        }
        rest = &rest[5 + length..];
    }
}

#[tokio::test]
async fn a_compressed_body_says_so_and_holds_the_same() {
    let fake = Fake::new().await;
    for speaks in ALL {
        for streamed in [false, true] {
            let got = fake.call(speaks, "gzip", streamed).await;
            assert_eq!(got.header("content-encoding"), Some("gzip"), "{speaks:?}");
            let plain = Got { body: unzipped(&got.body), ..got };
            let said = if streamed { plain.said(speaks) } else { speaks.text(&plain.json()) };
            assert_eq!(said, TEXT, "{speaks:?}");
        }
    }
}

#[tokio::test]
async fn what_is_large_is_as_large_as_it_was_made() {
    let options = Options { huge: 3 << 20, big_event: 2 << 20, ..Options::default() };
    let fake = Fake::with(options).await;
    for speaks in ALL {
        let whole = fake.call(speaks, "huge", false).await.json();
        assert_eq!(speaks.text(&whole).len(), 3 << 20, "{speaks:?}");
        let got = fake.call(speaks, "huge", true).await;
        assert_eq!((got.said(speaks).len(), got.endings(speaks).len()), (3 << 20, 1), "{speaks:?}");
        let got = fake.call(speaks, "big-event", true).await;
        let lengths = got.events().iter().map(|event| speaks.delta(event).len()).max();
        assert_eq!(lengths, Some(2 << 20), "{speaks:?}");
        assert_eq!(got.endings(speaks).len(), 1, "{speaks:?}");
    }
}

#[tokio::test]
async fn ten_gigabytes_are_made_as_they_are_taken() {
    let mut fake = Fake::new().await;
    let (path, body) = Chat.call("huge", true);
    let mut stream = fake.send("POST", &path, "", body.to_string().as_bytes()).await;
    let mut taken = vec![0; 4 << 20];
    stream.read_exact(&mut taken).await.unwrap();
    drop(stream);
    assert!(!fake.ended().await);
}

#[tokio::test]
async fn an_endless_answer_goes_on_until_somebody_leaves() {
    let mut fake = Fake::with(quick()).await;
    for speaks in ALL {
        for streamed in [false, true] {
            let (path, body) = speaks.call("endless", streamed);
            let mut stream = fake.send("POST", &path, "", body.to_string().as_bytes()).await;
            let mut taken = vec![0; 20_000];
            stream.read_exact(&mut taken).await.unwrap();
            drop(stream);
            assert!(!fake.ended().await, "{speaks:?}");
        }
    }
}

#[tokio::test]
async fn a_flood_of_headers_and_a_redirection() {
    let fake = Fake::new().await;
    let got = fake.call(Chat, "header-flood", true).await;
    assert_eq!(got.head.matches("x-flood-").count(), 4_000);
    assert_eq!(got.said(Chat), TEXT);
    let got = fake.call(Chat, "redirect", false).await;
    assert_eq!((got.status, got.header("location")), (307, Some("/api/redirected")));
    let got = fake.post("/api/redirected", json!({})).await;
    assert_ne!(got.json()["result"], Value::Null);
}
