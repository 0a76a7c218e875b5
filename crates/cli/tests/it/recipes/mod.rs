//! Recipes, played: their commands as they stand, in their order, in one shell, with the real binary.
//!
//! What follows a block of commands as `text` is looked for in what they said; a block of another
//! language is a file, named in its first line. Only ports are others, so that nothing that runs already
//! is in the way.

pub(crate) mod buttons;
mod credits_table;
mod gateway;
mod readme;
mod stripe;

use crate::support::repository;
use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::process::{Command, Stdio};

const PORTS: [&str; 4] = ["3000", "4242", "8787", "8788"];

/// Commands, and what they are expected to say.
struct Block {
    commands: String,
    says: Vec<String>,
}

/// What is played, and the files that are written before.
fn blocks(recipe: &str) -> (Vec<Block>, Vec<(String, String)>) {
    let (mut found, mut files): (Vec<Block>, _) = (Vec::new(), Vec::new());
    for piece in recipe.split("\n```").skip(1).step_by(2) {
        let (kind, text) = piece.split_once('\n').unwrap();
        match kind {
            "sh" => found.push(Block { commands: text.to_owned(), says: Vec::new() }),
            "text" => {
                let lines = text.lines().map(str::trim).map(str::to_owned);
                found.last_mut().unwrap().says.extend(lines);
            }
            "python" | "js" | "html" => {
                let name = text.lines().next().unwrap();
                let name = name.trim_matches(['#', '/', '<', '>', '!', '-', ' ']);
                files.push((name.to_owned(), format!("{text}\n")));
            }
            // A file where its first line names it, else a piece of one, to read.
            "yaml" => {
                let name = text.lines().next().and_then(|line| line.strip_prefix("# "));
                if let Some(name) = name.filter(|name| name.ends_with(".yaml")) {
                    files.push((name.to_owned(), format!("{text}\n")));
                }
            }
            other => panic!("a block of the recipe is nothing that can be played: {other}"),
        }
    }
    (found, files)
}

/// A line with ports of its own.
fn elsewhere(text: &str, ports: &[u16]) -> String {
    PORTS.iter().zip(ports).fold(text.to_owned(), |text, (usual, port)| {
        text.replace(&format!("127.0.0.1:{usual}"), &format!("127.0.0.1:{port}"))
    })
}

/// One shell that runs all of it: what is left running is ended with it, and what listens is waited for.
fn script(blocks: &[Block], ports: &[u16]) -> String {
    let mut script = String::from(
        "set -eu\ntrap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n\
         answers() {\n\
           until { exec 3<>\"/dev/tcp/127.0.0.1/$1\"; } 2>/dev/null; do kill -0 $!; done\n\
           printf 'GET /readyz HTTP/1.0\\r\\nHost: x\\r\\n\\r\\n' >&3; head -n 1 <&3 >/dev/null; exec 3>&-\n\
         }\n",
    );
    for (n, block) in blocks.iter().enumerate() {
        writeln!(script, "echo '@@{n}'").unwrap();
        for line in elsewhere(&block.commands, ports).lines() {
            writeln!(script, "{line}").unwrap();
            if let Some(listens) =
                line.strip_suffix('&').and_then(|l| l.split("--listen 127.0.0.1:").nth(1))
            {
                let port = listens.split_whitespace().next().unwrap();
                writeln!(script, "answers {port}").unwrap();
            }
        }
    }
    script
}

/// Does this program have the command?
fn has(command: &str) -> bool {
    let out = Command::new(snapbox::cmd::cargo_bin!("probity")).args([command, "--help"]).output();
    out.unwrap().status.success()
}

/// Without the lines whose command is not there.
fn known(mut block: Block) -> Block {
    let is_known = |line: &&str| {
        let word = line.strip_prefix("probity ").and_then(|rest| rest.split(' ').next());
        word.is_none_or(has)
    };
    let lines: Vec<&str> = block.commands.lines().filter(is_known).collect();
    block.commands = lines.join("\n");
    block
}

/// Ports that nothing listens on.
pub(crate) fn free(n: usize) -> Vec<u16> {
    let held: Vec<TcpListener> =
        (0..n).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    held.iter().map(|listener| listener.local_addr().unwrap().port()).collect()
}

/// Where a recipe is played: a folder and ports of its own.
struct Stage {
    folder: tempfile::TempDir,
    ports: Vec<u16>,
}

impl Stage {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), ports: free(PORTS.len()) }
    }

    /// Puts a folder of the repository at the same place here, its deployment on these ports.
    fn has(&self, path: &str) {
        let (from, to) = (repository().join(path), self.folder.path().join(path));
        fs::create_dir_all(&to).unwrap();
        let entries = fs::read_dir(from).unwrap().map(Result::unwrap);
        for entry in entries.filter(|entry| entry.path().is_file()) {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
        let deployment = to.join("probity.yaml");
        if let Ok(text) = fs::read_to_string(&deployment) {
            fs::write(&deployment, elsewhere(&text, &self.ports)).unwrap();
        }
    }

    /// Plays a recipe; `instead` stands in place of what needs a network.
    fn plays(&self, name: &str, instead: &[(&str, &str)]) {
        let recipe = repository().join("docs/recipes").join(name);
        let mut recipe = fs::read_to_string(recipe).unwrap();
        for (line, other) in instead {
            assert_eq!(recipe.matches(line).count(), 1, "{line}");
            recipe = recipe.replace(line, other);
        }
        let (blocks, files) = blocks(&recipe);
        let blocks: Vec<Block> = blocks.into_iter().map(known).collect();
        let folder = self.folder.path();
        for (name, text) in files {
            fs::write(folder.join(name), elsewhere(&text, &self.ports)).unwrap();
        }
        fs::write(folder.join("recipe.sh"), script(&blocks, &self.ports)).unwrap();
        let said = self.said();
        for (n, block) in blocks.iter().enumerate() {
            let (_, mut own) = said.split_once(&format!("@@{n}\n")).unwrap();
            own = own.split("@@").next().unwrap();
            for line in &block.says {
                let (_, rest) = own.split_once(line.as_str()).unwrap_or_else(|| {
                    panic!("`{line}` is not said after\n{}\nbut\n{own}", block.commands)
                });
                own = rest;
            }
        }
    }

    /// All that the shell says.
    fn said(&self) -> String {
        let folder = self.folder.path();
        let binary = snapbox::cmd::cargo_bin!("probity");
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", binary.parent().unwrap().display());
        let said = fs::File::create(folder.join("said")).unwrap();
        let ended = Command::new("bash")
            .arg("recipe.sh")
            .current_dir(folder)
            .env("PATH", path)
            .env_remove("PROBITY_URL")
            .env_remove("PROBITY_KEY")
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .status()
            .unwrap();
        let said = fs::read_to_string(folder.join("said")).unwrap();
        assert!(ended.success(), "{said}");
        said
    }
}
