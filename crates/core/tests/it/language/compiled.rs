//! What the sample files mean once compiled, and what holds where a file is silent.

use crate::samples::{ALL, EVERYTHING, IMAGES, JOBSCOUT, LEGAL, MINIMAL, read_texts};
use probity_core::contract::{
    Audience, BatchWhenShort, Contract, Expiry, Mode, Never, Operations, Outcome, Percent, Price,
    RunsOn, ServiceUse, Starts, Tariff, Treatment, WhenShort,
};
use probity_core::time::{Length, Per, TimeUnit};
use probity_core::{Amount, Cost, Currency, Money, Name, Zone};

fn credits(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

fn days(n: u32) -> Length {
    Length::new(n, TimeUnit::Day)
}

fn jobscout() -> (Contract, Operations) {
    let reading = JOBSCOUT.read();
    (reading.contract.unwrap(), reading.operations.unwrap())
}

#[test]
fn every_sample_reads_without_a_word() {
    for sample in ALL {
        let reading = sample.read();
        assert_eq!(reading.findings, vec![], "{}", sample.name);
        assert!(reading.contract.is_some(), "{}", sample.name);
        assert_eq!(reading.operations.is_some(), sample.operations.is_some(), "{}", sample.name);
    }
}

#[test]
fn actions_of_the_sample() {
    let (contract, _) = jobscout();
    let names: Vec<&str> = contract.actions.names().map(|n| n.as_str()).collect();
    assert_eq!(
        names,
        [
            "search_roles",
            "map_market",
            "enrich_market_map",
            "tailor_document",
            "process_documents",
            "find_contact_email"
        ]
    );
    let search = contract.actions.get("search_roles").unwrap();
    assert_eq!((&search.price, search.after_allowance), (&Tariff::Free, Some(credits("0.5"))));
    assert_eq!(search.same.free_for, Some(Length::new(1, TimeUnit::Hour)));
    assert!(contract.actions.get("map_market").unwrap().exploring);

    let map = contract.actions.get("enrich_market_map").unwrap();
    assert_eq!((&map.price, map.parts), (&Tariff::Fixed(credits("10")), Some(8)));
    assert_eq!(map.same.once_per.as_deref(), Some("map"));
    assert_eq!(map.too_slow_after, Length::new(10, TimeUnit::Minute));

    let tailor = contract.actions.get("tailor_document").unwrap();
    let redo = tailor.free_redo.unwrap();
    assert_eq!((redo.times, redo.within), (1, days(7)));

    let process = contract.actions.get("process_documents").unwrap();
    let each = Tariff::Each {
        each: credits("0.5"),
        at_least: Some(credits("1")),
        at_most: Some(credits("40")),
        up_to: Some(100),
    };
    assert_eq!(process.price, each);

    let email = contract.actions.get("find_contact_email").unwrap();
    assert_eq!(email.outcomes.of(Outcome::Empty), Treatment::Charge);
    assert_eq!(map.outcomes.of(Outcome::Empty), Treatment::Free);
    let harsh = email.harsh(Outcome::Empty).unwrap();
    assert_eq!(harsh.warning.slots().collect::<Vec<_>>(), ["price", "found_rate"]);
    assert_eq!(email.needs, [Name::new("full_name"), Name::new("company_domain")]);
}

#[test]
fn plans_of_the_sample() {
    let (contract, _) = jobscout();
    let discovery = contract.plans.get("discovery").unwrap();
    assert_eq!(discovery.price.unwrap().to_string(), "$4 a month");
    assert_eq!((discovery.credits, discovery.credits_per), (Some(credits("25")), Per::Month));
    assert_eq!(discovery.offers.len(), 3);
    assert_eq!(discovery.allowances["search_roles"].to_string(), "150 a month");
    assert!(!discovery.top_ups);
    assert_eq!(discovery.why.len(), 3);
    let [pro, byok] = ["pro", "byok"].map(|id| WhenShort::SwitchTo(Name::new(id)));
    assert_eq!(discovery.when_short, [WhenShort::Wait, pro, byok, WhenShort::Contact]);
    assert_eq!(contract.plans.get("pro").unwrap().offers.len(), 6);

    let byok = contract.plans.get("byok").unwrap();
    assert_eq!((byok.runs_on, byok.credits), (RunsOn::OwnKey, None));
    let on_your_key = |credits| Price { credits, on_your_key: true };
    assert_eq!(byok.prices["tailor_document"], on_your_key(Tariff::Free));
    assert_eq!(byok.prices["enrich_market_map"], on_your_key(Tariff::Fixed(credits("6"))));
    let key = byok.own_key.as_ref().unwrap();
    assert_eq!(key.monthly_cap, Money::parse(Currency::USD, "20"));
}

#[test]
fn promises_of_the_sample() {
    let (contract, _) = jobscout();
    assert_eq!((contract.name.as_str(), contract.version), ("jobscout", 3));
    assert_eq!(contract.effective.unwrap().to_string(), "2026-11-01");
    assert_eq!(contract.customers, Audience::Consumers);
    assert_eq!(contract.failures.at_latest, Length::new(1, TimeUnit::Hour));
    assert_eq!(contract.credit.smallest, credits("0.5"));
    assert_eq!(contract.credit.plan_rolls_over, Some(Length::new(1, TimeUnit::Month)));
    assert_eq!(contract.credit.plan_keep_at_most, Some(credits("200")));
    assert_eq!(contract.credit.bought, Expiry::Never);
    let packs: Vec<_> = contract
        .top_ups
        .packs
        .iter()
        .map(|p| (p.credits.to_string(), p.price.to_string()))
        .collect();
    assert_eq!(packs[2], ("250".to_owned(), "$22.00".to_owned()));
    assert_eq!(contract.top_ups.money_back.unwrap().within, days(14));
    assert_eq!(contract.limits.spend_cap.unwrap().credits, credits("400"));
    assert_eq!(contract.limits.alerts.used, [Percent(500_000), Percent(800_000), Percent::WHOLE]);
    assert_eq!(contract.experiments.as_ref().unwrap().allowance.per, Per::Day);
    assert_eq!(contract.class_of_model("openai/gpt-4.1-2025-04-14"), Some(1));
    assert_eq!(contract.class_of_model("GPT-4.1"), Some(1));
    assert_eq!(contract.class_of_model("claude-sonnet-4-5@20250929"), Some(1));
    assert_eq!(contract.class_of_model("eu.anthropic.claude-opus-4-1-20250805-v1:0"), Some(2));
    assert_eq!(contract.class_of_model("anthropic.claude-opus-9"), None);
    let worse = contract.changes.worse.unwrap();
    assert_eq!((worse.notice, worse.starts), (days(30), Starts::NextPeriod));
    assert!(worse.may_leave_with_refund);
    assert_eq!(contract.changes.never, Never::ALL);
    assert_eq!(contract.links.own_key.as_deref(), Some("/settings/keys"));
    assert_eq!((contract.words.general().count(), contract.words.by_action().count()), (1, 1));
}

#[test]
fn operations_of_the_sample() {
    let (_, operations) = jobscout();
    let costs = operations.costs.unwrap();
    assert_eq!(costs.overhead.to_string(), "15%");
    assert_eq!(costs.services["job_index"], Cost::parse("0.002").unwrap());
    let map = &costs.actions["enrich_market_map"];
    assert_eq!(map.services["company_data"], ServiceUse { typical: 5, worst: 8 });
    assert_eq!(map.worst.unwrap().input, 40_000);
    assert_eq!(costs.actions["find_contact_email"].empty, Some(Percent(390_000)));
    assert_eq!(costs.we_pay_at_most.a_customer, Some((Cost::parse("2.5").unwrap(), Per::Month)));
    let model = &costs.prices.models["gpt-4o-mini"];
    assert_eq!(model.input, Cost::parse("0.00000015"));
    assert_eq!(model.cache_write, None);
    assert_eq!(costs.prices.hash.len(), 64);
    assert_eq!(operations.surge.unwrap().over, Cost::parse("400").unwrap());
    assert_eq!(operations.rollout.actions["process_documents"], Mode::Shadow);
    assert_eq!(operations.rollout.share, Percent::WHOLE);
    assert_eq!(operations.rollout.enforce_when.unwrap().mismatches_below, Some(Percent(1_000)));
    assert_eq!(operations.who_may["support"], credits("50"));
    let north = &operations.overrides["northwind-careers"];
    assert_eq!(
        north.price.map(|(money, per)| (money.to_string(), per)),
        Some(("$400.00".to_owned(), Per::Month))
    );
    assert_eq!((north.credit_line, north.at_once), (Some(credits("300")), Some(50)));
    assert_eq!(north.until.unwrap().to_string(), "2027-06-30");
}

#[test]
fn where_the_file_is_silent_the_fair_defaults_hold() {
    let contract = MINIMAL.read().contract.unwrap();
    for outcome in Outcome::ALL {
        let paid = match outcome {
            Outcome::Delivered | Outcome::Abandoned => Treatment::Charge,
            Outcome::Partial => Treatment::Share,
            _ => Treatment::Free,
        };
        assert_eq!(contract.outcomes.of(outcome), paid, "{outcome:?}");
    }
    let failures = contract.failures;
    assert_eq!(failures.too_slow_after.to_string(), "10 minutes");
    assert_eq!(failures.at_latest, failures.too_slow_after);
    assert_eq!((failures.retries, failures.same_item_fails), (2, 3));
    assert_eq!(failures.corrections, days(30));
    let credit = &contract.credit;
    assert_eq!(credit.smallest, credits("1"));
    assert_eq!((credit.gift, credit.goodwill), (Expiry::After(days(90)), Expiry::After(days(90))));
    assert_eq!((credit.plan_rolls_over, credit.bought), (None, Expiry::Never));
    assert_eq!(credit.refunds_last_at_least, days(30));
    assert_eq!(contract.limits.at_once, 1_000);
    assert_eq!(contract.limits.batch_when_short, BatchWhenShort::RunWhatFits);
    assert!(contract.limits.spend_cap.is_none() && contract.limits.unusual_day.is_none());
    assert!(contract.limits.ask_from.is_none() && contract.experiments.is_none());
    assert_eq!((contract.models.len(), contract.class_of_model("anything")), (1, Some(0)));
    assert_eq!(contract.quotes_last.to_string(), "15 minutes");
    assert_eq!((contract.currency, contract.zone.clone()), (Currency::USD, Zone::UTC));
    assert!(contract.new_customers.is_none() && contract.changes.worse.is_none());
    let plan = contract.plans.get("starter").unwrap();
    assert_eq!((plan.runs_on, plan.offers.len()), (RunsOn::Credits, 1));
    assert_eq!(plan.when_short, [WhenShort::Contact]);
    assert!(plan.top_ups && plan.best_model.is_none());
}

#[test]
fn a_yearly_plan_with_monthly_credits_in_another_currency() {
    let contract = LEGAL.read().contract.unwrap();
    let office = contract.plans.get("office").unwrap();
    assert_eq!(office.price.unwrap().to_string(), "EUR 1490 a year");
    assert_eq!((office.credits, office.credits_per), (Some(credits("2500")), Per::Month));
    assert_eq!(contract.zone.name(), "Europe/Berlin");
    let report = contract.actions.get("data_room_report").unwrap();
    assert_eq!(report.too_slow_after, Length::new(1, TimeUnit::Hour));
}

#[test]
fn a_plan_that_runs_on_us_sells_nothing() {
    let contract = IMAGES.read().contract.unwrap();
    let plan = contract.plans.get("try_out").unwrap();
    assert_eq!((plan.runs_on, plan.top_ups, plan.price), (RunsOn::Us, false, None));
    assert_eq!(contract.new_customers, Some(Name::new("try_out")));
    assert_eq!(contract.outcomes.of(Outcome::Abandoned), Treatment::Share);
}

#[test]
fn waivers_and_declared_harshness() {
    let contract = EVERYTHING.read().contract.unwrap();
    let waiver = &contract.waivers[0];
    assert_eq!((waiver.rule.as_str(), waiver.by.as_str()), ("U01", "product lead"));
    assert_eq!(waiver.until.to_string(), "2027-06-30");
    let write = contract.actions.get("write").unwrap();
    assert_eq!(write.paid_even_if.len(), 3);
    assert_eq!(write.outcomes.of(Outcome::Partial), Treatment::Charge);
}

#[test]
fn the_hash_is_of_the_bytes() {
    let hash = MINIMAL.read().hash;
    assert_eq!(hash.len(), 64);
    assert_eq!(hash, MINIMAL.read().hash);
    let other = read_texts(&format!("{}\n", MINIMAL.contract), None, None).hash;
    assert_ne!(hash, other);
}

#[test]
fn a_price_map_that_is_named_but_not_given_is_a_warning() {
    let reading = read_texts(JOBSCOUT.contract, JOBSCOUT.operations, None);
    let ids: Vec<&str> = reading.findings.iter().map(|f| f.id).collect();
    assert_eq!(ids, ["F30"]);
    assert!(reading.operations.unwrap().costs.unwrap().prices.models.is_empty());
}

#[test]
fn the_spec_of_a_price_map_is_no_model() {
    let prices = r#"{ "sample_spec": { "input_cost_per_token": "a number" },
                      "m": { "input_cost_per_token": 3e-6, "output_cost_per_token": null, "max_tokens": 1 } }"#;
    let reading = read_texts(JOBSCOUT.contract, JOBSCOUT.operations, Some(prices));
    assert_eq!(reading.findings, vec![]);
    let models = reading.operations.unwrap().costs.unwrap().prices.models;
    assert_eq!(models.keys().collect::<Vec<_>>(), ["m"]);
    assert_eq!((models["m"].input, models["m"].output), (Cost::parse("0.000003"), None));
}

#[test]
fn currency_and_smallest_credit_bind_the_operations_too() {
    let operations = LEGAL
        .operations
        .unwrap()
        .replace("EUR 4900", "$4900")
        .replace("each: 3 credits", "each: 3.5 credits");
    let reading = read_texts(LEGAL.contract, Some(&operations), LEGAL.prices);
    let ids: Vec<&str> = reading.findings.iter().map(|f| f.id).collect();
    assert_eq!(ids, ["F16", "F17"]);
    assert!(reading.contract.is_some() && reading.operations.is_none());
}
