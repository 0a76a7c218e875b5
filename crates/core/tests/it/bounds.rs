//! How much may be said in a request: at its bound it is taken, one more is refused with its field;
//! and what a store may forget without changing what is charged.

use crate::samples::JOBSCOUT;
use probity_core::command::{
    Act, Actor, AutoTopUpTerms, CapChanges, Command, CustomerChanges, Member, NewCustomer,
    OverrideTerms, Report, RunRequest,
};
use probity_core::contract::file::{Sources, read};
use probity_core::contract::{Outcome, Override, Price, Tariff};
use probity_core::decide::{Decision, Problem, Refusal, decide, open_customer};
use probity_core::state::{self, Book, CostWindow, Customer, RunStatus};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::{Amount, CommandId, Cost, Name, RunId, Time};
use std::collections::BTreeMap;

/// Ana on the sample contract's pro plan.
struct Ana {
    catalog: Catalog,
    state: Customer,
    commands: u32,
}

fn now() -> Time {
    Time::parse("2026-11-23T10:00:00Z").expect("a time")
}

fn catalog() -> Catalog {
    let reading = read(&Sources {
        contract: JOBSCOUT.contract.as_bytes(),
        operations: JOBSCOUT.operations.map(str::as_bytes),
        prices: JOBSCOUT.prices.map(str::as_bytes),
    });
    Catalog::of(reading.contract.expect("a contract"), reading.operations.expect("operations"))
}

/// Opens a customer of this id.
fn opens(id: &str, new: NewCustomer) -> Result<Decision, Refusal> {
    let plan = new.plan.or_else(|| Some(Name::new("pro")));
    let new = NewCustomer { plan, ..new };
    let act = Act::OpenCustomer(new.clone());
    let command = Command { id: CommandId::new(1 << 16), by: Actor::product(), act };
    open_customer(&catalog(), &Name::new(id), &new, &command, now())
}

impl Ana {
    fn new() -> Self {
        Self::on("pro")
    }

    fn on(plan: &str) -> Self {
        let (plan, members) = (Some(Name::new(plan)), vec![member("m1")]);
        let opened = opens("ana", NewCustomer { plan, members, ..NewCustomer::default() });
        let entry = opened.expect("opens").entry.expect("an entry");
        Self { catalog: catalog(), state: state::open(&entry).expect("a customer"), commands: 1 }
    }

    fn decides(&self, act: Act) -> Result<Decision, Refusal> {
        let id = CommandId::new(u128::from(self.commands + 1) << 16);
        let command = Command { id, by: Actor::product(), act };
        decide(&self.catalog, &Sums::default(), Some(&self.state), &command, now())
    }

    fn does(&mut self, act: Act) -> RunId {
        let decision = self.decides(act).expect("it is done");
        self.commands += 1;
        state::apply(&mut self.state, &decision.entry.expect("an entry"));
        decision.run.expect("a run")
    }
}

/// The field that a refusal names.
fn field(decided: Result<Decision, Refusal>) -> Option<&'static str> {
    match decided {
        Ok(_) => None,
        Err(Refusal::Problem(Problem::InvalidRequest { field, .. })) => Some(field),
        Err(other) => panic!("{other:?}"),
    }
}

fn member(id: &str) -> Member {
    Member { id: Name::new(id), name: None }
}

fn draft() -> RunRequest {
    RunRequest {
        action: "tailor_document".into(),
        artifact: Some(Name::new("draft_1")),
        ..RunRequest::default()
    }
}

fn run(request: RunRequest) -> Act {
    Act::StartRun(Box::new(request))
}

fn below_nothing() -> Amount {
    Amount::from_millionths(-1).expect("an amount")
}

fn notes(bytes: usize) -> BTreeMap<String, String> {
    BTreeMap::from([("note".to_owned(), "x".repeat(bytes - "note".len()))])
}

