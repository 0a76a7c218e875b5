//! `probity serve`: the billing service on an embedded database.

mod answering;
mod front;
mod own_keys;
mod stripe;

use crate::answer::{Answer, Failure};
use crate::control;
use crate::database;
use crate::exit::Exit;
use crate::handles;
use crate::load::{Loaded, deployment_beside, load, read_deployment, shown};
use crate::terminal;
use clap::ValueEnum;
pub(crate) use front::{Door, Front};
use probity::clock::SystemClock;
use probity::engine::{KeyChange, Options, Refused};
use probity::scenario::Files;
use probity::sealing::SealingKeys;
use probity::store::Publication;
use probity::store::sqlite::has_contract;
use probity::{Environment, Probity};
use probity_cli::deployment;
use probity_cli::http::{self, App, Origin};
use probity_cli::stripe::Stripe;
use probity_cli::webhooks::{self, Reach};
use probity_core::Zone;
use probity_core::diagnostic::Severity;
use probity_core::lint::lint;
use probity_core::terms::PublishError;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serve a contract: the billing service, on an embedded database
///
/// Publishes the contract to live and sandbox where it is new, and says what that changes; with
/// --published it publishes nothing. On an empty database it prints a key for each, once. Ends when it is asked to, after everything in flight is answered.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The contract's folder, or its file
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    path: PathBuf,

    /// Serve what was published last: the folder is not read, and nothing is published
    #[arg(long, conflicts_with = "path")]
    published: bool,

    /// The database; made where there is none
    #[arg(long, default_value = "probity.db", value_name = "FILE")]
    database: PathBuf,

    /// The deployment, with the gateway to put in front; otherwise probity.yaml beside the contract,
    /// where there is one
    #[arg(long, value_name = "FILE")]
    deployment: Option<PathBuf>,

    /// What seals customers' own AI keys: 32 bytes in hex or base64, the newest first; only its owner
    /// may read it. Also PROBITY_OWN_KEYS_KEY. Without it none are taken
    #[arg(long, value_name = "FILE")]
    own_keys_key: Option<PathBuf>,

    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:4242", value_name = "ADDR")]
    listen: SocketAddr,

    /// Whose pages may call the API from a browser, with customer tokens, and the gateway's routes that
    /// take them: https://app.example.org, or `*` for any; may be given several times
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<Origin>,

    /// Let webhooks go into this machine's own network, and in the sandbox by http too: for trying out,
    /// and for receivers behind the same wall
    #[arg(long)]
    webhooks_to_private: bool,

    /// How to write the log, on standard error
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    log: Log,

    /// Log every request, not only what went wrong
    #[arg(long)]
    verbose: bool,
}

impl Args {
    /// The deployment that is named, else the one beside the contract.
    fn deployment(&self) -> Option<PathBuf> {
        let beside = || deployment_beside(&self.path).filter(|_| !self.published);
        self.deployment.clone().or_else(beside)
    }

