//! What customers do: open, change, run, check, ask for quotes, buy, set caps, keep keys.

use super::run::{asked, quote_name};
use crate::scenario::fault::Wrong;
use crate::scenario::scan::{Read, Scan};
use crate::scenario::step::What;
use probity_core::Name;
use probity_core::command::{
    Act, AutoTopUpTerms, CapChanges, CustomerChanges, KeyChange, Member, NewCustomer, Renews,
};

/// The verbs, and how each goes on.
type Verb = fn(&mut Scan<'_>) -> Read<What>;

const VERBS: &[(&str, Verb)] = &[
    ("opens", opens),
    ("changes", changes),
    ("runs", |scan| asked(scan).map(What::Run)),
    ("checks", checks),
    ("asks", asks),
    ("confirms", |scan| quote_name(scan).map(What::Confirm)),
    ("has", |_| Ok(What::Read)),
    ("reads", reads),
    ("tops", tops_up),
    ("renews", renews),
    ("caps", caps),
    ("lifts", lifts),
    ("stops", stops),
    ("stores", stores),
    ("removes", removes),
];

pub(super) fn read(scan: &mut Scan<'_>) -> Read<What> {
    let verb = scan.one_of("something a customer does", VERBS)?;
    verb(scan)
}

/// `ana reads terms`.
fn reads(scan: &mut Scan<'_>) -> Read<What> {
    scan.need("terms")?;
    Ok(What::Terms)
}

/// `ana opens on pro named "Ana" with members m1 and m2 renewing when_paid`.
fn opens(scan: &mut Scan<'_>) -> Read<What> {
    let mut new = NewCustomer::default();
    loop {
        if scan.take("on") {
            new.plan = Some(Name::new(scan.any("a plan")?));
        } else if scan.take("named") {
            new.name = Some(scan.quoted("a name")?.to_owned());
        } else if scan.take_all(&["with", "members"]) {
            new.members = members(scan)?;
        } else if scan.take("renewing") {
            new.renews = renewal(scan)?;
        } else {
            return Ok(What::Open(new));
        }
    }
}

fn members(scan: &mut Scan<'_>) -> Read<Vec<Member>> {
    let mut members = Vec::new();
    loop {
        let id = Name::new(scan.any("a member's id")?);
        members.push(Member { id, name: None });
        if !scan.take("and") {
            return Ok(members);
        }
    }
}

fn renewal(scan: &mut Scan<'_>) -> Read<Renews> {
    let list = [("by_itself", Renews::ByItself), ("when_paid", Renews::WhenPaid)];
    scan.one_of("a way to renew", &list)
}

/// `ana changes plan to discovery`, `… members to m1`, `… renewal to when_paid`.
fn changes(scan: &mut Scan<'_>) -> Read<What> {
    #[derive(Clone, Copy)]
    enum Which {
        Plan,
        Members,
        Renewal,
        Name,
    }
    let which = scan.one_of(
        "something that changes",
        &[
            ("plan", Which::Plan),
            ("members", Which::Members),
            ("renewal", Which::Renewal),
            ("name", Which::Name),
        ],
    )?;
    scan.need("to")?;
    let mut changes = CustomerChanges::default();
    match which {
        Which::Plan => changes.plan = Some(Name::new(scan.any("a plan")?)),
        Which::Members => changes.members = Some(members(scan)?),
        Which::Renewal => changes.renews = Some(renewal(scan)?),
        Which::Name => changes.name = Some(Some(scan.quoted("a name")?.to_owned())),
    }
    Ok(What::Change(changes))
}

/// The most runs of one check.
const ITEMS_AT_MOST: u64 = 1_000;

/// `ana checks tailor_document for draft_1`, `ana checks 100 x A for d{n} + B`.
fn checks(scan: &mut Scan<'_>) -> Read<What> {
    let mut items = Vec::new();
    loop {
        let times = if scan.is_number() {
            let times = scan.number()?;
            scan.need("x")?;
            times.min(ITEMS_AT_MOST)
        } else {
            1
        };
        let start = scan.here().start;
        let item = asked(scan)?;
        if item.quote.is_some() {
            let fix = "Leave the quote out, or run the action with it.";
            return Err(Wrong::new(
                start..scan.behind().end,
                "a check is asked without a quote",
                fix,
            ));
        }
        for n in 1..=times {
            let mut item = item.clone();
            let artifact = &mut item.request.artifact;
            *artifact = artifact.as_ref().map(|a| Name::new(&a.replace("{n}", &n.to_string())));
            items.push(item);
        }
        if !scan.take("+") {
            return Ok(What::Check(items));
        }
    }
}

/// `ana asks a quote for ACTION …`, `ana asks auto_top_up of 50 below 10 at_most 200`.
fn asks(scan: &mut Scan<'_>) -> Read<What> {
    if scan.take_all(&["a", "quote", "for"]) {
        return asked(scan).map(What::Quote);
    }
    scan.one_of("something to ask for (`a quote for …`)", &[("auto_top_up", ())])?;
    scan.need("of")?;
    let credits = scan.credits()?;
    scan.need("below")?;
    let below = scan.credits()?;
    scan.need("at_most")?;
    let month_at_most = scan.credits()?;
    let terms = AutoTopUpTerms { below, credits, month_at_most };
    let changes = CapChanges { auto_top_up: Some(Some(terms)), ..CapChanges::default() };
    Ok(What::Act(Act::SetCaps(changes)))
}

/// `ana stops auto_top_up`.
fn stops(scan: &mut Scan<'_>) -> Read<What> {
    scan.need("auto_top_up")?;
    let changes = CapChanges { auto_top_up: Some(None), ..CapChanges::default() };
    Ok(What::Act(Act::SetCaps(changes)))
}

/// `ana tops up 50 with pi_1 for $5`.
fn tops_up(scan: &mut Scan<'_>) -> Read<What> {
    scan.need("up")?;
    let credits = scan.credits()?;
    scan.need("with")?;
    let payment = Name::new(scan.any("a payment's id")?);
    let paid = if scan.take("for") { Some(scan.money()?) } else { None };
    Ok(What::Act(Act::TopUp { payment, credits, paid }))
}

/// `ana renews with in_7`.
fn renews(scan: &mut Scan<'_>) -> Read<What> {
    let payment = if scan.take("with") { Some(scan.any("a payment's id")?) } else { None };
    Ok(What::Act(Act::Renew { payment: payment.map(Name::new) }))
}

/// `ana caps month at 200`, `ana caps m1 at 50`.
fn caps(scan: &mut Scan<'_>) -> Read<What> {
    let whose = scan.any("`month` or a member's id")?;
    scan.need("at")?;
    let cap = scan.credits()?;
    Ok(set_cap(whose, Some(cap)))
}

/// `ana lifts cap month`.
fn lifts(scan: &mut Scan<'_>) -> Read<What> {
    scan.need("cap")?;
    let whose = scan.any("`month` or a member's id")?;
    Ok(set_cap(whose, None))
}

fn set_cap(whose: &str, cap: Option<probity_core::Amount>) -> What {
    let mut changes = CapChanges::default();
    if whose == "month" {
        changes.month = Some(cap);
    } else {
        changes.members.insert(Name::new(whose), cap);
    }
    What::Act(Act::SetCaps(changes))
}

/// `ana stores key openai ending abcd`.
fn stores(scan: &mut Scan<'_>) -> Read<What> {
    scan.need("key")?;
    let provider = Name::new(scan.any("a provider")?);
    let ending = if scan.take("ending") { scan.any("its last letters")? } else { "abcd" };
    Ok(What::Act(Act::OwnKey { provider, change: KeyChange::Stored(ending.to_owned()) }))
}

/// `ana removes key openai`.
fn removes(scan: &mut Scan<'_>) -> Read<What> {
    scan.need("key")?;
    let provider = Name::new(scan.any("a provider")?);
    Ok(What::Act(Act::OwnKey { provider, change: KeyChange::Removed }))
}
