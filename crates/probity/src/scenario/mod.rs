//! Stories that prove a contract: Markdown that a product manager reads and writes, played by a
//! runner against anything that keeps the books.
//!
//! A file holds one story or a few: prose, and blocks of steps. `scenarios/README.md` shows the
//! whole grammar. [`read`] gives the stories of a file or its [`Fault`]s; [`play`] plays one against
//! a [`Port`], of which [`Memory`] is the first; [`tell`] plays a story of one line.

mod edit;
mod embedded;
mod expect;
mod fault;
mod grammar;
mod keys;
mod lists;
mod memory;
mod moment;
mod page;
mod play;
mod port;
mod refused;
mod scan;
mod short;
mod step;
mod tell;

pub use embedded::Embedded;
pub use expect::Mismatch;
pub use fault::Fault;
pub use memory::Memory;
pub use moment::{Moment, written};
pub use play::{Failure, Played, Turn, play};
pub use port::{Call, Files, Port, Publication, Told};
pub use step::Step;
pub use tell::{enforced, tell};

use page::{Block, BlockKind};

/// A story, read and ready to be played.
#[derive(Clone, Debug)]
pub struct Story {
    /// The file it stands in, as it was named when it was read.
    pub file: String,
    /// What it shows.
    pub title: String,
    /// The line of its title, counted from 1.
    pub line: usize,
    /// The contract it names; None: the one beside it, or a whole one within.
    pub contract: Option<String>,
    scenes: Vec<Scene>,
}

impl Story {
    /// Its steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.scenes.iter().filter_map(|scene| match scene {
            Scene::Step(step) => Some(step),
            Scene::Files(_) => None,
        })
    }
}

/// What a story is made of.
#[derive(Clone, Debug)]
enum Scene {
    /// The files change; published with the next step that says so (the first: at once).
    Files(Block),
    /// A step.
    Step(Step),
}

/// Reads the stories of a file; with it every fault in their text, in the order of its lines.
#[must_use]
pub fn read(file: &str, text: &str) -> (Vec<Story>, Vec<Fault>) {
    let sections = match page::read(file, text) {
        Ok(sections) => sections,
        Err(fault) => return (Vec::new(), vec![fault]),
    };
    let mut faults = Vec::new();
    let mut stories = Vec::new();
    for section in sections {
        let mut grammar = grammar::Grammar::default();
        let mut scenes = Vec::new();
        for block in section.blocks {
            if block.kind != BlockKind::Play {
                scenes.push(Scene::Files(block));
                continue;
            }
            for line in grammar::lines(&block.lines) {
                match grammar.steps(file, &line) {
                    Ok(steps) => scenes.extend(steps.into_iter().map(Scene::Step)),
                    Err(found) => faults.extend(found),
                }
            }
        }
        let (title, line, contract) = (section.title, section.line, section.contract);
        stories.push(Story { file: file.to_owned(), title, line, contract, scenes });
    }
    (stories, faults)
}
