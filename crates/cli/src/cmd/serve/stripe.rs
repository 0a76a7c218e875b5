//! What is sold with Stripe, as a service is given it: from the deployment's file, its signing secrets
//! from wherever they are. They are shown nowhere.

use super::own_keys::is_open_to_others;
use crate::answer::Failure;
use crate::exit::Exit;
use crate::load::shown;
use probity::Environment;
use probity_cli::deployment::{self, SecretAt};
use probity_cli::stripe::{Secret, Stripe};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

/// The variables that have the secrets where no file names any; several are set apart by commas.
const VARIABLES: [(Environment, &str); 2] = [
    (Environment::Live, "PROBITY_STRIPE_SIGNING_SECRET"),
    (Environment::Sandbox, "PROBITY_STRIPE_SIGNING_SECRET_SANDBOX"),
];
/// The most bytes of a file with a secret.
const LONGEST: u64 = 4096;

/// What is sold, and whom its events are believed by. `file` is the deployment's.
pub(super) fn sold(
    stripe: Option<deployment::Stripe>,
    file: Option<&Path>,
) -> Result<Stripe, Failure> {
    let deployment::Stripe { signing_secrets, selling } = stripe.unwrap_or_default();
    let mut secrets = Vec::new();
    for (environment, at) in &signing_secrets {
        let (text, place) = match at {
            SecretAt::Env(name) => (set(name)?, name.clone()),
            SecretAt::File(path) => {
                let beside = file.and_then(Path::parent).unwrap_or_else(|| Path::new("."));
                let path = beside.join(path);
                (read(&path)?, shown(&path).to_string())
            }
        };
        add(&mut secrets, *environment, text.trim(), &place)?;
    }
    if signing_secrets.is_empty() {
        for (environment, name) in VARIABLES {
            let Ok(text) = std::env::var(name).map(Zeroizing::new) else { continue };
            for part in text.split(',') {
                add(&mut secrets, environment, part.trim(), name)?;
            }
        }
    }
    Ok(Stripe::new(secrets, selling))
}

fn add(
    secrets: &mut Vec<(Environment, Secret)>,
    environment: Environment,
    text: &str,
    place: &str,
) -> Result<(), Failure> {
    let secret = Secret::new(text).ok_or_else(|| {
        let what = match text {
            "" => format!("{place} is empty, and would let anybody say that they paid"),
            _ => format!("{place} has no signing secret: they begin with whsec_"),
        };
        failure(what, "set it to the endpoint's signing secret, as Stripe shows it; or unset it")
    })?;
    if secrets.iter().any(|(other, known)| *other != environment && known.is(&secret)) {
        let what = "the same signing secret is named for live and for the sandbox".to_owned();
        let fix = "give each environment an endpoint of its own at Stripe, and its secret";
        return Err(failure(what, fix));
    }
    secrets.push((environment, secret));
    Ok(())
}

fn set(name: &str) -> Result<Zeroizing<String>, Failure> {
    std::env::var(name).map(Zeroizing::new).map_err(|_| {
        let what =
            format!("Stripe's events are signed with the secret in {name}, which is not set");
        failure(what, &format!("set it: export {name}=whsec_…"))
    })
}

fn read(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let unread = |error: std::io::Error| {
        let what = format!("the signing secret in {} cannot be read: {error}", shown(path));
        failure(what, "look at its path and permissions")
    };
    let file = File::open(path).map_err(unread)?;
    if is_open_to_others(&file).map_err(unread)? {
        let what = format!("{} may be read or changed by others", shown(path));
        return Err(failure(what, &format!("let only its owner: chmod 600 {}", shown(path))));
    }
    let mut text = Zeroizing::new(String::new());
    file.take(LONGEST).read_to_string(&mut text).map_err(unread)?;
    Ok(text)
}

fn failure(what: String, fix: &str) -> Failure {
    Failure::new(Exit::ERRORS, "stripe_secret", what, fix)
}

/// What is said of it when the service begins; nothing where nothing is taken.
pub(super) fn in_words(stripe: &Stripe) -> String {
    let of = |environment| match stripe.secrets_of(environment) {
        0 => format!("{environment}: none"),
        1 => format!("{environment}: 1 secret"),
        n => format!("{environment}: {n} secrets"),
    };
    if !stripe.has_secrets() {
        return String::new();
    }
    let [live, sandbox] = [Environment::Live, Environment::Sandbox].map(of);
    format!("Stripe's events are taken at /v1/stripe/webhook; {live}, {sandbox}\n")
}
