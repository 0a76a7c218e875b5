//! What seals customers' own AI keys, as a service is given it: in a file, or in the environment. It is
//! shown nowhere, and kept in no database.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::load::shown;
use probity::Probity;
use probity::engine::Resealed;
use probity::sealing::{NoKeys, SealingKeys};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// The variable that has the keys, where no file is named.
const VARIABLE: &str = "PROBITY_OWN_KEYS_KEY";
/// The most bytes of a file of keys.
const LONGEST: u64 = 64 * 1024;
/// How one is made.
const MAKE: &str = "make one: (umask 077; openssl rand -hex 32 > own-keys.key)";

/// The keys of a file, else of the environment; None: no own keys are taken.
pub(super) fn keys(file: Option<&Path>) -> Result<Option<SealingKeys>, Failure> {
    let (text, place) = match file {
        Some(file) => (read(file)?, shown(file).to_string()),
        None => match std::env::var(VARIABLE) {
            Ok(text) if !text.trim().is_empty() => (Zeroizing::new(text), VARIABLE.to_owned()),
            _ => return Ok(None),
        },
    };
    SealingKeys::parse(&text).map(Some).map_err(|why| {
        let fix = match why {
            NoKeys::Nothing => MAKE.to_owned(),
            NoKeys::Malformed(_) | NoKeys::NotRandom(_) => {
                format!("write one key a line, the newest first; {MAKE}")
            }
        };
        failure(format!("{place} cannot seal own keys: {why}"), fix)
    })
}

fn read(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let unread = |error: &dyn std::fmt::Display| {
        let what = format!("{} cannot be read: {error}", shown(file));
        failure(what, format!("look at its path and permissions, or {MAKE}"))
    };
    let open = File::open(file).map_err(|error| unread(&error))?;
    if is_open_to_others(&open).map_err(|error| unread(&error))? {
        let what = format!("{} may be read or changed by others", shown(file));
        return Err(failure(what, format!("let only its owner: chmod 600 {}", shown(file))));
    }
    let mut text = Zeroizing::new(String::new());
    open.take(LONGEST).read_to_string(&mut text).map_err(|error| unread(&error))?;
    Ok(text)
}

/// May anybody read it, or its group change it? That its group reads it is how some hand secrets out.
#[cfg(unix)]
pub(super) fn is_open_to_others(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o027 != 0)
}

/// Cannot be told here.
#[cfg(not(unix))]
pub(super) fn is_open_to_others(_: &File) -> io::Result<bool> {
    Ok(false)
}

fn failure(what: String, fix: String) -> Failure {
    Failure::new(Exit::ERRORS, "own_keys_key", what, fix)
}

/// What is kept sealed is sealed by the first key from now on; what there is to be said of it.
pub(super) fn sealed_anew(
    probity: &Probity,
    keys: Option<&SealingKeys>,
) -> Result<String, Failure> {
    let Some(keys) = keys else {
        let kept = probity.keeps_own_keys().map_err(|error| super::told(&error.into()))?;
        let note = "Own keys of customers are kept, and cannot be opened: name what seals them with \
                    --own-keys-key\n";
        return Ok(if kept { note.to_owned() } else { String::new() });
    };
    let Resealed { anew, unopened, .. } =
        probity.reseal(keys).map_err(|refused| super::told(&refused))?;
    let mut said = String::new();
    if anew > 0 {
        said.push_str(&format!(
            "Own keys sealed anew by the first key: {anew}. The keys after it are needed no longer, \
             but for older backups\n"
        ));
    }
    if unopened > 0 {
        said.push_str(&format!(
            "Own keys that none of the keys opens: {unopened}. Their runs are refused until the key \
             that sealed them is given as well, or they are stored again\n"
        ));
    }
    Ok(said)
}
