//! Services as processes of their own: this very binary, started and stopped by the bench.

use super::machine::{ask_to_end, cpu_of, memory_of};
use super::{Start, Unmeasured};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A service that runs; it ends with this.
pub(super) struct Served {
    child: Child,
    pub(super) address: String,
    /// Where its gateway listens; empty where it has none.
    pub(super) gateway: String,
    /// The key for the live books.
    pub(super) key: String,
    /// From its start until it was ready.
    ready: Duration,
    idle: Option<u64>,
    /// It may still want to say something.
    said: (BufReader<ChildStderr>, Option<ChildStdout>),
}

impl Served {
    /// `probity serve` on a database; the key is known where it was started on it before.
    pub(super) fn probity(database: &Path, key: Option<&str>) -> Result<Self, Unmeasured> {
        let contract = database.with_extension("yaml");
        fs::write(&contract, probity::bench::CONTRACT).map_err(Unmeasured::folder)?;
        let args: [&OsStr; 8] = [
            "serve".as_ref(),
            contract.as_ref(),
            "--database".as_ref(),
            database.as_ref(),
            "--listen".as_ref(),
            "127.0.0.1:0".as_ref(),
            "--log".as_ref(),
            "off".as_ref(),
        ];
        Self::start(&args, key)
    }

    /// `probity serve` with a gateway in front, as its deployment says.
    pub(super) fn gateway(
        database: &Path,
        deployment: &str,
        key: Option<&str>,
    ) -> Result<Self, Unmeasured> {
        let file = database.with_file_name("probity.yaml");
        fs::write(&file, deployment).map_err(Unmeasured::folder)?;
        let mut served = Self::probity(database, key)?;
        let mut line = String::new();
        while !line.starts_with("The gateway listens on http://") {
            line.clear();
            match served.said.0.read_line(&mut line) {
                Ok(0) => return Err(Unmeasured::failed("a service has no gateway")),
                Ok(_) => {}
                Err(error) => return Err(Unmeasured::failed(error)),
            }
        }
        let address = line.split_once("http://").and_then(|(_, rest)| rest.split(',').next());
        served.gateway = address.unwrap_or_default().to_owned();
        Ok(served)
    }

    /// A server that answers like an AI provider.
    pub(super) fn provider() -> Result<Self, Unmeasured> {
        Self::start(&["bench".as_ref(), "--provider".as_ref()], Some("none"))
    }

    /// A bare HTTP server, that answers with what stands in a folder.
    pub(super) fn bare(answers: &Path) -> Result<Self, Unmeasured> {
        Self::start(&["bench".as_ref(), "--bare".as_ref(), answers.as_ref()], Some("none"))
    }

    fn start(args: &[&OsStr], key: Option<&str>) -> Result<Self, Unmeasured> {
        let binary = std::env::current_exe().map_err(Unmeasured::failed)?;
        let begun = Instant::now();
        let mut child = Command::new(binary)
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(Unmeasured::failed)?;
        let (mut stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let mut stderr = BufReader::new(stderr.ok_or_else(|| Unmeasured::failed("no stderr"))?);
        let mut served = || -> Result<(String, String), String> {
            let address = address(&mut stderr)?;
            until_ready(&address).map_err(|error| format!("{address}: {error}"))?;
            let key = key.map_or_else(|| first_key(stdout.as_mut()), |key| Ok(key.to_owned()))?;
            Ok((address, key))
        };
        match served() {
            Ok((address, key)) => {
                let (ready, idle) = (begun.elapsed(), memory_of(child.id()).map(|(now, _)| now));
                let (gateway, said) = (String::new(), (stderr, stdout));
                Ok(Self { child, address, gateway, key, ready, idle, said })
            }
            Err(why) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(Unmeasured::failed(format!("a service did not begin: {why}")))
            }
        }
    }

    /// Processor time that it has used.
    pub(super) fn cpu(&self) -> Option<Duration> {
        cpu_of(self.child.id())
    }

    /// Bytes of memory that it has.
    pub(super) fn memory(&self) -> Option<u64> {
        memory_of(self.child.id()).map(|(now, _)| now)
    }

    /// How it began, and the most memory it has had until now.
    pub(super) fn began(&self) -> Start {
        let most = memory_of(self.child.id()).map(|(_, most)| most);
        Start { ready: self.ready, idle: self.idle, most }
    }

    /// Ends it in good order.
    pub(super) fn stop(mut self) -> Result<(), Unmeasured> {
        ask_to_end(&mut self.child);
        match self.child.wait() {
            Ok(_) => Ok(()),
            Err(error) => Err(Unmeasured::failed(error)),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Where it has ended already, neither does anything.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where it says that it listens.
fn address(said: &mut impl std::io::BufRead) -> Result<String, String> {
    let mut line = String::new();
    said.read_line(&mut line).map_err(|error| error.to_string())?;
    let address = line.split_once("http://").and_then(|(_, rest)| rest.split([';', '\n']).next());
    match address {
        Some(address) if line.starts_with("Listening") => Ok(address.to_owned()),
        _ => {
            let _ = said.take(4096).read_to_string(&mut line);
            Err(line.trim().to_owned())
        }
    }
}

/// What it shows once, on a new database.
fn first_key(said: Option<&mut ChildStdout>) -> Result<String, String> {
    let mut line = String::new();
    let said = said.ok_or("it has no output")?;
    BufReader::new(said).read_line(&mut line).map_err(|error| error.to_string())?;
    let key = line.trim().strip_prefix("live key: ");
    key.map(str::to_owned).ok_or_else(|| "it showed no key".to_owned())
}

fn until_ready(address: &str) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let asked = format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer.starts_with("HTTP/1.1 200 ") {
        return Ok(());
    }
    Err(std::io::Error::other(format!("it is not ready: {answer}")))
}
