//! How much may be said in a request: at its bound it is taken, one more is refused with its field;
//! what a store may forget or ask too early without changing what is charged; and what entries and
//! refusals say that no answer shows.

use crate::samples::JOBSCOUT;
use probity_core::amount::AmountError;
use probity_core::command::{
    Act, Actor, AutoTopUpTerms, CapChanges, Command, CustomerChanges, Due, GrantKind, Member,
    NewCustomer, OverrideTerms, Report, RunRequest,
};
use probity_core::contract::file::{Sources, read};
use probity_core::contract::{Outcome, Override, PlanPrice, Price, Table, Tariff, Treatment};
use probity_core::decide::{Code, Decision, Denial, Problem, Refusal, decide, open_customer};
use probity_core::entry::{Entry, Facts, Started};
use probity_core::state::{self, Book, CostWindow, Customer, RunStatus};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::{Amount, CommandId, Contract, Cost, Name, Operations, Per, RunId, Time};
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
    let (contract, operations) = sample();
    Catalog::of(contract, operations)
}

fn sample() -> (Contract, Operations) {
    let reading = read(&Sources {
        contract: JOBSCOUT.contract.as_bytes(),
        operations: JOBSCOUT.operations.map(str::as_bytes),
        prices: JOBSCOUT.prices.map(str::as_bytes),
    });
    (reading.contract.expect("a contract"), reading.operations.expect("operations"))
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
        self.decides_at(act, now())
    }

    fn decides_at(&self, act: Act, now: Time) -> Result<Decision, Refusal> {
        let id = CommandId::new(u128::from(self.commands + 1) << 16);
        let command = Command { id, by: Actor::product(), act };
        decide(&self.catalog, &Sums::default(), Some(&self.state), &command, now)
    }

    /// Does it, and tells what was written.
    fn writes(&mut self, act: Act) -> Entry {
        let entry = self.decides(act).expect("it is done").entry.expect("an entry");
        self.commands += 1;
        state::apply(&mut self.state, &entry);
        entry
    }

    fn does(&mut self, act: Act) -> RunId {
        self.writes(act).run.expect("a run")
    }

    fn starts(&mut self, request: RunRequest) -> Box<Started> {
        match self.writes(run(request)).facts {
            Facts::StartRun(started) => started,
            other => panic!("{other:?}"),
        }
    }

    /// Whether it writes something at this instant.
    fn would_write(&self, act: Act, now: Time) -> bool {
        self.decides_at(act, now).expect("it is well formed").entry.is_some()
    }

    fn is_denied(&self, request: RunRequest) -> Denial {
        match self.decides(run(request)) {
            Err(Refusal::Denied(denial)) => *denial,
            other => panic!("{other:?}"),
        }
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
fn a_forgotten_run_keeps_its_charge_in_the_books() {
    let mut ana = Ana::new();
    let delivered = Some(Box::new(Report::of(Outcome::Delivered)));
    let id = ana.does(run(RunRequest { report: delivered, ..draft() }));
    assert_eq!(ana.state.runs[&id].status, RunStatus::Settled);
    let before = ana.state.real.clone();
    ana.state.forget_run(id);
    assert!(!ana.state.runs.contains_key(&id));
    assert_eq!(before.available(), Amount::credits(115));
    assert_eq!(ana.state.real, Book { legs: BTreeMap::new(), ..before });
    let owned = ana.state.items.keys().map(|item| item.action());
    assert_eq!(owned.collect::<Vec<_>>(), [&Name::new("tailor_document")]);
    // What it delivered is still owned.
    let again = ana.does(run(draft()));
    assert_eq!(ana.state.real.available(), Amount::credits(115));
    assert_eq!(ana.state.runs[&again].status, RunStatus::Settled);
}

#[test]
fn an_open_run_is_not_forgotten() {
    let mut ana = Ana::new();
    let id = ana.does(run(draft()));
    let before = ana.state.clone();
    ana.state.forget_run(id);
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

#[test]
fn an_amount_says_what_it_is_and_what_is_none_says_why() {
    assert_eq!(format!("{:?}", Amount::credits(5)), "5 credits");
    let why = |text: &str| Amount::parse(text).expect_err("no amount");
    assert_eq!(why("1e3"), AmountError::NotANumber);
    assert!(why("1e3").to_string().contains("plain decimal"));
    assert!(why("0.0000001").to_string().contains("6 places"));
    assert!(why("9007199254.740992").to_string().contains("9,007,199,254"));
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
    let expires_at = ana.state.runs[&id].expires_at;
    let late = Act::Due(Due::ExpireRun(id));
    assert!(!ana.would_write(late.clone(), now()));
    assert!(ana.would_write(late.clone(), expires_at));
    ana.writes(Act::Release { run: id });
    assert!(!ana.would_write(late, expires_at));
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
