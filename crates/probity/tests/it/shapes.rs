//! The literal examples of the published shapes: ana on jobscout's pro, step by step.

use probity::Books;
use probity_core::command::{
    Act, Actor, Attempt, CapChanges, CustomerChanges, GrantKind, Member, NewCustomer, Renews,
    Report, RunRequest, Usage, UsageSource,
};
use probity_core::contract::file::{Sources, read};
use probity_core::decide::Refusal;
use probity_core::journal;
use probity_core::terms::Catalog;
use probity_core::view::{Desk, Reader};
use probity_core::{Amount, Name, Outcome, RunId, Time};
use serde_json::{Value, json};

const NOW: &str = "2026-11-23T10:00:00Z";

struct Ana {
    books: Books,
    now: Time,
}

impl Ana {
    fn new() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../contracts/jobscout/");
        let file = |name: &str| std::fs::read(format!("{folder}{name}")).unwrap();
        let (contract, operations, prices) =
            (file("contract.yaml"), file("operations.yaml"), file("model-prices.json"));
        let sources =
            Sources { contract: &contract, operations: Some(&operations), prices: Some(&prices) };
        let reading = read(&sources);
        let mut operations = reading.operations.expect("operations");
        operations.revision = 7;
        let catalog = Catalog::of(reading.contract.expect("contract"), operations);
        let mut ana = Self { books: Books::new(catalog), now: Time::parse(NOW).unwrap() };
        let member = Member { id: Name::new("m1"), name: Some("Ana".to_owned()) };
        let new = NewCustomer {
            plan: Some(Name::new("pro")),
            name: Some("Ana".to_owned()),
            members: vec![member],
            ..NewCustomer::default()
        };
        ana.books.open("ana", &new, Actor::product(), ana.now).expect("opens");
        ana
    }

    fn does(&mut self, act: Act) -> Result<Option<RunId>, Refusal> {
        self.books.submit("ana", act, Actor::product(), self.now).map(|answer| answer.run)
    }

    fn runs(&mut self, request: RunRequest) -> RunId {
        self.does(Act::StartRun(Box::new(request))).expect("allowed").expect("a run")
    }

    fn desk(&self) -> Desk<'_> {
        let customer = self.books.customer("ana").unwrap();
        Desk::new(&self.books.catalog, &self.books.sums, customer, self.now).unwrap()
    }

    fn receipt(&self, run: RunId) -> Value {
        serde_json::to_value(self.desk().receipt(run, Reader::Product).unwrap()).unwrap()
    }
}

fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

fn request(action: &str, artifact: Option<&str>) -> RunRequest {
    RunRequest { action: action.into(), artifact: artifact.map(Name::new), ..RunRequest::default() }
}

/// Every field of `expected` stands in `found`, with the same value.
fn holds(found: &Value, expected: &Value) {
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&found[key], value, "`{key}` in {found:#}");
    }
}

#[test]
fn the_customer_and_the_wallet() {
    let ana = Ana::new();
    let card = serde_json::to_value(ana.desk().card()).unwrap();
    holds(
        &card,
        &json!({"customer": "ana", "plan": "pro", "next_plan": null, "changes_on": null,
            "contract": "jobscout@3", "paused": null, "seq": 1,
            "period": {"from": "2026-11-23T00:00:00Z", "until": "2026-12-23T00:00:00Z"}}),
    );
    let wallet = serde_json::to_value(ana.desk().wallet()).unwrap();
    holds(
        &wallet,
        &json!({"customer": "ana", "balance": "120", "held": "0", "available": "120", "owed": "0",
            "money": "$12.00", "runs_out_on": null, "alerts": []}),
    );
    holds(
        &wallet["grants"][0],
        &json!({"kind": "plan", "amount": "120", "available": "120", "held": "0",
            "expires": "2027-01-23T00:00:00Z", "paid": null}),
    );
    assert_eq!(
        wallet["allowances"]["search_roles"],
        json!({"per": "month", "units": 800, "used": 0, "resets_at": "2026-12-23T00:00:00Z"})
    );
    assert_eq!(wallet["caps"]["month"], "400");
    assert_eq!(wallet["enough_for"]["tailor_document"], 24);
    assert_eq!(wallet["enough_for"]["enrich_market_map"], 12);
}

#[test]
fn a_check_says_the_price_and_how_many() {
    let ana = Ana::new();
    let check =
        ana.desk().check(&request("tailor_document", Some("draft_9")), Reader::Product).unwrap();
    let check = serde_json::to_value(check).unwrap();
    holds(
        &check,
        &json!({"allowed": true, "action": "tailor_document", "price": "5", "money": "$0.50",
            "ask": false, "reopened": false, "would": null, "denial": null, "contract": "jobscout@3",
            "as_of_seq": 1,
            "words": "Tailor a document: 5 credits ($0.50), taken only if it is delivered. You can use 120 credits: enough for 24."}),
    );
}

