//! `probity test`: plays the stories beside a contract, and shows where one turns out otherwise.

use crate::answer::{Answer, Failure as Refused};
use crate::exit::Exit;
use crate::load::{self, load};
use crate::render;
use probity::scenario::{self, Files, Memory, Played, Story};
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

/// Play the stories beside a contract, and show where one turns out otherwise
///
/// Stories are Markdown files in folders called `scenarios`: prose, and blocks of steps with
/// what is expected of each. They run on the real decisions, with a clock of their own.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder with stories in it or below it, or one file
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    path: PathBuf,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Refused> {
    let files = find(&args.path)?;
    let mut result = Results::default();
    for path in &files {
        play_file(path, &mut result)?;
    }
    if result.stories.is_empty() {
        return Err(no_stories(&args.path));
    }
    let exit = if result.failed == 0 { Exit::CLEAN } else { Exit::ERRORS };
    let text = if json { render::json(&result) } else { render::stories::results(&result) };
    Ok(Answer::new(text).with_exit(exit))
}

/// How all stories went.
#[derive(Default, Serialize)]
pub(crate) struct Results {
    /// Those that turned out as they say.
    pub(crate) passed: usize,
    /// Those that did not, and files that cannot be read as stories.
    pub(crate) failed: usize,
    /// Each of them, in the order of files and lines.
    pub(crate) stories: Vec<StoryResult>,
}

/// How one story went.
#[derive(Serialize)]
pub(crate) struct StoryResult {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) title: String,
    pub(crate) passed: bool,
    /// How many calls were made.
    pub(crate) calls: usize,
    /// The steps before the one that failed, with their lines.
    pub(crate) before: Vec<Before>,
    pub(crate) failure: Option<Failed>,
}

/// A step that went as it should.
#[derive(Serialize)]
pub(crate) struct Before {
    pub(crate) line: usize,
    pub(crate) step: String,
}

/// Why a story failed.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Failed {
    /// It cannot be played as it is written.
    Fault { line: usize, column: usize, text: String, message: String, fix: String },
    /// A step turned out otherwise.
    Otherwise {
        line: usize,
        step: String,
        mismatches: Vec<scenario::Mismatch>,
        /// The mode of its run, where that is not enforced: then nothing is charged.
        #[serde(skip_serializing_if = "Option::is_none")]
        lenient: Option<String>,
    },
}

impl Results {
    fn add(&mut self, story: StoryResult) {
        self.passed += usize::from(story.passed);
        self.failed += usize::from(!story.passed);
        self.stories.push(story);
    }
}

fn play_file(path: &Path, results: &mut Results) -> Result<(), Refused> {
    let shown = load::shown(path);
    let text = load::text(path)?;
    let (stories, faults) = scenario::read(&shown, &text);
    let is_broken = !faults.is_empty();
    for fault in faults {
        results.add(StoryResult {
            file: shown.clone(),
            line: fault.line,
            title: String::from("cannot be read"),
            passed: false,
            calls: 0,
            before: Vec::new(),
            failure: Some(failed(&scenario::Failure::Fault(Box::new(fault)), None)),
        });
    }
    for story in stories.iter().filter(|_| !is_broken) {
        let files = files_of(story, path)?;
        let played = scenario::play(story, files, &mut Memory::default());
        results.add(result_of(story, &played));
    }
    Ok(())
}

/// How many steps before a failure are shown.
const BEFORE: usize = 3;

fn result_of(story: &Story, played: &Played) -> StoryResult {
    let failed_at = match &played.failure {
        Some(scenario::Failure::Otherwise { step, .. }) => Some(step.line),
        _ => None,
    };
    let earlier = story.steps().filter(|step| failed_at.is_some_and(|line| step.line < line));
    let mut before: Vec<Before> =
        earlier.map(|step| Before { line: step.line, step: step.text.clone() }).collect();
    before.dedup_by_key(|step| step.line);
    before.drain(..before.len().saturating_sub(BEFORE));
    StoryResult {
        file: story.file.clone(),
        line: story.line,
        title: story.title.clone(),
        passed: played.failure.is_none(),
        calls: played.turns.len(),
        before,
        failure: played.failure.as_ref().map(|failure| failed(failure, lenient(played))),
    }
}

