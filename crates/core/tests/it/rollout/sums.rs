//! What was watched adds up: over windows that touch, and over parts of the customers.

use probity_core::command::Today;
use probity_core::contract::{EnforceWhen, Mode, Percent};
use probity_core::decide::Code;
use probity_core::entry::Rule;
use probity_core::rollout::{
    Bills, Cause, Changed, Ended, Fact, How, Slice, Tally, Total, Verdict, compare, gate,
};
use probity_core::{Amount, Name, Outcome, RunId, Time, Zone};
use proptest::prelude::*;

fn run(n: u32, customer: u32, charged: u32) -> Ended {
    Ended {
        run: RunId::new(n.into()),
        customer: Name::new(&format!("c{customer}")),
        action: Name::new("map"),
        plan: Name::new("pro"),
        artifact: None,
        mode: Mode::Shadow,
        at: Time::from_micros(i64::from(n) * 3_600_000_000),
        how: How::Settled,
        outcome: Outcome::Delivered,
        price: Amount::credits(charged),
        charged: Amount::credits(charged),
        rule: Rule::Charge,
        denial: None,
        unforeseen: None,
        today: None,
    }
}

fn today(charged: Option<u32>, allowed: Option<bool>) -> Option<Today> {
    Some(Today { charged: charged.map(Amount::credits), allowed })
}

#[test]
fn each_difference_has_one_verdict_and_one_cause() {
    let free = Ended {
        charged: Amount::ZERO,
        rule: Rule::OutcomeFree,
        outcome: Outcome::Failed,
        ..run(1, 1, 0)
    };
    let denied = Ended { charged: Amount::ZERO, denial: Some(Code::NotInPlan), ..run(1, 1, 0) };
    let late = Ended { how: How::Late, charged: Amount::ZERO, ..run(1, 1, 0) };
    use Verdict::{Less, More, Same, WouldNotStop, WouldStop};
    let cases = [
        (run(1, 1, 5), today(Some(5), None), Some((Same, "price_differs"))),
        (run(1, 1, 5), today(Some(4), None), Some((More, "price_differs"))),
        (run(1, 1, 5), today(Some(6), Some(true)), Some((Less, "price_differs"))),
        (run(1, 1, 5), today(None, Some(true)), Some((Same, "price_differs"))),
        (run(1, 1, 5), today(None, Some(false)), Some((WouldNotStop, "price_differs"))),
        (run(1, 1, 5), today(None, None), None),
        (run(1, 1, 5), None, None),
        (free.clone(), today(Some(5), None), Some((Less, "failed_free"))),
        (free, today(Some(0), None), Some((Same, "failed_free"))),
        (denied.clone(), today(Some(5), None), Some((WouldStop, "not_in_plan"))),
        (denied.clone(), today(None, Some(true)), Some((WouldStop, "not_in_plan"))),
        (denied.clone(), today(None, Some(false)), Some((Same, "not_in_plan"))),
        (denied, today(Some(5), Some(false)), Some((Less, "not_in_plan"))),
        (late, today(Some(5), None), Some((Less, "too_slow"))),
    ];
    for (ended, today, expected) in cases {
        let found = compare(&ended, today.as_ref());
        let found = found.map(|(verdict, cause)| (verdict, cause.word()));
        let expected = expected.map(|(verdict, word)| (verdict, word.to_owned()));
        assert_eq!(found, expected, "{today:?}");
    }
}

