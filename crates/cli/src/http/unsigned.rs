//! How often the log says that something came which nobody signed: anybody can send that, so it is said
//! once a minute at the most, with how many there were. Nothing of what came is kept.

use probity_core::Time;
use std::sync::{Mutex, PoisonError};

/// So long it is counted before it is said again.
const SAID_AGAIN: u64 = 60;

/// What came unsigned.
#[derive(Debug, Default)]
pub(crate) struct AllUnsigned(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    said_at: Option<Time>,
    times: u64,
}

impl AllUnsigned {
    /// One more came: how many to say now; None: it was said lately.
    pub(crate) fn one_more(&self, now: Time) -> Option<u64> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.times += 1;
        if counted.said_at.is_some_and(|said_at| now < said_at.plus_seconds(SAID_AGAIN)) {
            return None;
        }
        counted.said_at = Some(now);
        Some(std::mem::take(&mut counted.times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_at_once_and_then_by_the_minute() {
        let unsigned = AllUnsigned::default();
        let at = |seconds: i64| Time::from_micros(seconds * 1_000_000);
        let said = [0, 1, 59, 60, 61, 300].map(|seconds| unsigned.one_more(at(seconds)));
        assert_eq!(said, [Some(1), None, None, Some(3), None, Some(2)]);
    }
}
