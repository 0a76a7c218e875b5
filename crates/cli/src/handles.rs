//! How many files and sockets the process may have open: as many as the system lets it, since each
//! connection takes one, and each stream through the gateway two.

/// Lets this process have as many open as may be, and says how many; None where that cannot be told.
#[cfg(unix)]
pub(crate) fn raise() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let most = Rlimit { current: limit.maximum, ..limit };
    match setrlimit(Resource::Nofile, most) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    }
}

/// There is no such limit, or it cannot be told.
#[cfg(not(unix))]
pub(crate) fn raise() -> Option<u64> {
    None
}
