//! A disk that is full: what is asked is answered as not known, reading goes on, and when there is
//! room again writing goes on without a restart.

use super::shop::{open, publish, send, summary};
use probity::engine::{Refused, Whose};
use probity::store::sqlite::back_up;
use probity::{Environment, Probity};
use std::io::{BufRead, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Where the child of this test finds its database.
const DATABASE: &str = "PROBITY_TEST_FULL_DATABASE";

/// Where it only puts a copy of it.
pub(super) const COPY: &str = "PROBITY_TEST_FULL_COPY";

/// A process with the database open that does as it is told.
pub(super) struct Told {
    child: Child,
    ask: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

/// Such a process, run by a program with arguments of its own.
pub(super) fn child_of(program: &str, arguments: &[&str]) -> Command {
    let mut child = Command::new(program);
    child.args(arguments).arg(std::env::current_exe().unwrap());
    child.args(["--exact", "--nocapture", "--test-threads", "1"]);
    child.arg("store::full::child_that_does_as_it_is_told");
    child
}

impl Told {
    pub(super) fn start(command: &mut Command, database: &Path) -> Self {
        let mut child = command
            .env(DATABASE, database)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let ask = child.stdin.take().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, ask, answers }
    }

    /// Asks for something; the answer in a line.
    pub(super) fn ask(&mut self, what: &str) -> String {
        writeln!(self.ask, "{what}").unwrap();
        self.ask.flush().unwrap();
        self.said()
    }

    /// What it says next.
    pub(super) fn said(&mut self) -> String {
        loop {
            let line = self.answers.next().expect("the child lives").unwrap();
            if let Some((_, answer)) = line.split_once("answer ") {
                return answer.to_owned();
            }
        }
    }

    /// There is nothing more to be done.
    pub(super) fn end(mut self) {
        drop(self.ask);
        assert!(self.child.wait().unwrap().success());
    }

    /// There is room again.
    fn make_room(&self) {
        let pid = self.child.id().to_string();
        let limit = ["--pid", &pid, "--fsize=unlimited"];
        assert!(Command::new("prlimit").args(limit).status().unwrap().success());
    }
}

#[test]
fn a_full_disk_is_survived_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("full.db");
    let probity = Probity::open(&database).unwrap();
    publish(&probity, Environment::Live);
    open(&probity, "ana", 1_000_000);
    probity.close();

    // It may write no file beyond so many blocks of 512 bytes.
    let cramp = "trap '' XFSZ; ulimit -S -f 1200; exec \"$0\" \"$@\"";
    let mut cramped = Told::start(&mut child_of("sh", &["-c", cramp]), &database);
    let mut written = 0;
    let said = loop {
        let said = cramped.ask(&format!("write {written}"));
        if said != "written" {
            break said;
        }
        written += 1;
        assert!(written < 10_000, "the disk never fills");
    };
    assert_eq!(said, "unavailable");
    assert!(written > 10, "only {written} fitted");
    // Reading goes on, and shows only what was answered.
    let seen = cramped.ask("read");
    assert_eq!(seen, format!("{}", 2 + written));
    assert_eq!(cramped.ask(&format!("write {written}")), "unavailable");
    assert_eq!(cramped.ask("read"), seen);

    cramped.make_room();
    // The one that was not known is asked again by its key, and applied once.
    assert_eq!(cramped.ask(&format!("write {written}")), "written");
    assert_eq!(cramped.ask(&format!("write {written}")), "repeated");
    assert_eq!(cramped.ask("write 0"), "repeated");
    assert_eq!(cramped.ask("read"), format!("{}", 3 + written));
    cramped.end();

    let probity = Probity::open(&database).unwrap();
    let view = probity.view(Environment::Live, Whose::Customer("ana".into())).unwrap();
    assert_eq!(view.wait().unwrap().customer.seq, 3 + written);
    probity.close();
}

/// What [`Told`] starts; on its own it has no database, and ends at once.
#[test]
fn child_that_does_as_it_is_told() {
    let Ok(database) = std::env::var(DATABASE) else { return };
    if let Ok(copy) = std::env::var(COPY) {
        back_up(Path::new(&database), Path::new(&copy)).unwrap();
        return println!("answer copied");
    }
    let probity = match Probity::open(&database) {
        Ok(probity) => probity,
        Err(error) => return println!("answer {error}"),
    };
    for line in std::io::stdin().lines() {
        let answer = do_as_told(&probity, &line.unwrap());
        let mut out = std::io::stdout().lock();
        writeln!(out, "answer {answer}").unwrap();
        out.flush().unwrap();
    }
    probity.close();
}

fn do_as_told(probity: &Probity, line: &str) -> String {
    let Some(n) = line.strip_prefix("write ") else {
        let view = probity.view(Environment::Live, Whose::Customer("ana".into())).unwrap();
        return view.wait().map_or_else(|e| e.to_string(), |view| view.customer.seq.to_string());
    };
    match send(probity, "ana", summary(&format!("file_{n}")), &format!("k{n}")) {
        Ok(answered) if answered.replayed => "repeated".to_owned(),
        Ok(_) => "written".to_owned(),
        Err(Refused::Unavailable(_)) => "unavailable".to_owned(),
        Err(other) => other.to_string(),
    }
}