/// The mode of the run that the last call was about, where it is not enforced.
fn lenient(played: &Played) -> Option<String> {
    let mode = played.turns.last()?.told.body.get("mode")?.as_str()?;
    (mode != "enforce").then(|| mode.to_owned())
}

fn failed(failure: &scenario::Failure, lenient: Option<String>) -> Failed {
    match failure {
        scenario::Failure::Fault(fault) => Failed::Fault {
            line: fault.line,
            column: fault.column(),
            text: fault.to_string(),
            message: fault.message.clone(),
            fix: fault.fix.clone(),
        },
        scenario::Failure::Otherwise { step, mismatches, .. } => Failed::Otherwise {
            line: step.line,
            step: step.text.clone(),
            mismatches: mismatches.clone(),
            lenient,
        },
    }
}

/// The files that a story is played under: those it names, else those of the folder above it.
fn files_of(story: &Story, path: &Path) -> Result<Option<Files>, Refused> {
    let here =
        |folder: &Path| if folder.as_os_str().is_empty() { ".".into() } else { folder.into() };
    let beside: Option<PathBuf> = path.parent().and_then(Path::parent).map(here);
    let folder = match &story.contract {
        Some(name) => Some(named(name, path).ok_or_else(|| unknown_contract(story, name))?),
        None => beside.filter(|folder| folder.join("contract.yaml").is_file()),
    };
    folder.map(|folder| load(&folder).map(|loaded| loaded.files.texts())).transpose()
}

/// `contracts/NAME` in the nearest folder above that has it.
fn named(name: &str, path: &Path) -> Option<PathBuf> {
    let full = path.canonicalize().ok()?;
    let below = full.ancestors().map(|folder| folder.join("contracts").join(name));
    below.into_iter().find(|folder| folder.join("contract.yaml").is_file())
}

/// Is there a file of stories in a folder or below it?
pub(crate) fn has_stories(folder: &Path) -> bool {
    find(folder).is_ok_and(|files| !files.is_empty())
}

/// The files of stories at a path, in the order of their names.
fn find(path: &Path) -> Result<Vec<PathBuf>, Refused> {
    let about = fs::metadata(path).map_err(|error| load::unreadable(path, &error))?;
    if about.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    let full = path.canonicalize().map_err(|error| load::unreadable(path, &error))?;
    let within = full.file_name().is_some_and(|name| name == "scenarios");
    look_into(path, within, DEEPEST, &mut found)?;
    found.sort();
    Ok(found)
}

/// Deeper folders than this are not looked into.
const DEEPEST: usize = 5;
/// Folders that hold no stories of their own.
const NOT_LOOKED_INTO: &[&str] = &["target", "node_modules"];

fn look_into(
    folder: &Path,
    within: bool,
    deepest: usize,
    found: &mut Vec<PathBuf>,
) -> Result<(), Refused> {
    let entries = fs::read_dir(folder).map_err(|error| load::unreadable(folder, &error))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let is_skipped = name.starts_with('.') || NOT_LOOKED_INTO.contains(&name.as_str());
        if is_folder && !is_skipped && deepest > 0 {
            look_into(&path, name == "scenarios", deepest - 1, found)?;
        } else if within && !is_folder && name.ends_with(".md") && name != "README.md" {
            found.push(path);
        }
    }
    Ok(())
}

fn no_stories(path: &Path) -> Refused {
    Refused::new(
        Exit::NO_INPUT,
        "no_stories",
        format!("there are no stories in {}", load::folder_words(path)),
        "write one as scenarios/FIRST.md beside the contract; \
         `probity try \"ana on PLAN runs ACTION, it is delivered\"` shows a first step",
    )
}

fn unknown_contract(story: &Story, name: &str) -> Refused {
    Refused::new(
        Exit::NO_INPUT,
        "no_contract",
        format!("{}:{}: there is no contract called {name}", story.file, story.line),
        format!("put it into contracts/{name} in a folder above the story, or mend the name"),
    )
}
