//! Where stories and contracts lie in this repository.

use probity::scenario::{Fault, Files, Story, read};
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The files of a sample contract by its name.
pub(crate) fn contract(name: &str) -> Option<Files> {
    let folder = root().join("contracts").join(name);
    let text = |file: &str| fs::read_to_string(folder.join(file)).ok();
    Some(Files {
        contract: text("contract.yaml")?,
        operations: text("operations.yaml"),
        prices: text("model-prices.json"),
    })
}

/// A file of stories, with the contract it lies beside.
pub(crate) struct StoryFile {
    pub(crate) shown: String,
    pub(crate) text: String,
    pub(crate) stories: Vec<Story>,
    pub(crate) faults: Vec<Fault>,
    beside: Option<String>,
}

impl StoryFile {
    /// The files that a story of this file is played under.
    pub(crate) fn files_of(&self, story: &Story) -> Option<Files> {
        contract(story.contract.as_ref().or(self.beside.as_ref())?)
    }
}

/// Every file of the corpus: `scenarios/*.md`, and those beside the sample contracts.
pub(crate) fn corpus() -> Vec<StoryFile> {
    let mut folders = vec![(root().join("scenarios"), None)];
    for contract in sorted(&root().join("contracts")) {
        let name = contract.file_name().map(|name| name.to_string_lossy().into_owned());
        folders.push((contract.join("scenarios"), name));
    }
    let files = folders.iter().flat_map(|(folder, beside)| {
        let stories = sorted(folder).into_iter().filter(|path| is_story(path));
        stories.map(|path| story_file(&path, beside.clone()))
    });
    files.collect()
}

fn story_file(path: &Path, beside: Option<String>) -> StoryFile {
    let shown = path.strip_prefix(root()).unwrap().display().to_string();
    let text = fs::read_to_string(path).unwrap();
    let (stories, faults) = read(&shown, &text);
    StoryFile { shown, text, stories, faults, beside }
}

fn is_story(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md")
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
