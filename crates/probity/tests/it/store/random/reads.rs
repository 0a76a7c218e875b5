//! What can be read of somebody, in lines.

use crate::store::dice::Dice;
use probity::answer::to_json;
use probity::core::view::Reader;
use probity::core::{Amount, Name, RunId, Time};
use probity::engine::{Refused, View, Whose};
use probity::statement::{Asked, Place, Wanted};
use probity::store::Told;
use probity::{Environment, Probity};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Who they are and what they have, as the product and as they see it.
pub(super) fn wallet(probity: &Probity, environment: Environment, name: &Name) -> String {
    let view = probity.view(environment, Whose::Customer(name.clone())).unwrap().wait();
    let view = match view {
        Ok(view) => view,
        Err(refused) => return not_there(name, &refused),
    };
    let desk = view.desk().unwrap();
    let readers = [Reader::Product, Reader::Customer];
    let seen = readers.map(|to| [to_json(&desk.card_to(to)), to_json(&desk.prices(to))]);
    format!("{environment:?} {name}: {} {seen:?}", to_json(&desk.wallet()))
}

fn not_there(name: &Name, refused: &Refused) -> String {
    assert!(matches!(refused, Refused::Problem(_)), "{refused}");
    format!("{name}: {refused}")
}

/// All runs, page by page, with their receipts; and the state with all of them awake.
pub(super) fn runs(
    probity: &Probity,
    environment: Environment,
    name: &Name,
    dice: &mut Dice,
) -> Vec<String> {
    let page =
        |before, limit| probity.runs(environment, name.clone(), before, limit).unwrap().wait();
    let mut lines = Vec::new();
    let mut before = None;
    loop {
        let limit = 1 + dice.index(30) % dice.rarely(4, 30, 3);
        let listed = match page(before, limit) {
            Ok(listed) => listed,
            Err(refused) => return vec![not_there(name, &refused)],
        };
        lines.push(format!(
            "{environment:?} {name}: {} and more: {}",
            listed.runs.len(),
            listed.more
        ));
        lines.extend(listed.runs.iter().map(|run| shown(&listed.view, *run)));
        before = listed.runs.last().copied();
        if !listed.more {
            break;
        }
    }
    let all = page(None, 100_000).unwrap();
    lines.push(serde_json::to_string(&*all.view.customer).unwrap());
    lines
}

fn shown(view: &View, run: RunId) -> String {
    let desk = view.desk().unwrap();
    let receipts = [Reader::Product, Reader::Customer].map(|to| {
        let card = desk.run_card(run, to);
        (desk.receipt(run, to).map(|receipt| to_json(&receipt)), card.map(|card| to_json(&card)))
    });
    format!("{run} {receipts:?}")
}

/// The receipt of a run, however long it rests.
pub(super) fn receipt_of(
    probity: &Probity,
    environment: Environment,
    whose: Whose,
    run: RunId,
) -> String {
    let view = probity.view(environment, whose).unwrap().wait().unwrap();
    shown(&view, run)
}

/// All entries, page by page, with their hashes.
pub(super) fn entries(
    probity: &Probity,
    environment: Environment,
    name: &Name,
    dice: &mut Dice,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut after = 0;
    loop {
        let limit = 1 + dice.index(60) % dice.rarely(3, 60, 8);
        let page = match probity.entries(environment, name.clone(), after, limit).unwrap().wait() {
            Ok(page) => page,
            Err(refused) => return vec![not_there(name, &refused)],
        };
        assert!(page.len() <= limit);
        let Some(last) = page.last() else { return lines };
        after = last.seq;
        lines.extend(page.iter().map(|entry| format!("{environment:?} {name}: {entry:?}")));
    }
}

/// Everything they were told since an instant, as others read it. What is older may be gone: how soon
/// depends on how much is written at once.
pub(super) fn events(
    probity: &Probity,
    environment: Environment,
    name: &Name,
    (since, dice): (Time, &mut Dice),
) -> Vec<String> {
    let limit = usize::try_from(1 + dice.roll(99)).unwrap();
    let mut all = Vec::new();
    let mut after = 0;
    loop {
        let page = probity.events_after(environment, Some(name.as_str()), after, limit).unwrap();
        let Some(last) = page.last() else { return all };
        after = last.number;
        let kept = page.iter().filter(|told| told.told_at >= since);
        all.extend(kept.map(Told::body));
    }
}

/// The whole statement, page by page and as one walk: nothing is on two pages, and the amounts add up
/// to what can be used.
pub(super) fn statement(
    probity: &Probity,
    environment: Environment,
    name: &Name,
    dice: &mut Dice,
) -> Vec<String> {
    let page = |from: Option<&Place>, limit, passed| {
        let wanted = Wanted::default();
        let asked = Asked { wanted, from: from.copied(), limit, passed };
        probity.statement(environment, name.clone(), asked).unwrap().wait()
    };
    let mut told: [Vec<String>; 2] = Default::default();
    for (of, mut passed) in told.iter_mut().zip([None, Some(BTreeSet::new())]) {
        let (mut from, mut sum) = (None, Amount::ZERO);
        loop {
            let limit = 1 + dice.index(60) % dice.rarely(3, 60, 8);
            let read = match page(from.as_ref(), limit, passed) {
                Ok(read) => read,
                Err(refused) => return vec![not_there(name, &refused)],
            };
            sum = read.items.iter().fold(sum, |sum, item| sum.plus(item.amount).unwrap());
            let lines =
                read.items.iter().map(|i| format!("{environment:?} {name}: {}", to_json(i)));
            of.extend(lines);
            passed = read.passed;
            from = read.next.map(|next| Place::parse(&next.to_string()).unwrap());
            if from.is_none() {
                let available = read.view.desk().unwrap().wallet_line().available;
                assert_eq!(sum, available, "{name}: {of:#?}");
                assert!(passed.is_none_or(|passed| passed.is_empty()), "{name}");
                break;
            }
        }
    }
    let [pages, walk] = told;
    assert_eq!(pages, walk);
    pages
}

/// What is available and held, in millionths, of each customer.
pub(super) type Purses = BTreeMap<(String, String), (i64, i64)>;

/// As the engine shows it.
pub(super) fn purses(probity: &Probity, people: &[(Environment, &str)]) -> Purses {
    let mut purses = Purses::new();
    for (environment, name) in people {
        let whose = Whose::Customer(Name::new(name));
        let Ok(view) = probity.view(*environment, whose).unwrap().wait() else { continue };
        let line = view.desk().unwrap().wallet_line();
        let purse = (line.available.millionths(), line.held.millionths());
        purses.insert((environment.word().to_owned(), (*name).to_owned()), purse);
    }
    purses
}

/// As SQL adds it up from the journal, twice: in the view of wallets, and from each account.
pub(super) fn purses_by_sql(database: &Path) -> [Purses; 2] {
    let connection =
        Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let ask = |sql: &str| -> Purses {
        let mut found = connection.prepare(sql).unwrap();
        let rows =
            found.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?))));
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    };
    let of_accounts = "SELECT environment, customer,
        sum(millionths) FILTER (WHERE account GLOB 'available/*' OR account = 'owed'),
        coalesce(sum(millionths) FILTER (WHERE account GLOB 'held/*'), 0)
        FROM balances GROUP BY environment, customer";
    [ask("SELECT * FROM wallets"), ask(of_accounts)]
}
