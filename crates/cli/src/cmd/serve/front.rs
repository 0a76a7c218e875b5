//! The gateway that a service has in front of it, from its first connection to its last end.

use super::no_port;
use crate::answer::Failure;
use crate::exit::Exit;
use crate::load::shown;
use probity::Probity;
use probity::layer::{Charging, Spool, Stop};
use probity_cli::deployment;
use probity_cli::gateway::{Gateway, NotReady};
use probity_cli::http::{self, App, Limits, Origin};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// The port of a gateway, taken before anything is opened, made or shown.
pub(crate) struct Door {
    plain: deployment::Gateway,
    listener: TcpListener,
}

impl Door {
    pub(crate) async fn open(plain: deployment::Gateway) -> Result<Self, Failure> {
        let wanted = plain.listen;
        let listener = TcpListener::bind(wanted).await.map_err(|error| Failure {
            fix: "free it, or change `gateway.listen` in probity.yaml".to_owned(),
            ..no_port(wanted, &error)
        })?;
        Ok(Self { plain, listener })
    }
}

/// A gateway that listens.
pub(crate) struct Front {
    listener: TcpListener,
    address: SocketAddr,
    routes: usize,
    gateway: Gateway,
    origins: Vec<Origin>,
    stop: Stop,
}

impl Front {
    /// Gets ready behind its door.
    pub(crate) fn begin(
        door: Door,
        database: &Path,
        app: &Arc<App>,
        probity: &Probity,
        origins: &[Origin],
    ) -> Result<Self, Failure> {
        let Door { plain, listener } = door;
        let (wanted, routes) = (plain.listen, plain.routes.len());
        let address = listener.local_addr().unwrap_or(wanted);
        let folder = database.with_extension("settles");
        let spool = Spool::open(&folder).map_err(|error| {
            let what = format!("the folder {} cannot be made: {error}", shown(&folder));
            let fix = "ends of runs are kept there while the database is away: let it be written";
            Failure::new(Exit::CANNOT_WRITE, "no_spool", what, fix)
        })?;
        let (charging, stop) = Charging::new(probity.clone(), Some(spool));
        let gateway = Gateway::new(Arc::clone(app), charging, plain).map_err(not_ready)?;
        let origins = origins.to_vec();
        Ok(Self { listener, address, routes, gateway, origins, stop })
    }

    /// Where it listens.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it says of itself when it begins.
    pub(super) fn in_words(&self) -> String {
        let Self { address, routes, .. } = self;
        let routes = if *routes == 1 { "1 route".to_owned() } else { format!("{routes} routes") };
        format!("The gateway listens on http://{address}, with {routes}; all else there is 404\n")
    }

    /// Takes calls until it is told to stop, or nobody can tell it any more; true if all that was
    /// under way came to its end.
    pub(crate) async fn serve(self, stopped: oneshot::Receiver<()>) -> bool {
        let Self { listener, gateway, origins, stop, .. } = self;
        let limits = Limits { notices_leaving: true, ..Limits::default() };
        let (charging, router) = (gateway.charging(), gateway.router(&origins));
        // Whoever is cut off then has not left.
        let cuts = move || charging.ends();
        let ended = http::serve_and_tell(listener, router, limits, stopped, cuts).await;
        let all_told = stop.drained(limits.stopping).await;
        if !all_told {
            tracing::warn!(
                "some runs are not told to have ended; they end free when their time is up"
            );
        }
        ended.all_answered && all_told
    }
}

/// Are the keys for upstreams set? Asked before anything is opened or shown.
pub(super) fn keys_are_there(plain: &deployment::Gateway) -> Result<(), Failure> {
    let named = plain.routes.iter().filter_map(|route| route.key.as_ref());
    let is_set = |name: &&String| std::env::var(name).is_ok_and(|key| !key.trim().is_empty());
    named.into_iter().find(|name| !is_set(name)).map_or(Ok(()), |name| Err(no_key(name)))
}

fn no_key(name: &str) -> Failure {
    Failure::new(
        Exit::ERRORS,
        "no_upstream_key",
        format!("the gateway needs the key in {name}, which is not set"),
        format!("set it: export {name}=…"),
    )
}

fn not_ready(error: NotReady) -> Failure {
    match error {
        NotReady::NoKey(name) => no_key(&name),
        NotReady::NoRoots(error) => Failure::new(
            Exit::UNAVAILABLE,
            "no_certificates",
            format!(
                "an upstream is asked by https, and no certificates to trust are found: {error}"
            ),
            "install them (the package ca-certificates), or name them in SSL_CERT_FILE",
        ),
    }
}
