//! What the explanation says a run costs is what the books take for it, in every sample.

use probity::Books;
use probity_core::command::{Act, Actor, GrantKind, NewCustomer, Report, RunRequest};
use probity_core::contract::file::{Sources, read};
use probity_core::contract::{Action, Contract, Operations, Plan, RunsOn, Tariff};
use probity_core::explain::{ActionPage, Ending, Explanation};
use probity_core::terms::Catalog;
use probity_core::view::{DenialCard, Desk, Reader};
use probity_core::{Amount, Name, Outcome, Time};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

fn samples() -> Vec<Contract> {
    let folder = crate::support::repository().join("contracts");
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let contracts: Vec<Contract> = folders
        .map(|folder| {
            let bytes = fs::read(folder.join("contract.yaml")).unwrap();
            let sources = Sources { contract: &bytes, operations: None, prices: None };
            read(&sources).contract.unwrap_or_else(|| panic!("{}", folder.display()))
        })
        .collect();
    assert!(contracts.len() >= 4, "the samples are there");
    contracts
}

/// Books with one rich customer on a plan.
fn books(contract: &Contract, plan: &Plan, now: Time) -> Books {
    let operations = Operations::none(&contract.name);
    let mut books = Books::new(Catalog::of(contract.clone(), operations));
    let new = NewCustomer { plan: Some(plan.id.clone()), ..NewCustomer::default() };
    books.open("ana", &new, Actor::product(), now).unwrap();
    let (kind, amount) = (GrantKind::Goodwill, Amount::credits(10_000));
    let grant = Act::Grant { kind, amount, expires: None, reason: None };
    books.submit("ana", grant, Actor::product(), now).unwrap();
    books
}

/// What the books take for a run that ends so.
fn taken(contract: &Contract, plan: &Plan, page: &ActionPage, ending: &Ending) -> Amount {
    let now = Time::parse("2026-11-24T10:00:00Z").unwrap();
    let mut books = books(contract, plan, now);
    let action = contract.actions.get(&page.action).unwrap();
    let mut report = Report::of(ending.outcome);
    let mut quantity = None;
    // The example says `5 of 8 sections: 6 credits`.
    if let [arrived, "of", whole, ..] = ending.pays.text.split(' ').collect::<Vec<_>>()[..] {
        if action.is_per_quantity() {
            quantity = whole.parse().ok();
            report.quantity = arrived.parse().ok();
        } else {
            report.parts = arrived.parse().ok();
        }
    }
    let request = RunRequest {
        action: page.action.clone(),
        artifact: action.same.once_per.as_ref().map(|_| Name::new("thing_1")),
        quantity,
        inputs: action.needs.iter().map(|need| (need.to_string(), "given".to_owned())).collect(),
        confirmed: true,
        max_price: Some(Amount::credits(10_000)),
        report: Some(Box::new(report)),
        ..RunRequest::default()
    };
    let answer = books.submit("ana", Act::StartRun(Box::new(request)), Actor::product(), now);
    let run = answer.unwrap_or_else(|e| panic!("{} {:?}: {e:?}", page.action, ending)).run;
    let customer = books.customer("ana").unwrap();
    let desk = Desk::new(&books.catalog, &books.sums, customer, now).unwrap();
    desk.receipt(run.unwrap(), Reader::Product).unwrap().charged
}