    /// How to start with what was published last: every other flag stays as it was typed.
    fn go_on(&self) -> String {
        let Self {
            path: _,
            published: _,
            deployment: _,
            database,
            own_keys_key,
            listen,
            allow_origin,
            webhooks_to_private,
            log,
            verbose,
        } = self;
        let mut command = format!(
            "serve what was published last: probity serve --published --database {} \
             --listen {listen}",
            shown(database)
        );
        if let Some(deployment) = self.deployment() {
            command.push_str(&format!(" --deployment {}", shown(&deployment)));
        }
        if let Some(key) = own_keys_key {
            command.push_str(&format!(" --own-keys-key {}", shown(key)));
        }
        for origin in allow_origin {
            command.push_str(&format!(" --allow-origin '{origin}'"));
        }
        if *webhooks_to_private {
            command.push_str(" --webhooks-to-private");
        }
        if let Some(log) = log.to_possible_value().filter(|_| *log != Log::default()) {
            command.push_str(&format!(" --log {}", log.get_name()));
        }
        if *verbose {
            command.push_str(" --verbose");
        }
        command
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
enum Log {
    /// Lines for people
    #[default]
    Text,
    /// A JSON object a line
    Json,
    /// Nothing
    Off,
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let loaded = if args.published { None } else { Some(folder(args)?) };
    if args.published && !args.database.exists() {
        return Err(crate::reach::no_database(&args.database));
    }
    let deployment::Deployment { gateway, stripe } = put_to_use(args, loaded.as_ref())?;
    let stripe = stripe::sold(stripe, args.deployment().as_deref())?;
    let sealing = own_keys::keys(args.own_keys_key.as_deref())?;
    begin_log(args);
    let handles = handles::raise();
    tracing::debug!(?handles, "files and connections that may be open");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| fault(&error.to_string()))?;
    // The port first: where it is taken nothing is opened, and nothing written.
    let listener = runtime.block_on(TcpListener::bind(args.listen));
    let listener = listener.map_err(|error| no_port(args.listen, &error))?;
    let gateway = match gateway {
        Some(plain) => Some(runtime.block_on(Door::open(plain))?),
        None => None,
    };
    let store = database::open(&args.database)?;
    let options = Options { clock: Arc::new(SystemClock), ..Options::default() };
    let probity = Probity::on(store, options).map_err(|e| database::failure(&args.database, &e))?;
    let sealed = own_keys::sealed_anew(&probity, sealing.as_ref())?;
    let begins = Begins { listener, gateway, sealing, sealed, stripe };
    let served = runtime.block_on(serve(args, loaded.as_ref(), &probity, begins));
    // Nobody else has a handle any more: waits until the store is let go of.
    drop(runtime);
    probity.close();
    Ok(Answer::new("").with_note(if served? {
        "Stopped: everything that was asked is answered and kept."
    } else {
        "Stopped: some requests took too long and were broken off; asked again with the same key, \
         each tells whether it was applied."
    }))
}

/// The contract that is to be served. Where it has errors, what was published last still serves.
fn folder(args: &Args) -> Result<Loaded, Failure> {
    let loaded = load(&args.path);
    let loaded = loaded.and_then(|l| if has_errors(&l) { Err(refused(&args.path)) } else { Ok(l) });
    let goes_on = || args.database.is_file() && has_contract(&args.database) == Ok(true);
    loaded.map_err(|failure| match goes_on() {
        true => Failure { fix: format!("{}; or {}", failure.fix, args.go_on()), ..failure },
        false => failure,
    })
}

/// What the deployment says, where there is one.
fn put_to_use(args: &Args, loaded: Option<&Loaded>) -> Result<deployment::Deployment, Failure> {
    let Some(file) = args.deployment() else { return Ok(deployment::Deployment::default()) };
    let (_, reading) = read_deployment(&file, loaded)?;
    let deployment = reading.deployment.ok_or_else(|| {
        let what = format!("{} has errors, so nothing can be put in front", shown(&file));
        let fix = super::with_path("see them all: probity check", &args.path);
        Failure::new(Exit::ERRORS, "deployment_refused", what, fix)
    })?;
    if let Some(gateway) = &deployment.gateway {
        front::keys_are_there(gateway)?;
    }
    Ok(deployment)
}

/// What `probity check` calls errors.
fn has_errors(loaded: &Loaded) -> bool {
    let zone = loaded.reading.contract.as_ref().map_or(Zone::UTC, |c| c.zone.clone());
    let linted = lint(&loaded.reading, zone.date(crate::clock::now()));
    let mut found = loaded.reading.findings.iter().chain(&linted.findings);
    found.any(|finding| finding.severity == Severity::Error)
}

/// What a service begins with.
struct Begins {
    listener: TcpListener,
    gateway: Option<Door>,
    /// What seals customers' own keys.
    sealing: Option<SealingKeys>,
    /// What is to be said of those that are kept.
    sealed: String,
    /// What is sold with Stripe.
    stripe: Stripe,
}

/// Serves until it is asked to stop; says whether all in flight was answered then.
async fn serve(
    args: &Args,
    loaded: Option<&Loaded>,
    probity: &Probity,
    begins: Begins,
) -> Result<bool, Failure> {
    let Begins { listener, gateway, sealing, sealed, stripe } = begins;
    let stop = stop().map_err(|error| fault(&error.to_string()))?;
    let mut published = String::new();
    // In both or in none: what one of them refuses is not published to the other.
    for dry_run in [true, false] {
        published.clear();
        for environment in Environment::ALL {
            if let Some(loaded) = loaded {
                published.push_str(&publish(args, probity, loaded, environment, dry_run).await?);
            }
        }
    }
    is_published(args, probity).await?;
    let clock = Arc::new(SystemClock);
    let app = App::new(probity.clone(), clock).await.map_err(|why| not_begun(&why))?;
    let app = app.webhooks_reaching(match args.webhooks_to_private {
        true => Reach::Private,
        false => Reach::Public,
    });
    let takes_events = stripe::in_words(&stripe);
    let app = app.selling_with(stripe);
    let app = Arc::new(match sealing {
        Some(keys) => app.sealing(keys),
        None => app,
    });
    first_keys(&app).await?;
    let address = listener.local_addr().unwrap_or(args.listen);
    let url = format!("http://{address}");
    let front = match gateway {
        Some(gateway) => {
            let origins = &args.allow_origin;
            Some(Front::begin(gateway, &args.database, &app, probity, origins)?)
        }
        None => None,
    };
    let _control = control::listen(&args.database, Arc::clone(&app), &url)?;
    terminal::note(&format!(
        "Listening on http://{address}; the API is on http://{address}/docs\n"
    ));
    terminal::note(&published);
    terminal::note(&sealed);
    terminal::note(&takes_events);
    for environment in Environment::ALL {
        terminal::note(&in_words(probity, environment).await?);
    }
    if let Some(front) = &front {
        terminal::note(&front.in_words());
    }
    let router = http::router(Arc::clone(&app), &args.allow_origin);
    // It ends last: what is told at the very end is sent, too, where there is time.
    let (ends, ended) = tokio::sync::oneshot::channel::<()>();
    let delivers = tokio::spawn(webhooks::deliver(Arc::clone(&app), async {
        let _ = ended.await;
    }));
    let served = answering::answer(listener, router, front, &app, probity, stop).await;
    drop(ends);
    let _ = delivers.await;
    served
}

/// Publishes the contract where its text is new, and its operations where they are; what that changes
/// is said.
async fn publish(
    args: &Args,
    probity: &Probity,
    loaded: &Loaded,
    environment: Environment,
    dry_run: bool,
) -> Result<String, Failure> {
    let publications = probity.publications(environment).map_err(|refused| told(&refused))?;
    let publications = publications.await.map_err(|refused| told(&refused))?;
    let texts = loaded.files.texts();
    let kept = kept(args, &publications, &texts, environment);
    let Some(publication) = http::to_publish(&publications, texts, environment, "serve") else {
        return Ok(kept.unwrap_or_default());
    };
    let kept = kept.filter(|_| publication.operations.is_none()).unwrap_or_default();
    let whole = publication.contract.is_some();
    let published = probity.publish_compared(publication, dry_run);
    match published.map_err(|refused| told(&refused))?.await {
        Ok(published) => {
            let lines = http::published_in_words(&published, whole).into_iter();
            let lines: String = lines.map(|line| format!("{environment}: {line}\n")).collect();
            Ok(lines + &kept)
        }
        Err(Refused::Publish(error)) => Err(not_published(args, environment, &error)),
        Err(refused) => Err(told(&refused)),
    }
}

/// The folder's operations were published before, and others since: those stay, and it is said whose they
/// are.
fn kept(
    args: &Args,
    publications: &[Publication],
    texts: &Files,
    environment: Environment,
) -> Option<String> {
    let last = publications.iter().rev().find(|p| p.operations.is_some())?;
    let of_folder = texts.operations.as_ref()?;
    let is_older = publications.iter().any(|p| p.operations.as_ref() == Some(of_folder));
    if last.operations.as_ref() == Some(of_folder) || !is_older {
        return None;
    }
    let why = last.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    let publish = super::with_path("probity publish", &args.path);
    Some(format!(
        "{environment}: the operations in the folder are older than those that {} published{why}, which \
         stay; to take the folder's: {publish}\n",
        last.by
    ))
}

/// The folder is refused, so an earlier version is there: the command that goes on with it is named.
fn not_published(args: &Args, environment: Environment, error: &PublishError) -> Failure {
    let what = format!(
        "the contract in {} cannot be published to {environment}: {}",
        shown(&args.path),
        error.detail()
    );
    let env = if environment == Environment::Sandbox { " --env sandbox" } else { "" };
    let (see, go_on) = (super::with_path("probity publish", &args.path), args.go_on());
    let fix = format!(
        "mend the folder, and see what that changes: {see} --dry-run --database {}{env}; or {go_on}",
        shown(&args.database)
    );
    Failure::new(Exit::ERRORS, error.word(), what, fix)
}

/// A service needs a contract somewhere.
async fn is_published(args: &Args, probity: &Probity) -> Result<(), Failure> {
    for environment in Environment::ALL {
        let catalog = probity.catalog(environment).map_err(|refused| told(&refused))?;
        let (catalog, _) = catalog.await.map_err(|refused| told(&refused))?;
        if !catalog.versions().is_empty() {
            return Ok(());
        }
    }
    Err(Failure::new(
        Exit::ERRORS,
        "nothing_published",
        format!("nothing is published in {}", shown(&args.database)),
        "publish a contract first: probity publish DIR",
    ))
}

/// What is in force in an environment, and whether it charges and refuses.
async fn in_words(probity: &Probity, environment: Environment) -> Result<String, Failure> {
    let catalog = probity.catalog(environment).map_err(|refused| told(&refused))?;
    let (catalog, now) = catalog.await.map_err(|refused| told(&refused))?;
    let version = catalog.in_force(now);
    let Some((version, operations)) = version.and_then(|v| Some((v, v.operations.last()?))) else {
        return Ok(format!("{environment}: no contract is in force\n"));
    };
    let (contract, rollout) = (version.contract.reference(), http::rollout(operations));
    Ok(format!("{environment}: {contract} is {rollout}\n"))
}

/// On an empty database: a key for each environment, shown once.
async fn first_keys(app: &App) -> Result<(), Failure> {
    let known = app.change_keys(KeyChange::List).await.map_err(|refused| told(&refused))?;
    if !known.is_empty() {
        return Ok(());
    }
    let mut text = String::new();
    for environment in Environment::ALL {
        let (key, kept) = http::new_key(environment, environment.word(), None)
            .map_err(|error| fault(&error.to_string()))?;
        app.change_keys(KeyChange::Add(kept)).await.map_err(|refused| told(&refused))?;
        text.push_str(&format!("{environment} key: {key}\n"));
    }
    terminal::say(&text).map_err(|error| {
        let what = format!("the keys could not be shown: {error}");
        let fix = "make new ones: probity keys new --env live";
        Failure::new(Exit::CANNOT_WRITE, "not_shown", what, fix)
    })
}

/// Comes when somebody asks for the end.
#[cfg(unix)]
pub(crate) fn stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Comes when somebody asks for the end.
#[cfg(not(unix))]
pub(crate) fn stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn begin_log(args: &Args) {
    let most = if args.verbose { tracing::Level::DEBUG } else { tracing::Level::INFO };
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(most);
    let log = log.with_target(false).with_ansi(false);
    // It can only fail where there is a log already.
    let _ = match args.log {
        Log::Text => log.try_init(),
        Log::Json => log.json().flatten_event(true).try_init(),
        Log::Off => Ok(()),
    };
}

pub(crate) fn no_port(address: SocketAddr, error: &io::Error) -> Failure {
    let (what, fix) = match error.kind() {
        io::ErrorKind::AddrInUse => {
            // One that stays: what leads there is written down.
            let other = match address.port() {
                4242 => 4243,
                _ => 4242,
            };
            let other = SocketAddr::new(address.ip(), other);
            let fix = format!("stop it, or take another port: --listen {other}");
            let what = format!("{address}: another program listens there");
            return Failure::new(Exit::UNAVAILABLE, "no_port", what, fix);
        }
        io::ErrorKind::PermissionDenied => {
            ("you may not listen there", "take a port above 1023: --listen 127.0.0.1:4242")
        }
        _ => {
            ("it cannot be listened on", "take an address of this machine: --listen 127.0.0.1:4242")
        }
    };
    Failure::new(Exit::UNAVAILABLE, "no_port", format!("{address}: {what}"), fix)
}

/// What the engine refused, before it served anybody.
pub(crate) fn told(refused: &Refused) -> Failure {
    Failure::new(
        Exit::CANNOT_WRITE,
        "database",
        refused.to_string(),
        "look at the disk and its permissions",
    )
}

/// Why a service cannot begin.
pub(crate) fn not_begun(why: &http::NotBegun) -> Failure {
    match why {
        http::NotBegun::Refused(refused) => told(refused),
        http::NotBegun::NoRandomness(_) => {
            let fix = "see that /dev/urandom is there and can be read, then start it again";
            Failure::new(Exit::UNAVAILABLE, "no_randomness", why.to_string(), fix)
        }
    }
}

fn fault(what: &str) -> Failure {
    let fix = "report this with what led to it";
    Failure::new(Exit::INTERNAL, "internal", format!("the service ends: {what}"), fix)
}

fn refused(path: &Path) -> Failure {
    Failure::new(
        Exit::ERRORS,
        "contract_refused",
        format!("the contract in {} has errors, so it cannot be served", shown(path)),
        super::with_path("see them all: probity check", path),
    )
}
