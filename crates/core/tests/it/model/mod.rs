//! The core against random stories: the twelve invariants of deciding, and a second, naive model.
//!
//! `recipe` makes random small contracts, `step` random steps, `play` turns them into commands and
//! drives the core; `invariants` hold the journal to account. See `explore` for how much is played.

// Items are public to their siblings; nothing is reached from outside this binary.
#![allow(unreachable_pub)]

mod books;
mod explore;
mod invariants;
mod ledger;
mod naive;
mod play;
mod player;
mod purity;
mod recipe;
mod step;

use explore::{explore, some_worlds};
use invariants::Held;
use play::{Story, play};
use probity_core::entry::Facts;

fn holds(name: &'static str, share: u64, invariant: fn(&Story) -> Held) {
    explore(name, share, |world| {
        let story = play(world);
        invariant(&story)?;
        Ok(story.moments.len())
    });
}

#[test]
fn invariant_01_entries_balance_and_wallets_are_their_fold() {
    holds("invariant 1", 5, invariants::entries_balance_and_wallets_are_their_fold);
}

#[test]
fn invariant_02_nothing_is_lowered_below_the_floor() {
    holds("invariant 2", 5, invariants::nothing_is_lowered_below_the_floor);
}

#[test]
fn invariant_03_a_run_ends_once_and_its_hold_is_all_told() {
    holds("invariant 3", 5, invariants::a_run_ends_once_and_its_hold_is_all_told);
}

#[test]
fn invariant_04_what_is_free_never_charges() {
    holds("invariant 4", 5, invariants::what_is_free_never_charges);
}

#[test]
fn invariant_05_a_thing_is_charged_at_most_its_price_in_its_window() {
    holds("invariant 5", 5, invariants::a_thing_is_charged_at_most_its_price);
}

#[test]
fn invariant_06_a_quote_is_honoured_to_the_letter_once() {
    holds("invariant 6", 5, invariants::a_quote_is_honoured_once);
}

#[test]
fn invariant_07_refunds_are_at_most_the_charge() {
    holds("invariant 7", 5, invariants::refunds_are_at_most_the_charge);
}

#[test]
fn invariant_08_nothing_expired_is_drawn_and_the_order_is_kept() {
    holds("invariant 8", 5, invariants::nothing_expired_is_drawn_and_the_order_is_kept);
}

#[test]
fn invariant_09_every_run_has_a_receipt_that_names_its_rule() {
    holds("invariant 9", 5, invariants::every_run_has_a_receipt_that_names_its_rule);
}

#[test]
fn invariant_10_shadow_and_announce_change_no_real_wallet() {
    holds("invariant 10", 5, invariants::shadow_and_announce_change_no_real_wallet);
}

#[test]
fn invariant_11_experiments_never_draw_on_the_wallet() {
    holds("invariant 11", 5, invariants::experiments_never_draw);
}

#[test]
fn invariant_12_every_attempt_has_a_cost_row() {
    holds("invariant 12", 5, invariants::every_attempt_has_a_cost_row);
}

#[test]
fn statements_add_up_to_what_can_be_used() {
    holds("statements", 5, invariants::statements_add_up_to_what_can_be_used);
}

#[test]
fn the_core_and_the_naive_model_agree() {
    explore("agreement", 30, |world| {
        let story = play(world);
        naive::agree::the_core_and_the_naive_model_agree(world, &story)?;
        Ok(story.moments.len())
    });
}

/// What is rare must come about, or nothing above looks at it.
#[test]
fn random_stories_charge_and_give_back_where_the_books_differ() {
    let (mut charges, mut refunds) = (0, 0);
    for story in some_worlds("what is rare", 200).map(|world| play(&world)) {
        for entry in story.moments.iter().flat_map(|moment| &moment.answer.wrote) {
            match &entry.facts {
                Facts::Run { ended, .. } | Facts::Settle(ended) => {
                    charges += usize::from(ended.leg.charged.is_positive());
                }
                Facts::Refund(_) | Facts::Correct(_) if !entry.transfers.is_empty() => {
                    let there = entry.shadow.as_ref().is_some_and(|s| !s.transfers.is_empty());
                    refunds += usize::from(there);
                }
                _ => {}
            }
        }
    }
    assert!(charges >= 20, "only {charges} runs were charged");
    assert!(refunds > 0, "nothing was given back where the books differ");
}

#[test]
fn the_same_commands_are_answered_the_same() {
    explore("determinism", 3, |world| {
        let story = play(world);
        purity::the_same_commands_are_answered_the_same(world, &story)?;
        Ok(story.moments.len())
    });
}

#[test]
fn refused_commands_write_nothing() {
    holds("refusals", 5, purity::refused_commands_write_nothing);
}

#[test]
fn due_things_may_be_applied_late_or_early() {
    explore("late or early", 10, |world| {
        let story = play(world);
        purity::late_or_early_is_the_same(world, &story)?;
        Ok(story.moments.len())
    });
}

#[test]
fn the_state_is_the_fold_of_the_journal() {
    holds("the fold", 5, purity::the_state_is_the_fold_of_the_journal);
}
