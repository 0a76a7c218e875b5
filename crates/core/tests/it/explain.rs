//! The explanation says what the contract says: all nine endings, true numbers, defaults marked.

use probity_core::contract::Contract;
use probity_core::contract::file::{Reading, Sources, read};
use probity_core::contract::words::State;
use probity_core::diagnostic::FileKind;
use probity_core::explain::{ActionPage, Ending, Explanation, said};
use probity_core::{Amount, Outcome};

fn reading(contract: &str) -> Reading {
    read(&Sources { contract: contract.as_bytes(), operations: None, prices: None })
}

fn jobscout() -> Reading {
    reading(include_str!("../../../../contracts/jobscout/contract.yaml"))
}

fn contract(reading: &Reading) -> &Contract {
    reading.contract.as_ref().unwrap_or_else(|| panic!("{:?}", reading.findings))
}

fn explained(reading: &Reading) -> Explanation {
    let written = |key: &str| {
        let path: Vec<&str> = key.split('.').collect();
        reading.places.has(FileKind::Contract, &path)
    };
    Explanation::of(contract(reading), &written)
}

fn page<'e>(explained: &'e Explanation, action: &str) -> &'e ActionPage {
    explained.actions.iter().find(|page| page.action.as_str() == action).expect("the action")
}

fn ending(page: &ActionPage, outcome: Outcome) -> &Ending {
    page.endings.iter().find(|ending| ending.outcome == outcome).expect("all nine")
}

/// What is priced by the minute, and free for some of them.
const MINUTES: &str = "contract: hello\nversion: 1\ncustomers: businesses\n\
    credit: { list_price: $0.10, smallest: 0.5 credits }\n\
    actions:\n  clean:\n    name: Clean a recording\n    unit: cleaned minute\n    \
    counts_as: one minute\n    delivered_when: it can be heard\n    \
    price: { each: 0.5 credits }\nplans:\n  \
    studio: { price: $10 a month, credits: 100, offers: all, allowances: { clean: 30 a month } }\n";

#[test]
fn units_that_are_free_of_what_is_priced_are_told_as_free_and_of_what() {
    let explained = explained(&reading(MINUTES));
    let free = &explained.summary.free;
    assert_eq!(free.len(), 1, "{free:?}");
    assert_eq!(free[0].note, "30 cleaned minutes a month on Studio");
    assert_eq!(explained.summary.paid.len(), 1, "and priced beyond");
    let studio = &explained.plans[0];
    let priced =
        "30 cleaned minutes a month free, then 0.5 credits ($0.05) for each cleaned minute";
    assert_eq!(studio.includes[0].text, priced);
    let credits = studio.facts.iter().find(|fact| fact.label == "Credits").expect("some");
    assert!(credits.text.ends_with(": enough for 200 cleaned minutes"), "{credits:?}");
    let bounded = MINUTES.replace("each: 0.5 credits", "each: 0.5 credits, at_least: 2 credits");
    let credits = &self::explained(&reading(&bounded)).plans[0].facts[1];
    assert!(credits.text.ends_with(": enough for at least 50 cleaned minutes"), "{credits:?}");
}

#[test]
fn how_long_is_too_long_is_said_alike_everywhere() {
    let explained = explained(&jobscout());
    let failed = ending(page(&explained, "enrich_market_map"), Outcome::Failed);
    let long = "10 minutes, or 1 hour while it reports progress";
    assert_eq!(failed.when, "it fails or takes too long");
    assert_eq!(failed.note, format!("too long: {long}"));
    let always = &explained.summary.always_free;
    assert_eq!(always[0], format!("what fails or takes too long ({long})"));
    let facts = explained.promises.iter().flat_map(|topic| &topic.facts);
    let slow: Vec<&str> =
        facts.filter(|fact| fact.label == "Too slow").map(|fact| fact.text.as_str()).collect();
    assert_eq!(slow, [format!("not done after {long}: free, and your credits are back")]);
    let same = one_action("    delivered_when: done\n    price: 1 credit\n");
    let failed = self::explained(&same).actions[0].endings[3].clone();
    assert_eq!(failed.when, "it fails or takes 10 minutes or more");
}

