//! The script as it is served: small, for every origin, kept by browsers, sound as types are.

use super::window::packages;
use crate::http::served::Served;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The most that it weighs, as browsers get it.
const HEAVIEST: usize = 20 * 1024;
/// The same of the script of the customer's pages, which comes beside it.
const HEAVIEST_OF_PAGES: usize = 14 * 1024;

#[test]
fn the_scripts_are_light() {
    let served = Served::new();
    for (path, heaviest) in [("/elements.js", HEAVIEST), ("/my.js", HEAVIEST_OF_PAGES)] {
        let text = served.get_as("", path).text;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(text.as_bytes()).unwrap();
        let weight = gzip.finish().unwrap().len();
        assert!(weight <= heaviest, "{path}: {weight} bytes, at most {heaviest}");
        println!("{path}: {weight} bytes, {} unpacked", text.len());
    }
}

/// Whoever can read gzip gets it, under a mark of its own; nobody else does.
#[test]
fn the_scripts_and_the_style_travel_packed() {
    let served = Served::new();
    for path in ["/elements.js", "/my.js", "/my.css"] {
        let plain = served.get_as("", path);
        assert_eq!(
            (plain.header("content-encoding"), plain.header("vary")),
            ("", "accept-encoding")
        );
        for none in ["", "br", "gzip;q=0", "gzip; q=0.0, br", "xgzip"] {
            let got = served.call("GET", path, &[("accept-encoding", none)], "");
            assert_eq!((got.header("content-encoding"), &got.text), ("", &plain.text), "{none}");
        }
        for takes in ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, GZIP;q=0.5"] {
            let got = served.call("GET", path, &[("accept-encoding", takes)], "");
            assert_eq!((got.status, got.header("content-encoding")), (200, "gzip"), "{takes}");
            assert_eq!(got.header("content-type"), plain.header("content-type"));
            assert_eq!(got.text, plain.text);
            let mark = got.header("etag").to_owned();
            assert_ne!(mark, plain.header("etag"));
            let known = [("accept-encoding", takes), ("if-none-match", &*mark)];
            assert_eq!(served.call("GET", path, &known, "").status, 304);
        }
    }
}

/// So does what pages read with a customer token, and the contract, which they ask for no second time
/// unless it is another; nothing else does.
#[test]
fn what_pages_read_travels_packed() {
    let served = Served::new();
    served.ana();
    let token = served.token("ana", None);
    let (mine, ours) = (format!("Bearer {token}"), format!("Bearer {}", served.live));
    let asks = |path: &str, more: &[(&str, &str)]| {
        served.call("GET", path, &[&[("accept-encoding", "gzip")], more].concat(), "")
    };
    for (path, who, is_packed) in [
        ("/v1/contract", None, true),
        ("/v1/contract", Some(&mine), true),
        ("/v1/customers/ana/prices", Some(&mine), true),
        ("/v1/customers/ana/prices", Some(&ours), false),
        // Short.
        ("/v1/customers/ana", Some(&mine), false),
    ] {
        let who: Vec<_> = who.map(|who| ("authorization", who.as_str())).into_iter().collect();
        let got = asks(path, &who);
        let packed = if is_packed { "gzip" } else { "" };
        assert_eq!((got.status, got.header("content-encoding")), (200, packed), "{path}");
        let plain = served.call("GET", path, &who, "");
        assert_eq!(plain.header("content-encoding"), "");
        assert_eq!(got.body, plain.body, "{path}");
    }
    let mark = asks("/v1/contract", &[]).header("etag").to_owned();
    assert_eq!(asks("/v1/contract", &[("if-none-match", &mark)]).status, 304);
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

/// Of the elements and of the pages.
fn sources() -> Vec<PathBuf> {
    let folders =
        ["elements", "pages"].map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(name));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    files.map(|file| file.unwrap().path()).collect()
}

#[test]
fn the_sources_make_no_html_from_strings() {
    let mut n = 0;
    for path in sources() {
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
    assert!(n >= 28, "{n}");
}

#[test]
fn the_types_of_the_sources_are_sound() {
    let mut tsc = Command::new("node");
    tsc.arg(packages().join("node_modules/typescript/bin/tsc"));
    tsc.args(["--allowJs", "--checkJs", "--noEmit", "--strict", "--target", "es2022"]);
    tsc.args(["--lib", "esnext,dom,dom.iterable", "--types", "", "--moduleDetection", "legacy"]);
    let out = tsc.args(sources()).output().expect("node");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
}
