//! Reading a file from its end, record by record: for exports whose newest rows come first.
//!
//! One pass finds where blocks of records begin, a second reads the blocks last to first. Memory is
//! one block and a few numbers for each; the file must not change in between.

use super::records::{Framing, Record, Records};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// About how many bytes make a block.
const BLOCK: u64 = 4 << 20;

/// Where a block of records begins.
struct Block {
    at: u64,
    line: u64,
}

/// Gives every record after the first `skip` lines, the last one first, with the bytes read so
/// far. `each` stops the reading by answering false.
///
/// # Errors
/// What reading the file says.
pub(crate) fn each_record(
    mut file: File,
    framing: Framing,
    skip: u64,
    each: &mut dyn FnMut(Record<'_>, u64) -> bool,
) -> io::Result<()> {
    let (blocks, size) = blocks(&mut file, framing, skip)?;
    let mut end = size;
    for block in blocks.iter().rev() {
        file.seek(SeekFrom::Start(block.at))?;
        let mut bytes = Vec::new();
        (&mut file).take(end - block.at).read_to_end(&mut bytes)?;
        end = block.at;
        let mut records = Records::new(bytes.as_slice(), framing, block.line);
        let mut all = Vec::new();
        while let Some(record) = records.next()? {
            all.push((record.line, record.text.map(String::from)));
        }
        for (line, text) in all.into_iter().rev() {
            let record = Record { line, text: text.as_deref().map_err(|r| *r), taken: 0 };
            if !each(record, size - block.at) {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn blocks(file: &mut File, framing: Framing, skip: u64) -> io::Result<(Vec<Block>, u64)> {
    file.rewind()?;
    let mut records = Records::new(file, framing, 1);
    let mut blocks: Vec<Block> = Vec::new();
    let mut before = 0;
    while let Some(record) = records.next()? {
        let (line, taken) = (record.line, record.taken);
        let is_far = blocks.last().is_none_or(|last| before - last.at >= BLOCK);
        if line > skip && is_far {
            blocks.push(Block { at: before, line });
        }
        before = taken;
    }
    Ok((blocks, before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn the_last_record_comes_first_over_many_blocks() {
        let mut file = tempfile::tempfile().unwrap();
        writeln!(file, "header").unwrap();
        let filler = "x".repeat(1000);
        for n in 0..12_000 {
            writeln!(file, "\"{n}\n\",{filler}").unwrap();
        }
        let mut expected = 12_000;
        each_record(file, Framing::Separated(b','), 1, &mut |record, _| {
            expected -= 1;
            assert_eq!(record.line, 2 + expected * 2);
            assert!(record.text.unwrap().starts_with(&format!("\"{expected}\n\"")));
            true
        })
        .unwrap();
        assert_eq!(expected, 0);
    }
}
