//! How much may be said in a request: at its bound it is taken, one more is refused with its field.

use crate::ana::{Ana, draft, member, now, opens, run};
use probity_core::amount::AmountError;
use probity_core::command::{
    Act, AutoTopUpTerms, CapChanges, CustomerChanges, NewCustomer, OverrideTerms, RunRequest,
};
use probity_core::contract::{Override, Price, Tariff};
use probity_core::decide::{Decision, Problem, Refusal};
use probity_core::state::CostWindow;
use probity_core::{Amount, Cost, Name, Time};
use std::collections::BTreeMap;

/// The field that a refusal names.
fn field(decided: Result<Decision, Refusal>) -> Option<&'static str> {
    match decided {
        Ok(_) => None,
        Err(Refusal::Problem(Problem::InvalidRequest { field, .. })) => Some(field),
        Err(other) => panic!("{other:?}"),
    }
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
    for unseen in ["a\0", "\u{7}b", "a\nb", "a\u{85}b"] {
        assert_eq!(field(ana.decides(paid(unseen))), Some("payment"));
        assert_eq!(field(ana.decides(on(unseen))), Some("model"));
        let artifact = Some(Name::new(unseen));
        assert_eq!(field(ana.decides(run(RunRequest { artifact, ..draft() }))), Some("artifact"));
        assert_eq!(field(opens(unseen, NewCustomer::default())), Some("customer"));
    }
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