#[test]
fn caps_and_bounds_are_never_below_nothing() {
    let ana = Ana::new();
    let month = |cap| CapChanges { month: Some(Some(cap)), ..CapChanges::default() };
    assert_eq!(field(ana.decides(Act::SetCaps(month(Amount::ZERO)))), None);
    assert_eq!(field(ana.decides(Act::SetCaps(month(below_nothing())))), Some("month"));
    let of_member = |cap| {
        let members = BTreeMap::from([(Name::new("m1"), Some(cap))]);
        Act::SetCaps(CapChanges { members, ..CapChanges::default() })
    };
    assert_eq!(field(ana.decides(of_member(Amount::ZERO))), None);
    assert_eq!(field(ana.decides(of_member(below_nothing()))), Some("members"));
    let at_most = |price| run(RunRequest { max_price: Some(price), ..draft() });
    assert_eq!(field(ana.decides(at_most(Amount::credits(5)))), None);
    assert_eq!(field(ana.decides(at_most(below_nothing()))), Some("max_price"));
}

#[test]
fn automatic_top_ups_buy_something_up_to_something() {
    let ana = Ana::new();
    let auto = |credits, month_at_most| {
        let terms = AutoTopUpTerms { below: Amount::credits(10), credits, month_at_most };
        Act::SetCaps(CapChanges { auto_top_up: Some(Some(terms)), ..CapChanges::default() })
    };
    let (some, smallest) = (Amount::credits(50), Amount::from_millionths(1).expect("an amount"));
    assert_eq!(field(ana.decides(auto(some, smallest))), None);
    assert_eq!(field(ana.decides(auto(some, Amount::ZERO))), Some("auto_top_up"));
    assert_eq!(field(ana.decides(auto(Amount::ZERO, some))), Some("auto_top_up"));
}

#[test]
fn notes_have_a_kilobyte() {
    let ana = Ana::new();
    let of_run = |bytes| run(RunRequest { metadata: notes(bytes), ..draft() });
    assert_eq!(field(ana.decides(of_run(1_024))), None);
    assert_eq!(field(ana.decides(of_run(1_025))), Some("metadata"));
    let changed = |bytes| {
        let metadata = Some(notes(bytes));
        Act::UpdateCustomer(CustomerChanges { metadata, ..CustomerChanges::default() })
    };
    assert_eq!(field(ana.decides(changed(1_024))), None);
    assert_eq!(field(ana.decides(changed(1_025))), Some("metadata"));
    let new = |bytes| NewCustomer { metadata: notes(bytes), ..NewCustomer::default() };
    assert_eq!(field(opens("bob", new(1_024))), None);
    assert_eq!(field(opens("bob", new(1_025))), Some("metadata"));
}

#[test]
fn a_pause_says_why_in_five_hundred_bytes() {
    let ana = Ana::new();
    let pause = |reason: &str| Act::Pause { reason: reason.to_owned() };
    assert_eq!(field(ana.decides(pause("x"))), None);
    assert_eq!(field(ana.decides(pause(" "))), Some("reason"));
    assert_eq!(field(ana.decides(pause(&"x".repeat(500)))), None);
    assert_eq!(field(ana.decides(pause(&"x".repeat(501)))), Some("reason"));
}

#[test]
fn special_terms_say_why_and_until_when() {
    let ana = Ana::new();
    let special = |reason: &str, until: Option<&str>| {
        let terms = Override {
            credit_line: Some(Amount::credits(10)),
            until: until.map(|day| day.parse().expect("a day")),
            reason: Some(reason.to_owned()),
            ..Override::default()
        };
        Act::Override(OverrideTerms { terms })
    };
    assert_eq!(field(ana.decides(special("pilot", Some("2026-11-23")))), None);
    assert_eq!(field(ana.decides(special("pilot", Some("2026-11-22")))), Some("until"));
    assert_eq!(field(ana.decides(special("pilot", None))), Some("until"));
    assert_eq!(field(ana.decides(special(" ", Some("2026-11-23")))), Some("reason"));
}

#[test]
fn ids_of_callers_have_1_to_128_letters() {
    let of_customer = |id: &str| field(opens(id, NewCustomer::default()));
    assert_eq!(of_customer(&"x".repeat(128)), None);
    assert_eq!(of_customer(&"x".repeat(129)), Some("customer"));
    assert_eq!(of_customer(""), Some("customer"));
    let of_members = |ids: &[&str]| {
        let members = ids.iter().map(|id| member(id)).collect();
        field(opens("bob", NewCustomer { members, ..NewCustomer::default() }))
    };
    assert_eq!(of_members(&["m1", &"x".repeat(128)]), None);
    assert_eq!(of_members(&["m1", &"x".repeat(129)]), Some("members"));
    assert_eq!(of_members(&["m1", "m1"]), Some("members"));
    assert_eq!(of_members(&["m 1"]), Some("members"));
}

