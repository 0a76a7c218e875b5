//! The few styles of the terminal. Each has one meaning; nothing else is coloured.

use anstyle::{AnsiColor, Style};

/// A title or a command to type.
pub(crate) const BOLD: Style = Style::new().bold();
/// What can be skipped when reading.
pub(crate) const DIM: Style = Style::new().dimmed();
/// An error, or a price that is charged though nothing was found.
pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
/// A warning.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// All is well, or costs nothing.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What to do.
pub(crate) const HELP: Style = AnsiColor::BrightCyan.on_default().bold();
