//! How long answers were waited for: a histogram of three digits, in microseconds.

use super::Latency;
use hdrhistogram::Histogram;
use std::cell::RefCell;
use std::time::Duration;

/// Everybody's waiting, on one thread.
pub(super) struct Waited(RefCell<Histogram<u64>>);

impl Waited {
    pub(super) fn new() -> Result<Self, String> {
        let waited = Histogram::new_with_bounds(1, 600_000_000, 3).map_err(|e| e.to_string())?;
        Ok(Self(RefCell::new(waited)))
    }

    pub(super) fn record(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.0.borrow_mut().saturating_record(micros);
    }

    pub(super) fn latency(&self) -> Latency {
        let waited = self.0.borrow();
        let at = |share: f64| Duration::from_micros(waited.value_at_quantile(share));
        Latency { p50: at(0.5), p99: at(0.99), p999: at(0.999), most: at(1.0) }
    }
}