#[test]
fn names_of_models_and_payments_have_1_to_200_bytes() {
    let ana = Ana::new();
    let on = |model: &str| run(RunRequest { model: Some(Name::new(model)), ..draft() });
    // A model that nobody knows is well-formed, and above every ceiling.
    let unknown = ana.decides(on(&"x".repeat(200)));
    assert!(matches!(unknown, Err(Refusal::Denied(_))), "{unknown:?}");
    assert_eq!(field(ana.decides(on(&"x".repeat(201)))), Some("model"));
    assert_eq!(field(ana.decides(on(""))), Some("model"));
    let paid = |id: &str| {
        let payment = Name::new(id);
        Act::TopUp { payment, credits: Amount::credits(50), paid: None }
    };
    assert_eq!(field(ana.decides(paid(&"x".repeat(200)))), None);
    assert_eq!(field(ana.decides(paid(&"x".repeat(201)))), Some("payment"));
    assert_eq!(field(ana.decides(paid(""))), Some("payment"));
}

#[test]
fn a_price_on_their_key_is_agreed_only_where_the_plan_runs_on_it() {
    let on_key = |plan: &str| {
        let ana = Ana::on(plan);
        let price = Price { credits: Tariff::Free, on_your_key: true };
        let prices = BTreeMap::from([(Name::new("enrich_market_map"), price)]);
        let until = Some(jiff::civil::date(2027, 6, 30));
        let reason = Some("pilot".to_owned());
        let terms = Override { prices, until, reason, ..Override::default() };
        ana.decides(Act::Override(OverrideTerms { terms }))
    };
    let refused = Refusal::Problem(Problem::OverrideNotBetter("prices"));
    assert_eq!(on_key("pro").err(), Some(refused));
    assert!(on_key("byok").is_ok());
}

#[test]
fn a_run_at_rest_leaves_its_charge_in_the_books() {
    let mut ana = Ana::new();
    let delivered = Some(Box::new(Report::of(Outcome::Delivered)));
    let id = ana.does(run(RunRequest { report: delivered, ..draft() }));
    assert_eq!(ana.state.runs[&id].status, RunStatus::Settled);
    let before = ana.state.real.clone();
    let resting = ana.state.rest(id).unwrap();
    assert!(!ana.state.runs.contains_key(&id));
    assert_eq!(before.available(), Amount::credits(115));
    assert_eq!(ana.state.real, Book { legs: BTreeMap::new(), ..before });
    // What it delivered is still owned.
    let again = ana.does(run(draft()));
    assert_eq!(ana.state.real.available(), Amount::credits(115));
    assert_eq!(ana.state.runs[&again].status, RunStatus::Settled);
    // Woken, all is as if it never rested.
    let mut never = ana.state.clone();
    never.runs.insert(id, resting.run.clone());
    never.real.legs.insert(id, resting.real.clone());
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
fn a_window_of_costs_that_is_over_counts_no_more() {
    let (first, later) = (Time::MIN, now());
    let cost = Cost::parse("1.5").expect("a cost");
    let mut window = CostWindow::default();
    window.add(later, cost, 1);
    let before = window;
    window.add(first, cost, 1);
    assert_eq!(window, before, "an older window is over");
    window.take_back(first, cost, 1);
    assert_eq!(window, before, "and gives nothing back");
    window.add(later, cost, 1);
    assert_eq!((window.within(later), window.unknown_within(later)), (cost.plus(cost).unwrap(), 2));
    assert_eq!((window.within(first), window.unknown_within(first)), (Cost::ZERO, 0));
}

#[test]
fn credits_reach_from_one_end_of_their_range_to_the_other_and_no_further() {
    let most = (1_i64 << 53) - 1;
    for end in [most, -most] {
        let amount = Amount::from_millionths(end).expect("within the range");
        assert_eq!(amount.millionths(), end);
        assert_eq!(Amount::from_millionths(end + end.signum()), None);
        assert_eq!(Amount::from_millionths(end.signum() * i64::MAX), None);
    }
    assert_eq!(Amount::MAX.millionths(), most);
    let one = Amount::from_millionths(1).expect("a millionth");
    assert_eq!(Amount::MAX.plus(one), None);
}
