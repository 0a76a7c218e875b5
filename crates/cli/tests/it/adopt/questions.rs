//! On a terminal, what no flag says is asked.

use super::Books;
use rexpect::session::{PtySession, spawn_command};
use std::process::Command;

/// How long an answer may take, in milliseconds.
const PATIENCE: u64 = 20_000;

fn adopt(books: &Books, flags: &str) -> PtySession {
    let mut command = Command::new(snapbox::cmd::cargo_bin!("probity"));
    command.current_dir(books.path()).args(["adopt", "users.csv", "--plan", "pro"]);
    command.args(flags.split_whitespace()).env("NO_COLOR", "1");
    command.env_remove("PROBITY_URL").env_remove("PROBITY_KEY");
    spawn_command(command, Some(PATIENCE)).expect("a terminal")
}

fn answer(session: &mut PtySession, question: &str, said: &str) {
    session.exp_string(question).expect(question);
    session.send_line(said).expect("it reads");
}

#[test]
fn kind_expiry_and_what_plans_bring_are_asked() {
    let books = Books::new();
    books.write("users.csv", "id,credits\nana,150\n");
    let mut session = adopt(&books, "");
    session.exp_string(" credits\r\n").unwrap();
    answer(&mut session, "What kind of credits", "2");
    answer(&mut session, "Until when?", "2099-12-31");
    answer(&mut session, "Do the balances hold", "");
    session.exp_string("granted as gift until 2100-01-01").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(books.balances(), "ana 150");
}

#[test]
fn what_is_bought_lasts_as_the_contract_says() {
    let books = Books::new();
    books.write("users.csv", "id,credits\nana,150\n");
    let mut session = adopt(&books, "--dry-run");
    answer(&mut session, "What kind of credits", "");
    answer(&mut session, "Do the balances hold", "extra");
    session.exp_string("granted as bought, for ever").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(books.balances(), "");
}
