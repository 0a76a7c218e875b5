//! What changed in a table since: brought in, up and down, and never twice.

use super::{Books, begun};
use crate::support::probity;
use serde_json::{Value, json};
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

const FLAGS: &str = "--plan pro --kind bought --plan-credits extra";

/// The sum of the plan's 120 credits and what was adopted.
fn adopted(books: &Books, table: &str, flags: &str, code: i32) -> Value {
    books.write("users.csv", &format!("id,credits\n{table}\n"));
    books.json(&format!("adopt users.csv {flags}"), code)["tally"].clone()
}

#[test]
fn a_table_that_moved_is_followed_only_where_that_is_asked_for() {
    let books = Books::new();
    adopted(&books, "ana,10\nben,20\ncleo,30", FLAGS, 0);
    let moved = "ana,15\nben,12.5\ncleo,30\ndora,7";
    let left = adopted(&books, moved, FLAGS, 1);
    assert_eq!([&left["differing"], &left["opened"]], [2, 1]);
    assert_eq!([&left["granted"], &left["differs"]], ["7", "-2.5"]);
    assert_eq!(books.balances(), "ana 130, ben 140, cleo 150, dora 127");
    let delta = format!("{FLAGS} --delta");
    let dry = adopted(&books, moved, &format!("{delta} --dry-run"), 0);
    assert_eq!(books.balances(), "ana 130, ben 140, cleo 150, dora 127");
    let done = adopted(&books, moved, &delta, 0);
    assert_eq!([&done["granted"], &done["lowered"], &done["spent"]], ["5", "7.5", "0"]);
    assert_eq!(dry, done);
    assert_eq!(books.balances(), "ana 135, ben 132.5, cleo 150, dora 127");
    let again = adopted(&books, moved, &delta, 0);
    assert_eq!([&again["granted"], &again["lowered"]], ["0", "0"]);
    assert_eq!(again["unchanged"], 4);
    // Through several payments, and up again.
    adopted(&books, "ana,1\nben,0", &delta, 0);
    assert_eq!(books.balances(), "ana 121, ben 120, cleo 150, dora 127");
    adopted(&books, "ana,2\nben,5", &delta, 0);
    assert_eq!(books.balances(), "ana 122, ben 125, cleo 150, dora 127");
}

#[test]
fn another_name_is_another_adoption() {
    let books = Books::new();
    adopted(&books, "ana,10", FLAGS, 0);
    let other = adopted(&books, "ana,10", &format!("{FLAGS} --as points"), 0);
    assert_eq!([&other["known"], &other["again"]], [1, 0]);
    assert_eq!(books.balances(), "ana 140");
}

#[test]
fn gifts_are_not_taken_back() {
    let books = Books::new();
    let gift = "--plan discovery --kind gift --expires 2099-12-31 --plan-credits extra";
    adopted(&books, "ana,10", gift, 0);
    let less = adopted(&books, "ana,4", &format!("{gift} --delta"), 1);
    assert_eq!(less["bad"][0]["code"], "not_lowered");
    assert_eq!([&less["differs"], &less["lowered"]], ["-6", "0"]);
    adopted(&books, "ana,12", &format!("{gift} --delta"), 0);
    assert_eq!(books.balances(), "ana 37");
}

#[test]
fn what_was_spent_meanwhile_is_told_and_is_no_debt() {
    let (folder, service, key) = begun();
    let url = format!("http://{}", service.address);
    let ask = |line: &str, code: i32| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let words = [&words, ["--json", "--url", &url, "--key", &key].as_slice()].concat();
        let out = probity(folder.path(), &words);
        assert_eq!(out.status.code(), Some(code), "{out:?}");
        serde_json::from_slice::<Value>(&out.stdout).unwrap()
    };
    fs::write(folder.path().join("users.csv"), "id,credits\nana,130\n").unwrap();
    let flags = "--plan pro --kind bought --plan-credits included";
    ask(&format!("adopt users.csv {flags}"), 0);
    // The plan's 120 are spent first, then 5 of the 10 that were adopted.
    for n in 0..25 {
        let run = json!({"customer": "ana", "action": "tailor_document",
            "artifact": format!("d{n}"), "outcome": "delivered"});
        service.post(&key, "/v1/runs", &run);
    }
    fs::write(folder.path().join("users.csv"), "id,credits\nana,122\n").unwrap();
    let done = ask(&format!("adopt users.csv {flags} --delta"), 0);
    let tally = &done["tally"];
    assert_eq!([&tally["lowered"], &tally["spent"]], ["8", "3"]);
    let wallet = ask("wallet ana", 0);
    assert_eq!([&wallet["available"], &wallet["owed"]], ["0", "0"]);
    let again = ask(&format!("adopt users.csv {flags} --delta"), 0);
    assert_eq!([&again["tally"]["lowered"], &again["tally"]["granted"]], ["0", "0"]);
}

#[test]
fn what_could_not_be_taken_back_is_taken_back_the_next_time() {
    let (folder, service, key) = begun();
    let adopt = |address: &str, credits: u32, code: i32| {
        fs::write(folder.path().join("users.csv"), format!("id,credits\nana,{credits}\n")).unwrap();
        let line =
            format!("adopt users.csv {FLAGS} --delta --json --url http://{address} --key {key}");
        let out = probity(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
        assert_eq!(out.status.code(), Some(code), "{out:?}");
        serde_json::from_slice::<Value>(&out.stdout).unwrap()["tally"].clone()
    };
    adopt(&service.address, 10, 0);
    adopt(&service.address, 15, 0);
    // 5 of the second payment and 7 of the first are to be taken back; the second cannot be.
    let is_first = AtomicBool::new(true);
    let astray = service.behind(move |text| {
        let (there, astray) = ("adopt.opening.2/claw-back", "adopt.opening.9/claw-back");
        match text.contains(there) && is_first.swap(false, Ordering::Relaxed) {
            true => text.replace(there, astray),
            false => text.to_owned(),
        }
    });
    let first = adopt(&astray, 3, 1);
    assert_eq!([&first["lowered"], &first["bad"][0]["code"]], ["7", "refused"]);
    let second = adopt(&service.address, 3, 0);
    assert_eq!([&second["lowered"], &second["granted"]], ["5", "0"]);
    let third = adopt(&service.address, 3, 0);
    assert_eq!([&third["lowered"], &third["granted"]], ["0", "0"]);
    // Up and down again, to sums that were there before.
    for (credits, granted, lowered) in
        [(10, "7", "0"), (3, "0", "7"), (10, "7", "0"), (3, "0", "7")]
    {
        let again = adopt(&service.address, credits, 0);
        assert_eq!([&again["granted"], &again["lowered"]], [granted, lowered]);
    }
}
