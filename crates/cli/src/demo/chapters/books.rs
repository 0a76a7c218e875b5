//! What stands in the books, added up from their entries.

use crate::answer::Failure;
use crate::demo::stage::{Of, Stage, amount, done};
use probity_core::{Amount, phrase};
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) fn books(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let (mut balanced, mut agrees, mut dense) = (true, true, true);
    let mut all: Vec<Value> = Vec::new();
    for (customer, name) in [("ana", "Ana"), ("ben", "Ben"), ("dora", "Dora"), ("eve", "Eve")] {
        let path = format!("/v1/customers/{customer}/entries?limit=1000");
        let entries = done(stage.ask(&format!("{name}'s entries"), "GET", &path, Value::Null)?)?;
        let items = entries.body["items"].as_array().cloned().unwrap_or_default();
        let accounts = added_up(&items);
        let total = accounts.values().try_fold(Amount::ZERO, |sum, stands| sum.plus(*stands));
        balanced &= total == Some(Amount::ZERO);
        let wallet = stage.wallet(customer)?;
        let available = accounts.get("available").copied().unwrap_or_default();
        agrees &= available == amount(wallet.text("/available"));
        dense &= items.iter().zip(1..).all(|(entry, seq)| entry["seq"].as_u64() == Some(seq));
        let (n, adds_up) = (items.len() as u64, phrase::credits(available));
        let n = phrase::count(n, "entry");
        stage.tell(Of::Books, format!("{n}, which leave {adds_up} to use"));
        all.extend(items);
    }
    stage.aside("Everybody's accounts, added up from the transfers in their entries");
    for (account, stands) in added_up(&all).iter().filter(|(_, stands)| !stands.is_zero()) {
        stage.tell(Of::Books, line(account, *stands));
    }
    let together = added_up(&all).values().try_fold(Amount::ZERO, |sum, stands| sum.plus(*stands));
    stage.tell(Of::Books, line("together", together.unwrap_or_default()));
    stage.promise("All accounts together come to nothing, for everybody.", balanced);
    stage.promise("The wallets are what the entries add up to.", agrees);
    stage.promise("No entry is missing.", dense);
    Ok(())
}

/// An account in a table.
fn line(account: &str, stands: Amount) -> String {
    let stands = stands.to_string();
    format!("{account:<28} {stands:>8}")
}

/// What stands on each account; grants and holds are one account each.
fn added_up(entries: &[Value]) -> BTreeMap<String, Amount> {
    let mut accounts: BTreeMap<String, Amount> = BTreeMap::new();
    for transfer in entries.iter().filter_map(|entry| entry["transfers"].as_array()).flatten() {
        let moved = amount(transfer["amount"].as_str().unwrap_or_default());
        let account = |side: &str| named(transfer[side].as_str().unwrap_or_default());
        let to = accounts.entry(account("to")).or_default();
        *to = to.plus(moved).unwrap_or_default();
        let from = accounts.entry(account("from")).or_default();
        *from = from.minus(moved).unwrap_or_default();
    }
    accounts
}

/// An account as people call it.
fn named(account: &str) -> String {
    match account.split_once('/') {
        Some((kind @ ("available" | "held"), _)) => kind.to_owned(),
        _ => account.to_owned(),
    }
}
