//! The gate from shadow to enforce: what `enforce_when` asks for, what was seen, what is missing.
//!
//! It looks at what was watched, which is what is not enforced; and it takes nothing as met that is
//! not known, or known of few.

use super::bills::Changed;
use super::tally::Tally;
use crate::contract::{EnforceWhen, Percent};
use crate::phrase::count;
use crate::time::{Time, Zone};
use serde::Serialize;

/// What a gate asks for. Closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// So many days watched.
    Days,
    /// So many runs watched.
    Runs,
    /// Enough of them compared with today's billing, where anything is asked of that.
    Compared,
    /// Fewer mismatches with today's billing.
    MismatchesBelow,
    /// No more bills that more than double.
    BillsMoreThanDoubled,
}

/// One thing that it asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// What.
    pub what: Asked,
    /// How much is asked for, in words.
    pub asks: String,
    /// How much there is, in words.
    pub is: String,
    /// Is it met?
    pub met: bool,
    /// What is missing, in words; None: nothing.
    pub missing: Option<String>,
}

/// The gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gate {
    /// Is all of it met? Where nothing is asked for, it is.
    pub met: bool,
    /// What it asks for.
    pub conditions: Vec<Condition>,
}

/// Holds what was watched until an instant against what is asked for.
#[must_use]
pub fn gate(
    asked: Option<&EnforceWhen>,
    tally: &Tally,
    bills: Changed,
    (until, zone): (Time, &Zone),
) -> Gate {
    let conditions = asked.map(|asked| {
        let all = [
            asked.days.map(|n| days(n, tally, until, zone)),
            asked.runs.map(|n| runs(n, tally)),
            asks_of_today(asked).then(|| compared(asked.runs, tally)),
            asked.mismatches_below.map(|share| mismatches(share, tally)),
            asked.bills_more_than_doubled.map(|n| doubled(n, bills)),
        ];
        all.into_iter().flatten().collect::<Vec<_>>()
    });
    let conditions = conditions.unwrap_or_default();
    Gate { met: conditions.iter().all(|condition| condition.met), conditions }
}

fn of(what: Asked, asks: String, is: String, missing: Option<String>) -> Condition {
    Condition { what, asks, is, met: missing.is_none(), missing }
}

/// From the day of the first run that was watched to the last day of the window, both counted.
fn days(asked: u32, tally: &Tally, until: Time, zone: &Zone) -> Condition {
    let watched = tally.watched_from.map_or(0, |first| {
        let days = zone.day_number(until.max(first)).saturating_sub(zone.day_number(first));
        u64::try_from(days).unwrap_or(0).saturating_add(1)
    });
    let asked = u64::from(asked);
    let missing = asked.checked_sub(watched).filter(|n| *n > 0);
    let missing = missing.map(|n| format!("watch for {}", count(n, "more day")));
    of(Asked::Days, format!("{} watched", count(asked, "day")), count(watched, "day"), missing)
}

fn runs(asked: u64, tally: &Tally) -> Condition {
    let watched = tally.watched.runs;
    let missing = asked.checked_sub(watched).filter(|n| *n > 0);
    let missing = missing.map(|n| format!("watch {}", count(n, "more run")));
    of(Asked::Runs, format!("{} watched", count(asked, "run")), count(watched, "run"), missing)
}

/// Is anything asked for that is known only beside today's billing?
const fn asks_of_today(asked: &EnforceWhen) -> bool {
    asked.mismatches_below.is_some() || asked.bills_more_than_doubled.is_some()
}

/// At least half of the runs that were watched, and as many as are asked for: few say nothing of the rest.
fn compared(asked: Option<u64>, tally: &Tally) -> Condition {
    let (compared, watched) = (tally.watched.compared, tally.watched.runs);
    let asks = match asked {
        Some(asked) => {
            format!("{} compared with today's billing, at least half of all", count(asked, "run"))
        }
        None => "at least half of the runs compared with today's billing".to_owned(),
    };
    let enough = watched.div_ceil(2).max(asked.unwrap_or(1)).max(1);
    let missing = enough.checked_sub(compared).filter(|n| *n > 0).map(|n| match compared {
        0 => NO_TODAY.to_owned(),
        _ => format!(
            "compare {} with today's billing: send `now` with them, or hold its file against them",
            count(n, "more run")
        ),
    });
    of(Asked::Compared, asks, format!("{compared} of {watched}"), missing)
}

fn mismatches(asked: Percent, tally: &Tally) -> Condition {
    let asks = format!("mismatches below {asked}");
    let (bad, all) = (tally.watched.mismatches(), tally.watched.compared);
    if all == 0 {
        return of(Asked::MismatchesBelow, asks, "not known".to_owned(), Some(NO_TODAY.to_owned()));
    }
    // bad ÷ all < asked, without dividing; below nothing is none at all.
    let allowed = u128::from(asked.millionths()).saturating_mul(all.into());
    let scaled = u128::from(bad).saturating_mul(1_000_000);
    let is_below = bad == 0 || scaled < allowed;
    let share = scaled.checked_div(all.into()).unwrap_or(0);
    let share = Percent(u32::try_from(share).unwrap_or(u32::MAX));
    let is = format!("{bad} of {all} ({share})");
    let missing = (!is_below).then(|| {
        let most = allowed.saturating_sub(1) / 1_000_000;
        let over = u128::from(bad).saturating_sub(most);
        let over = u64::try_from(over).unwrap_or(u64::MAX);
        let them = if over == 1 { "it" } else { "them" };
        format!(
            "{} too many: settle which side is right, and change {them}",
            count(over, "mismatch")
        )
    });
    of(Asked::MismatchesBelow, asks, is, missing)
}

fn doubled(asked: u64, bills: Changed) -> Condition {
    let asks = format!("at most {} more than doubled", count(asked, "bill"));
    if bills.compared == 0 {
        let unknown = Some(NO_TODAY.to_owned());
        return of(Asked::BillsMoreThanDoubled, asks, "not known".to_owned(), unknown);
    }
    let is = bills.more_than_doubled;
    let missing = is.checked_sub(asked).filter(|n| *n > 0);
    let missing =
        missing.map(|n| format!("{} too many: see whose, and what they use", count(n, "bill")));
    of(Asked::BillsMoreThanDoubled, asks, is.to_string(), missing)
}

const NO_TODAY: &str = "say what today's billing charges: send `now` with runs, or hold its file \
                        against them: `probity rollout --compared OURS.csv`";
