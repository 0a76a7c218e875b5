//! From a table of PostgreSQL: on a server of its own, where one is installed. Where none is, what is said
//! of a database that does not answer.

use super::Books;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

/// A server in a folder, on a socket.
struct Server {
    child: Child,
    socket: TempDir,
    _data: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    folders.extend(versions.map(|version| version.path().join("bin")));
    let initdb =
        folders.into_iter().map(|folder| folder.join("initdb")).find(|path| path.is_file());
    initdb?.canonicalize().ok()
}

/// PostgreSQL does not run as root: then as its own user, where there is one. None: it cannot.
fn whom(folders: &[&TempDir]) -> Option<Vec<String>> {
    if folders[0].path().metadata().unwrap().uid() != 0 {
        return Some(Vec::new());
    }
    let id = |flag: &str| -> Option<u32> {
        let out = Command::new("id").args([flag, "postgres"]).output().ok()?;
        String::from_utf8_lossy(&out.stdout).trim().parse().ok()
    };
    let (user, group) = (id("-u")?, id("-g")?);
    for folder in folders {
        chown(folder.path(), Some(user), Some(group)).unwrap();
    }
    let words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];
    Some(words.map(str::to_owned).to_vec())
}

impl Server {
    fn start() -> Option<Self> {
        let initdb = installed()?;
        let (data, socket) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let whom = whom(&[&data, &socket])?;
        let command = |program: &Path| {
            let Some((first, rest)) = whom.split_first() else { return Command::new(program) };
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        };
        let made = command(&initdb)
            .args(["-A", "trust", "-U", "postgres", "--no-sync", "-D"])
            .arg(data.path())
            .current_dir(data.path())
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let mut child = command(&initdb.with_file_name("postgres"))
            .args(["-c", "listen_addresses=", "-k"])
            .arg(socket.path())
            .arg("-D")
            .arg(data.path())
            .current_dir(data.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        assert!(log.any(|line| line.contains("ready to accept connections")));
        std::thread::spawn(move || log.for_each(drop));
        Some(Self { child, socket, _data: data })
    }

    fn url(&self) -> String {
        let host = self.socket.path().to_str().unwrap().replace('/', "%2F");
        format!("postgres://postgres@{host}/postgres")
    }

    fn run(&self, sql: &str) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (client, connection): (Client, _) =
                tokio_postgres::connect(&self.url(), NoTls).await.unwrap();
            let connection = tokio::spawn(connection);
            client.batch_execute(sql).await.unwrap();
            drop(client);
            connection.await.unwrap().unwrap();
        });
    }
}

#[test]
fn a_table_of_a_database_is_adopted_and_left_as_it_was() {
    let books = Books::new();
    let Some(server) = Server::start() else {
        let line = "adopt postgres://a:secret@127.0.0.1:1/app --table users --kind bought";
        let said = books.json(&format!("{line} --plan-credits extra"), 66);
        assert_eq!(said["error"]["code"], "cannot_read");
        assert!(!said.to_string().contains("secret"), "{said}");
        return;
    };
    server.run(
        "CREATE SCHEMA billing;
         CREATE TABLE billing.\"Users\" (user_id bigint, tier text, credits numeric(12, 4));
         INSERT INTO billing.\"Users\"
           SELECT n, CASE n % 2 WHEN 0 THEN 'premium' END, n FROM generate_series(1, 2500) n;
         INSERT INTO billing.\"Users\" VALUES
           (7, 'premium', 1), (NULL, 'premium', 5), (9001, 'premium', NULL), (9002, 'premium', 'NaN'),
           (9003, 'premium', -2), (9004, '  ', 1.5)",
    );
    let from =
        format!("adopt {} --table billing.Users --plan pro --plans premium=pro", server.url());
    let flags = "--kind bought --plan-credits extra";
    let dry = books.json(&format!("{from} {flags} --dry-run"), 1);
    let done = books.json(&format!("{from} {flags}"), 1);
    let tally = &done["tally"];
    assert_eq!(dry["tally"], *tally);
    assert_eq!([&tally["rows"], &tally["opened"], &tally["refused"]], [2506, 2500, 6]);
    let codes: Vec<&str> =
        tally["bad"].as_array().unwrap().iter().map(|bad| bad["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["twice", "twice", "no_id", "no_balance", "not_a_number", "negative"]);
    // 1 + … + 2500 without the 7 that stands there twice, and 1.5.
    assert_eq!(tally["granted"], "3126244.5");
    let again = books.json(&format!("{from} {flags}"), 1);
    assert_eq!(again["tally"]["granted"], "0");
    assert_eq!(again["tally"]["again"], 2500);
    let code = |line: &str, exit| books.json(line, exit)["error"]["code"].clone();
    let url = server.url();
    assert_eq!(code(&format!("adopt {url} --kind bought"), 64), "no_table");
    assert_eq!(code(&format!("adopt {url} --table nothing {flags}"), 66), "cannot_read");
    let columns = "--table billing.Users --columns balance=cents";
    assert_eq!(code(&format!("adopt {url} {columns} {flags}"), 1), "columns");
}
