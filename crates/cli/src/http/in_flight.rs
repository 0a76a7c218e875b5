//! Keys of requests that are being worked on: a second one of the same waits, but not for ever.

use super::problem::Trouble;
use probity::Environment;
use probity::engine::{Refused, Whose};
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// How long a duplicate waits for the answer to the first.
const DUPLICATE_WAITS: Duration = Duration::from_secs(5);
/// How long anybody waits; then it is not known whether it was applied.
const WAITS: Duration = Duration::from_secs(30);

/// A key in its scope: where, whose, and the key.
type Scoped = (Environment, String, String);

/// The keys in use, and how often.
#[derive(Debug, Default)]
pub(crate) struct InFlight(Mutex<HashMap<Scoped, u32>>);

/// One request with a key; it is over when this is dropped.
struct Held<'a> {
    all: &'a InFlight,
    key: Scoped,
    is_first: bool,
}

impl InFlight {
    fn hold(&self, environment: Environment, whose: &Whose, key: &str) -> Held<'_> {
        // The same request again names the same run, so a run's id scopes as well as its customer's.
        let whose = match whose {
            Whose::Customer(id) => id.to_string(),
            Whose::Run(run, _) => run.to_string(),
        };
        let key = (environment, whose, key.to_owned());
        let is_first = self.0.lock().map_or(true, |mut keys| {
            let count = keys.entry(key.clone()).or_default();
            *count += 1;
            *count == 1
        });
        Held { all: self, key, is_first }
    }

    /// Waits for an answer to what was asked at `since`: with a key that is in use already, only for a
    /// while.
    pub(crate) async fn wait<T>(
        &self,
        environment: Environment,
        key: Option<(&Whose, &str)>,
        since: Instant,
        answer: impl Future<Output = Result<T, Refused>>,
    ) -> Result<Result<T, Refused>, Trouble> {
        let held = key.map(|(whose, key)| self.hold(environment, whose, key));
        let is_duplicate = held.as_ref().is_some_and(|held| !held.is_first);
        let most = if is_duplicate { DUPLICATE_WAITS } else { WAITS };
        match tokio::time::timeout_at(since + most, answer).await {
            Ok(answer) => Ok(answer),
            Err(_) if is_duplicate => Err(Trouble::in_progress()),
            Err(_) => Err(Trouble::unknown()),
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let Ok(mut keys) = self.all.0.lock() else { return };
        if let Some(count) = keys.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                keys.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_duplicate_waits_for_a_while_and_the_first_for_longer() {
        let all = InFlight::default();
        let never = || std::future::pending::<Result<(), Refused>>();
        let ana = Whose::Customer("ana".into());
        let (first, second) = tokio::join!(
            all.wait(Environment::Live, Some((&ana, "k")), Instant::now(), never()),
            all.wait(Environment::Live, Some((&ana, "k")), Instant::now(), never()),
        );
        assert_eq!(first.unwrap_err().status, 503);
        assert_eq!(second.unwrap_err().status, 409);
        let alone =
            all.wait(Environment::Live, Some((&ana, "k")), Instant::now(), async { Ok(7) }).await;
        assert_eq!(alone.unwrap().unwrap(), 7);
        assert!(all.0.lock().unwrap().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn many_that_were_asked_at_once_wait_no_longer_than_one() {
        let all = InFlight::default();
        let since = Instant::now();
        for _ in 0..1000 {
            let never = std::future::pending::<Result<(), Refused>>();
            let waited = all.wait(Environment::Live, None, since, never).await;
            assert_eq!(waited.unwrap_err().status, 503);
        }
        assert_eq!(since.elapsed().as_secs(), WAITS.as_secs());
        // What is answered by then is told all the same.
        let late = all.wait(Environment::Live, None, since, async { Ok(7) }).await;
        assert_eq!(late.unwrap().unwrap(), 7);
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_key_of_somebody_else_is_no_duplicate() {
        let all = InFlight::default();
        let never = || std::future::pending::<Result<(), Refused>>();
        let (ana, ben) = (Whose::Customer("ana".into()), Whose::Customer("ben".into()));
        let (first, second, third) = tokio::join!(
            all.wait(Environment::Live, Some((&ana, "k")), Instant::now(), never()),
            all.wait(Environment::Live, Some((&ben, "k")), Instant::now(), never()),
            all.wait(Environment::Sandbox, Some((&ana, "k")), Instant::now(), never()),
        );
        for each in [first, second, third] {
            assert_eq!(each.unwrap_err().status, 503);
        }
    }
}
