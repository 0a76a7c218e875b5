//! Reading a database through: is it whole, and as Probity wrote it?
//!
//! What is tied by hashes is followed: the journal, and what was published. The schema is held
//! against the one that this program makes: without its triggers SQL refuses nothing. Keys are held to
//! their constraints, no more: whoever may write to the file can exchange a digest, and it reads well.

use super::backup::open;
use super::heads::Heads;
use super::{keys, migrate, own_keys, published};
use crate::engine::Versions;
use crate::environment::Environment;
use crate::sealing::is_well_formed;
use crate::store::{CustomerNumber, SealedKey, StoreError, TheirKey};
use probity_core::command::KeyChange;
use probity_core::entry::{Entry, Facts};
use probity_core::journal::link;
use probity_core::{Name, Time};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// A database that was read through and found whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Entries in the journal.
    pub entries: u64,
    /// Customers, in both environments.
    pub customers: u64,
    /// Versions of the contract and revisions of operations, as they were published.
    pub publications: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Reads a database through, also while a service writes to it: SQLite's own check, the schema, the
/// chains of entries and publications, the versions that entries name, keys and secrets, and whether
/// own keys are those that entries tell of.
///
/// # Errors
/// [`StoreError::Corrupt`] with what is wrong, [`StoreError::Newer`], or what storage says.
pub fn verify(database: &Path) -> Result<Verified, StoreError> {
    let connection = open(database)?;
    // As of one instant, whatever is written meanwhile.
    connection.execute_batch("BEGIN")?;
    migrate::is_known(&connection)?;
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(StoreError::Corrupt(found));
    }
    schema(&connection)?;
    let environments = customers(&connection)?;
    let Followed { entries, named, own_keys } = follow(&connection, &environments)?;
    Heads::read(&connection)?;
    let publications = published::follow(&connection)?;
    for environment in Environment::ALL {
        let versions = Versions::of(environment, &publications)?;
        are_published(environment, &versions, named.get(&environment))?;
    }
    keys::keys(&connection)?;
    secrets(&connection)?;
    are_stored(&connection, &own_keys)?;
    let customers =
        connection.query_row("SELECT count(*) FROM customers WHERE customer <> ''", [], |row| {
            row.get(0)
        })?;
    let bytes = fs::metadata(database).map_err(|error| StoreError::Io(error.to_string()))?.len();
    Ok(Verified { entries, customers, publications: publications.len() as u64, bytes })
}