#[test]
fn what_is_said_is_what_is_taken() {
    let mut compared = 0;
    for contract in samples() {
        let explained = Explanation::of(&contract, &|_| true);
        for plan in contract.plans.iter().filter(|plan| plan.runs_on == RunsOn::Credits) {
            for page in &explained.actions {
                let action = contract.actions.get(&page.action).unwrap();
                let special = plan.prices.contains_key(&page.action)
                    || plan.allowances.contains_key(&page.action)
                    || !action.paid_even_if.is_empty()
                    || page.endings_of.is_some();
                if special || !plan.is_offering(&page.action) {
                    continue;
                }
                for ending in page.endings.iter().filter(|e| e.outcome != Outcome::Reopened) {
                    let Some(said) = ending.pays.credits else {
                        assert!(action.is_per_quantity(), "one number: {ending:?}");
                        continue;
                    };
                    let taken = taken(&contract, plan, page, ending);
                    assert_eq!(said, taken, "{} {}: {ending:?}", contract.name, page.action);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared >= 40, "only {compared} endings were compared");
}

#[test]
fn two_parts_cost_what_is_said() {
    let contract = samples().into_iter().find(|contract| contract.name.as_str() == "jobscout");
    let contract = contract.expect("the sample");
    let (plan, action) = (contract.plans.get("pro"), contract.actions.get("enrich_market_map"));
    let (plan, action) = (plan.unwrap(), action.unwrap());
    let now = Time::parse("2026-11-24T10:00:00Z").unwrap();
    let mut books = books(&contract, plan, now);
    let before = books.customer("ana").unwrap().real.available();
    for parts in [5, 2] {
        let report = Report { parts: Some(parts), ..Report::of(Outcome::Partial) };
        let run = RunRequest { report: Some(Box::new(report)), ..request(action, plan, 1) };
        books.submit("ana", Act::StartRun(Box::new(run)), Actor::product(), now).unwrap();
    }
    let after = books.customer("ana").unwrap().real.available();
    assert_eq!(before.less(after), Amount::credits(7), "6, and 2 of 8 of the other 4");
    let page = Explanation::of(&contract, &|_| true);
    let map = page.actions.iter().find(|page| page.action == action.id).unwrap();
    let partial = map.endings.iter().find(|ending| ending.outcome == Outcome::Partial).unwrap();
    let said = "(if then only 2 of the 3 missing arrive, 2 of 8 of that: 1 credit ($0.10))";
    assert!(partial.note.contains(said), "{partial:?}");
}

/// A way forward: what to do, and which plan or action.
type Step = (String, Option<String>);
/// Of each code of denial, and each way: the actions whose denial offers it.
type Ways = BTreeMap<(String, Step), BTreeSet<String>>;

fn request(action: &Action, plan: &Plan, n: u32) -> RunRequest {
    RunRequest {
        action: action.id.clone(),
        artifact: action.same.once_per.as_ref().map(|_| Name::new(&format!("thing_{n}"))),
        quantity: action.is_per_quantity().then_some(1),
        inputs: action.needs.iter().map(|need| (need.to_string(), "given".to_owned())).collect(),
        confirmed: true,
        max_price: Some(Amount::credits(10_000)),
        own_key: plan.runs_on == RunsOn::OwnKey,
        ..RunRequest::default()
    }
}

/// Runs each of these until that is refused, or asked first, then asks for one action.
fn asked(
    contract: &Contract,
    plan: &Plan,
    used: &[&Action],
    action: &Action,
) -> Option<DenialCard> {
    let now = Time::parse("2026-12-24T10:00:00Z").unwrap();
    let mut books = Books::new(Catalog::of(contract.clone(), Operations::none(&contract.name)));
    let new = NewCustomer { plan: Some(plan.id.clone()), ..NewCustomer::default() };
    books.open("ana", &new, Actor::product(), now).unwrap();
    for used in used {
        for n in 0..5_000 {
            let report = Some(Box::new(Report::of(Outcome::Delivered)));
            let unasked =
                RunRequest { confirmed: false, max_price: None, ..request(used, plan, n) };
            let run = Act::StartRun(Box::new(RunRequest { report, ..unasked }));
            if books.submit("ana", run, Actor::product(), now).is_err() {
                break;
            }
        }
    }
    let desk = Desk::new(&books.catalog, &books.sums, books.customer("ana").unwrap(), now).unwrap();
    desk.check(&request(action, plan, 9_999), Reader::Customer).unwrap().denial
}

/// What the books offer whoever has run short, for each action.
fn offered(contract: &Contract, plan: &Plan) -> Ways {
    let mut out = Ways::new();
    let actions = || contract.actions.iter().filter(|a| plan.is_offering(&a.id));
    let bought = |a: &&Action| a.price != Tariff::Free && a.paid_even_if.is_empty();
    let bought: Vec<&Action> =
        actions().filter(bought).filter(|a| !plan.allowances.contains_key(&a.id)).collect();
    for action in actions() {
        let short_of_units = plan.allowances.contains_key(&action.id);
        let used = if short_of_units { vec![action] } else { bought.clone() };
        let Some(denial) = asked(contract, plan, &used, action) else { continue };
        for way in denial.ways_forward {
            let step = (denial.code.to_owned(), (way.act.to_owned(), way.to));
            out.entry(step).or_default().insert(action.id.to_string());
        }
    }
    out
}

#[test]
fn the_ways_that_are_promised_are_those_that_denials_offer() {
    let mut compared = 0;
    for contract in samples() {
        let explained = Explanation::of(&contract, &|_| true);
        for (plan, page) in contract.plans.iter().zip(&explained.plans) {
            let offered = offered(&contract, plan);
            let all = |code: &str| {
                let of_code = offered.iter().filter(|((known, _), _)| known == code);
                of_code.flat_map(|(_, actions)| actions.clone()).collect::<BTreeSet<_>>()
            };
            let mut promised = Ways::new();
            for short in &page.when_short {
                for way in &short.ways {
                    let step = (short.code.to_owned(), (way.act.to_owned(), way.to.clone()));
                    let only: BTreeSet<String> =
                        way.only_for.iter().map(ToString::to_string).collect();
                    let is_other = way.act == "other_action";
                    let helped = match &offered.get(&step) {
                        Some(known) if is_other => (*known).clone(),
                        _ if only.is_empty() => all(short.code),
                        _ => only,
                    };
                    promised.insert(step, helped);
                }
            }
            assert_eq!(promised, offered, "{} {}", contract.name, plan.id);
            let sells = page.facts.iter().find(|fact| fact.label == "More credits");
            let buys = offered.keys().any(|(_, (act, _))| act == "top_up");
            assert_eq!(
                sells.is_some_and(|fact| fact.text.starts_with("can be bought")),
                buys,
                "{} {}",
                contract.name,
                plan.id
            );
            compared += offered.len();
        }
    }
    assert!(compared >= 30, "only {compared} ways were compared");
}
