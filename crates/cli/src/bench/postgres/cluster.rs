//! A PostgreSQL server of our own, with its default settings: in a folder that goes with it, on a
//! socket, with no port.

use crate::bench::machine::ask_to_end;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// What to do where it cannot be started.
const OR: &str = "or name a database: --postgres URL";

/// A server that runs; it ends with this.
pub(super) struct Cluster {
    child: Child,
    pub(super) pgbench: PathBuf,
    /// Where `pgbench` finds it.
    pub(super) place: String,
    /// Its socket: a path that is short.
    _socket: TempDir,
    /// What it keeps, and what belongs to whoever runs it.
    _data: TempDir,
}

impl Cluster {
    /// Starts one below a folder, or says why not.
    pub(super) fn start(above: &Path) -> Result<Self, String> {
        let initdb = program("initdb").and_then(|path| path.canonicalize().ok());
        let initdb = initdb.ok_or(format!("there is no PostgreSQL here: install it, {OR}"))?;
        let beside = |name: &str| initdb.with_file_name(name);
        let pgbench = Some(beside("pgbench")).filter(|path| path.is_file());
        let pgbench = pgbench.or_else(|| program("pgbench"));
        let pgbench = pgbench.ok_or("there is no pgbench: install it")?;
        let io = |error: std::io::Error| error.to_string();
        let data = tempfile::Builder::new().prefix("probity-postgres-").tempdir_in(above);
        let data = data.map_err(io)?;
        let data_path = data.path().canonicalize().map_err(io)?;
        let socket = tempfile::Builder::new().prefix("pg-").tempdir().map_err(io)?;
        let runner = Runner::of(&[data.path(), socket.path()])?;
        let made = runner
            .command(&initdb)
            .args(["-A", "trust", "-U", "postgres", "--no-sync", "-D"])
            .arg(&data_path)
            .current_dir(&data_path)
            .output()
            .map_err(io)?;
        if !made.status.success() {
            let said = String::from_utf8_lossy(&made.stderr).trim().to_owned();
            return Err(format!("initdb failed ({said}); {OR}"));
        }
        let mut child = runner
            .command(&beside("postgres"))
            .args(["-c", "listen_addresses=", "-k"])
            .arg(socket.path())
            .arg("-D")
            .arg(&data_path)
            .current_dir(&data_path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(io)?;
        let place = format!("host={} user=postgres dbname=postgres", socket.path().display());
        let ready = until_ready(&mut child);
        let cluster = Self { child, pgbench, place, _socket: socket, _data: data };
        ready.map(|()| cluster)
    }

    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        ask_to_end(&mut self.child);
        let _ = self.child.wait();
    }
}

/// Waits until it accepts connections; what it says later is read and dropped.
fn until_ready(child: &mut Child) -> Result<(), String> {
    let said = child.stderr.take().ok_or("it has no log")?;
    let mut lines = BufReader::new(said).lines().map_while(Result::ok);
    let mut last = String::new();
    for line in lines.by_ref() {
        if line.contains("ready to accept connections") {
            std::thread::spawn(move || lines.for_each(drop));
            return Ok(());
        }
        last = line;
    }
    Err(format!("PostgreSQL did not start ({last}); {OR}"))
}

/// Who runs the server: whoever we are, but never root, which it refuses.
struct Runner {
    setpriv: Option<PathBuf>,
}

impl Runner {
    /// Gives the folders to whoever runs it.
    #[cfg(unix)]
    fn of(folders: &[&Path]) -> Result<Self, String> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self { setpriv: None });
        }
        let asked = |flag: &str| -> Option<u32> {
            let out = Command::new("id").args([flag, "postgres"]).output().ok()?;
            String::from_utf8_lossy(&out.stdout).trim().parse().ok()
        };
        let found = program("setpriv").zip(asked("-u").zip(asked("-g")));
        let why = format!("PostgreSQL does not run as root: run as another user, {OR}");
        let (setpriv, (user, group)) = found.ok_or(why)?;
        for folder in folders {
            std::os::unix::fs::chown(folder, Some(user), Some(group))
                .map_err(|error| error.to_string())?;
        }
        Ok(Self { setpriv: Some(setpriv) })
    }

    #[cfg(not(unix))]
    fn of(_: &[&Path]) -> Result<Self, String> {
        Ok(Self { setpriv: None })
    }

    fn command(&self, program: &Path) -> Command {
        let Some(setpriv) = &self.setpriv else { return Command::new(program) };
        let mut command = Command::new(setpriv);
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
        command
    }
}

/// A program in the path, or where PostgreSQL's packages put theirs: the newest version first.
pub(super) fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = versions.map(|entry| entry.path()).collect();
    versions.sort();
    folders.extend(versions.iter().rev().map(|version| version.join("bin")));
    folders.into_iter().map(|folder| folder.join(name)).find(|path| path.is_file())
}
