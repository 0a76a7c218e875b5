//! The usual two transactions by hand on PostgreSQL, by its own `pgbench`: the baseline that most
//! products have. Statements stand beside this file.
//!
//! Where there is no PostgreSQL nothing is measured, and it says so.

mod cluster;

use super::machine::cpu_of_tree;
use super::{Case, Come, Load, Rate, Reading, Side, Unmeasured};
use cluster::{Cluster, program};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

const SCHEMA: &str = include_str!("schema.sql");
const PAIR: &str = include_str!("pair.sql");
const CHECK: &str = include_str!("check.sql");
const DROP: &str = include_str!("drop.sql");

/// A database that is there, with our tables in it; they are dropped in the end.
pub(super) struct Postgres {
    pgbench: PathBuf,
    /// Where `pgbench` finds it.
    place: String,
    folder: PathBuf,
    /// The server, where we started it.
    cluster: Option<Cluster>,
    /// Our tables are there.
    has_tables: bool,
}

impl Postgres {
    /// Takes the database at a URL, or starts a server of our own; else why there is none.
    ///
    /// Scripts go to `folder`, which is there; what a server keeps goes below `above`.
    pub(super) fn find(
        url: Option<&str>,
        above: &Path,
        folder: &Path,
        customers: u32,
    ) -> Result<Self, String> {
        let (pgbench, cluster) = match url {
            Some(_) => {
                let pgbench = program("pgbench").ok_or("there is no pgbench: install it")?;
                (pgbench, None)
            }
            None => {
                let cluster = Cluster::start(above)?;
                (cluster.pgbench.clone(), Some(cluster))
            }
        };
        let place = cluster.as_ref().map(|cluster| cluster.place.clone());
        let place = place.or(url.map(str::to_owned)).unwrap_or_default();
        for (name, text) in [("schema", SCHEMA), ("pair", PAIR), ("check", CHECK), ("drop", DROP)] {
            let file = folder.join(format!("{name}.sql"));
            fs::write(file, text).map_err(|error| error.to_string())?;
        }
        let mut here =
            Self { pgbench, place, folder: folder.to_owned(), cluster, has_tables: false };
        here.once("schema", customers)?;
        here.has_tables = true;
        Ok(here)
    }

    /// A script, once.
    fn once(&self, script: &str, customers: u32) -> Result<String, String> {
        self.run(script, &["-t", "1"], customers)
    }

    fn run(&self, script: &str, args: &[&str], customers: u32) -> Result<String, String> {
        let out = Command::new(&self.pgbench)
            .args(["-n", "-D", &format!("customers={customers}"), "-f"])
            .arg(self.folder.join(format!("{script}.sql")))
            .args(args)
            .arg(&self.place)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        if out.status.success() {
            return Ok(text);
        }
        let said = String::from_utf8_lossy(&out.stderr);
        let line = said.lines().find(|line| line.contains("error") || line.contains("ERROR"));
        Err(line.or(said.lines().last()).unwrap_or("pgbench failed").to_owned())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A server of our own goes with all it has; tables that we have not made are not ours.
        if self.has_tables && self.cluster.is_none() {
            let _ = self.once("drop", 1);
        }
    }
}

/// The two transactions, on so many connections.
pub(super) struct ByHand {
    pub(super) postgres: Rc<Postgres>,
    pub(super) customers: u32,
    pub(super) connections: u32,
    pub(super) commands: u64,
}

impl Case for ByHand {
    fn side(&self) -> Side {
        Side::Postgres
    }

    fn load(&self) -> Load {
        let come = Come::Requests { connections: self.connections, commands: 1 };
        Load { customers: self.customers, come, filled: false }
    }

    fn is_all_ours(&self) -> bool {
        self.postgres.cluster.is_some()
    }

    fn measure(&mut self) -> Result<Reading, Unmeasured> {
        let each = self.commands.div_ceil(2 * u64::from(self.connections)).to_string();
        let (connections, threads) = (self.connections.to_string(), self.connections.min(2));
        let threads = threads.to_string();
        let args = ["-M", "prepared", "-c", &connections, "-j", &threads, "-t", &each];
        let server = self.postgres.cluster.as_ref().map(Cluster::pid);
        let cpu = || server.and_then(cpu_of_tree);
        let before = cpu();
        let said = self.postgres.run("pair", &args, self.customers).map_err(Unmeasured::Failed)?;
        let cpu = cpu().zip(before).map(|(now, then)| now.saturating_sub(then));
        self.postgres.once("check", self.customers).map_err(Unmeasured::Failed)?;
        let rate = rate(&said).ok_or_else(|| Unmeasured::failed(format!("pgbench: {said}")))?;
        Ok(Reading { rate: Some(Rate { cpu, ..rate }), ..Reading::default() })
    }
}

/// What `pgbench` says: pairs that were done, none that failed, pairs a second.
fn rate(said: &str) -> Option<Rate> {
    let after = |what: &str| said.lines().find_map(|line| line.strip_prefix(what));
    let number = |text: &str| text.split([' ', '/']).next()?.parse::<f64>().ok();
    let done = after("number of transactions actually processed: ")?;
    let pairs = done.split('/').next()?.trim().parse::<u64>().ok()?;
    let asked = done.split('/').nth(1).map_or(Some(pairs), |asked| asked.trim().parse().ok())?;
    let failed = after("number of failed transactions: ").map_or(Some(0.0), number)?;
    if pairs == 0 || asked != pairs || failed > 0.0 {
        return None;
    }
    let each_second = number(after("tps = ")?).filter(|n| *n > 0.0)?;
    #[allow(clippy::cast_precision_loss)]
    let took = Duration::try_from_secs_f64(pairs as f64 / each_second).ok()?;
    let pair = number(after("latency average = ")?)?;
    let pair = Duration::try_from_secs_f64(pair / 1000.0).ok();
    Some(Rate { commands: 2 * pairs, took, latency: None, pair, cpu: None, bytes: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "transaction type: pair.sql\nnumber of transactions actually processed: \
                        6400/6400\nnumber of failed transactions: 0 (0.000%)\nlatency average = \
                        41.650 ms\ntps = 1600.000000 (without initial connection time)\n";

    #[test]
    fn what_pgbench_says_is_read() {
        let rate = rate(SAID).unwrap();
        assert_eq!((rate.commands, rate.took), (12_800, Duration::from_secs(4)));
        assert_eq!(rate.pair, Some(Duration::from_micros(41_650)));
    }

    #[test]
    fn what_was_not_done_is_not_counted() {
        assert!(rate(&SAID.replace("6400/6400", "6399/6400")).is_none());
        assert!(rate(&SAID.replace("transactions: 0 ", "transactions: 1 ")).is_none());
        assert!(rate("tps = 1600").is_none());
    }

    #[test]
    fn a_pair_is_two_transactions_of_seven_and_eight_statements() {
        let statements = PAIR.lines().filter(|line| line.ends_with(';')).count();
        assert_eq!((statements, PAIR.matches("COMMIT;").count()), (15, 2));
    }
}
