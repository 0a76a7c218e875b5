//! What a store may forget, or ask too early, without changing what is charged; and what entries and
//! refusals say that no answer shows.

use crate::ana::{Ana, draft, now, run, sample};
use probity_core::command::{Act, Attempt, Due, GrantKind, Report, RunRequest, Usage};
use probity_core::contract::{Outcome, PlanPrice, Table, Treatment};
use probity_core::decide::Code;
use probity_core::entry::Facts;
use probity_core::state::{self, Book, Map, RunStatus};
use probity_core::terms::Catalog;
use probity_core::{Amount, CommandId, Contract, Cost, Length, Name, Per, Time};

#[test]
fn a_run_at_rest_leaves_its_charge_in_the_books() {
    let mut ana = Ana::new();
    let delivered = Some(Box::new(Report::of(Outcome::Delivered)));
    let id = ana.does(run(RunRequest { report: delivered, ..draft() }));
    assert_eq!(ana.state.runs.get(&id).unwrap().status, RunStatus::Settled);
    let before = ana.state.real.clone();
    let resting = ana.state.rest(id).unwrap();
    assert!(!ana.state.runs.contains_key(&id));
    assert_eq!(before.available(), Amount::credits(115));
    let mut without = before;
    without.legs = Map::default();
    assert_eq!(ana.state.real, without);
    let owned = ana.state.items.keys().map(|item| item.action());
    assert_eq!(owned.collect::<Vec<_>>(), [&Name::new("tailor_document")]);
    // What it delivered is still owned.
    let again = ana.does(run(draft()));
    assert_eq!(ana.state.real.available(), Amount::credits(115));
    assert_eq!(ana.state.runs.get(&again).unwrap().status, RunStatus::Settled);
    // Woken, all is as if it never rested.
    let mut never = ana.state.clone();
    never.runs.insert(id, resting.run.clone());
    never.real.legs.insert(id, resting.real.clone().unwrap());
    ana.state.wake(id, resting);
    assert_eq!(ana.state, never);
}

#[test]
fn an_open_run_does_not_rest() {
    let mut ana = Ana::new();
    let id = ana.does(run(draft()));
    let before = ana.state.clone();
    assert_eq!(ana.state.rest(id), None);
    assert_eq!(ana.state, before);
    assert_eq!(ana.state.real.held(), Amount::credits(5));
}

#[test]
fn what_is_not_due_yet_does_not_happen_whoever_asks() {
    let mut ana = Ana::new();
    let period = ana.state.period;
    assert!(!ana.would_write(Act::Due(Due::Renew), now()));
    assert!(ana.would_write(Act::Due(Due::Renew), period.until));
    let grant = ana.state.real.grants[0].clone();
    let ends = grant.expires.expect("plan credits end");
    let over = Act::Due(Due::ExpireGrant(grant.id));
    assert!(!ana.would_write(over.clone(), now()));
    let mut then = ana.state.clone();
    let entry = ana.decides_at(over, ends).expect("it is well formed").entry;
    state::apply(&mut then, &entry.expect("its time is up"));
    assert_eq!(then.real.grants, [], "what is over is not kept");
    let id = ana.does(run(draft()));
    let expires_at = ana.state.runs.get(&id).unwrap().expires_at;
    let late = Act::Due(Due::ExpireRun(id));
    assert!(!ana.would_write(late.clone(), now()));
    assert!(ana.would_write(late.clone(), expires_at));
    ana.writes(Act::Release { run: id });
    assert!(!ana.would_write(late, expires_at));
}

#[test]
fn every_change_of_a_run_shows_in_the_number_of_its_entry() {
    let mut ana = Ana::new();
    let id = ana.does(run(RunRequest {
        action: Name::new("search_roles"),
        artifact: None,
        report: Some(Box::new(Report::of(Outcome::Delivered))),
        ..draft()
    }));
    let seq = |ana: &Ana| ana.state.runs.get(&id).unwrap().seq;
    let before = seq(&ana);
    // Nothing was charged, so nothing is given back.
    ana.writes(Act::Correct { run: id, report: Report::of(Outcome::Failed) });
    assert_eq!((before + 1, seq(&ana)), (ana.state.seq, ana.state.seq));
}

