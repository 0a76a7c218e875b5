//! From bytes to text: size, UTF-8 and characters that have no business in a contract.
//!
//! Every file passes here first, so that whatever reads on has a bounded, visible text.

use super::findings::Findings;
use super::problems::Problem;
use crate::diagnostic::FileKind;

/// Largest contract or operations file, in bytes.
pub(super) const LARGEST: usize = 1 << 20;
/// Largest price map, in bytes.
const LARGEST_PRICES: usize = 16 << 20;

/// A mark that some editors put at the very start of a file, where it is passed over.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// The text of a file, or None where it was refused and the reason reported.
pub(super) fn text<'b>(bytes: &'b [u8], findings: &mut Findings) -> Option<&'b str> {
    let largest = match findings.file() {
        FileKind::Prices => LARGEST_PRICES,
        FileKind::Contract | FileKind::Operations | FileKind::Deployment => LARGEST,
    };
    if bytes.len() > largest {
        let message = format!(
            "The file has {} bytes; {largest} ({} MiB) is the most that is read.",
            bytes.len(),
            largest >> 20
        );
        let fix = "Check that this is the file you meant; split or shorten it.";
        findings.add(Problem::TooLarge, 0..0, message, fix);
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            refuse_encoding(bytes, error.valid_up_to(), findings);
            return None;
        }
    };
    let unseen = |(at, c): &(usize, char)| is_unseen(*c) && (*at, *c) != (0, BYTE_ORDER_MARK);
    let Some((at, unseen)) = text.char_indices().find(unseen) else {
        return Some(text);
    };
    let span = at..at.saturating_add(unseen.len_utf8());
    let message = format!("The file contains {}, which cannot be seen.", unseen.escape_unicode());
    findings.add(Problem::NotText, span, message, "Delete the character.");
    None
}

fn refuse_encoding(bytes: &[u8], valid: usize, findings: &mut Findings) {
    let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let message = if wide {
        "The file is UTF-16, not UTF-8.".to_owned()
    } else {
        format!("Byte {valid} of the file is not UTF-8 text.")
    };
    findings.add(Problem::NotText, valid..valid, message, "Save the file as UTF-8.");
}

/// Control characters, and marks that turn the direction of writing around.
pub(super) fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, BYTE_ORDER_MARK | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
