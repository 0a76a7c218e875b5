//! `buttons`: the service, the product's server and its page as they stand in the recipe, and what a
//! customer sees and presses in a browser.

use super::{blocks, free};
use crate::browser::window::Window;
use crate::http::started::Started;
use crate::packages::pypi;
#[cfg(unix)]
use crate::sdks::typescript::{built, modules};
use crate::support::repository;
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// What ends with the test.
pub(crate) struct Ends(pub(crate) Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Plays it with one of the two servers.
fn plays(server: impl FnOnce(&Path, u16) -> Command) {
    let recipe = fs::read_to_string(repository().join("docs/recipes/buttons.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let port = free(1)[0];
    let (commands, files) = blocks(&recipe);
    let serve = commands[0].commands.replace("3000", &port.to_string());
    let serve: Vec<&str> =
        serve.trim().strip_prefix("probity serve ").unwrap().split(' ').collect();
    let contract = repository().join(serve[0]).canonicalize().unwrap();
    let database = folder.path().join("probity.db");
    let args = [contract.to_str().unwrap(), "--database", database.to_str().unwrap()];
    let args: Vec<&str> = args.into_iter().chain(serve[1..].iter().copied()).collect();
    let mut started = Started::serve(folder.path(), &args);
    let mut said = BufReader::new(started.child.stdout.take().unwrap()).lines();
    let key = said.find_map(|line| line.unwrap().strip_prefix("live key: ").map(str::to_owned));
    let key = key.expect("a key");
    let service = started.address.clone();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = text.replace("127.0.0.1:4242", &service).replace("3000", &port.to_string());
        fs::write(path, text).unwrap();
    }
    let put = commands[1].commands.lines().skip(1).collect::<Vec<_>>().join("\n");
    let put = put.replace("127.0.0.1:4242", &service);
    let made = Command::new("sh").args(["-c", &put]).env("PROBITY_KEY", &key).output().unwrap();
    let made = String::from_utf8(made.stdout).unwrap();
    assert!(made.contains("\"customer\":\"ana\""), "{made}");
    let mut server = server(folder.path(), port);
    server.env("PROBITY_URL", format!("http://{service}")).env("PROBITY_KEY", &key);
    server.current_dir(folder.path()).stdout(Stdio::null());
    let mut server = Ends(server.stderr(Stdio::null()).spawn().expect("it runs"));
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(server.0.try_wait().unwrap().is_none(), "the server ended");
    }
    pressed(&format!("http://127.0.0.1:{port}/"));
    let runs = started.get(&key, "/v1/customers/ana/runs");
    let kinds: Vec<_> = runs["items"].as_array().unwrap().iter().map(|r| &r["charged"]).collect();
    assert_eq!(kinds, [&json!("0"), &json!("5")], "{runs:#}");
}

/// What a customer sees and presses.
fn pressed(url: &str) {
    let mut window = Window::open();
    window.expects("favicon.ico");
    window.goes(url);
    window.reads("probity-price >>> .body", "5 credits ($0.50), taken only if it is delivered");
    window.reads("probity-wallet >>> .pill", "120 credits");
    window.presses("probity-price button");
    window.reads("#said", "Done. 5 credits used ($0.50); 115 credits left.");
    window.reads("probity-wallet >>> .pill", "115 credits");
    window.reads("probity-price >>> .words", "You already have this. No charge.");
    window.pictures("recipe");
    window.presses("probity-price button");
    window.reads("#said", "You already have this");
    window.reads("probity-wallet >>> .pill", "115 credits");
    window.ends();
}

#[cfg(unix)]
#[test]
fn the_first_honest_button_in_express() {
    plays(|folder, _| {
        built(&folder.join("sdk"));
        let installed = folder.join("node_modules");
        fs::create_dir_all(installed.join("@probity")).unwrap();
        symlink(folder.join("sdk"), installed.join("@probity/sdk")).unwrap();
        symlink(modules().join("express"), installed.join("express")).unwrap();
        let mut node = Command::new("node");
        node.arg("server.mjs");
        node
    });
}

#[test]
fn the_first_honest_button_in_fastapi() {
    plays(|_, port| {
        let sdk = repository().join("sdk/python").canonicalize().unwrap();
        let mut python = Command::new(pypi("sdk-dev", &sdk.join("requirements/dev.txt")));
        python.args(["-m", "uvicorn", "server:app", "--port", &port.to_string()]);
        python.env("PYTHONPATH", sdk.join("src")).env("PYTHONDONTWRITEBYTECODE", "1");
        python
    });
}
