//! The elements in React: the SDK's example page, rendered on a server and brought to life in the
//! browser, by the oldest React that is promised and by the newest.

use super::window::Window;
use crate::http::served::Served;
use crate::packages::{must, npm};
use crate::recipes::buttons::Ends;
use crate::sdks::typescript::{copy, modules, sources};
use probity::Environment;
use probity_cli::http::Limits;
use serde_json::json;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder with the product's server, and what lists React 18.
fn tests() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "react"].iter().collect()
}

/// The SDK with its examples, built, beside these packages from then on.
fn built(here: &Path, packages: &Path) {
    copy(&sources(), here);
    let beside = here.join("node_modules");
    symlink(modules(), &beside).unwrap();
    let wanted = "the SDK can be built";
    must(Command::new("node").arg("scripts/build.mjs").current_dir(here), wanted);
    fs::remove_file(&beside).unwrap();
    fs::create_dir(&beside).unwrap();
    for name in ["react", "react-dom", "scheduler", "loose-envify", "js-tokens"] {
        if packages.join(name).exists() {
            copy(&packages.join(name), &beside.join(name));
        }
    }
    symlink(modules().join("openapi-fetch"), beside.join("openapi-fetch")).unwrap();
}

/// What a customer sees and presses, with this React.
fn plays(packages: &Path, version: &str) {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().canonicalize().unwrap();
    built(&here, packages);
    let read = fs::read_to_string(here.join("node_modules/react/package.json")).unwrap();
    assert!(read.contains(&format!("\"version\": \"{version}.")), "not React {version}");
    let mut site = Command::new("node");
    site.arg(tests().join("site.mjs")).current_dir(&here);
    site.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut site = Ends(site.spawn().expect("Node runs"));
    let mut said = BufReader::new(site.0.stdout.take().unwrap()).lines();
    let url = said.next().expect("it listens").unwrap();
    let mut served = Served::new();
    served.ana();
    served.opens("kim", "discovery");
    served.listen_for(Limits::default(), &[&url]);
    let key = served.key(Environment::Live, "react", None);
    let service = json!({ "url": format!("http://{}", served.address()), "key": key });
    writeln!(site.0.stdin.as_mut().unwrap(), "{service}").unwrap();
    pressed(&url);
    let runs = served.get("/v1/customers/ana/runs").is(200);
    let charged: Vec<_> = runs["items"].as_array().unwrap().iter().map(|r| &r["charged"]).collect();
    assert_eq!(charged, [&json!("0"), &json!("5")], "{runs:#}");
}

fn pressed(url: &str) {
    let window = Window::open();
    window.goes(url);
    window.reads("probity-price >>> .body", "5 credits ($0.50)");
    window.reads("probity-wallet >>> .pill", "120 credits");
    window.presses("probity-price button");
    window.reads("[role=status]", "Done. 5 credits used ($0.50); 115 credits left.");
    window.reads("probity-wallet >>> .pill", "115 credits");
    window.reads("probity-price >>> .words", "You already have this. No charge.");
    window.presses("probity-price button");
    window.reads("[role=status]", "You already have this");
    // Each element is there once, and the script too, though everything is done twice in this mode.
    let count = "return ['probity-price', 'script[src$=\"/elements.js\"]'].map((s) => \
        document.querySelectorAll(s).length);";
    assert_eq!(window.says(count), json!([1, 1]));
    // Somebody else signs in, without the page being loaded anew.
    window.says("document.cookie = 'user=kim'; signsIn('kim');");
    window.reads("probity-wallet >>> .pill", "25 credits");
    window.reads("probity-price >>> .price", "5 credits");
    window.ends();
}

#[test]
fn the_elements_are_components_of_react_18() {
    plays(&npm("react-18", &tests()).join("node_modules"), "18");
}

#[test]
fn the_elements_are_components_of_react_19() {
    plays(&modules(), "19");
}
