//! A file of stories as Markdown: titles, prose, and the blocks that are played.
//!
//! Only the shape is read here. A heading begins a story; what stands before the first `##` and is
//! not played (which contract, its edits) holds for every story of the file.

use super::fault::{Fault, instead_of};

/// A story as it stands in its file.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Its heading.
    pub(super) title: String,
    /// Where that stands.
    pub(super) line: usize,
    /// The contract it names; None: the one it lies beside, or a whole one in a block.
    pub(super) contract: Option<String>,
    /// Its blocks, in order.
    pub(super) blocks: Vec<Block>,
}

/// A block between fences.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// The line of its opening fence.
    pub(super) line: usize,
    /// Its lines, each with its number.
    pub(super) lines: Vec<(usize, String)>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// Steps.
    Play,
    /// A contract, or edits of one.
    Contract,
    /// Operations, or edits of them.
    Operations,
}

const KINDS: &[(&str, BlockKind)] = &[
    ("play", BlockKind::Play),
    ("contract", BlockKind::Contract),
    ("operations", BlockKind::Operations),
];
/// Blocks that are shown and not played.
const SHOWN: &[&str] = &["", "text", "json", "yaml", "sh", "console"];

/// Reads the sections of a file that have something to play.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<Section>, Fault> {
    let mut reading = Reading { file, sections: Vec::new(), open: None };
    for (index, line) in text.lines().enumerate() {
        reading.take(index + 1, line)?;
    }
    if let Some((fence, Some(block))) = &reading.open {
        let message = "this block is not closed";
        let fix = format!("Close it with a line of its own: {fence}");
        return Err(fault(file, block.line, fence, message, fix));
    }
    Ok(shared(reading.sections))
}

struct Reading<'t> {
    file: &'t str,
    sections: Vec<(usize, Section)>,
    /// The fence that is open, and the block in it; None: shown only.
    open: Option<(&'t str, Option<Block>)>,
}

impl<'t> Reading<'t> {
    fn take(&mut self, number: usize, line: &'t str) -> Result<(), Fault> {
        let trimmed = line.trim();
        let ticks = trimmed.len() - trimmed.trim_start_matches('`').len();
        match self.open.take() {
            Some((fence, block)) if ticks >= fence.len() && trimmed.len() == ticks => {
                if let (Some((_, section)), Some(block)) = (self.sections.last_mut(), block) {
                    section.blocks.push(block);
                }
                Ok(())
            }
            Some((fence, mut block)) => {
                if let Some(block) = &mut block {
                    block.lines.push((number, line.to_owned()));
                }
                self.open = Some((fence, block));
                Ok(())
            }
            None if ticks >= 3 => self.open(number, line, ticks),
            None => {
                self.prose(number, trimmed);
                Ok(())
            }
        }
    }

    fn open(&mut self, number: usize, line: &'t str, ticks: usize) -> Result<(), Fault> {
        let (fence, info) = line.trim().split_at(ticks);
        let word = info.split_whitespace().next().unwrap_or_default();
        let kind = KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
        if kind.is_none() && !SHOWN.contains(&word) {
            let fix = instead_of(word, KINDS.iter().map(|(known, _)| *known));
            let message = format!("a block called `{word}` is not known");
            return Err(fault(self.file, number, line, &message, fix));
        }
        if kind.is_some() && self.sections.is_empty() {
            let message = "a block stands before any heading";
            let fix = "Begin the file with `# ` and what the story shows.";
            return Err(fault(self.file, number, line, message, fix.to_owned()));
        }
        let block = kind.map(|kind| Block { kind, line: number, lines: Vec::new() });
        self.open = Some((fence, block));
        Ok(())
    }

    fn prose(&mut self, number: usize, line: &str) {
        let marks = line.len() - line.trim_start_matches('#').len();
        if let Some(title) = line.get(marks..).and_then(|rest| rest.strip_prefix(' '))
            && marks > 0
        {
            let title = title.trim().to_owned();
            let section = Section { title, line: number, contract: None, blocks: Vec::new() };
            self.sections.push((marks, section));
        } else if let (Some(name), Some((_, section))) =
            (line.strip_prefix("Contract:"), self.sections.last_mut())
        {
            section.contract = Some(name.trim().trim_end_matches('.').to_owned());
        }
    }
}

/// What the first heading sets up holds for every story; sections without steps are prose.
fn shared(sections: Vec<(usize, Section)>) -> Vec<Section> {
    let setup = |blocks: &[Block]| -> Vec<Block> {
        let before = blocks.iter().take_while(|b| b.kind != BlockKind::Play);
        before.cloned().collect()
    };
    let first = sections.first().filter(|(marks, _)| *marks == 1);
    let common = first.map(|(_, s)| (s.contract.clone(), setup(&s.blocks)));
    let mut stories = Vec::new();
    for (index, (_, mut section)) in sections.into_iter().enumerate() {
        if let Some((contract, blocks)) = common.as_ref().filter(|_| index > 0) {
            section.contract = section.contract.or_else(|| contract.clone());
            section.blocks.splice(0..0, blocks.iter().cloned());
        }
        if section.blocks.iter().any(|b| b.kind == BlockKind::Play) {
            stories.push(section);
        }
    }
    stories
}

fn fault(file: &str, line: usize, text: &str, message: &str, fix: String) -> Fault {
    Fault {
        file: file.to_owned(),
        line,
        text: text.to_owned(),
        span: 0..text.len(),
        message: message.to_owned(),
        fix,
    }
}