#[test]
fn every_cause_has_a_word_and_a_sentence() {
    let denials = Code::ALL.into_iter().map(Cause::Denied);
    let rules = Rule::ALL
        .into_iter()
        .flat_map(|rule| Outcome::ALL.into_iter().map(move |outcome| Cause::Ruled(rule, outcome)));
    for cause in denials.chain(rules).chain([Cause::TooLate]) {
        let word = cause.word();
        assert!(word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{word}");
        assert!(cause.says().ends_with('.'), "{word}");
    }
}

#[test]
fn a_gate_is_met_by_what_is_known_and_to_the_run() {
    let mut tally = Tally::new(Zone::UTC);
    for n in 0..100 {
        // One in a hundred differs.
        let charged = if n == 0 { 4 } else { 5 };
        let ended = Ended { today: today(Some(charged), None), ..run(n, n, 5) };
        tally.add(ended.at, &Fact::Ended(Box::new(ended)));
    }
    let asked = |days, runs, share: u32, doubled| EnforceWhen {
        days: Some(days),
        runs: Some(runs),
        mismatches_below: Some(Percent(share)),
        bills_more_than_doubled: Some(doubled),
    };
    let bills = Changed { compared: 100, more_than_doubled: 2, ..Changed::default() };
    // 100 hours: from day one to day five.
    let until = Time::from_micros(99 * 3_600_000_000);
    let met = |asked: &EnforceWhen| {
        let gate = gate(Some(asked), &tally, bills, (until, &Zone::UTC));
        gate.conditions.iter().map(|condition| condition.met).collect::<Vec<_>>()
    };
    assert_eq!(met(&asked(5, 100, 10_001, 2)), [true; 5]);
    assert_eq!(met(&asked(6, 101, 10_000, 1)), [false; 5]);
    assert!(gate(None, &tally, bills, (until, &Zone::UTC)).met);
}

/// The conditions of a gate over so many runs, of which so many are compared and all the same.
fn conditions(
    runs: u32,
    compared: u32,
    asked: &EnforceWhen,
) -> Vec<(bool, String, Option<String>)> {
    let mut tally = Tally::new(Zone::UTC);
    for n in 0..runs {
        let today = today((n < compared).then_some(5), None);
        let ended = Ended { today, ..run(n, n, 5) };
        tally.add(ended.at, &Fact::Ended(Box::new(ended)));
    }
    let gate = gate(Some(asked), &tally, Changed::default(), (Time::from_micros(0), &Zone::UTC));
    gate.conditions.into_iter().map(|c| (c.met, c.is, c.missing)).collect()
}

#[test]
fn few_that_are_compared_say_nothing_of_the_rest() {
    let few = |runs| EnforceWhen {
        days: None,
        runs,
        mismatches_below: Some(Percent(10_000)),
        bills_more_than_doubled: None,
    };
    let of = |runs: u32, compared: u32, asked: Option<u64>| {
        let all = conditions(runs, compared, &few(asked));
        let place = usize::from(asked.is_some());
        let (met, is, missing) = all[place].clone();
        (met, is, missing.map(|text| text.split(':').next().unwrap().to_owned()))
    };
    let missing = |text: &str| Some(text.to_owned());
    let is = |text: &str| text.to_owned();
    assert_eq!(
        of(1000, 1, None),
        (false, is("1 of 1000"), missing("compare 499 more runs with today's billing"))
    );
    assert!(!of(1000, 499, None).0);
    assert_eq!(of(1000, 500, None), (true, is("500 of 1000"), None));
    assert!(!of(1001, 500, None).0);
    assert_eq!(
        of(1000, 599, Some(600)),
        (false, is("599 of 1000"), missing("compare 1 more run with today's billing"))
    );
    assert!(of(1000, 600, Some(600)).0);
    assert!(!of(2000, 900, Some(600)).0, "half of all, too");
    assert_eq!(of(0, 0, None).2, missing("say what today's billing charges"));
    // Where nothing is asked beside today's billing, nothing has to be compared.
    let days = EnforceWhen { days: Some(1), mismatches_below: None, ..few(None) };
    assert_eq!(conditions(10, 0, &days).len(), 1);
}

#[test]
fn the_gate_counts_the_bills_of_what_is_not_enforced() {
    let enforced = Ended { mode: Mode::Enforce, today: today(Some(1), None), ..run(1, 1, 5) };
    let shadow = Ended { today: today(Some(5), None), ..run(2, 1, 5) };
    let bills = bills(&[enforced, shadow], 10).0;
    assert_eq!((bills.against_today.compared, bills.against_today.more), (1, 1));
    assert_eq!((bills.watched.compared, bills.watched.same), (1, 1));
}

/// Runs of few customers: charged, today, refused or not.
fn runs() -> impl Strategy<Value = Vec<Ended>> {
    let one = (0_u32..12, 0_u32..9, proptest::option::of(0_u32..9), 0_u32..5, any::<bool>());
    proptest::collection::vec(one, 0..80).prop_map(|all| {
        let made =
            (0_u32..).zip(all).map(|(n, (customer, charged, today, kind, enforced))| Ended {
                today: today.map(|n| Today { charged: Some(Amount::credits(n)), allowed: None }),
                charged: if kind == 0 { Amount::ZERO } else { Amount::credits(charged) },
                denial: (kind == 0).then_some(Code::NotEnoughCredits),
                mode: if enforced { Mode::Enforce } else { Mode::Shadow },
                ..run(n, customer, charged)
            });
        made.collect()
    })
}

fn added(runs: &[Ended]) -> Tally {
    let mut tally = Tally::new(Zone::UTC);
    for ended in runs {
        let began = Fact::Began { action: ended.action.clone(), plan: ended.plan.clone() };
        tally.add(ended.at, &began);
        tally.add(ended.at, &Fact::Ended(Box::new(ended.clone())));
        let (action, plan) = (ended.action.clone(), ended.plan.clone());
        let (customer, amount) = (ended.customer.clone(), ended.charged);
        tally.add(ended.at, &Fact::GivenBack { customer, action, plan, amount });
    }
    tally
}

/// The bills, walked as often as the room makes it necessary; and how often that was.
fn bills(runs: &[Ended], room: usize) -> (Bills, u32) {
    let (mut all, mut ways) = (Bills::default(), 0);
    let mut slice = Some(Slice::first(room));
    while let Some(mut part) = slice.take() {
        runs.iter().for_each(|ended| part.add(&Fact::Ended(Box::new(ended.clone()))));
        slice = part.close(&mut all);
        ways += 1;
    }
    (all, ways)
}

proptest! {
    #[test]
    fn windows_that_touch_add_up(runs in runs(), split in any::<prop::sample::Index>()) {
        let split = split.index(runs.len() + 1);
        let whole = added(&runs);
        let mut parts = added(&runs[..split]);
        parts.merge(added(&runs[split..]));
        prop_assert_eq!(&parts.all, &whole.all);
        prop_assert_eq!(&parts.watched, &whole.watched);
        prop_assert_eq!(parts.watched_from, whole.watched_from);
        prop_assert_eq!(&parts.days, &whole.days);
        prop_assert_eq!(&parts.actions, &whole.actions);
        prop_assert_eq!(&parts.denials, &whole.denials);
        prop_assert_eq!(&parts.causes, &whole.causes);
        let sums = whole.all;
        prop_assert_eq!(sums.runs, runs.len() as u64);
        prop_assert_eq!(sums.shadow + sums.announce + sums.enforce, sums.runs);
        let verdicts = sums.same + sums.more + sums.less + sums.would_stop + sums.would_not_stop;
        prop_assert_eq!(verdicts + sums.unknown(), sums.runs);
        let by_cause: u64 = whole.causes.values().map(|difference| difference.runs).sum();
        prop_assert_eq!(by_cause, sums.mismatches());
        let mut charged = Total::ZERO;
        runs.iter().for_each(|ended| charged.add(ended.charged));
        prop_assert_eq!(sums.charged, charged);
    }

    #[test]
    fn with_little_room_the_bills_are_the_same(runs in runs(), room in 1_usize..6) {
        let (whole, once) = bills(&runs, usize::MAX);
        let (parts, ways) = bills(&runs, room);
        prop_assert_eq!(&parts, &whole);
        prop_assert_eq!(once, 1);
        prop_assert_eq!(ways > 1, whole.customers > room as u64);
    }
}
