//! What the machine says of itself and of processes, on Linux from `/proc`; elsewhere nothing.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Linux counts processor time in hundredths of a second, on every architecture we run on.
const TICK: Duration = Duration::from_millis(10);
/// Less than so many ticks tell no share.
const FEWEST: u64 = 20;

/// What was measured on.
#[derive(Clone, Debug, serde::Serialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) processor: Option<String>,
    pub(crate) memory_bytes: Option<u64>,
    pub(crate) system: &'static str,
}

impl Machine {
    pub(crate) fn here() -> Self {
        let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let processor = text.lines().find_map(|line| line.strip_prefix("model name"));
        let processor = processor.map(|name| name.trim_start_matches(['\t', ' ', ':']).to_owned());
        let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        Self {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            processor,
            memory_bytes: kibibytes(&memory, "MemTotal:"),
            system: std::env::consts::OS,
        }
    }
}

/// Processor time of the machine and of what we started, at one moment, in ticks.
pub(super) struct Watch {
    all: u64,
    busy: u64,
    ours: u64,
}

impl Watch {
    pub(super) fn begin() -> Option<Self> {
        let text = fs::read_to_string("/proc/stat").ok()?;
        let fields = text.lines().next()?.split_whitespace().skip(1);
        let fields: Vec<u64> = fields.map_while(|field| field.parse().ok()).collect();
        let &[user, nice, system, idle, waits, _, _, stolen, ..] = fields.as_slice() else {
            return None;
        };
        // Interrupts are nobody's: they are left out of what is busy.
        let busy = user + nice + system + stolen;
        let all = busy + idle + waits;
        Some(Self { all, busy, ours: ticks_of_tree(std::process::id())? })
    }

    /// The share of the machine that others have used since, in hundredths.
    pub(super) fn others(self) -> Option<u32> {
        let now = Self::begin()?;
        let all = now.all.saturating_sub(self.all);
        let busy = now.busy.saturating_sub(self.busy);
        let others = busy.saturating_sub(now.ours.saturating_sub(self.ours));
        if all < FEWEST { None } else { u32::try_from(others * 100 / all).ok() }
    }
}

/// A process as `/proc/PID/stat` has it.
struct Process {
    parent: u32,
    own: u64,
    /// Of its children that have ended, and theirs.
    ended: u64,
}

fn process(pid: u32) -> Option<Process> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before may hold anything, but what follows it holds no bracket.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |n: usize| fields.get(n)?.parse::<u64>().ok();
    Some(Process {
        parent: u32::try_from(number(1)?).ok()?,
        own: number(11)? + number(12)?,
        ended: number(13)? + number(14)?,
    })
}

/// Processor time of a process and of all that it started, ended or not, in ticks.
fn ticks_of_tree(root: u32) -> Option<u64> {
    let entries = fs::read_dir("/proc").ok()?.flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let all: HashMap<u32, Process> = pids.filter_map(|pid| Some((pid, process(pid)?))).collect();
    let is_below = |mut pid: u32| {
        while let Some(process) = all.get(&pid).filter(|_| pid != root) {
            pid = process.parent;
        }
        pid == root
    };
    let ours = all.iter().filter(|(pid, _)| is_below(**pid));
    Some(ours.map(|(_, process)| process.own + process.ended).sum())
}

/// Processor time of a process and of all that it started.
pub(super) fn cpu_of_tree(pid: u32) -> Option<Duration> {
    Some(TICK * u32::try_from(ticks_of_tree(pid)?).ok()?)
}

/// Processor time of a process.
pub(super) fn cpu_of(pid: u32) -> Option<Duration> {
    Some(TICK * u32::try_from(process(pid)?.own).ok()?)
}

/// Bytes of memory that a process has, and has had at the most.
pub(super) fn memory_of(pid: u32) -> Option<(u64, u64)> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    Some((kibibytes(&text, "VmRSS:")?, kibibytes(&text, "VmHWM:")?))
}

fn kibibytes(text: &str, name: &str) -> Option<u64> {
    let value = text.lines().find_map(|line| line.strip_prefix(name))?;
    value.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|n| n * 1024)
}

/// Bytes that fit on the disk of a folder; None where that cannot be told.
#[cfg(unix)]
pub(super) fn room(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

/// Bytes that fit on the disk of a folder; None where that cannot be told.
#[cfg(not(unix))]
pub(super) fn room(_: &Path) -> Option<u64> {
    None
}

/// Asks a process to end.
#[cfg(unix)]
pub(super) fn ask_to_end(child: &mut std::process::Child) {
    let pid = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    if let Some(pid) = pid {
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::INT);
    }
}

/// Ends a process.
#[cfg(not(unix))]
pub(super) fn ask_to_end(child: &mut std::process::Child) {
    let _ = child.kill();
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_found_with_what_it_uses() {
        let (now, most) = memory_of(std::process::id()).unwrap();
        assert!(now > 0 && most >= now);
        assert!(cpu_of(std::process::id()) <= cpu_of_tree(std::process::id()));
        assert!(room(Path::new("/")).is_some());
        assert!(Machine::here().memory_bytes > Some(0));
    }

    #[test]
    fn a_moment_tells_no_share() {
        let watch = Watch { all: u64::MAX, busy: 0, ours: 0 };
        assert_eq!(watch.others(), None);
    }
}
