//! The browser: Debian's Chromium and its driver, installed where they are missing. One driver for
//! all tests, a browser of its own for each.

use super::driver::Driver;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How many browsers there are at once.
const AT_ONCE: u32 = 2;

/// What a browser is started with: no screen, nothing of its own on the network.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    // It ends when its driver does, however that ends.
    "--remote-debugging-pipe",
];

/// The binaries, as Debian places them.
const CHROMIUM: &str = "/usr/bin/chromium";
const DRIVER: &str = "/usr/bin/chromedriver";

/// What everything here runs on.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        runtime.worker_threads(2).enable_all().build().expect("a runtime")
    })
}

fn is_installed() -> bool {
    Path::new(CHROMIUM).exists() && Path::new(DRIVER).exists()
}

fn install() {
    if is_installed() {
        return;
    }
    let wanted = "these tests need Chromium and its driver; as root: \
                  apt-get install -y chromium chromium-driver";
    let mut apt = Command::new("apt-get");
    apt.args(["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"]);
    crate::packages::must(apt.env("DEBIAN_FRONTEND", "noninteractive"), wanted);
    assert!(is_installed(), "{wanted}");
}

/// Ends the driver when this process ends, however it ends: then nothing holds the pipe any more.
const UNTIL_THE_END: &str =
    r#""$0" --port=0 --allowed-ips=127.0.0.1 & driver=$!; read -r _; kill "$driver"; wait"#;

/// The address of the driver; it is started for the first who asks.
fn driver() -> String {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    let start = || {
        install();
        let mut shell = Command::new("sh");
        shell.args(["-c", UNTIL_THE_END, DRIVER]);
        let piped = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = piped.spawn().expect("a shell");
        // Its end is the end of this process.
        std::mem::forget(child.stdin.take());
        let mut said = BufReader::new(child.stdout.take().expect("piped")).lines();
        let started = said.find_map(|line| {
            let line = line.expect("UTF-8");
            let port = line.split("started successfully on port ").nth(1)?;
            Some(port.trim_end_matches('.').to_owned())
        });
        std::thread::spawn(move || {
            said.for_each(drop);
            let _ = child.wait();
        });
        format!("http://127.0.0.1:{}", started.expect("a port"))
    };
    ADDRESS.get_or_init(start).clone()
}

/// Room for a browser, until it is given back.
pub(crate) struct Room(());

static TAKEN: (Mutex<u32>, std::sync::Condvar) = (Mutex::new(0), std::sync::Condvar::new());

impl Room {
    pub(crate) fn wait() -> Self {
        let (taken, freed) = &TAKEN;
        let taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |taken: &mut u32| *taken >= AT_ONCE;
        let mut taken = freed.wait_while(taken, is_full).unwrap_or_else(PoisonError::into_inner);
        *taken += 1;
        Self(())
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let (taken, freed) = &TAKEN;
        *taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        freed.notify_one();
    }
}

/// A browser with a profile of its own in this folder.
pub(crate) fn open(profile: &TempDir, is_watched: bool) -> Driver {
    let flags = FLAGS.iter().map(|flag| (*flag).to_owned());
    let own = format!("--user-data-dir={}", profile.path().display());
    let flags: Vec<_> = flags.chain([own]).collect();
    Driver::open(&driver(), CHROMIUM, &flags, is_watched)
}
