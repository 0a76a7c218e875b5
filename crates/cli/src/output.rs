//! Files that a command writes because a flag names them: one rule for all of them.
//!
//! Written whole or not at all, beside their place first; never over a file that is there, unless
//! `--force` says so; never over what the command reads or writes otherwise, whatever is said.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::load::shown;
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that a flag names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output<'a> {
    /// The flag, without its dashes.
    pub(crate) flag: &'static str,
    /// The file.
    pub(crate) path: &'a Path,
    /// What is there may be written over.
    pub(crate) force: bool,
}

/// The flags of a report that can be written as a page, too.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Page {
    /// Write the report with pictures to this file, too
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

impl Page {
    /// The file that is to be written, where one is.
    pub(crate) fn output(&self) -> Option<Output<'_>> {
        self.html.as_deref().map(|path| Output { flag: "html", path, force: self.force })
    }
}

/// Refuses early, before any work is done, where one of the files may not be written.
///
/// # Errors
/// Two of them are one file, one of them is read by the command too, or one is there already.
pub(crate) fn refuse(outputs: &[Output<'_>], inputs: &[&Path]) -> Result<(), Failure> {
    for (n, output) in outputs.iter().enumerate() {
        if inputs.iter().any(|input| is_same(input, output.path)) {
            return Err(output.twice("is read by this command, and would be lost"));
        }
        if outputs.iter().take(n).any(|other| is_same(other.path, output.path)) {
            return Err(output.twice("is to be written twice"));
        }
        output.may_be_written()?;
    }
    Ok(())
}

impl Output<'_> {
    /// Writes what `make` gives, and then moves it to its place.
    ///
    /// # Errors
    /// There is something already, or it cannot be written.
    pub(crate) fn write(
        &self,
        make: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        self.may_be_written()?;
        let there = fs::metadata(self.path).ok();
        let written = match &there {
            // A device or a pipe, such as /dev/stdout: nothing is there that could be lost.
            Some(about) if !about.is_file() => {
                File::options().write(true).open(self.path).and_then(|file| pour(file, make))
            }
            _ => self.moved(there.as_ref(), make),
        };
        written.map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => self.there_already(),
            kind => self.cannot(&e, if is_full(kind) { ", or make room" } else { "" }),
        })
    }

    fn moved(
        &self,
        there: Option<&Metadata>,
        make: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let place = place(self.path);
        let mut builder = tempfile::Builder::new();
        builder.prefix(".probity-");
        if let Some(there) = there {
            builder.permissions(there.permissions());
        } else {
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        let draft = builder.tempfile_in(place.parent().unwrap_or(Path::new(".")))?;
        pour(draft.as_file(), make)?;
        draft.as_file().sync_all()?;
        let moved =
            if self.force { draft.persist(&place) } else { draft.persist_noclobber(&place) };
        moved.map(drop).map_err(|failed| failed.error)
    }

    fn may_be_written(&self) -> Result<(), Failure> {
        let folder = place(self.path).parent().map(Path::to_path_buf).unwrap_or_default();
        match fs::metadata(self.path) {
            Ok(about) if about.is_dir() => Err(self.cannot(&"it is a folder", "")),
            Ok(about) if about.is_file() && !self.force => Err(self.there_already()),
            Ok(_) => Ok(()),
            Err(_) if self.path.symlink_metadata().is_ok() && !self.force => {
                Err(self.there_already())
            }
            Err(_) if !folder.is_dir() => {
                Err(self.cannot(&"there is no such folder", ", or make its folder"))
            }
            Err(_) => Ok(()),
        }
    }

    fn there_already(&self) -> Failure {
        Failure::new(
            Exit::CANNOT_WRITE,
            "already_there",
            format!("{} is there already; nothing was written", shown(self.path)),
            format!("name another file with --{}, or write over it with --force", self.flag),
        )
    }

    fn twice(&self, why: &str) -> Failure {
        Failure::new(
            Exit::USAGE,
            "same_file",
            format!("{} {why}; nothing was written", shown(self.path)),
            format!("name another file with --{}", self.flag),
        )
    }

    /// It cannot be written; what else helps than another file.
    fn cannot(&self, why: &dyn std::fmt::Display, or: &str) -> Failure {
        Failure::new(
            Exit::CANNOT_WRITE,
            "cannot_write",
            format!("{} cannot be written: {why}", shown(self.path)),
            format!("choose another file with --{}{or}", self.flag),
        )
    }
}

/// Is there no room left?
pub(crate) fn is_full(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(kind, StorageFull | QuotaExceeded | FileTooLarge)
}

fn pour(file: impl Write, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, file);
    make(&mut out)?;
    out.flush()
}

/// Where a path leads: links followed, as far as anything is there.
fn place(path: &Path) -> PathBuf {
    if let Ok(place) = path.canonicalize() {
        return place;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_path_buf(),
    }
}

/// Are they one regular file, or would they be?
fn is_same(one: &Path, other: &Path) -> bool {
    let is_special = fs::metadata(other).is_ok_and(|about| !about.is_file());
    !is_special && place(one) == place(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(path: &Path, force: bool) -> Output<'_> {
        Output { flag: "html", path, force }
    }

    #[test]
    fn what_is_there_stays_unless_forced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        let write =
            |text: &'static str, force| output(&path, force).write(|out| write!(out, "{text}"));
        write("one", false).unwrap();
        assert_eq!(write("two", false).unwrap_err().code, "already_there");
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        write("three", true).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "three");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_fault_midway_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        let fails = |out: &mut dyn Write| {
            out.write_all(b"half")?;
            Err(io::Error::other("no"))
        };
        assert_eq!(output(&path, false).write(fails).unwrap_err().code, "cannot_write");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_fix_is_about_what_is_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let fix = |path: &Path, kind: io::ErrorKind| {
            let failed = output(path, false).write(|_| Err(kind.into())).unwrap_err();
            (failed.code, failed.fix)
        };
        let cases = [
            (folder.path().join("none/a.html"), io::ErrorKind::Other, ", or make its folder"),
            (folder.path().to_path_buf(), io::ErrorKind::Other, ""),
            (folder.path().join("a.html"), io::ErrorKind::StorageFull, ", or make room"),
            (folder.path().join("a.html"), io::ErrorKind::PermissionDenied, ""),
        ];
        for (path, kind, or) in cases {
            let other = format!("choose another file with --html{or}");
            assert_eq!(fix(&path, kind), ("cannot_write", other), "{}", path.display());
        }
    }

    #[test]
    fn no_two_are_one() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log.csv");
        fs::write(&log, "x").unwrap();
        let same = folder.path().join(".").join("log.csv");
        let code = |outputs: &[Output<'_>]| refuse(outputs, &[&log]).map_err(|e| e.code);
        assert_eq!(code(&[output(&same, true)]), Err("same_file"));
        let new = folder.path().join("new");
        assert_eq!(code(&[output(&new, true), output(&new, true)]), Err("same_file"));
        assert_eq!(code(&[output(&new, false)]), Ok(()));
        assert_eq!(code(&[output(folder.path(), true)]), Err("cannot_write"));
        let null = Path::new("/dev/null");
        assert_eq!(code(&[output(null, false), output(null, false)]), Ok(()));
    }
}
