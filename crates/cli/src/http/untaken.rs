//! What a payment provider told that was not taken, so that a person sees it: a payment for somebody who is
//! not known, one that names no credits. It is told again for some days, and leaves the list when it is
//! taken. Nothing here decides, and nothing is kept beyond the service: what is told again comes again.

use probity::Environment;
use probity_core::{Name, Time};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many are listed; of more, those that were told last.
const MOST: usize = 1000;

/// Something that was told and not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Untaken {
    /// When it happened, by the provider's clock.
    pub(crate) at: Time,
    /// What it is, in the provider's words: `payment_intent.succeeded`.
    pub(crate) kind: String,
    /// Whom it names.
    pub(crate) customer: Option<Name>,
    /// The payment it tells of: once that is in the books, nobody need look.
    pub(crate) payment: Option<Name>,
    /// The code of the refusal, and what it says.
    pub(crate) refused: (String, String),
    /// How often it was told.
    pub(crate) times: u32,
}

/// All of it, by the provider's ids of events.
#[derive(Debug, Default)]
pub(crate) struct AllUntaken(Mutex<HashMap<(Environment, Name), Untaken>>);

impl AllUntaken {
    fn all(&self) -> MutexGuard<'_, HashMap<(Environment, Name), Untaken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It was told, and not taken.
    pub(crate) fn put(&self, environment: Environment, event: Name, untaken: Untaken) {
        let mut all = self.all();
        let key = (environment, event);
        let times = all.get(&key).map_or(0, |known| known.times).saturating_add(1);
        all.insert(key, Untaken { times, ..untaken });
        if all.len() > MOST {
            let oldest = all.iter().min_by_key(|(_, one)| one.at).map(|(key, _)| key.clone());
            all.retain(|key, _| Some(key) != oldest.as_ref());
        }
    }

    /// It was taken, or its payment is in the books.
    pub(crate) fn is_taken(&self, environment: Environment, event: &Name) {
        self.all().remove(&(environment, event.clone()));
    }

    /// Those of an environment, the newest first.
    pub(crate) fn of(&self, environment: Environment) -> Vec<(Name, Untaken)> {
        let all = self.all();
        let ours = all.iter().filter(|((of, _), _)| *of == environment);
        let mut ours: Vec<_> = ours.map(|((_, event), one)| (event.clone(), one.clone())).collect();
        drop(all);
        ours.sort_by(|(a, one), (b, other)| (other.at, b).cmp(&(one.at, a)));
        ours
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_leave_first_and_what_is_told_again_is_one() {
        let all = AllUntaken::default();
        let one = |at| Untaken {
            at: Time::from_micros(at),
            kind: "payment_intent.succeeded".to_owned(),
            customer: None,
            payment: None,
            refused: ("not_found".to_owned(), String::new()),
            times: 0,
        };
        for n in 0..=1000 {
            all.put(Environment::Live, Name::new(&format!("evt_{n}")), one(n));
        }
        all.put(Environment::Live, Name::new("evt_1000"), one(1000));
        let listed = all.of(Environment::Live);
        assert_eq!((listed.len(), listed[0].1.times), (MOST, 2));
        assert_eq!(listed.last().unwrap().0, Name::new("evt_1"));
        all.is_taken(Environment::Live, &Name::new("evt_1000"));
        assert_eq!(all.of(Environment::Live).len(), MOST - 1);
        assert_eq!(all.of(Environment::Sandbox), []);
    }
}
