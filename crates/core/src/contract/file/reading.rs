//! The reading machinery for files whose keys the core does not know.
//!
//! Such a file gets what a contract's files get: every problem at once, each at its place with a fix,
//! unknown keys refused, and JSON Schema and reference from the same tables. Its tables ([`Keys`]),
//! its kinds of problems ([`problems!`](crate::problems)) and the types it compiles to belong to who
//! reads it.

use super::{Names, Reading, build, text};
use crate::diagnostic::{Diagnostic, FileKind};

pub use super::findings::Findings;
pub use super::literals::{Flaw, Form, Literal};
pub use super::problems::Documented;
pub use super::reader::Reader;
pub use super::reference::keys_of;
pub use super::schema::of_file as schema_of;
pub use super::section::Section;
pub use super::shape::{Key, Keys, Kind, Shape, Word};
pub use super::suggest::{distance, either, listed, quoted};
pub use super::tree::{Entry, Map, Node, Scalar, Value};

/// Reads a file with its own reader of the whole. What it gives is kept only where the file has no
/// error; the findings are all there are, in the order of the file. Names of actions, plans and the
/// like are held to those of `contract`, where it is given and could be taken apart.
///
/// Never panics, whatever the bytes are.
pub fn read<T>(
    file: FileKind,
    bytes: &[u8],
    contract: Option<&Reading>,
    whole: impl FnOnce(&mut Reader<'_>, &Node) -> Option<T>,
) -> (Option<T>, Vec<Diagnostic>) {
    let mut findings = Findings::of(file);
    let root = text::text(bytes, &mut findings).and_then(|text| build::tree(text, &mut findings));
    let Some(root) = root else { return (None, findings.finish()) };
    let names = contract.map(|reading| {
        Names::of_files(reading.places.contract.as_ref(), reading.places.operations.as_ref())
    });
    let names = names.unwrap_or_default();
    let source = std::str::from_utf8(bytes).unwrap_or_default();
    let mut r = Reader::new(findings, &names, source);
    let read = whole(&mut r, &root);
    let refused = r.findings.refused();
    (read.filter(|_| !refused), r.findings.finish())
}