#[test]
fn what_is_sold_beyond_an_allowance_is_sold_where_credits_are() {
    let explained = explained(&jobscout());
    let roles = explained.summary.free.iter().find(|item| item.name == "Search roles");
    let note = &roles.expect("it is free").note;
    assert!(note.ends_with("asked first, where your plan sells credits"), "{note}");
}

#[test]
fn examples_of_words_are_such_as_can_be_read() {
    let of = |reading: &Reading, state| {
        let told = said(contract(reading));
        let said = told.into_iter().find(|said| said.state == state && said.action.is_none());
        said.expect("every state").example
    };
    let minutes = reading(MINUTES);
    let partial = of(&minutes, State::Partial).expect("by quantity");
    assert!(partial.starts_with("6 of 10 delivered. You paid for those: 3 credits instead of 5 "));
    let never = [
        State::AllowanceBeyond,
        State::AllowanceUsed,
        State::SpendCapDefault,
        State::ModelAbovePlan,
        State::Experiment,
        State::BeforeOwnKey,
        State::EmptyPaid,
        State::Paused,
        State::NoTopUp,
    ];
    for state in never {
        assert_eq!(of(&minutes, state), None, "{state:?}");
    }
    let jobscout = jobscout();
    let beyond = of(&jobscout, State::AllowanceBeyond).expect("it is sold on Pro");
    assert_eq!(
        beyond,
        "You have used your 800 role searches a month. From here each costs 0.5 credits ($0.05)."
    );
    let used = of(&jobscout, State::AllowanceUsed).expect("Discovery sells none");
    assert!(used.starts_with("You have used your 150 role searches a month. It comes back 23 "));
    let surge = of(&jobscout, State::Surge).expect("what is free may pause");
    assert!(surge.ends_with("Back at midnight on 23 December."), "{surge}");
    let text = include_str!("../../../../contracts/jobscout/contract.yaml");
    let trials_only =
        ["small", "writer", "frontier"].iter().fold(text.to_owned(), |text, class| {
            text.replace(&format!("    best_model: {class}\n"), "").replace(
                "      best_model: Discovery stays cheap by using fast everyday models.\n",
                "",
            )
        });
    let model = of(&reading(&trials_only), State::ModelAbovePlan).expect("of trials");
    assert!(
        model.starts_with("A trial run includes fast everyday models: that is how "),
        "{model}"
    );
    for state in State::ALL {
        assert!(of(&jobscout, *state).is_some(), "all can happen there: {state:?}");
    }
}

/// A contract of one action and one plan, with these lines for the action.
fn one_action(lines: &str) -> Reading {
    reading(&format!(
        "contract: hello\nversion: 1\ncustomers: businesses\ncredit: {{ list_price: $0.10 }}\n\
         actions:\n  work:\n    name: Work\n    unit: page\n    counts_as: one page\n{lines}\
         plans:\n  starter: {{ runs_on: credits, price: $10 a month, credits: 100, offers: all }}\n"
    ))
}

#[test]
fn every_action_answers_for_all_nine_outcomes() {
    let reading = jobscout();
    for page in explained(&reading).actions {
        let outcomes: Vec<Outcome> = page.endings.iter().map(|ending| ending.outcome).collect();
        assert_eq!(outcomes, Outcome::ALL, "{}", page.action);
        for ending in &page.endings {
            assert!(!ending.when.is_empty() && !ending.pays.text.is_empty(), "{ending:?}");
            if ending.outcome.never_charges() && ending.outcome != Outcome::Reopened {
                assert!(ending.pays.is_nothing(), "{}: {ending:?}", page.action);
            }
        }
    }
}

#[test]
fn a_part_costs_the_share_that_settling_takes() {
    let reading = jobscout();
    let contract = contract(&reading);
    let explained = explained(&reading);
    let partial = ending(page(&explained, "enrich_market_map"), Outcome::Partial);
    let share = Amount::credits(10).share(5, 8, contract.credit.smallest);
    assert_eq!(partial.pays.credits, share);
    assert_eq!(partial.pays.text, "5 of 8 sections: 6 credits ($0.60)");
    let told = [
        "; on a plan with another price the same share of that",
        "; the rest later costs at most 4 credits ($0.40)",
        "(if then only 2 of the 3 missing arrive, 2 of 8 of that: 1 credit ($0.10))",
        "; on a plan without it the rest cannot be had, and what arrived stays",
    ];
    for told in told {
        assert!(partial.note.contains(told), "{told} {partial:?}");
    }
    let reopened = ending(page(&explained, "enrich_market_map"), Outcome::Reopened);
    assert!(reopened.note.starts_with("once it is whole or paid in full"), "{reopened:?}");
    let always = &explained.summary.always_free;
    assert!(
        always.iter().any(|text| text == "what you have whole or paid in full, and open again")
    );
}

