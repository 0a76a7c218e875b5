//! `probity serve` and `probity keys` as people run them: the real binary, a real database.

use super::started::Started;
use crate::support::{probity, repository};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

/// A running service, and what it has said on standard output once it has ended.
struct Service {
    started: Started,
    said: String,
}

impl Service {
    fn start(folder: &Path) -> Self {
        let contract = repository().join("contracts/jobscout");
        let started = Started::serve(folder, &[contract.to_str().unwrap()]);
        Self { started, said: String::new() }
    }

    fn get(&self, path: &str, key: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.started.address).unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }

    /// Asks it to end; its exit code.
    fn end(&mut self) -> Option<i32> {
        let (code, _) = self.started.end();
        self.started.child.stdout.take().unwrap().read_to_string(&mut self.said).unwrap();
        code
    }
}

fn key_in(text: &str, environment: &str) -> String {
    let start = format!("{environment} key: ");
    let line = text.lines().find_map(|line| line.strip_prefix(&start));
    line.unwrap_or_else(|| panic!("no {start}in {text}")).to_owned()
}

#[cfg(unix)]
#[test]
fn a_service_begins_is_alone_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = Service::start(folder.path());
    assert_eq!(service.get("/readyz", "").0, 200);
    let contract = repository().join("contracts/jobscout");
    let contract = contract.to_str().unwrap();
    // Whoever meets it is told where it is.
    let met = probity(folder.path(), &["wallet", "ana"]);
    let said = String::from_utf8(met.stderr).unwrap();
    assert!(said.contains(&format!("--url http://{}", service.started.address)), "{said}");
    // A second one on the same database, and one on the same port.
    let second = probity(folder.path(), &["serve", contract, "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(69));
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(said.contains("another process has this database open"), "{said}");
    let listen =
        ["serve", contract, "--database", "other.db", "--listen", &service.started.address];
    let second = probity(folder.path(), &listen);
    assert_eq!(second.status.code(), Some(69));
    assert!(String::from_utf8(second.stderr).unwrap().contains("another program listens there"));
    assert!(!folder.path().join("other.db").exists());
    // Keys while it runs.
    let made = probity(folder.path(), &["keys", "new", "--env", "live", "--role", "support"]);
    assert!(made.status.success(), "{made:?}");
    let key = key_in(&String::from_utf8(made.stdout).unwrap(), "live");
    assert!(key.starts_with("sk_live_") && key.len() == "sk_live_".len() + 64);
    assert_eq!(service.get("/v1/contracts", &key).0, 200);
    let slip = probity(folder.path(), &["keys", "new", "--env", "live", "--role", "suport"]);
    assert_eq!(slip.status.code(), Some(1));
    let said = String::from_utf8(slip.stderr).unwrap();
    assert!(said.contains("no role `suport`; there is ") && said.contains("support"), "{said}");
    let listed = probity(folder.path(), &["keys", "list", "--json"]);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let id = listed["keys"].as_array().unwrap().iter().find(|k| k["role"] == "support").unwrap();
    let id = id["id"].as_str().unwrap();
    assert!(probity(folder.path(), &["keys", "revoke", id]).status.success());
    assert_eq!(service.get("/v1/contracts", &key).0, 401);
    assert_eq!(service.end(), Some(0));
    let live = key_in(&service.said, "live");
    assert!(key_in(&service.said, "sandbox").starts_with("sk_sandbox_"));

    // Again: no keys are shown, the old ones serve.
    let mut service = Service::start(folder.path());
    assert_eq!(service.get("/v1/contracts", &live).0, 200);
    assert_eq!(service.get("/v1/contracts", &key).0, 401);
    assert_eq!(service.end(), Some(0));
    assert_eq!(service.said, "");
}

#[test]
fn keys_of_a_database_that_nobody_serves() {
    let folder = tempfile::tempdir().unwrap();
    let none = probity(folder.path(), &["keys", "list"]);
    assert_eq!(none.status.code(), Some(66));
    let contract = folder.path().join("contract.yaml");
    std::fs::write(&contract, "contract: x\n").unwrap();
    let refused = probity(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.status.code(), Some(1));
    std::fs::write(folder.path().join("probity.db"), "no database at all, but some text").unwrap();
    let wrong = probity(folder.path(), &["keys", "new", "--env", "sandbox"]);
    assert_eq!(wrong.status.code(), Some(66), "{wrong:?}");
}

/// What a start publishes is said; one that is told to publish nothing does not even read the folder.
#[cfg(unix)]
#[test]
fn a_start_says_what_it_publishes_or_publishes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let contract = folder.path().join("contract.yaml");
    let first = std::fs::read_to_string(repository().join("contracts/minimal/contract.yaml"));
    let first = first.unwrap();
    std::fs::write(&contract, &first).unwrap();
    let none = probity(folder.path(), &["serve", "--published", "--listen", "127.0.0.1:0"]);
    assert_eq!(none.status.code(), Some(66), "there is no database");
    drop(probity::store::sqlite::SqliteStore::open(&folder.path().join("empty.db")).unwrap());
    let empty = ["serve", "--published", "--database", "empty.db", "--listen", "127.0.0.1:0"];
    let empty = probity(folder.path(), &empty);
    assert_eq!(empty.status.code(), Some(1));
    let said = String::from_utf8(empty.stderr).unwrap();
    assert!(said.contains("nothing is published in empty.db"), "{said}");
    let mut service = Started::serve(folder.path(), &["contract.yaml"]);
    let (code, said) = service.end();
    assert!(code == Some(0) && !said.contains("is published"), "{said}");
    let dearer = first.replace("version: 1", "version: 2");
    let dearer = dearer.replace("price: 1 credit", "price: 50 credits");
    std::fs::write(&contract, dearer).unwrap();
    let mut service = Started::serve(folder.path(), &["contract.yaml"]);
    let (code, said) = service.end();
    assert_eq!(code, Some(0));
    for line in ["live: hello@2 is published: adverse", "costs 50 credits instead of 1 credit."] {
        assert!(said.contains(line), "{said}");
    }
    std::fs::write(&contract, "contract: [").unwrap();
    let mut service = Started::serve(folder.path(), &["--published"]);
    let (code, said) = service.end();
    assert!(code == Some(0) && said.contains("live: hello@2 is enforced"), "{said}");
}

