//! The recipe `from-a-credits-table`, played: its commands as they stand in it, in their order, in one shell,
//! with the product beside it, a fake AI and the real binary.
//!
//! What follows a block of commands as `text` is looked for in what they said. Only ports are others, so
//! that nothing that runs already is in the way.

use crate::support::repository;
use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

const PORTS: [&str; 4] = ["3000", "4242", "8787", "8788"];

/// Commands, and what they are expected to say.
struct Block {
    commands: String,
    says: Vec<String>,
}

fn blocks(recipe: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    for piece in recipe.split("\n```").skip(1).step_by(2) {
        let (kind, text) = piece.split_once('\n').unwrap();
        match kind {
            "sh" => found.push(Block { commands: text.to_owned(), says: Vec::new() }),
            "text" => {
                let lines = text.lines().map(str::trim).map(str::to_owned);
                found.last_mut().unwrap().says.extend(lines);
            }
            other => panic!("a block of the recipe is neither sh nor text: {other}"),
        }
    }
    found
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

fn free(n: usize) -> Vec<u16> {
    let held: Vec<TcpListener> =
        (0..n).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    held.iter().map(|listener| listener.local_addr().unwrap().port()).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn a_product_moves_over_as_the_recipe_says() {
    let recipe =
        fs::read_to_string(repository().join("docs/recipes/from-a-credits-table.md")).unwrap();
    let blocks: Vec<Block> = blocks(&recipe).into_iter().map(known).collect();
    assert!(blocks.len() > 10);
    let folder = tempfile::tempdir().unwrap();
    let product = folder.path().join("examples/credits-table");
    copy(&repository().join("examples/credits-table"), &product);
    let ports = free(PORTS.len());
    let deployment = product.join("probity.yaml");
    let text = fs::read_to_string(&deployment).unwrap();
    fs::write(&deployment, elsewhere(&text, &ports)).unwrap();
    let binary = snapbox::cmd::cargo_bin!("probity");
    let path = format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap());
    fs::write(folder.path().join("recipe.sh"), script(&blocks, &ports)).unwrap();
    let said = fs::File::create(folder.path().join("said")).unwrap();
    let ended = Command::new("bash")
        .arg("recipe.sh")
        .current_dir(folder.path())
        .env("PATH", path)
        .env_remove("PROBITY_URL")
        .env_remove("PROBITY_KEY")
        .stdin(Stdio::null())
        .stdout(said.try_clone().unwrap())
        .stderr(said)
        .status()
        .unwrap();
    let said = fs::read_to_string(folder.path().join("said")).unwrap();
    assert!(ended.success(), "{said}");
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
    let left = fs::read_to_string(folder.path().join("answers/balances.csv")).unwrap();
    assert_eq!(left.lines().count(), 41);
}