#[test]
fn what_expires_next_is_known_of_open_runs_only() {
    let mut ana = Ana::new();
    let first = ana.does(run(draft()));
    let expiry = |ana: &Ana| ana.state.expiries.first().map(|(at, _)| *at);
    let earliest = expiry(&ana).unwrap();
    ana.writes(Act::Release { run: first });
    assert_eq!(expiry(&ana), None, "nothing is open");
    let second = ana.does(run(draft()));
    let third = ana.does(run(RunRequest { artifact: Some(Name::new("other")), ..draft() }));
    let length = Length::new(1, probity_core::time::TimeUnit::Hour);
    ana.writes(Act::Extend { run: third, length });
    let extended = ana.state.runs.get(&third).unwrap().expires_at;
    let due = Act::Due(Due::ExpireRun(second));
    let entry = ana.decides_at(due, earliest).expect("it is well formed").entry;
    state::apply(&mut ana.state, &entry.expect("its time is up"));
    assert_eq!(expiry(&ana), Some(extended), "the other is open for longer");
}

#[test]
fn a_failure_is_free_whatever_a_table_says() {
    let mut ana = Ana::new();
    let (mut contract, operations) = sample();
    let mut actions = Table::default();
    for action in contract.actions.iter() {
        let mut action = action.clone();
        action.outcomes = action.outcomes.with(Outcome::Failed, Treatment::Charge);
        actions.push(action.id.clone(), action).expect("a name of its own");
    }
    contract.actions = actions;
    ana.catalog = Catalog::of(contract, operations);
    let failed = Some(Box::new(Report::of(Outcome::Failed)));
    ana.does(run(RunRequest { report: failed, ..draft() }));
    assert_eq!(ana.state.real.available(), Amount::credits(120));
}

#[test]
fn a_refusal_names_the_next_credits_only_where_some_come() {
    let big = || RunRequest {
        action: "enrich_market_map".into(),
        artifact: Some(Name::new("map_1")),
        own_key: true,
        ..RunRequest::default()
    };
    let none_come = Ana::on("byok").is_denied(big());
    assert_eq!((none_come.code, none_come.resets_at), (Code::NotEnoughCredits, None));
    let mut ana = Ana::new();
    for n in 0..12 {
        let artifact = Some(Name::new(&format!("map_{n}")));
        let report = Some(Box::new(Report::of(Outcome::Delivered)));
        ana.does(run(RunRequest { artifact, report, ..big() }));
    }
    let some_come = ana.is_denied(RunRequest { artifact: Some(Name::new("map_12")), ..big() });
    assert_eq!(some_come.code, Code::NotEnoughCredits);
    assert_eq!(some_come.resets_at, Some(ana.state.period.until));
}

#[test]
fn a_refusal_names_no_credits_that_a_version_begun_by_then_does_not_bring() {
    let by_year = |credits: Option<u32>| {
        let (mut contract, operations) = sample();
        let mut plans = Table::default();
        for plan in contract.plans.iter() {
            let mut plan = plan.clone();
            plan.price = plan.price.map(|price| PlanPrice { per: Per::Year, ..price });
            plan.credits = credits.map(Amount::credits);
            plans.push(plan.id.clone(), plan).expect("a name of its own");
        }
        contract.plans = plans;
        (contract, operations)
    };
    let mut ana = Ana::new();
    let (contract, operations) = by_year(Some(1));
    ana.catalog = Catalog::of(contract, operations);
    ana.state.period.until = Time::parse("2027-11-23T00:00:00Z").expect("a time");
    ana.state.real.grants.clear();
    let month = ana.state.credits_for.until;
    assert_eq!(ana.is_denied(draft()).resets_at, Some(month));
    let (next, operations) = by_year(None);
    let effective = Some(jiff::civil::date(2026, 12, 10));
    let next = Contract { version: next.version + 1, effective, ..next };
    ana.catalog.publish(next, operations, false, now()).expect("a better version");
    assert_eq!(ana.is_denied(draft()).resets_at, None);
}

#[test]
fn an_entry_says_that_consent_was_taken_as_given_only_where_some_was_needed() {
    let mut ana = Ana::new();
    let pages = RunRequest { action: "process_documents".into(), ..RunRequest::default() };
    assert!(!ana.starts(pages).unconfirmed);
}

