//! Where answers are shown: results on standard output, notes on standard error.
//!
//! The only place that writes to either. Colours are kept only where they are wanted; a reader that
//! has gone away (`probity explain | head`) is no fault; nothing in here panics on a closed stream.

use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use std::ffi::OsString;
use std::io::{self, BufRead, IsTerminal, Read, Write};

/// When to use colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(crate) enum Color {
    /// On terminals, unless `NO_COLOR` or `CLICOLOR=0` says otherwise.
    #[default]
    Auto,
    /// Also in pipes and files.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// What the raw arguments ask for, where they could not be parsed as a whole.
    pub(crate) fn among(args: &[OsString]) -> Self {
        let texts: Vec<&str> = args.iter().filter_map(|a| a.to_str()).collect();
        let after = texts.windows(2).find_map(|pair| match pair {
            ["--color", value] => Some(*value),
            _ => None,
        });
        let joined = texts.iter().find_map(|text| text.strip_prefix("--color="));
        after.or(joined).and_then(|v| Self::from_str(v, false).ok()).unwrap_or_default()
    }

    /// Makes it the choice for all that is shown.
    pub(crate) fn choose(self) {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
        .write_global();
    }
}

/// Shows an answer; the exit code is the answer's own unless it could not be shown.
pub(crate) fn show(answer: &Answer) -> Exit {
    let shown = write(io::stdout(), &answer.result);
    let told = match &shown {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            format!("The result could not be written: {e}. Is the disk full?\n")
        }
        _ => answer.note.clone(),
    };
    // Standard error is the last place to complain to: if it is gone, the exit code must do.
    let _ = write(io::stderr(), &told);
    match shown {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Exit::CANNOT_WRITE,
        _ => answer.exit,
    }
}

fn write<S>(stream: S, text: &str) -> io::Result<()>
where
    S: anstream::stream::RawStream + anstream::stream::AsLockedWrite,
{
    if text.is_empty() {
        return Ok(());
    }
    let mut stream = AutoStream::auto(stream);
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// Writes a long result to standard output piece by piece, as it is made.
pub(crate) fn pour(make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    make(&mut out)?;
    out.flush()
}

/// Says a result before the command has ended.
pub(crate) fn say(text: &str) -> io::Result<()> {
    write(io::stdout(), text)
}

/// Says something on standard error before the answer is there.
pub(crate) fn note(text: &str) {
    // If standard error is gone, the answer still comes.
    let _ = write(io::stderr(), text);
}

/// A bar that shows how much of so many bytes is read; on terminals only.
pub(crate) fn progress(bytes: Option<u64>) -> ProgressBar {
    let bar = bytes.map_or_else(ProgressBar::no_length, ProgressBar::new);
    let look = if bytes.is_some() {
        "{percent:>3}% {bar:30} {bytes} of {total_bytes}, {eta} left"
    } else {
        "{spinner} {bytes} in {elapsed}"
    };
    bar.with_style(
        ProgressStyle::with_template(look).unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}

/// So many steps, of which it is shown how many are done: a bar on terminals; elsewhere a line says
/// once what begins. It goes when it is dropped.
pub(crate) struct Steps(ProgressBar);

impl Steps {
    pub(crate) fn new(all: u64, what: &str) -> Self {
        if !io::stderr().is_terminal() {
            note(&format!("{what}.\n"));
        }
        let bar = ProgressBar::new(all).with_message(what.to_owned());
        let look = ProgressStyle::with_template("{bar:20} {human_pos} of {human_len}  {wide_msg}");
        Self(bar.with_style(look.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    pub(crate) fn at(&self, done: u64) {
        self.0.set_position(done);
    }

    pub(crate) fn say(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// The columns that the result may take: as `COLUMNS` says where it is set, else those of the
/// terminal that reads the result, where one does.
pub(crate) fn columns() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|text| text.trim().parse().ok());
    said.filter(|n| *n > 0).or_else(|| io::stdout().is_terminal().then(textwrap::termwidth))
}

/// How wide a line of prose may be: the terminal's width within reason, 80 where there is none.
pub(crate) fn width() -> usize {
    columns().map_or(80, |columns| columns.clamp(40, 100))
}

/// Is there somebody to answer questions?
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks on standard error, reads one line. The end of the input is no answer: it ends the dialogue.
pub(crate) fn ask(question: &str) -> Result<String, Failure> {
    let asked = || -> io::Result<String> {
        write(io::stderr(), question)?;
        let mut line = String::new();
        match io::stdin().lock().take(LONGEST_ANSWER).read_line(&mut line)? {
            0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the input has ended")),
            _ => Ok(line.trim().to_owned()),
        }
    };
    asked().map_err(|e| {
        Failure::new(
            Exit::USAGE,
            "no_answers",
            format!("no answer was given, so nothing was written: {e}"),
            "give the answers as flags; --help after the command lists them",
        )
    })
}

/// Bytes of one typed line.
const LONGEST_ANSWER: u64 = 4096;
