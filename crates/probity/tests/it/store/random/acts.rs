//! Every kind of command that a product or a member gives, at random.

use super::requests::{action, artifact, attempt, report, request};
use super::story::{Story, Wanted};
use crate::store::dice::Dice;
use probity::Environment;
use probity::core::command::{
    Act, AutoTopUpTerms, CapChanges, CustomerChanges, GrantKind, KeyChange, Member, NewCustomer,
    OverrideTerms, Renews,
};
use probity::core::contract::{Allowance, Override, Price, Tariff};
use probity::core::time::TimeUnit;
use probity::core::{Currency, Length, Money, Name, Per, RunId, Time, Zone};

const DAY: i64 = 86_400_000_000;

/// What somebody does next.
pub(super) fn act(story: &Story, whose: (Environment, &Name), now: Time, dice: &mut Dice) -> Act {
    if !story.is_known(whose) && !dice.one_in(4) {
        return Act::OpenCustomer(new(dice));
    }
    let what = dice.roll(26);
    let wanted = match what {
        0..=7 => None,
        8..=14 => Some(Wanted::Open),
        15..=17 => Some(Wanted::Charged),
        _ => Some(Wanted::Any),
    };
    let is_there = wanted.is_some_and(|wanted| story.has(whose, wanted, now));
    if what < 18 && !is_there && (what < 8 || !dice.one_in(5)) {
        return Act::StartRun(Box::new(request(story, whose, now, dice)));
    }
    let kinds = dice.rarely(8, 4, 2);
    match what {
        8..=12 => {
            let run = story.run_of(whose, Wanted::Open, now, dice);
            Act::Settle { run, report: report(dice) }
        }
        13 | 14 => about_a_run(story.run_of(whose, Wanted::Open, now, dice), dice),
        15..=17 => about_an_ended_run(story.run_of(whose, Wanted::Charged, now, dice), dice),
        18 | 19 => Act::Grant {
            kind: *dice.pick(&GrantKind::ALL[..kinds]),
            amount: dice.halves(-1, 24),
            expires: dice.maybe(3, |d| now.plus_micros(d.within(-1, 60) * DAY)),
            reason: None,
        },
        20 | 21 => payment(story, whose, dice),
        22 => match story.quote_of(whose, now, dice) {
            Some(quote) => Act::ConfirmQuote { quote: Box::new(quote.clone()) },
            None => Act::Resume { item: None },
        },
        23 => Act::SetCaps(caps(dice)),
        24 => about_them(now, dice),
        _ => change(dice),
    }
}

fn about_a_run(run: RunId, dice: &mut Dice) -> Act {
    if dice.one_in(2) {
        return Act::Release { run };
    }
    let seconds = u32::try_from(dice.roll(5_000)).unwrap();
    Act::Extend { run, length: Length::new(seconds, TimeUnit::Second) }
}

fn about_an_ended_run(run: RunId, dice: &mut Dice) -> Act {
    match dice.roll(3) {
        0 => Act::Refund {
            run,
            amount: dice.maybe(2, |d| d.halves(-1, 12)),
            reason: dice.maybe(3, |_| "we are sorry".to_owned()),
        },
        1 => Act::Correct { run, report: report(dice) },
        _ => Act::Attempts { run, attempts: (0..dice.roll(3)).map(|_| attempt(dice)).collect() },
    }
}

fn money(dollars: u64) -> Money {
    Money::parse(Currency::USD, &dollars.to_string()).unwrap()
}

fn payment(story: &Story, whose: (Environment, &Name), dice: &mut Dice) -> Act {
    // One of before comes again, with the same content or other.
    let known = story.payment_of(whose, dice).cloned();
    let new = Name::new(&format!("pay_{}", story.asked));
    let payment = known.clone().filter(|_| dice.one_in(4)).unwrap_or(new);
    match (dice.roll(5), known) {
        (0 | 1, _) => Act::TopUp {
            payment,
            credits: dice.halves(0, 120),
            paid: dice.maybe(2, |d| money(5 + d.roll(3))),
        },
        (2 | 3, Some(known)) => Act::ClawBack {
            payment: known,
            credits: dice.maybe(2, |d| d.halves(0, 60)),
            reason: None,
        },
        _ => Act::Renew { payment: dice.maybe(2, |_| payment) },
    }
}

