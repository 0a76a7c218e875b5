//! Counts of requests, for whoever watches the service: Prometheus text. No names, no bodies.

use super::app::App;
use super::asked::Asked;
use super::routes::Answering;
use probity::answer::Reply;
use probity::engine::Work;
use probity::layer::Counted;
use probity::store::Undelivered;
use probity_core::Outcome;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::time::Duration;

/// What was counted, as an answer.
pub(super) fn metrics<'a>(app: &'a App, _: &'a Asked) -> Answering<'a> {
    Box::pin(async {
        let mut body = app.metrics.text(&app.probity.work());
        let left = super::reports::beside(app, |store| store.undelivered()).await?;
        webhooks(&mut body, app.webhooks.counted.so_far(), left);
        if let Some(charging) = app.charging.get() {
            gateway(&mut body, &charging.counted());
        }
        Ok(Reply { status: 200, body })
    })
}

/// Upper bounds of the buckets of latency, in microseconds.
const BUCKETS: [u64; 12] =
    [250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000];

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Metrics(Mutex<BTreeMap<(&'static str, &'static str), Route>>);

#[derive(Debug, Default)]
struct Route {
    by_status: BTreeMap<u16, u64>,
    buckets: [u64; BUCKETS.len()],
    count: u64,
    micros: u64,
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn count(
        &self,
        method: &'static str,
        path: &'static str,
        status: u16,
        took: Duration,
    ) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let Ok(mut routes) = self.0.lock() else { return };
        let route = routes.entry((method, path)).or_default();
        *route.by_status.entry(status).or_default() += 1;
        if let Some(bucket) = BUCKETS.iter().position(|most| micros <= *most) {
            route.buckets[bucket] += 1;
        }
        route.count += 1;
        route.micros = route.micros.saturating_add(micros);
    }

    /// As Prometheus reads it.
    pub(crate) fn text(&self, work: &Work) -> String {
        let mut text = String::new();
        if let Ok(routes) = self.0.lock() {
            requests(&mut text, &routes);
        }
        engine(&mut text, work);
        text
    }
}

fn requests(text: &mut String, routes: &BTreeMap<(&'static str, &'static str), Route>) {
    let _ = writeln!(text, "# HELP probity_requests_total Requests answered.");
    let _ = writeln!(text, "# TYPE probity_requests_total counter");
    for ((method, path), route) in routes {
        for (status, n) in &route.by_status {
            let labels = format!("method=\"{method}\",route=\"{path}\",status=\"{status}\"");
            let _ = writeln!(text, "probity_requests_total{{{labels}}} {n}");
        }
    }
    let _ = writeln!(text, "# HELP probity_request_seconds How long answers took.");
    let _ = writeln!(text, "# TYPE probity_request_seconds histogram");
    for ((method, path), route) in routes {
        let labels = format!("method=\"{method}\",route=\"{path}\"");
        let mut so_far = 0;
        for (most, n) in BUCKETS.iter().zip(route.buckets) {
            so_far += n;
            let le = seconds(*most);
            let _ =
                writeln!(text, "probity_request_seconds_bucket{{{labels},le=\"{le}\"}} {so_far}");
        }
        let (count, sum) = (route.count, seconds(route.micros));
        let _ = writeln!(text, "probity_request_seconds_bucket{{{labels},le=\"+Inf\"}} {count}");
        let _ = writeln!(text, "probity_request_seconds_sum{{{labels}}} {sum}");
        let _ = writeln!(text, "probity_request_seconds_count{{{labels}}} {count}");
    }
}

/// Microseconds as seconds.
fn seconds(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

/// What became of events on their way to endpoints.
fn webhooks(text: &mut String, counted: [u64; 3], left: Undelivered) {
    let mut line = |name: &str, kind: &str, help: &str, value: u64| {
        let name = format!("probity_webhooks_{name}");
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
    };
    let [delivered, failed, died] = counted;
    line("delivered_total", "counter", "Webhooks that arrived.", delivered);
    line("failed_total", "counter", "Tries of webhooks that did not arrive.", failed);
    line("died_total", "counter", "Webhooks that are tried no more.", died);
    line("waiting", "gauge", "Webhooks that wait for a try.", left.waiting);
    line("dead", "gauge", "Webhooks that never arrived, and were not replayed.", left.dead);
}

/// What the gateway has done.
fn gateway(text: &mut String, counted: &Counted) {
    let name = "probity_gateway_runs_total";
    let _ = writeln!(text, "# HELP {name} Runs that ended, by outcome.\n# TYPE {name} counter");
    for (outcome, n) in Outcome::ALL.into_iter().zip(counted.outcomes) {
        let _ = writeln!(text, "{name}{{outcome=\"{}\"}} {n}", outcome.word());
    }
    let mut line = |name: &str, help: &str, value: u64| {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}");
    };
    let undecided =
        "Calls that went on in shadow or announce though nothing could be decided about them.";
    line("probity_gateway_undecided_total", undecided, counted.undecided);
    let refused = "Calls refused because the store was away.";
    line("probity_gateway_refused_away_total", refused, counted.refused);
    let spooled = "Ends of runs kept on disk while the store was away.";
    line("probity_gateway_spooled_total", spooled, counted.spooled);
    line("probity_gateway_posted_total", "Ends kept on disk, and told since.", counted.posted);
}

fn engine(text: &mut String, work: &Work) {
    let mut line = |name: &str, kind: &str, help: &str, value: u64| {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
    };
    line("probity_queue_waiting", "gauge", "Commands that wait.", work.waiting as u64);
    line("probity_queue_limit", "gauge", "Commands that may wait.", work.queue as u64);
    line("probity_batches_total", "counter", "Turns of the writer.", work.turns);
    line("probity_batched_total", "counter", "Commands taken in turns.", work.jobs);
    line("probity_commits_total", "counter", "Commits to the store.", work.commits);
    line("probity_commits_failed_total", "counter", "Commits that failed.", work.failed_commits);
    line("probity_entries_total", "counter", "Entries written.", work.entries);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route_status_and_latency() {
        let metrics = Metrics::default();
        metrics.count("GET", "/healthz", 200, Duration::from_micros(300));
        metrics.count("GET", "/healthz", 200, Duration::from_secs(9));
        let work = Work {
            waiting: 0,
            queue: 8,
            turns: 1,
            jobs: 2,
            commits: 1,
            failed_commits: 0,
            entries: 3,
        };
        let text = metrics.text(&work);
        let has = |line: &str| assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        has("probity_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 2");
        has("probity_request_seconds_bucket{method=\"GET\",route=\"/healthz\",le=\"0.000500\"} 1");
        has("probity_request_seconds_bucket{method=\"GET\",route=\"/healthz\",le=\"+Inf\"} 2");
        has("probity_request_seconds_sum{method=\"GET\",route=\"/healthz\"} 9.000300");
        has("probity_entries_total 3");
    }
}