/// What somebody rolled out while it ran is not undone by a start with the same folder, in either
/// direction; what is really new in the folder is published.
#[cfg(unix)]
#[test]
fn a_start_does_not_undo_a_rollout() {
    let folder = tempfile::tempdir().unwrap();
    let minimal = repository().join("contracts/minimal/contract.yaml");
    std::fs::copy(minimal, folder.path().join("contract.yaml")).unwrap();
    let operations = folder.path().join("operations.yaml");
    std::fs::write(&operations, "operates: hello\nrollout: { default: enforce }\n").unwrap();
    let start = || {
        let (code, said) = Started::serve(folder.path(), &["."]).end();
        assert_eq!(code, Some(0), "{said}");
        said
    };
    assert!(start().contains("live: hello@1 is enforced"));
    let back = ["rollout", "--default", "shadow", "--reason", "emergency"];
    assert!(probity(folder.path(), &back).status.success());
    let said = start();
    for line in [
        "live: hello@1 is in shadow",
        "live: the operations in the folder are older than those that",
        "(emergency), which stay; to take the folder's: probity publish",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert!(!said.contains("sandbox: the operations"), "{said}");
    std::fs::write(&operations, "operates: hello\nrollout: { default: announce }\n").unwrap();
    let said = start();
    assert!(said.contains("live: revision 3 of the operations is published"), "{said}");
    assert!(!said.contains("which stay"), "{said}");
}

/// A folder that cannot be published keeps a service down, but never without the command that starts
/// it with what was published last; and nothing of the folder is published on the way.
#[cfg(unix)]
#[test]
fn a_start_that_is_refused_names_the_command_that_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let contract = folder.path().join("contract.yaml");
    let first = std::fs::read_to_string(repository().join("contracts/minimal/contract.yaml"));
    let first = first.unwrap() + "\nchanges: { worse: { notice: 30 days } }\n";
    let serve = ["serve", ".", "--database", "b.db", "--listen", "127.0.0.1:0", "--log", "json"];
    let again = "probity serve --published --database b.db --listen 127.0.0.1:0 --log json";
    let refused = |text: &str, exit: i32| {
        std::fs::write(&contract, text).unwrap();
        let out = probity(folder.path(), &serve);
        let said = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(exit), "{said}");
        said
    };
    // Where nothing is published there is nothing to go on with.
    let said = refused("contract: x\n", 1);
    assert!(said.contains("probity check") && !said.contains("--published"), "{said}");
    std::fs::write(&contract, &first).unwrap();
    let begun = ["contract.yaml", "--database", "b.db"];
    assert_eq!(Started::serve(folder.path(), &begun).end().0, Some(0));
    let worse = first.replace("version: 1", "version: 2");
    let worse = worse.replace("price: 1 credit", "price: 50 credits");
    let said = refused(&worse, 1);
    assert!(
        said.contains("error[notice_owed]: the contract in this folder cannot be published"),
        "{said}"
    );
    assert!(said.contains("to live: ") && said.contains("set `effective` to "), "{said}");
    assert!(said.contains("probity publish --dry-run --database b.db"), "{said}");
    assert!(said.contains(again), "{said}");
    let said = refused(&first.replace("price: 1 credit", "price: 2 credits"), 1);
    assert!(said.contains("set `version` to 2 or more") && said.contains(again), "{said}");
    let said = refused("contract: [", 1);
    assert!(said.contains("probity check") && said.contains(again), "{said}");
    std::fs::remove_file(&contract).unwrap();
    let out = probity(folder.path(), &serve);
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(out.status.code() == Some(66) && said.contains(again), "{said}");
    let mut service = Started::serve(folder.path(), &["--published", "--database", "b.db"]);
    let (code, said) = service.end();
    assert!(code == Some(0) && said.contains("live: hello@1 is enforced"), "{said}");
}
