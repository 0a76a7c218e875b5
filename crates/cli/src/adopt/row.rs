//! One row judged: what it asks for, or why it is not taken over. Nothing is guessed, and nothing that is
//! refused is left out of the report.

use super::table::Raw;
use super::{Asked, Kind, Terms};
use probity_core::Amount;
use probity_core::amount::AmountError;
use probity_core::id::is_caller_id;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// What a good row asks for.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) place: u64,
    /// Whose.
    pub(crate) id: String,
    /// The balance, as the table has it.
    pub(crate) balance: Amount,
    /// The same as the contract counts.
    pub(crate) credits: Amount,
    /// The plan, where one is said.
    pub(crate) plan: Option<String>,
    /// Their name, where that is taken over.
    pub(crate) name: Option<String>,
    /// Their address, where that is taken over.
    pub(crate) email: Option<String>,
}

/// A row that is not taken over, or not wholly.
#[derive(Clone, Debug, serde::Serialize)]
pub(crate) struct Bad {
    /// Its line, or its number.
    pub(crate) row: u64,
    /// Whose, as far as that can be told.
    pub(crate) customer: String,
    /// The balance, where it can be read.
    pub(crate) balance: Option<Amount>,
    /// Stable, for scripts.
    pub(crate) code: &'static str,
    /// Why, in words.
    pub(crate) why: String,
}

/// Finds ids that stand in a table more than once, with eight bytes for each row.
///
/// Two ids of one hash would both be refused; of a million rows that happens to one table in 40 million.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    hashing: RandomState,
    seen: HashSet<u64>,
    twice: HashSet<u64>,
    /// How many rows there are.
    pub(crate) count: u64,
}

impl Rows {
    /// One more row.
    pub(crate) fn see(&mut self, raw: &Raw) {
        self.count += 1;
        if let Some(id) = raw.cells.as_ref().ok().and_then(|cells| cells[0].as_deref()) {
            let hash = self.hashing.hash_one(id);
            if !self.seen.insert(hash) {
                self.twice.insert(hash);
            }
        }
    }

    fn is_twice(&self, id: &str) -> bool {
        !self.twice.is_empty() && self.twice.contains(&self.hashing.hash_one(id))
    }
}

/// What rows are judged by.
pub(crate) struct Judge<'a> {
    pub(crate) asked: &'a Asked,
    pub(crate) terms: &'a Terms,
    pub(crate) rows: &'a Rows,
}

impl Judge<'_> {
    /// Judges a row.
    pub(crate) fn row(&self, raw: Raw) -> Result<Row, Bad> {
        let place = raw.place;
        let mut bad = Bad {
            row: place,
            customer: String::new(),
            balance: None,
            code: "",
            why: String::new(),
        };
        let [id, balance, plan, name, email] = match raw.cells {
            Ok(cells) => cells,
            Err(why) => return Err(bad.says("unreadable", format!("the row {why}"))),
        };
        let balance = balance.as_deref().map(plain).map(|text| (Amount::parse(&text), text));
        bad.balance = balance.as_ref().and_then(|(amount, _)| amount.ok());
        let id = id.ok_or_else(|| bad.clone().says("no_id", "it says no customer"))?;
        bad.customer.clone_from(&id);
        if !is_caller_id(&id) {
            let why = "no customer can have this id: 1 to 128 letters, digits and . _ : @ -";
            return Err(bad.says("bad_id", why));
        }
        if self.rows.is_twice(&id) {
            let why = "this customer stands in the table more than once, so neither row is taken";
            return Err(bad.says("twice", why));
        }
        let Some((amount, text)) = balance else {
            return Err(bad.says("no_balance", "it says no balance"));
        };
        let amount = match amount {
            Ok(amount) => amount,
            Err(error) => return Err(bad.says(code(error), format!("`{text}`: {error}"))),
        };
        let credits = self.counted(amount).map_err(|(code, why)| bad.clone().says(code, why))?;
        let plan = self.plan(plan).map_err(|(code, why)| bad.clone().says(code, why))?;
        if self.asked.kind == Kind::Bought && !credits.is_zero() && !self.sells(plan.as_deref()) {
            let plan = plan.as_deref().or(self.terms.new_customers.as_deref()).unwrap_or("that");
            let why =
                format!("the plan {plan} sells no credits, so none can stand there as bought");
            return Err(bad.says("not_sold", why));
        }
        Ok(Row { place, id, balance: amount, credits, plan, name, email })
    }

    /// The balance, as the contract counts.
    fn counted(&self, amount: Amount) -> Result<Amount, (&'static str, String)> {
        let smallest = self.terms.smallest;
        if amount.millionths() < 0 {
            return Err((
                "negative",
                "a balance below nothing: wallets begin without debts".into(),
            ));
        }
        if amount.is_multiple_of(smallest) {
            return Ok(amount);
        }
        let above = amount.round_down(smallest).and_then(|below| below.plus(smallest));
        match above.filter(|_| self.asked.rounds_up) {
            Some(above) => Ok(above),
            None => {
                Err(("too_fine", format!("finer than {smallest}, the smallest that is counted")))
            }
        }
    }

    /// The plan in the contract's words; None: nothing is said.
    fn plan(&self, said: Option<String>) -> Result<Option<String>, (&'static str, String)> {
        let Some(plan) = said.or_else(|| self.asked.plan.clone()) else {
            return match self.terms.new_customers {
                Some(_) => Ok(None),
                None => Err(("no_plan", "it says no plan, and nor does --plan".into())),
            };
        };
        let plan = self.asked.plans.get(&plan).cloned().unwrap_or(plan);
        if self.terms.plans.contains_key(&plan) {
            return Ok(Some(plan));
        }
        Err(("unknown_plan", format!("{} has no plan `{plan}`", self.terms.contract)))
    }

    fn sells(&self, plan: Option<&str>) -> bool {
        let plan = plan.or(self.terms.new_customers.as_deref());
        plan.and_then(|plan| self.terms.plans.get(plan)).is_none_or(|plan| plan.top_ups)
    }
}

impl Bad {
    pub(crate) fn says(mut self, code: &'static str, why: impl Into<String>) -> Self {
        self.code = code;
        self.why = why.into();
        self
    }
}

const fn code(error: AmountError) -> &'static str {
    match error {
        AmountError::NotANumber => "not_a_number",
        AmountError::TooFine => "too_fine",
        AmountError::TooLarge => "too_large",
    }
}

/// A number as databases write it, without noughts at its end: `12.5000` is 12.5.
fn plain(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, places)) if places.bytes().all(|b| b.is_ascii_digit()) => {
            match places.trim_end_matches('0') {
                "" if places.is_empty() => text.to_owned(),
                "" => whole.to_owned(),
                places => format!("{whole}.{places}"),
            }
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn noughts_at_the_end_say_nothing() {
        let read = ["12", "12.", "12.500000000", "100.000", "-3.10", "1.5e3", "1,5", ".50"];
        assert_eq!(read.map(plain), ["12", "12.", "12.5", "100", "-3.1", "1.5e3", "1,5", ".5"]);
    }
}
