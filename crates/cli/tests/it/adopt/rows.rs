//! Every kind of row, good and bad: what is taken, what is refused, and that it adds up.

use super::Books;
use crate::support::assert_as_written;
use std::fs;

/// A row of every kind.
const TABLE: &str = "\u{feff}id,email,tier,credits
ana,a@x.org,premium,120.5000
ben,b@x.org,premium,300
cleo,c@x.org,premium,-5
dora,d@x.org,premium,0.25
eve,e@x.org,,10
fay,f@x.org,gold,10
gus,g@x.org,premium,
hal,h@x.org,premium,many
b+d@x.org,i@x.org,premium,5
twin,j@x.org,premium,100
ida,premium,9
twin,k@x.org,premium,3
,l@x.org,premium,5
jon,m@x.org,premium,99999999999
kim,n@x.org,premium,\"1,5\"
lea,\"o, with a comma\",premium,0
mia,p@x.org,premium,NULL
ned,q@x.org,free,7
\u{1b}[31m,r@x.org,premium,1
";

const FLAGS: &str = "--plans free=discovery,premium=pro --kind bought --plan-credits included";

fn books() -> Books {
    let books = Books::new();
    books.write("users.csv", TABLE);
    books
}

#[test]
fn every_row_is_taken_or_named() {
    let books = books();
    let out = books.says(&format!("adopt users.csv {FLAGS} --refused refused.csv"));
    assert_eq!(out.status.code(), Some(1), "{out:?}");
    assert_as_written(&String::from_utf8(out.stdout).unwrap(), "adopt.txt");
    let refused = fs::read_to_string(books.path().join("refused.csv")).unwrap();
    assert_as_written(&refused, "adopt-refused.csv");
    assert_eq!(books.balances(), "ana 120.5, ben 300, lea 120");
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let books = books();
    let dry = books.json(&format!("adopt users.csv {FLAGS} --dry-run"), 1);
    assert_eq!(dry["dry_run"], true);
    assert_eq!(books.balances(), "");
    let done = books.json(&format!("adopt users.csv {FLAGS}"), 1);
    assert_eq!(dry["tally"], done["tally"]);
}

#[test]
fn the_same_again_changes_nothing() {
    let books = books();
    books.json(&format!("adopt users.csv {FLAGS}"), 1);
    let journal = || {
        let out = books.says("leave --force --entries entries.jsonl");
        assert!(out.status.success(), "{out:?}");
        fs::read_to_string(books.path().join("entries.jsonl")).unwrap()
    };
    let before = journal();
    assert_eq!(before.lines().count(), 5, "three customers, two grants: {before}");
    for flags in ["", " --delta", " --dry-run"] {
        let again = books.json(&format!("adopt users.csv {FLAGS}{flags}"), 1);
        let tally = &again["tally"];
        assert_eq!([&tally["opened"], &tally["again"], &tally["known"]], [0, 2, 1], "{tally:#}");
        assert_eq!([&tally["granted"], &tally["lowered"]], ["0", "0"]);
        assert_eq!(journal(), before);
    }
}

#[test]
fn rows_that_were_mended_are_taken_by_the_same_command() {
    let books = books();
    books.json(&format!("adopt users.csv {FLAGS}"), 1);
    books.write("users.csv", "id,tier,credits\nana,premium,120.5\ngus,premium,150\n");
    let done = books.json(&format!("adopt users.csv {FLAGS}"), 0);
    assert_eq!([&done["tally"]["opened"], &done["tally"]["again"]], [1, 1]);
    assert_eq!(books.balances(), "ana 120.5, ben 300, gus 150, lea 120");
}

#[test]
fn what_is_finer_is_rounded_up_where_that_is_asked_for() {
    let books = Books::new();
    books.write("users.csv", "user,balance\nana,0.25\nben,7.000001\n");
    let flags = "--plan pro --kind gift --expires 2099-12-31 --plan-credits extra";
    let refused = books.json(&format!("adopt users.csv {flags}"), 1);
    assert_eq!(refused["tally"]["bad"][1]["code"], "too_fine");
    let done = books.json(&format!("adopt users.csv {flags} --round-up"), 0);
    let tally = &done["tally"];
    assert_eq!(
        [&tally["table"], &tally["granted"], &tally["rounded"]],
        ["7.250001", "8", "0.749999"]
    );
    assert_eq!(books.balances(), "ana 120.5, ben 127.5");
    let grants = fs::read_to_string(books.path().join("grants.csv")).unwrap();
    assert!(grants.contains(",gift,0.5,0.5,0,"), "{grants}");
    assert!(grants.contains(",2100-01-01T00:00:00Z,"), "{grants}");
}

#[test]
fn names_and_addresses_come_only_where_somebody_says_so() {
    let books = Books::new();
    books.write("users.csv", "id;name;mail;credits\nana;Ana A;a@x.org;5\n");
    let flags = "--plan pro --kind bought --plan-credits extra";
    books.json(&format!("adopt users.csv --columns name=name,email=mail {flags}"), 0);
    let card = books.json("customers ana", 0);
    assert_eq!([&card["name"], &card["metadata"]["email"]], ["Ana A", "a@x.org"]);
    books.write("more.csv", "id;name;mail;credits\nben;Ben B;b@x.org;5\n");
    books.json(&format!("adopt more.csv {flags}"), 0);
    assert_eq!(books.json("customers ben", 0)["name"], serde_json::Value::Null);
}

#[test]
fn what_cannot_be_done_is_said_before_anything_is() {
    let books = books();
    let code = |line: &str, exit: i32| books.json(line, exit)["error"]["code"].clone();
    assert_eq!(code("adopt nothing.csv --kind bought", 66), "cannot_read");
    assert_eq!(code("adopt users.csv --plan-credits extra", 64), "no_answers");
    assert_eq!(code("adopt users.csv --kind gift --plan-credits extra", 64), "no_answers");
    assert_eq!(code("adopt users.csv --kind bought", 64), "no_answers");
    assert_eq!(code("adopt users.csv --kind plan", 64), "not_given");
    assert_eq!(code("adopt users.csv --kind bought --expires 2099-01-01", 64), "expires");
    assert_eq!(code("adopt users.csv --kind gift --expires never", 64), "expires");
    assert_eq!(code("adopt users.csv --kind gift --expires 2020-01-01", 64), "expires");
    assert_eq!(code("adopt users.csv --kind gift --expires soon", 64), "expires");
    let known = "--kind bought --plan-credits extra";
    assert_eq!(code(&format!("adopt users.csv {known} --plan gold"), 64), "no_plan");
    assert_eq!(code(&format!("adopt users.csv {known} --columns balance=cents"), 1), "columns");
    assert_eq!(code(&format!("adopt probity.db {known}"), 66), "no_table");
    assert_eq!(code("adopt users.csv --refused users.csv", 64), "same_file");
    assert_eq!(books.balances(), "");
}

#[test]
fn an_empty_table_is_nothing_to_worry_about() {
    let books = Books::new();
    books.write("users.csv", "id,credits\n");
    let done = books.json("adopt users.csv --plan pro --kind bought --plan-credits extra", 0);
    assert_eq!([&done["tally"]["rows"], &done["tally"]["opened"]], [0, 0]);
}
