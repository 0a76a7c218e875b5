//! docs/reference.md: every key of the two files, its rule, and the stories that show it.
//! Made from the tables that read the files; `UPDATE=1` rewrites it.

use probity_core::contract::file::{KeyEntry, keys};
use probity_core::diagnostic::FileKind;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Keys that no story can show by itself, by how they begin, and where they are seen instead.
const SHOWN_ELSEWHERE: &[(&str, &str)] = &[
    ("effective", "judged when a version is published ([checks](checks.md))"),
    ("customers", "which [checks](checks.md) are made"),
    ("actions", "its keys, below"),
    ("actions.*.model", "the margins that [`probity check`](checks.md) judges"),
    ("actions.*.paid_even_if.abandoned.why", "as of `empty`: must be there to be read"),
    ("plans.*.for", "the words of the contract, for people"),
    (
        "failures.retries",
        "the most that [the gateway](recipes/gateway.md) repeats a call, and what `probity exceptions` holds attempts against",
    ),
    ("top_ups.money_back", "a promise to customers; giving back is `claw back` in a story"),
    ("changes", "how versions are judged ([checks](checks.md))"),
    ("waive", "findings accepted for now ([checks](checks.md))"),
    ("costs", "the margins that [`probity check`](checks.md) judges"),
    ("rollout.enforce_when", "the gate of `probity rollout`, and of the shadow report"),
    ("store_down", "what [the gateway](recipes/gateway.md) does while the store is away"),
];

/// The word for the longest beginning that fits this key.
fn shown_elsewhere(key: &str) -> Option<&'static str> {
    let fitting = SHOWN_ELSEWHERE.iter().filter(|(start, _)| {
        key.strip_prefix(start)
            .is_some_and(|rest| rest.starts_with('.') && *start != "actions" || rest.is_empty())
    });
    fitting.max_by_key(|(start, _)| start.len()).map(|(_, place)| *place)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every page of stories: its path within the repository, and its text.
fn stories() -> Vec<(String, String)> {
    let mut folders = vec![root().join("scenarios")];
    for contract in std::fs::read_dir(root().join("contracts")).unwrap().flatten() {
        folders.push(contract.path().join("scenarios"));
    }
    let mut pages = Vec::new();
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|e| e.path()) {
            if path.extension().is_some_and(|e| e == "md") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                pages.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    pages.sort();
    pages
}

/// Does a page name this key, in a line of `Keys:` or in an edit of a file: `limits.at_once`, or
/// `actions.tailor_document.price` for `actions.*.price`?
fn names_key(page: &str, key: &str) -> bool {
    let mut editing = false;
    page.lines().any(|line| {
        if let Some(info) = line.strip_prefix("```") {
            editing = matches!(info, "contract" | "operations");
            return false;
        }
        let of_keys = line.strip_prefix("Keys: ");
        let named = of_keys.or(editing.then(|| line.split('=').next().unwrap_or_default()));
        named.is_some_and(|named| {
            named.split(|c: char| c.is_whitespace() || "`,".contains(c)).any(|word| fits(word, key))
        })
    })
}

fn fits(word: &str, key: &str) -> bool {
    let (mut words, mut keys) = (word.split('.'), key.split('.'));
    loop {
        match (words.next(), keys.next()) {
            (None, None) => return true,
            (Some(word), Some(key)) if key == "*" || word == key => {}
            _ => return false,
        }
    }
}

fn page() -> String {
    let stories = stories();
    let mut page = String::from(
        "# Every key\n\nMade from the tables that read the files. `*` stands for a name of yours. The rules are those of \
         [deciding.md](deciding.md);\nthe stories that show a key are linked; where none can, what it is for is said instead.\n",
    );
    for (file, title) in [
        (FileKind::Contract, "contract.yaml: what customers are promised"),
        (FileKind::Operations, "operations.yaml: costs, roll-out, special deals"),
    ] {
        write!(page, "\n## {title}\n\n| key | means | holds | if left out | rule | shown by |\n| --- | --- | --- | --- | --- | --- |\n").unwrap();
        for key in keys().iter().filter(|key| key.file == file) {
            row(&mut page, key, &stories);
        }
    }
    page
}

fn row(page: &mut String, key: &KeyEntry, stories: &[(String, String)]) {
    let shown: Vec<String> = stories
        .iter()
        .filter(|(_, text)| names_key(text, &key.path))
        .map(|(name, _)| {
            format!("[{}](../{name})", Path::new(name).file_stem().unwrap().to_string_lossy())
        })
        .collect();
    let shown = match shown_elsewhere(&key.path) {
        Some(place) if shown.is_empty() => place.to_owned(),
        _ => shown.join(", "),
    };
    let default = if key.required { "must be there" } else { key.default };
    let example =
        if key.example.is_empty() { String::new() } else { format!("; `{}`", key.example) };
    let cell = |text: &str| text.replace('|', "\\|");
    writeln!(
        page,
        "| `{}` | {} | {}{} | {} | {} | {} |",
        key.path,
        cell(key.summary),
        cell(&key.holds),
        cell(&example),
        cell(default),
        cell(key.rule),
        shown
    )
    .unwrap();
}

#[test]
fn the_page_of_keys_is_current() {
    let path = root().join("docs/reference.md");
    let page = page();
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/reference.md is not current: run `UPDATE=1 cargo test`");
}

#[test]
fn every_key_is_shown_by_a_story_or_said_to_be_seen_elsewhere() {
    let stories = stories();
    let shown = |key: &str| stories.iter().any(|(_, text)| names_key(text, key));
    let bare: Vec<String> = keys()
        .into_iter()
        .map(|key| key.path)
        .filter(|key| !shown(key) && shown_elsewhere(key).is_none())
        .collect();
    assert!(bare.is_empty(), "no `Keys:` line of a story names {bare:#?}");
}

#[test]
fn every_key_a_story_names_is_one() {
    let keys = keys();
    for (page, text) in stories() {
        for word in
            text.lines().filter_map(|l| l.strip_prefix("Keys: ")).flat_map(|l| l.split(", "))
        {
            let key = word.trim_matches('`');
            assert!(keys.iter().any(|k| k.path == key), "{page} names {key}, which is no key");
        }
    }
}
