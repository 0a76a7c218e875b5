//! The contract in plain words: on a terminal, in Markdown, as a page. What it says comes from core.

mod check;
mod html;
mod markdown;
mod terminal;

pub(crate) use check::{markdown_of_check, terminal_of_check};
pub(crate) use html::{html, html_of_words};
pub(crate) use markdown::{markdown, markdown_of_words};
pub(crate) use terminal::{terminal, terminal_of_words};

/// What the mark on a default means.
const DEFAULTS: &str = "The file says nothing about this: Probity's published default holds.";