#[test]
fn an_entry_names_an_allowance_only_where_something_is_taken_of_it() {
    let mut ana = Ana::new();
    let search = || RunRequest { action: "search_roles".into(), ..RunRequest::default() };
    let month = Some(ana.state.period.from);
    assert_eq!(ana.starts(search()).leg.allowance_from, month);
    for _ in 1..800 {
        let report = Some(Box::new(Report::of(Outcome::Delivered)));
        ana.does(run(RunRequest { report, ..search() }));
    }
    let beyond = ana.starts(RunRequest { confirmed: true, ..search() }).leg;
    assert_eq!((beyond.units_free, beyond.allowance_from), (0, None));
}

#[test]
fn an_entry_says_how_much_of_a_hold_went_with_its_payment() {
    let mut ana = Ana::on("byok");
    let (payment, twenty) = (Name::new("pi_1"), Amount::credits(20));
    ana.writes(Act::TopUp { payment: payment.clone(), credits: twenty, paid: None });
    let id = ana.does(run(RunRequest {
        action: "enrich_market_map".into(),
        artifact: Some(Name::new("map_1")),
        own_key: true,
        ..RunRequest::default()
    }));
    // Of 20, 6 are held: 14 go at once, 3 as the hold ends.
    ana.writes(Act::ClawBack { payment, credits: Some(Amount::credits(17)), reason: None });
    let Facts::Release(ended) = ana.writes(Act::Release { run: id }).facts else {
        panic!("a release");
    };
    let went: Vec<Amount> = ended.leg.clawed_back.iter().map(|draw| draw.amount).collect();
    assert_eq!(went, [Amount::credits(3)]);
    assert_eq!(ana.state.real.available(), Amount::credits(3));
}

#[test]
fn credits_that_join_a_grant_join_another_one_in_the_shadow_books() {
    let mut ana = Ana::new();
    let gift = || Act::Grant {
        kind: GrantKind::Gift,
        amount: Amount::credits(5),
        expires: Some(now().plus_seconds(86_400)),
        reason: Some("thanks".to_owned()),
    };
    let Facts::Grant(first) = ana.writes(gift()).facts else { panic!("a grant") };
    // There, it was made by another entry, as a refund that went only there makes one.
    let mut there = ana.state.real.clone();
    let other = there.grants.iter_mut().find(|g| g.id == first.grant.grant).expect("the gift");
    let (here, there_id) = (other.id, CommandId::new(9 << 16).shadow_grants().next_grant());
    other.id = there_id;
    ana.state.shadow = Some(Box::new(there));
    ana.writes(gift());
    let given = |book: &Book, id| book.grant(id).map(|grant| (grant.amount, grant.available));
    let ten = Some((Amount::credits(10), Amount::credits(10)));
    let shadow = ana.state.shadow_book();
    assert_eq!((given(&ana.state.real, here), given(&ana.state.real, there_id)), (ten, None));
    assert_eq!((given(shadow, here), given(shadow, there_id)), (None, ten));
}

#[test]
fn what_nobody_knew_of_a_cost_is_known_once_it_is_reported() {
    let mut ana = Ana::new();
    let (contract, mut operations) = sample();
    operations.costs.as_mut().expect("costs").actions.remove("map_market");
    ana.catalog = Catalog::of(contract, operations);
    let report = Some(Box::new(Report::of(Outcome::Delivered)));
    let explore = RunRequest { action: "map_market".into(), report, ..RunRequest::default() };
    let id = ana.does(run(explore));
    let from = ana.state.period.from;
    assert_eq!(ana.state.costs.by_us.unknown_within(from), 1);
    let model = Some(Name::new("gpt-4o-mini"));
    let usage = Usage { input: Some(1_000), output: Some(0), ..Usage::default() };
    let attempts = vec![Attempt { model, usage, ..Attempt::default() }];
    ana.writes(Act::Attempts { run: id, attempts });
    assert_eq!(ana.state.costs.by_us.unknown_within(from), 0);
    assert_eq!(ana.state.costs.by_us.within(from), Cost::parse("0.00015").expect("a cost"));
}
