//! Questions on the terminal: what a command has to know and no flag says.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::render::style::{BOLD, DIM};
use crate::terminal;
use clap::ValueEnum;
use clap::builder::PossibleValue;

/// Asks on the terminal, or takes the usual answer.
pub(super) struct Questions {
    /// Is there somebody to ask?
    pub(super) asks: bool,
}

impl Questions {
    /// A short text.
    pub(super) fn text(
        &self,
        question: &str,
        given: Option<String>,
        usual: &str,
    ) -> Result<String, Failure> {
        if let Some(text) = given {
            return clean(&text);
        }
        if !self.asks {
            return Ok(usual.to_owned());
        }
        let said = terminal::ask(&format!("{BOLD}{question}{BOLD:#} {DIM}[{usual}]{DIM:#}: "))?;
        if said.is_empty() { Ok(usual.to_owned()) } else { clean(&said) }
    }

    /// One of several; the usual one where nothing is typed.
    pub(super) fn choice<T: ValueEnum + 'static>(
        &self,
        question: &str,
        given: Option<T>,
        usual: T,
    ) -> Result<T, Failure> {
        if let Some(choice) = given {
            return Ok(choice);
        }
        if !self.asks {
            return Ok(usual);
        }
        let mut text = format!("{BOLD}{question}{BOLD:#}\n");
        for (i, possible) in offered::<T>().enumerate() {
            let help = possible.get_help().map(ToString::to_string).unwrap_or_default();
            text.push_str(&format!("  {}. {:<8} {DIM}{help}{DIM:#}\n", i + 1, possible.get_name()));
        }
        text.push_str("Number or word [1]: ");
        loop {
            let said = terminal::ask(&text)?;
            if said.is_empty() {
                return Ok(usual);
            }
            let by_number = said.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let by_number = by_number.and_then(|i| T::value_variants().get(i)).cloned();
            if let Some(choice) = by_number.or_else(|| T::from_str(&said, true).ok()) {
                return Ok(choice);
            }
            text = String::from("One of these, please, by its number or word: ");
        }
    }
}

/// What may be chosen.
fn offered<T: ValueEnum + 'static>() -> impl Iterator<Item = PossibleValue> {
    let all = T::value_variants().iter().filter_map(T::to_possible_value);
    all.filter(|possible| !possible.is_hide_set())
}

/// A short text on one line.
fn clean(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 60 || text.chars().any(char::is_control) {
        return Err(Failure::new(
            Exit::USAGE,
            "bad_answer",
            "a name is 1 to 60 characters on one line",
            "say it shorter, as it would stand on a button",
        ));
    }
    Ok(text.to_owned())
}