fn caps(dice: &mut Dice) -> CapChanges {
    let cap = |d: &mut Dice| d.maybe(2, |d| d.halves(-1, 100));
    CapChanges {
        month: dice.maybe(2, cap),
        members: (0..dice.roll(2)).map(|_| (dice.name(&["m", "n"]), cap(dice))).collect(),
        auto_top_up: dice.maybe(4, |d| {
            d.maybe(2, |d| AutoTopUpTerms {
                below: d.halves(0, 20),
                credits: d.halves(1, 100),
                month_at_most: d.halves(0, 400),
            })
        }),
    }
}

/// What changes a customer's standing.
fn about_them(now: Time, dice: &mut Dice) -> Act {
    match dice.roll(8) {
        0 | 1 => Act::Pause { reason: "a check".to_owned() },
        2 | 3 => Act::Resume { item: dice.maybe(2, |d| (action(d), artifact(d))) },
        4 | 5 => Act::OwnKey {
            provider: dice.name(&["openai", "anthropic", ""]),
            change: match dice.roll(4) {
                0 => KeyChange::Removed,
                1 => KeyChange::Refused,
                _ => KeyChange::Stored("x7Qp".to_owned()),
            },
        },
        _ => Act::Override(OverrideTerms { terms: special(now, dice) }),
    }
}

fn special(now: Time, dice: &mut Dice) -> Override {
    let price =
        |d: &mut Dice| Price { credits: Tariff::Fixed(d.halves(0, 12)), on_your_key: d.one_in(20) };
    let allowance = |d: &mut Dice| Allowance { units: d.roll(2_000), per: Per::Month };
    Override {
        prices: (0..dice.roll(2)).map(|_| (action(dice), price(dice))).collect(),
        allowances: (0..dice.roll(2)).map(|_| (action(dice), allowance(dice))).collect(),
        best_model: dice.maybe(5, |d| d.name(&["small", "frontier", "unheard-of"])),
        credit_line: dice.maybe(2, |d| d.halves(0, 60)),
        at_once: dice.maybe(3, |d| u32::try_from(d.roll(12)).unwrap()),
        until: (!dice.one_in(10))
            .then(|| Zone::UTC.date(now.plus_micros(dice.within(-1, 40) * DAY))),
        reason: (!dice.one_in(10)).then(|| "a pilot".to_owned()),
        ..Override::default()
    }
}

fn plan(dice: &mut Dice) -> Name {
    let plans = ["pro", "pro", "byok", "discovery", "nowhere"];
    let known = dice.rarely(12, 5, 4);
    dice.name(&plans[..known])
}

fn members(dice: &mut Dice) -> Vec<Member> {
    let member = |id: &str| Member { id: Name::new(id), name: None };
    let all = [member("m"), member("n"), member("m")];
    let most = dice.rarely(8, 4, 3);
    let most = dice.index(most);
    let many = dice.rarely(2, 1, most);
    all[..many].to_vec()
}

fn renews(dice: &mut Dice) -> Renews {
    dice.rarely(10, Renews::WhenPaid, Renews::ByItself)
}

/// Somebody new.
pub(super) fn new(dice: &mut Dice) -> NewCustomer {
    NewCustomer {
        plan: (!dice.one_in(10)).then(|| plan(dice)),
        name: dice.maybe(2, |_| "Ana".to_owned()),
        members: members(dice),
        renews: renews(dice),
        ..NewCustomer::default()
    }
}

/// What is to change of who they are.
pub(super) fn changes(dice: &mut Dice) -> CustomerChanges {
    CustomerChanges {
        plan: dice.maybe(2, plan),
        name: dice.maybe(4, |d| d.maybe(2, |_| "Ana B.".to_owned())),
        members: dice.maybe(5, members),
        renews: dice.maybe(4, renews),
        ..CustomerChanges::default()
    }
}

fn change(dice: &mut Dice) -> Act {
    if dice.one_in(8) { Act::OpenCustomer(new(dice)) } else { Act::UpdateCustomer(changes(dice)) }
}
