//! The script as it is served: small, for every origin, kept by browsers, sound as types are.

use super::window::packages;
use crate::http::served::Served;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

/// The most that it weighs, as browsers get it.
const HEAVIEST: usize = 20 * 1024;

#[test]
fn the_script_is_light() {
    let served = Served::new();
    let text = served.get_as("", "/elements.js").text;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    let weight = gzip.finish().unwrap().len();
    assert!(weight <= HEAVIEST, "{weight} bytes, at most {HEAVIEST}");
    println!("{weight} bytes, {} unpacked", text.len());
}

#[test]
fn any_page_may_load_the_script_and_browsers_keep_it() {
    let served = Served::new();
    let got = served.get_as("", "/elements.js");
    assert_eq!(got.status, 200);
    for (name, value) in [
        ("content-type", "text/javascript; charset=utf-8"),
        ("cache-control", "public, max-age=300"),
        ("x-content-type-options", "nosniff"),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
    ] {
        assert_eq!(got.header(name), value, "{name}");
    }
    let mark = got.header("etag").to_owned();
    let again = served.call("GET", "/elements.js", &[("if-none-match", &mark)], "");
    assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", &*mark));
    let other = served.call("GET", "/elements.js", &[("if-none-match", "\"other\"")], "");
    assert_eq!(other.status, 200);
}

#[test]
fn the_sources_make_no_html_from_strings() {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "elements"].iter().collect();
    let mut n = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        n += 1;
        assert!(text.starts_with("// "), "{}: says what it is for", path.display());
        assert!(text.lines().count() <= 520, "{}: too long", path.display());
        for line in text.lines().filter(|line| line.chars().count() > 100) {
            let is_style = line.contains('{') && line.contains('}') && line.contains(':');
            assert!(is_style, "{}: too long: {line}", path.display());
        }
        for never in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "parseFloat",
        ] {
            assert!(!text.contains(never), "{}: {never}", path.display());
        }
    }
    assert!(n >= 16, "{n}");
}

#[test]
fn the_types_of_the_sources_are_sound() {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "elements"].iter().collect();
    let mut tsc = Command::new("node");
    tsc.arg(packages().join("node_modules/typescript/bin/tsc"));
    tsc.args(["--allowJs", "--checkJs", "--noEmit", "--strict", "--target", "es2022"]);
    tsc.args(["--lib", "esnext,dom,dom.iterable", "--types", "", "--moduleDetection", "legacy"]);
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let out = tsc.args(files).output().expect("node");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
}
