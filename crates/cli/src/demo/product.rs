//! What a product begins with: its contract published, and a key to its books.

use crate::answer::Failure;
use crate::cmd::serve::told;
use crate::exit::Exit;
use crate::reach::Here;
use probity::Environment;
use probity::engine::KeyChange;
use probity::scenario::Files;
use probity_cli::http;

/// Publishes these files.
pub(crate) fn publish(here: &Here, files: Files, environment: Environment) -> Result<(), Failure> {
    let Some(publication) = http::to_publish(&[], files, environment, "demo") else {
        return Ok(());
    };
    let published = here.probity.publish(publication, false).map_err(|refused| told(&refused))?;
    published.wait().map(|_| ()).map_err(|refused| told(&refused))
}

/// A new secret key.
pub(crate) fn new_key(here: &Here, environment: Environment) -> Result<String, Failure> {
    let new = http::new_key(environment, environment.word(), None);
    let (key, kept) = new.map_err(|error| cannot_begin(&error))?;
    let added = here.runtime.block_on(here.app.change_keys(KeyChange::Add(kept)));
    added.map(|_| key).map_err(|refused| told(&refused))
}

/// Something that the machine did not give.
pub(crate) fn cannot_begin(error: &dyn std::fmt::Display) -> Failure {
    let what = format!("the demo cannot begin: {error}");
    Failure::new(Exit::CANNOT_WRITE, "cannot_write", what, "look at the disk and its permissions")
}