#[test]
fn a_part_of_a_quantity_costs_what_arrived() {
    let reading = jobscout();
    let explained = explained(&reading);
    let pages = page(&explained, "process_documents");
    let partial = ending(pages, Outcome::Partial);
    assert_eq!(partial.pays.text, "13 of 20 processed pages: 6.5 credits ($0.65)");
    let delivered = ending(pages, Outcome::Delivered);
    assert!(delivered.note.contains("1 processed page: 1 credit;"), "at least: {delivered:?}");
    assert!(delivered.note.contains("100 processed pages: 40 credits;"), "at most: {delivered:?}");
}

#[test]
fn a_part_of_a_quantity_costs_its_share_of_what_was_asked_for() {
    let bounded = "    delivered_when: done\n    price: { each: 1 credit, at_most: 10 credits }\n";
    let reading = one_action(bounded);
    let partial = &explained(&reading).actions[0].endings[1];
    // 10 × 13 ÷ 20, not what 13 cost, which is 10, too.
    assert!(partial.pays.text.ends_with(": 6 credits ($0.60)"), "{partial:?}");
}

#[test]
fn what_is_not_sold_in_parts_costs_nothing_in_part() {
    let reading = jobscout();
    let explained = explained(&reading);
    assert!(ending(page(&explained, "tailor_document"), Outcome::Partial).pays.is_nothing());
    let part = |reading: &Reading| {
        let also = self::explained(reading).summary.paid_also;
        also.iter().any(|text| text.starts_with("A part costs"))
    };
    assert!(part(&reading));
    assert!(!part(&one_action("    delivered_when: done\n    price: 1 credit\n")));
}

#[test]
fn opening_again_tells_owned_windowed_and_new_runs_apart() {
    let again = |lines: &str| {
        let reading =
            one_action(&format!("    delivered_when: done\n    price: 2 credits\n{lines}"));
        let reopened = explained(&reading).actions[0].endings[8].clone();
        (reopened.when, reopened.pays.text, reopened.note)
    };
    let told = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(
        again("    charge_once_per: file\n"),
        told(
            "you open the same file again",
            "nothing",
            "for ever, whatever plan you are on by then"
        )
    );
    assert_eq!(
        again("    same_again_free_for: 2 days\n"),
        told("you ask for the same within 2 days", "nothing", "after that it is a new run")
    );
    assert_eq!(again(""), told("you run it again", "2 credits ($0.20)", "each run is a new one"));
}

#[test]
fn the_rest_of_what_is_the_same_only_for_a_while_is_paid() {
    let lines = "    delivered_when: all 5 parts are there\n    price: 30 credits\n    parts: 5\n";
    let told = |more: &str| explained(&one_action(&format!("{lines}{more}"))).actions[0].clone();
    let windowed = told("    same_again_free_for: 30 days\n");
    let partial = ending(&windowed, Outcome::Partial);
    let rest = "the rest within 30 days costs at most 12 credits ($1.20)";
    assert!(partial.note.contains(rest), "{partial:?}");
    let again = ending(&windowed, Outcome::Reopened);
    assert_eq!(again.note, "once it is whole or paid in full; after that it is a new run");
    let each_new = told("");
    assert!(!ending(&each_new, Outcome::Partial).note.contains("rest"));
}

#[test]
fn a_harsh_rule_stands_in_its_own_list_with_its_reason() {
    let reading = jobscout();
    let explained = explained(&reading);
    let harsh = &explained.summary.paid_even_if;
    assert_eq!(harsh.len(), 1);
    assert!(harsh[0].note.contains("our supplier charges us for every lookup"), "{harsh:?}");
    let empty = ending(page(&explained, "find_contact_email"), Outcome::Empty);
    assert_eq!(empty.pays.credits, Some(Amount::credits(3)));
    assert!(empty.note.contains("you are asked each time"), "{empty:?}");
}

