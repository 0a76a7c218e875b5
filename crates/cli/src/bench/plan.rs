//! What is measured in one run: every case, with what it needs, and what cannot be measured.

use super::embedded::Embedded;
use super::filled::{self, Shown};
use super::gateway;
use super::over_http::{OverHttp, Service};
use super::postgres::{ByHand, Postgres};
use super::start::Starting;
use super::{Case, Come, Ending, Missing, Side, Unmeasured};
use probity::bench::Filling;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tempfile::TempDir;

/// A part of the bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// The engine in this process, beside tables of SQLite updated in place and a bare log
    Engine,
    /// `probity serve`, beside a bare HTTP server
    Http,
    /// The usual two transactions by hand on PostgreSQL
    Postgres,
    /// All of it again on databases that are filled first; takes minutes and gigabytes
    Large,
    /// The gateway in front of an AI provider, beside a bare proxy and the provider called directly
    Gateway,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) parts: Vec<Part>,
    /// Commands that one side does over HTTP in a round.
    pub(crate) commands: u64,
    pub(crate) customers: u32,
    pub(crate) connections: u32,
    /// Streams that are open at once in front of the gateway.
    pub(crate) streams: u32,
    /// Where files are made, and removed again.
    pub(crate) folder: PathBuf,
    pub(crate) postgres: Option<String>,
    /// How much the large part fills in.
    pub(crate) filling: Filling,
}

impl Wish {
    pub(crate) fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

/// Everything that is to be measured, ready; what it needs ends with it.
pub(crate) struct Plan {
    // Services first, then the folder with their files.
    pub(crate) cases: Vec<Box<dyn Case>>,
    pub(crate) missing: Vec<Missing>,
    _folder: TempDir,
}

/// Commands in one request of the batch endpoint, and connections that send them.
pub(crate) const BATCH: Come = Come::Requests { connections: 4, commands: 1000 };
/// A client that is alone.
pub(crate) const ALONE: Come = Come::Requests { connections: 1, commands: 1 };
/// Commits, in commands, each with who is measured.
const COMMITS: [(u32, &[Side]); 3] = [
    (1024, &[Side::Engine, Side::InPlace, Side::Log]),
    (64, &[Side::Engine, Side::InPlace, Side::Log]),
    (8192, &[Side::Engine, Side::Log]),
];

/// How many times as much a side does in this process: it is that much faster.
const fn in_process(side: Side) -> u64 {
    match side {
        Side::Log => 16,
        Side::InPlace => 4,
        _ => 2,
    }
}

impl Plan {
    /// Makes and starts what it takes.
    pub(crate) fn make(wish: &Wish, ending: &Ending, shown: Shown<'_>) -> Result<Self, Unmeasured> {
        let folder = tempfile::Builder::new().prefix("probity-bench-").tempdir_in(&wish.folder);
        let folder = folder.map_err(Unmeasured::folder)?;
        let mut plan = Self { cases: Vec::new(), missing: Vec::new(), _folder: folder };
        let folder = plan._folder.path().to_owned();
        let below = |name: &str| -> Result<PathBuf, Unmeasured> {
            let path = folder.join(name);
            fs::create_dir(&path).map_err(Unmeasured::folder)?;
            Ok(path)
        };
        if wish.has(Part::Http) {
            plan.over_http(wish, &below("http")?)?;
        }
        if wish.has(Part::Postgres) {
            plan.by_hand(wish, &below("postgres")?);
        }
        if wish.has(Part::Engine) {
            plan.in_process(wish, &folder);
        }
        if wish.has(Part::Gateway) {
            let (cases, missing) = gateway::cases(wish, &below("gateway")?)?;
            plan.cases.extend(cases);
            plan.missing.extend(missing);
        }
        if wish.has(Part::Large) {
            let on = filled::On {
                folder: &below("large")?,
                filling: wish.filling,
                connections: wish.connections,
                commands: wish.commands,
            };
            plan.cases.extend(filled::cases(&on, ending, shown)?);
        }
        Ok(plan)
    }

    fn over_http(&mut self, wish: &Wish, folder: &Path) -> Result<(), Unmeasured> {
        let probity = Rc::new(Service::probity(folder, wish.customers)?);
        let bare = Rc::new(Service::bare(folder, &probity)?);
        let many = Come::Requests { connections: wish.connections, commands: 1 };
        let all = wish.commands;
        for (service, side, customers, come, commands) in [
            (&probity, Side::Probity, wish.customers, many, all),
            (&bare, Side::Bare, wish.customers, many, 4 * all),
            (&probity, Side::Probity, 1, many, all),
            (&probity, Side::Probity, wish.customers, ALONE, all / 10),
            (&bare, Side::Bare, wish.customers, ALONE, all / 4),
            (&probity, Side::Probity, wish.customers, BATCH, all),
        ] {
            let service = Rc::clone(service);
            let commands = commands.max(2);
            self.cases.push(Box::new(OverHttp { side, service, customers, come, commands }));
        }
        self.cases.push(Box::new(Starting { folder: folder.join("new") }));
        Ok(())
    }

    /// They do less: they are ten and more times as slow.
    fn by_hand(&mut self, wish: &Wish, folder: &Path) {
        let found = Postgres::find(wish.postgres.as_deref(), &wish.folder, folder, wish.customers);
        match found {
            Ok(postgres) => {
                let postgres = Rc::new(postgres);
                for (customers, commands) in
                    [(wish.customers, wish.commands / 4), (1, wish.commands / 16)]
                {
                    let (postgres, connections) = (Rc::clone(&postgres), wish.connections);
                    let case = ByHand { postgres, customers, connections, commands };
                    self.cases.push(Box::new(case));
                }
            }
            Err(why) => self.missing.push(Missing { what: "PostgreSQL by hand", why }),
        }
    }

    fn in_process(&mut self, wish: &Wish, folder: &Path) {
        let spread = COMMITS.map(|(batch, sides)| (wish.customers, batch, sides));
        let hot = [(1, 1024, COMMITS[0].1)];
        for (customers, batch, sides) in spread.into_iter().chain(hot) {
            for side in sides.iter().copied() {
                let file = folder.join(format!("{side:?}.db"));
                let commands = wish.commands * in_process(side);
                self.cases.push(Box::new(Embedded { side, customers, batch, commands, file }));
            }
        }
    }
}
