//! The second product of the story: an assistant, its gateway, and the scripted provider behind that.
//!
//! Its gateway is the one that `probity serve` puts in front, on ports that nobody uses.

use super::product::{cannot_begin, new_key, publish};
use crate::answer::Failure;
use crate::cmd::serve::{Door, Front};
use crate::database;
use crate::exit::Exit;
use crate::reach::Here;
use probity::Environment;
use probity::scenario::Files;
use probity_cli::deployment;
use probity_cli::fake_upstream::{self, Heard, Options};
use probity_cli::http::{self, Limits};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const CONTRACT: &str = include_str!("../../../../contracts/assistant/contract.yaml");
const OPERATIONS: &str = include_str!("../../../../contracts/assistant/operations.yaml");
const PRICES: &str = include_str!("../../../../contracts/assistant/model-prices.json");
const DEPLOYMENT: &str = include_str!("../../../../contracts/assistant/probity.yaml");
/// As the sample says it, and as the story needs it.
const IN_SHADOW: &str = "default: shadow";
const ENFORCED: &str = "default: enforce";
/// Any port that is free.
const ANYWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// How long the provider is silent before each event, where it is asked to write as models do.
const PACE: Duration = Duration::from_millis(20);

/// The product, with the provider that it asks.
pub(crate) struct Assistant {
    /// Its books.
    pub(crate) here: Here,
    /// A key to them.
    pub(crate) key: String,
    /// Where the provider listens.
    pub(crate) upstream: SocketAddr,
    database: PathBuf,
    plain: deployment::Gateway,
}

/// Something that listens until it is told to stop.
pub(crate) struct Listening {
    /// Where.
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<bool>,
}

impl Assistant {
    /// Its books in this folder, and its provider; with it, what that provider hears.
    pub(crate) fn begin(folder: &Path) -> Result<(Self, UnboundedReceiver<Heard>), Failure> {
        let database = folder.join("assistant.db");
        let here = Here::on(database::open(&database)?, Vec::new())?;
        publish(&here, files(), Environment::Sandbox)?;
        let key = new_key(&here, Environment::Sandbox)?;
        let (told, heard) = unbounded_channel();
        let options = Options { pace: PACE, told: Some(told), ..Options::default() };
        let listener = here.runtime.block_on(TcpListener::bind(ANYWHERE));
        let listener = listener.map_err(|error| cannot_begin(&error))?;
        let upstream = listener.local_addr().map_err(|error| cannot_begin(&error))?;
        // It ends with the runtime: nothing of it is to be kept.
        here.runtime.spawn(fake_upstream::serve(listener, options, std::future::pending()));
        let plain = plain(upstream)?;
        Ok((Self { here, key, database, upstream, plain }, heard))
    }

    /// Puts the gateway in front, as `probity serve` does.
    pub(crate) fn gateway(&self) -> Result<Listening, Failure> {
        let Self { here, database, plain, .. } = self;
        let front = here.runtime.block_on(async {
            let door = Door::open(plain.clone()).await?;
            Front::begin(door, database, &here.app, &here.probity, &[])
        })?;
        let address = front.address();
        let (stop, stopped) = oneshot::channel();
        let ended = here.runtime.spawn(front.serve(stopped));
        Ok(Listening { address, stop, ended })
    }

    /// Its own API, which has the receipts.
    pub(crate) fn api(&self) -> Result<Listening, Failure> {
        let Self { here, .. } = self;
        let listener = here.runtime.block_on(TcpListener::bind(ANYWHERE));
        let listener = listener.map_err(|error| cannot_begin(&error))?;
        let address = listener.local_addr().map_err(|error| cannot_begin(&error))?;
        let (stop, stopped) = oneshot::channel();
        let served = http::serve(listener, here.router.clone(), Limits::default(), stopped);
        let ended = here.runtime.spawn(async { served.await.all_answered });
        Ok(Listening { address, stop, ended })
    }
}

impl Listening {
    /// Ends it, once everything under way is answered and kept; true if all was.
    pub(crate) async fn end(self) -> bool {
        // One that has ended by itself needs no telling.
        let _ = self.stop.send(());
        self.ended.await.unwrap_or(false)
    }
}

fn files() -> Files {
    Files {
        contract: CONTRACT.to_owned(),
        operations: Some(OPERATIONS.replace(IN_SHADOW, ENFORCED)),
        prices: Some(PRICES.to_owned()),
    }
}

/// The sample's own routes, in the sandbox, before the provider that listens here.
fn plain(upstream: SocketAddr) -> Result<deployment::Gateway, Failure> {
    let read = deployment::read(DEPLOYMENT.as_bytes(), None);
    let plain = read.deployment.and_then(|deployment| deployment.gateway);
    let mut plain = plain.ok_or_else(|| {
        let fix = "report this with what led to it";
        Failure::new(Exit::INTERNAL, "internal", "the sample has no gateway".to_owned(), fix)
    })?;
    (plain.listen, plain.environment) = (ANYWHERE, Environment::Sandbox);
    for route in &mut plain.routes {
        route.upstream.port = upstream.port();
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_in_shadow_and_asks_this_machine() {
        assert_eq!(OPERATIONS.matches(IN_SHADOW).count(), 1);
        let plain = plain(ANYWHERE).unwrap();
        assert!(plain.routes.iter().all(|route| route.upstream.host == "127.0.0.1"));
    }
}