#[test]
fn a_plan_says_what_it_leaves_out_and_why() {
    let reading = jobscout();
    let explained = explained(&reading);
    let on_plans = &page(&explained, "enrich_market_map").on_plans;
    let texts: Vec<&str> = on_plans.iter().map(|on| on.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "not offered: Enriched maps, email lookups and document processing cost more than \
             Discovery brings in",
            "10 credits ($1.00)",
            "6 credits ($0.60), and your AI provider bills your key",
        ]
    );
}

#[test]
fn defaults_are_marked_and_what_is_written_is_not() {
    let silent = one_action("    delivered_when: done\n    price: 1 credit\n");
    let all = explained(&silent);
    assert!(all.actions[0].endings.iter().all(|ending| ending.by_default));
    let reading = jobscout();
    let written = explained(&reading);
    assert!(written.actions.iter().flat_map(|page| &page.endings).all(|ending| !ending.by_default));
}

#[test]
fn credits_are_sold_only_where_something_costs_some() {
    let text = include_str!("../../../../contracts/minimal/contract.yaml");
    let sells = |price: &str| {
        let plan =
            format!("runs_on: own_key, price: $5 a month, prices: {{ summarize_file: {price} }}");
        let reading = reading(&format!("{text}  byok: {{ {plan} }}\n"));
        let pages = explained(&reading).plans;
        pages[1].facts.iter().any(|fact| fact.label == "More credits")
    };
    assert!(sells("1 credit and on your key"));
    assert!(!sells("on your key"));
}

#[test]
fn one_of_a_thing_is_told_as_one() {
    let text = include_str!("../../../../contracts/jobscout/contract.yaml");
    let text = text
        .replace("same_item_fails: 3 times", "same_item_fails: 1 times")
        .replace("times_usual: 5", "times_usual: 1")
        .replace("at_once: 5", "at_once: 1");
    let reading = reading(&text);
    let promises = explained(&reading).promises;
    let facts: Vec<&str> =
        promises.iter().flat_map(|topic| &topic.facts).map(|fact| fact.text.as_str()).collect();
    assert!(facts.iter().any(|text| text.starts_with("after 1 failure in a row")), "{facts:?}");
    assert!(
        facts.iter().any(|text| text.starts_with("over your usual day and over ")),
        "{facts:?}"
    );
    let told = said(contract(&reading));
    let example = |state| told.iter().find(|said| said.state == state).expect("told").read();
    assert!(example(State::TooManyAtOnce).starts_with("1 is running"));
}

#[test]
fn every_state_has_words_without_holes() {
    for reading in [jobscout(), one_action("    price: free\n")] {
        let told = said(contract(&reading));
        let states: Vec<State> =
            told.iter().filter(|said| said.action.is_none()).map(|said| said.state).collect();
        assert_eq!(states, State::ALL);
        for said in &told {
            assert!(!said.read().trim().is_empty(), "{said:?}");
            assert!(!said.read().contains(['{', '}']), "{said:?}");
            assert!(!said.read().contains("  ") && !said.read().contains(" ."), "{said:?}");
            assert!(!said.read().contains("()"), "an empty value: {said:?}");
        }
    }
}

#[test]
fn words_of_one_action_follow_those_of_all() {
    let reading = jobscout();
    let told = said(contract(&reading));
    let at = told.iter().position(|said| said.action.is_some()).expect("one is written");
    assert_eq!(told[at].state, State::EmptyPaid);
    assert_eq!(told[at - 1].state, State::EmptyPaid);
    assert!(told[at].read().starts_with("No email found. 3 credits used"), "{:?}", told[at]);
    assert!(!told[at].by_default && told[at - 1].by_default);
}

#[test]
fn what_is_delivered_free_is_in_no_list_of_what_is_paid() {
    let free = one_action("    delivered_when: done\n    price: 1 credit\n");
    assert_eq!(explained(&free).summary.paid.len(), 1);
    let outcomes = "outcomes: { delivered: free, partial: free, abandoned: free }\nactions:";
    let text = include_str!("../../../../contracts/minimal/contract.yaml");
    let free = reading(&text.replace("actions:", outcomes));
    let summary = explained(&free).summary;
    assert!(summary.always_free.iter().any(|text| text == "what is delivered"));
    assert_eq!((summary.paid.len(), summary.free.len()), (0, 1));
    assert!(summary.free[0].price.is_nothing());
}