/// Tables, triggers, views and indexes by name, as they were made. SQLite's own are left out.
fn made(connection: &Connection) -> Result<BTreeMap<(String, String), String>, StoreError> {
    let mut query = connection.prepare(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*'",
    )?;
    let rows = query.query_map([], |row| {
        let sql: String = row.get(2)?;
        let words: Vec<&str> = sql.split_whitespace().collect();
        Ok(((row.get(0)?, row.get(1)?), words.join(" ")))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The schema is the one that its steps make. Tables, views and indexes beside it are their owner's;
/// a trigger is not, for it would act on what is written.
fn schema(connection: &Connection) -> Result<(), StoreError> {
    let should = made(&migrate::made_anew(connection)?)?;
    let is = made(connection)?;
    let mut wrong = Vec::new();
    for ((kind, name), sql) in &should {
        match is.get(&(kind.clone(), name.clone())) {
            None => wrong.push(format!("the {kind} `{name}` is missing")),
            Some(other) if other != sql => wrong.push(format!("the {kind} `{name}` was altered")),
            Some(_) => {}
        }
    }
    let others = is.keys().filter(|key| !should.contains_key(key));
    let triggers = others.filter(|(kind, _)| kind == "trigger");
    wrong.extend(triggers.map(|(_, name)| format!("the trigger `{name}` is not Probity's")));
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(StoreError::Corrupt(format!("in its schema {}", wrong.join(", ")))),
    }
}

/// In which environment each customer is, by number.
fn customers(connection: &Connection) -> Result<HashMap<u32, Environment>, StoreError> {
    let mut query = connection.prepare("SELECT number, environment FROM customers")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, super::read::environment(row, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The versions that entries name, in each environment.
type Named = BTreeMap<Environment, BTreeSet<String>>;

/// What is told by following the journals.
#[derive(Default)]
struct Followed {
    /// How many entries there are.
    entries: u64,
    /// The versions that they name.
    named: Named,
    /// Own keys that they say are stored, by customer and provider, and since when.
    own_keys: HashMap<(u32, Name), Time>,
}

/// Follows the journals of all customers, each entry from the one before.
fn follow(
    connection: &Connection,
    environments: &HashMap<u32, Environment>,
) -> Result<Followed, StoreError> {
    let mut last: HashMap<u32, (u64, u64, [u8; 32])> = HashMap::new();
    let mut followed = Followed::default();
    let mut query = connection.prepare(
        "SELECT number, customer, seq, previous, body, hash FROM journal ORDER BY number",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (number, customer): (u64, u32) = (row.get(0)?, row.get(1)?);
        let (seq, previous): (u64, u64) = (row.get(2)?, row.get(3)?);
        let hash: [u8; 32] = row.get(5)?;
        followed.entries += 1;
        let entries = followed.entries;
        let before = last.get(&customer);
        let (at, seq_before) = before.map_or((0, 0), |(at, seq, _)| (*at, *seq));
        let body = row.get_ref(4)?.as_str().map_err(|error| StoreError::Io(error.to_string()))?;
        let follows = number == entries && previous == at && seq == seq_before + 1;
        if !follows || hash != link(before.map(|(_, _, hash)| hash), body) {
            let what = format!("entry {number} of the journal does not follow from the one before");
            return Err(StoreError::Corrupt(what));
        }
        let Some(environment) = environments.get(&customer) else {
            return Err(StoreError::Corrupt(format!("entry {number} of the journal is nobody's")));
        };
        let known = followed.named.entry(*environment).or_default();
        if let Some(version) = version(body).filter(|version| !known.contains(*version)) {
            known.insert(version.to_owned());
        }
        if body.contains(OF_OWN_KEYS) {
            note_own_key(&mut followed.own_keys, customer, body);
        }
        last.insert(customer, (number, seq, hash));
    }
    Ok(followed)
}

/// What the body of an entry about an own key holds, and few others.
const OF_OWN_KEYS: &str = "\"command\":\"own_key\"";

fn note_own_key(known: &mut HashMap<(u32, Name), Time>, customer: u32, body: &str) {
    let Ok(entry) = serde_json::from_str::<Entry>(body) else { return };
    let Facts::OwnKey { provider, change } = entry.facts else { return };
    match change {
        KeyChange::Stored(_) => drop(known.insert((customer, provider), entry.at)),
        KeyChange::Removed => drop(known.remove(&(customer, provider))),
        KeyChange::Refused => {}
    }
}

/// Each sealed key is one that the journal says was stored then. That it opens is not known here: what
/// opens it stands in no database.
fn are_stored(
    connection: &Connection,
    known: &HashMap<(u32, Name), Time>,
) -> Result<(), StoreError> {
    if !own_keys::are_kept(connection)? {
        return Ok(());
    }
    let mut after = (CustomerNumber(0), Name::new(""));
    loop {
        let page = own_keys::after(connection, (after.0, &after.1), 256)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = (last.key.customer, last.key.provider.clone());
        for TheirKey { customer, key, .. } in page {
            let SealedKey { provider, stored_at, sealed, .. } = key;
            let what = match known.get(&(key.customer.0, provider.clone())) {
                Some(at) if *at == stored_at && is_well_formed(&sealed) => continue,
                Some(_) => "is not as it was stored",
                None => "is kept, and no entry says so",
            };
            let what = format!("the own key of {customer} for {provider} {what}");
            return Err(StoreError::Corrupt(what));
        }
    }
}

/// The version that an entry names, without reading all of it: its keys are in order, and this one
/// stands before anything that could hold another of its name.
fn version(body: &str) -> Option<&str> {
    let (_, rest) = body.split_once("\"contract\":\"")?;
    rest.split_once('"').map(|(version, _)| version)
}

/// Every version that entries name is published where they are.
fn are_published(
    environment: Environment,
    versions: &Versions,
    named: Option<&BTreeSet<String>>,
) -> Result<(), StoreError> {
    let published = versions.catalog.versions().iter();
    let published: BTreeSet<_> = published.map(|v| v.contract.reference().to_string()).collect();
    let mut unknown = named.into_iter().flatten().filter(|version| !published.contains(*version));
    let Some(version) = unknown.next() else { return Ok(()) };
    let what = format!("entries of {environment} live under {version}, which is not published");
    Err(StoreError::Corrupt(what))
}

/// What signs is as long as it was made. What constrains keys, SQLite's own check has held them to.
fn secrets(connection: &Connection) -> Result<(), StoreError> {
    let secrets = keys::secrets(connection)?.into_iter();
    let mut others = secrets.filter(|(_, value)| value.len() != SECRET_BYTES);
    let Some((name, value)) = others.next() else { return Ok(()) };
    let what = format!("the secret `{name}` has {} bytes, not {SECRET_BYTES}", value.len());
    Err(StoreError::Corrupt(what))
}

/// What signs quotes and tokens.
const SECRET_BYTES: usize = 32;