#[test]
fn checks_of_a_batch_are_judged_one_after_the_other() {
    let ana = Ana::new();
    let items: Vec<_> =
        (0..3).map(|i| request("tailor_document", Some(&format!("draft_{i}")))).collect();
    let checks = ana.desk().check_items(&items, Reader::Product).unwrap();
    assert_eq!((checks.total, checks.fits, checks.ask), (amount("15"), 3, true));
}

#[test]
fn a_map_that_arrives_in_part() {
    let mut ana = Ana::new();
    let mut wanted = request("enrich_market_map", Some("map_42"));
    wanted.model = Some("gpt-4.1".into());
    let run = ana.runs(wanted);
    let card = serde_json::to_value(ana.desk().run_card(run, Reader::Product).unwrap()).unwrap();
    holds(
        &card,
        &json!({"status": "held", "kind": "first", "price": "10", "held": "10", "mode": "enforce",
            "would": null, "expires_at": "2026-11-23T10:10:00Z", "contract": "jobscout@3",
            "models_allowed": ["gpt-4o-mini", "gpt-4.1", "claude-sonnet-4-5"],
            "words": "10 credits set aside. Taken only when all 8 sections are filled; fewer is partial.",
            "wallet": {"balance": "120", "held": "10", "available": "110", "owed": "0"}}),
    );
    let report = Report {
        parts: Some(5),
        attempts: vec![Attempt {
            provider: Some("openai".into()),
            asked: Some("gpt-4.1-latest".into()),
            model: Some("gpt-4.1".into()),
            usage: Usage {
                input: Some(20_000),
                cache_read: Some(0),
                cache_write: Some(0),
                output: Some(3_000),
                reasoning: Some(0),
            },
            source: Some(UsageSource::Provider),
            services: [(Name::new("company_data"), 5)].into(),
            own_key: false,
        }],
        ..Report::of(Outcome::Partial)
    };
    ana.does(Act::Settle { run, report }).expect("settles");
    let receipt = ana.receipt(run);
    holds(
        &receipt,
        &json!({"status": "settled", "customer": "ana", "action": "enrich_market_map",
            "artifact": "map_42", "purpose": "production", "mode": "enforce", "kind": "first",
            "outcome": "partial", "reason": null, "decided_by": "product", "rule": "share",
            "quoted": null, "held": "10", "charged": "6", "refunded": "0", "released": "4",
            "quantity": null, "parts": 5, "parts_total": 8, "units_free": 0,
            "contract": "jobscout@3", "operations": 7, "quote": null, "confirmation": null,
            "late": false, "would": null, "cost": "0.264",
            "words": format!("5 of 8 delivered. You paid for those: 6 credits instead of 10 credits. Receipt {run}"),
            "wallet": {"balance": "114", "held": "0", "available": "114", "owed": "0"}}),
    );
    assert_eq!(receipt["drawn"][0]["amount"], "6");
    assert_eq!(receipt["drawn"][0]["kind"], "plan");
    let call = &receipt["attempts"][0];
    holds(
        call,
        &json!({"cost": "0.264", "cost_known": true, "paid_by": "us", "asked": "gpt-4.1-latest",
            "model": "gpt-4.1", "source": "provider"}),
    );
    let hash = call["prices"].as_str().expect("the price map that it was priced with");
    assert!(hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{hash}");
}

#[test]
fn a_call_says_only_what_is_known_of_it() {
    let mut ana = Ana::new();
    let run = ana.runs(request("tailor_document", Some("draft")));
    let unheard_of = Attempt { model: Some("unheard-of".into()), ..Attempt::default() };
    let report = Report { attempts: vec![unheard_of], ..Report::of(Outcome::Delivered) };
    ana.does(Act::Settle { run, report }).expect("settles");
    let call = &ana.receipt(run)["attempts"][0];
    assert_eq!(call["cost_known"], false);
    for absent in ["asked", "source", "prices", "cost"] {
        assert_eq!(call.get(absent), None, "{absent}");
    }
}

#[test]
fn a_harsh_rule_is_quoted_with_its_warning() {
    let ana = Ana::new();
    let mut wanted = request("find_contact_email", None);
    wanted.inputs = [("full_name", "X Y"), ("company_domain", "x.org")]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .into();
    let quote =
        ana.desk().quote(&wanted, Reader::Product, &"q1".into(), b"secret").expect("a quote");
    let quote = serde_json::to_value(quote).unwrap();
    holds(
        &quote,
        &json!({"price": "3", "now": "3", "money": "$0.30", "expires_at": "2026-11-23T10:15:00Z",
            "sufficient": true, "denial": null, "needs_confirmation": true,
            "if": {"delivered": "3", "partial": "0", "empty": "3", "failed": "0", "bad_input": "0",
                "blocked": "0", "cancelled": "0", "abandoned": "3", "reopened": "0"},
            "warning": "Costs 3 credits even if no email is found. We do not know yet how often this finds something.",
            "contract": "jobscout@3", "operations": 7}),
    );
}

#[test]
fn a_refusal_has_ways_forward_that_work() {
    let mut ana = Ana::new();
    // Spends down to 2 credits: 120 - 118.
    for n in 0..23 {
        let mut tailored = request("tailor_document", Some(&format!("draft_{n}")));
        tailored.report = Some(Box::new(Report::of(Outcome::Delivered)));
        ana.runs(tailored);
    }
    let quote = |ana: &Ana, id: &str| {
        let mut wanted = request("find_contact_email", None);
        wanted.inputs = [("full_name", "X Y"), ("company_domain", "x.org")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into();
        let card = ana.desk().quote(&wanted, Reader::Product, &id.into(), b"secret").unwrap();
        wanted.quote = probity_core::quote::Quote::open(&card.quote, b"secret").map(Box::new);
        wanted.confirmed = true;
        wanted.report = Some(Box::new(Report::of(Outcome::Empty)));
        wanted
    };
    let lookup = quote(&ana, "q1");
    ana.runs(lookup);
    let available = ana.desk().wallet().line.available;
    assert_eq!(available, amount("2"));
    let asked = request("tailor_document", Some("draft_x"));
    let refusal = ana.does(Act::StartRun(Box::new(asked.clone()))).unwrap_err();
    let Refusal::Denied(denial) = refusal else { panic!("denied, not {refusal:?}") };
    let card = serde_json::to_value(ana.desk().denial(&denial, &asked)).unwrap();
    holds(
        &card,
        &json!({"type": "/problems/not_enough_credits", "title": "Not enough credits", "status": 402,
            "code": "not_enough_credits", "applied": false, "retry_helps": false,
            "action": "tailor_document", "needs": "5", "has": "2", "held": "0", "missing": "3",
            "charged": "0", "resets_at": "2026-12-23T00:00:00Z", "contract": "jobscout@3",
            "limit": {"of": "wallet", "limit": null, "used": null}}),
    );
    let ways = card["ways_forward"].as_array().unwrap();
    let kinds: Vec<&str> = ways.iter().map(|w| w["do"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["wait", "top_up", "switch_plan", "contact"], "{card:#}");
    holds(
        &ways[0],
        &json!({"until": "2026-12-23T00:00:00Z", "then": "120 credits",
            "words": "Wait until 23 December: 120 credits come with your plan."}),
    );
    holds(&ways[1], &json!({"credits": "50", "money": "$5.00", "href": "/billing/top-up"}));
    holds(
        &ways[2],
        &json!({"to": "byok", "needs": "own_key", "plan_price": "$9 a month", "price_there": "0",
            "from": "2026-12-23T00:00:00Z", "also": "your AI provider bills about $0.07",
            "href": "/billing/plans"}),
    );
    holds(&ways[3], &json!({"href": "/help"}));
}

#[test]
fn grants_top_ups_and_claw_back() {
    let mut ana = Ana::new();
    let goodwill = Act::Grant {
        kind: GrantKind::Goodwill,
        amount: amount("10"),
        expires: None,
        reason: Some("sorry".to_owned()),
    };
    ana.does(goodwill).unwrap();
    let grant = serde_json::to_value(ana.desk().wallet()).unwrap()["grants"].clone();
    let goodwill = grant.as_array().unwrap().iter().find(|g| g["kind"] == "goodwill").unwrap();
    assert_eq!(goodwill["expires"], "2027-02-21T10:00:00Z");
    let bought = Act::TopUp { payment: "pi_1".into(), credits: amount("100"), paid: None };
    ana.does(bought.clone()).unwrap();
    let again = ana.books.submit("ana", bought, Actor::product(), ana.now).unwrap();
    assert_eq!(again.entry, None, "the same payment with the same content answers as before");
    assert_eq!(ana.desk().wallet().line.available, amount("230"));
    let back = Act::ClawBack { payment: "pi_1".into(), credits: None, reason: None };
    ana.does(back).unwrap();
    assert_eq!(ana.desk().wallet().line.available, amount("130"));
}

#[test]
fn every_action_with_its_price() {
    let ana = Ana::new();
    let prices = serde_json::to_value(ana.desk().prices(Reader::Customer)).unwrap();
    assert_eq!(prices["as_of_seq"], 1);
    let items = prices["items"].as_array().unwrap();
    let line = |action: &str| items.iter().find(|i| i["action"] == action).unwrap();
    holds(
        line("tailor_document"),
        &json!({"name": "Tailor a document", "unit": "tailored document", "price": "5",
            "money": "$0.50", "free": false, "harsh": false, "allowed": true, "denial": null,
            "left": null, "would": null,
            "words": "Tailor a document: 5 credits ($0.50), taken only if it is delivered. You can use 120 credits: enough for 24."}),
    );
    holds(line("map_market"), &json!({"price": "0", "free": true, "left": 100}));
    holds(line("find_contact_email"), &json!({"price": "3", "harsh": true, "free": false}));
    // In shadow a customer is shown no price.
    holds(line("process_documents"), &json!({"price": "0", "free": true, "would": null}));
    let product = serde_json::to_value(ana.desk().prices(Reader::Product)).unwrap();
    let items = product["items"].as_array().unwrap();
    let documents = items.iter().find(|i| i["action"] == "process_documents").unwrap();
    assert_eq!(documents["would"]["price"], "40");
}

#[test]
fn alerts_come_before_the_limit() {
    let mut ana = Ana::new();
    for n in 0..12 {
        let mut tailored = request("tailor_document", Some(&format!("draft_{n}")));
        tailored.report = Some(Box::new(Report::of(Outcome::Delivered)));
        ana.runs(tailored);
    }
    // 60 of 120 used, all on the first day: at that pace they last one day more.
    let wallet = serde_json::to_value(ana.desk().wallet()).unwrap();
    assert_eq!(wallet["runs_out_on"], "2026-11-24T00:00:00Z");
    let words: Vec<&str> =
        wallet["alerts"].as_array().unwrap().iter().map(|a| a["words"].as_str().unwrap()).collect();
    assert_eq!(
        words,
        ["You have used 50% of your credits.", "At your pace your credits last until 24 November."]
    );
}

#[test]
fn owned_is_reopened_free_whatever_the_plan_or_pause() {
    let mut ana = Ana::new();
    let mut map = request("enrich_market_map", Some("map_42"));
    map.report = Some(Box::new(Report::of(Outcome::Delivered)));
    ana.runs(map);
    ana.does(Act::Pause { reason: "fraud check".to_owned() }).unwrap();
    let caps = CapChanges { month: Some(Some(amount("0"))), ..CapChanges::default() };
    ana.does(Act::SetCaps(caps)).unwrap();
    let mut again = request("enrich_market_map", Some("map_42"));
    again.model = Some("claude-opus-4-1".into());
    let run = ana.runs(again);
    holds(
        &ana.receipt(run),
        &json!({"status": "settled", "kind": "reopened", "held": "0", "charged": "0",
            "outcome": "reopened", "rule": "reopened", "words": "You already have this. No charge."}),
    );
}

#[test]
fn an_entry_of_the_journal_names_the_contract_and_is_hashed_as_it_stands() {
    let ana = Ana::new();
    let first = &ana.books.journal("ana")[0];
    let entry = journal::to_json(first);
    holds(
        &entry,
        &json!({"seq": 1, "at": "2026-11-23T10:00:00Z", "command": "open_customer", "run": null,
            "contract": "jobscout@3", "operations": 7}),
    );
    let before = [7; 32];
    let text = format!("{}{}", journal::hex(&before), journal::canonical(&entry));
    let link = journal::link(Some(&before), &journal::body(first));
    assert_eq!(journal::hex(&link), journal::sha256_hex(&text));
}

#[test]
fn a_plan_change_takes_along_what_else_is_changed_with_it() {
    let mut ana = Ana::new();
    let changes = |plan: &str| CustomerChanges {
        plan: Some(Name::new(plan)),
        name: Some(Some(format!("Ana on {plan}"))),
        members: Some(vec![Member { id: Name::new("m2"), name: None }]),
        renews: Some(Renews::WhenPaid),
        metadata: Some([("team".to_owned(), plan.to_owned())].into()),
    };
    // A cheaper plan waits, the same one changes nothing, neither keeps the rest from changing.
    for (plan, command) in
        [("byok", "change_plan"), ("pro", "change_plan"), ("pro", "update_customer")]
    {
        ana.does(Act::UpdateCustomer(changes(plan))).unwrap();
        let written = ana.books.journal("ana").last().unwrap();
        assert_eq!(written.facts.command(), command);
        let card = serde_json::to_value(ana.desk().card()).unwrap();
        holds(
            &card,
            &json!({"plan": "pro", "name": format!("Ana on {plan}"), "renews": "when_paid",
                "members": [{"id": "m2", "name": null}], "metadata": {"team": plan}}),
        );
    }
    let only_the_plan =
        CustomerChanges { plan: Some(Name::new("pro")), ..CustomerChanges::default() };
    let before = ana.books.journal("ana").len();
    ana.does(Act::UpdateCustomer(only_the_plan)).unwrap();
    assert_eq!(ana.books.journal("ana").len(), before);
}
