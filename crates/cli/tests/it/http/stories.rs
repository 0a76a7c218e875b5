//! Every story of the corpus turns out the same over HTTP.

use super::port::Http;
use super::served::sample;
use crate::support::repository;
use probity::scenario::{play, read};
use probity::store::MemoryStore;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_story_turns_out_the_same_over_http() {
    let mut wrong = Vec::new();
    let mut played = 0;
    for (path, beside) in corpus() {
        let text = fs::read_to_string(&path).unwrap();
        let (stories, faults) = read(&path.display().to_string(), &text);
        assert!(faults.is_empty(), "{}", faults[0]);
        for story in &stories {
            let contract = story.contract.as_deref().or(beside.as_deref());
            let mut port = Http::on(Box::<MemoryStore>::default());
            played += 1;
            if let Some(failure) = play(story, contract.map(sample), &mut port).failure {
                wrong.push(format!("{}:{}: {}\n{failure}", story.file, story.line, story.title));
            }
        }
    }
    assert!(played > 100, "only {played} stories");
    let count = wrong.len();
    assert!(wrong.is_empty(), "{count} of {played} stories:\n\n{}\n", wrong.join("\n\n"));
}

/// The files of stories, with the contract they lie beside.
fn corpus() -> Vec<(PathBuf, Option<String>)> {
    let mut found: Vec<_> = stories(&repository().join("scenarios")).map(|s| (s, None)).collect();
    for contract in fs::read_dir(repository().join("contracts")).unwrap() {
        let contract = contract.unwrap();
        let name = contract.file_name().to_string_lossy().into_owned();
        let stories = stories(&contract.path().join("scenarios"));
        found.extend(stories.map(|story| (story, Some(name.clone()))));
    }
    found.sort();
    found
}

fn stories(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"))
}
