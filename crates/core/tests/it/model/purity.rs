//! What must hold of deciding and folding whatever is decided: the same again, and nothing lost.

use super::books::{Books, Policy};
use super::invariants::Held;
use super::play::{Story, World, play, replay};
use probity_core::entry::Entry;
use probity_core::journal;
use probity_core::state::{self, Customer};

/// The same commands at the same instants are answered the same.
pub fn the_same_commands_are_answered_the_same(world: &World, story: &Story) -> Held {
    let again = play(world);
    for (first, second) in story.moments.iter().zip(&again.moments) {
        if first.answer.decision != second.answer.decision {
            return Err(format!("answered otherwise the second time:\n{first}\n{second}"));
        }
    }
    same_books(&story.books, &again.books)
}

/// A refused command writes nothing: its customer is as they were, but for what was due.
pub fn refused_commands_write_nothing(story: &Story) -> Held {
    for moment in &story.moments {
        let (Some(Err(_)), Some(before)) = (&moment.answer.decision, &moment.before) else {
            continue;
        };
        let mut then = before.clone();
        for due in &moment.answer.wrote {
            if due.by.as_str() != "probity" {
                return Err(format!("refused, and yet it wrote:\n{moment}"));
            }
            state::apply(&mut then, due);
        }
        if moment.after.as_ref() != Some(&then) {
            return Err(format!("refused, and yet something changed:\n{moment}"));
        }
    }
    Ok(())
}

/// What is due may be applied late or early: at every instant, or just before the next command.
pub fn late_or_early_is_the_same(world: &World, story: &Story) -> Held {
    let mut lazy = story.books.clone();
    let customers: Vec<_> = lazy.accounts.keys().cloned().collect();
    for customer in customers {
        lazy.catch_up(&customer, story.books.now());
    }
    same_books(&lazy, &replay(world, story, Policy::Swept))
}

/// The state is the fold of the journal, from nothing, as it is read back from its text; so is a
/// snapshot of it.
pub fn the_state_is_the_fold_of_the_journal(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        let read = account.journal.iter().map(read_back).collect::<Result<Vec<_>, _>>()?;
        let (first, rest) = read.split_first().expect("an entry");
        let mut folded = state::open(first).expect("opens");
        rest.iter().for_each(|entry| state::apply(&mut folded, entry));
        if folded != account.state {
            return Err(format!("{name}: folded {folded:#?}\nkept {:#?}", account.state));
        }
        let snapshot = serde_json::to_string(&folded).map_err(|e| e.to_string())?;
        if serde_json::from_str::<Customer>(&snapshot).ok().as_ref() != Some(&folded) {
            return Err(format!("{name}: is not read back as it was:\n{snapshot}"));
        }
    }
    Ok(())
}

/// The entry that its canonical text is read as, which must be the same and hash the same.
fn read_back(entry: &Entry) -> Result<Entry, String> {
    let text = journal::body(entry);
    let read: Entry = serde_json::from_str(&text).map_err(|e| format!("{e}: {text}"))?;
    if read != *entry || journal::body(&read) != text {
        return Err(format!("written\n{entry:?}\nread\n{read:?}\nin between\n{text}"));
    }
    Ok(read)
}

/// Equal states and equal journals, but for the revision of operations that happened to be the
/// latest when something due was written down.
fn same_books(one: &Books, other: &Books) -> Held {
    if !one.accounts.keys().eq(other.accounts.keys()) {
        return Err("other customers".to_owned());
    }
    for (name, account) in &one.accounts {
        let twin = &other.accounts[name];
        for (a, b) in account.journal.iter().zip(&twin.journal) {
            let mut b = b.clone();
            b.operations = a.operations;
            if *a != b {
                return Err(format!("{name}: one wrote\n{a:?}\nthe other\n{b:?}"));
            }
        }
        if account.journal.len() != twin.journal.len() || account.state != twin.state {
            return Err(format!(
                "{name}: one is\n{:#?}\nthe other\n{:#?}",
                account.state, twin.state
            ));
        }
    }
    Ok(())
}
