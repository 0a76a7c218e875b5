//! Moving in and out: `probity adopt` and `probity leave`, on a database and on a service.

mod delta;
mod killed;
mod postgres;
mod questions;
mod rows;

use crate::http::started::Started;
use crate::support::{probity, repository};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// Books with the sample contract, and nobody in them.
struct Books {
    folder: TempDir,
}

impl Books {
    fn new() -> Self {
        let (folder, mut service, _) = begun();
        assert_eq!(service.end().0, Some(0));
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    /// `probity …` there, with these words.
    fn says(&self, line: &str) -> Output {
        probity(self.path(), &line.split_whitespace().collect::<Vec<_>>())
    }

    /// The same as JSON, with the code it ends with.
    fn json(&self, line: &str, code: i32) -> Value {
        let out = self.says(&format!("{line} --json"));
        assert_eq!(out.status.code(), Some(code), "{out:?}");
        serde_json::from_slice(&out.stdout).unwrap()
    }

    /// What can be used, by customer: `ana 140.5, ben 20`.
    fn balances(&self) -> String {
        let out = self.says("leave --force");
        assert!(out.status.success(), "{out:?}");
        let text = fs::read_to_string(self.path().join("balances.csv")).unwrap();
        let line = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{} {}", cells[0], cells[3])
        };
        text.lines().skip(1).map(line).collect::<Vec<_>>().join(", ")
    }
}

/// A service with the sample contract in a folder of its own, and its key for live.
pub(crate) fn begun() -> (TempDir, Started, String) {
    let folder = tempfile::tempdir().unwrap();
    for file in ["contract.yaml", "operations.yaml", "model-prices.json"] {
        let from = repository().join("contracts/jobscout").join(file);
        fs::copy(from, folder.path().join(file)).unwrap();
    }
    let mut service = Started::serve(folder.path(), &["contract.yaml"]);
    let mut said = String::new();
    BufReader::new(service.child.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
    let key = said.trim().strip_prefix("live key: ").unwrap().to_owned();
    (folder, service, key)
}
