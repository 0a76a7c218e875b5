//! Replays of small logs under the sample contract, counted by hand.

use super::report::{Report, make};
use super::{ActionMap, Columns, Fund, Input, Maker, Role, Rules, Typed, replay};
use probity_core::Time;
use probity_core::contract::file::{self, Sources};
use std::io::Cursor;

const CONTRACT: &[u8] = include_bytes!("../../../../contracts/jobscout/contract.yaml");
const OPERATIONS: &[u8] = include_bytes!("../../../../contracts/jobscout/operations.yaml");
const PRICES: &[u8] = include_bytes!("../../../../contracts/jobscout/model-prices.json");
const HEADER: &str =
    "time,request_id,customer,plan,action,status,artifact,quantity,parts,model,cost,charged";

fn report(rows: &str, fund: Fund, workers: usize) -> Report {
    log(rows, fund, workers, Time::MAX)
}

fn log(rows: &str, fund: Fund, workers: usize, latest: Time) -> Report {
    let sources =
        Sources { contract: CONTRACT, operations: Some(OPERATIONS), prices: Some(PRICES) };
    let reading = file::read(&sources);
    let contract = reading.contract.expect("the sample contract");
    let operations = reading.operations.expect("the sample operations");
    let input = Input::of_stream(Cursor::new(format!("{HEADER}\n{rows}"))).expect("a log");
    let ids: Vec<_> = contract.actions.names().map(|id| id.as_str()).collect();
    let columns = Columns::choose(&input.sniffed.columns, &ids, &[]).expect("columns");
    let has_outcome = columns.source(Role::Outcome).is_some();
    let mut maker = Maker::new(ActionMap::new(ids), columns.shape, has_outcome);
    maker.latest = latest;
    for (place, plan) in (0..).zip(contract.plans.names()) {
        maker.plans.own(plan.as_str(), place);
    }
    let rules = Rules::new(contract, operations, None, fund).expect("a plan");
    let done = replay(input, &columns, maker, &rules, workers, &mut |_| {}).expect("a replay");
    let flags = vec![("--plan", String::from("pro"))];
    let typed = Typed { log: "usage.csv".into(), contract: "jobscout".into(), flags };
    make(&rules, &done, &columns, &typed)
}

fn on_plan(rows: &str) -> Report {
    report(rows, Fund::Plan, 1)
}

/// `(charged, free, refused)` rows, and the credits charged.
fn became(report: &Report) -> ((u64, u64, u64), String) {
    let rows = report.rows;
    ((rows.charged, rows.free, rows.refused), report.money.charged.to_string())
}

fn free(report: &Report) -> Vec<(&str, u64)> {
    report.free.iter().map(|line| (line.why, line.runs)).collect()
}

fn refused(report: &Report) -> Vec<(&str, u64)> {
    report.refused.iter().map(|line| (line.code, line.runs)).collect()
}

/// What is charged today though nothing is owed: rows that are charged, and their sum.
fn leaks(report: &Report) -> Vec<(&str, u64, String)> {
    let lines = report.charged_today_for.iter();
    lines.map(|leak| (leak.what, leak.charged, leak.today.to_string())).collect()
}

#[test]
fn delivered_reopened_failed_and_sent_twice() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,ana,pro,tailor_document,ok,d1,,,,,0.50
2026-10-01 10:00:03,r2,ana,pro,tailor_document,ok,d1,,,,,0.50
2026-10-01 12:00:00,r3,ana,pro,tailor_document,ok,d1,,,,,0.50
2026-10-01 12:00:01,r3,ana,pro,tailor_document,ok,d1,,,,,0.50
2026-10-01 13:00:00,r4,ana,pro,tailor_document,timeout,d2,,,,,0.50
2026-10-01 13:00:09,r5,ana,pro,tailor_document,ok,d2,,,,,0.50
2026-10-02 09:00:00,r6,ana,pro,tailor_document,cached,d2,,,,,0
",
    );
    assert_eq!(became(&report), ((2, 5, 0), "10".into()));
    assert_eq!(free(&report), [("reopened", 3), ("same_request", 1), ("failed", 1)]);
    let expected = [("failures", 1, "$0.50"), ("duplicates", 2, "$1.00"), ("repeats", 1, "$0.50")];
    assert_eq!(leaks(&report), expected.map(|(what, n, sum)| (what, n, sum.to_owned())));
    assert_eq!(report.money.today.map(|m| m.to_string()).as_deref(), Some("$3.00"));
    assert_eq!(report.money.worth.map(|m| m.to_string()).as_deref(), Some("$1.00"));
    // Two days of a month of 31: what stands against two days of today's charges.
    assert_eq!(report.money.plans_and_packs.to_string(), "$0.77");
}

#[test]
fn what_only_the_log_calls_reopened_stands_apart_from_what_is_owned() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,ana,pro,tailor_document,ok,d1,,,,,0.50
2026-10-01 11:00:00,r2,ana,pro,tailor_document,cached,d1,,,,,0.50
2026-10-01 12:00:00,r3,ana,pro,process_documents,cached,,30,,,,15.00
2026-10-01 13:00:00,r4,ana,pro,find_contact_email,ok,p1,,,,,9.00
2026-10-01 14:00:00,r5,ana,pro,find_contact_email,ok,p1,,,,,9.00
",
    );
    let mut free = free(&report);
    free.sort_unstable();
    assert_eq!(free, [("reopened", 1), ("said_reopened", 1), ("same_again", 1)]);
    let expected = [("repeats", 2, "$9.50"), ("reopenings", 1, "$15.00")];
    assert_eq!(leaks(&report), expected.map(|(what, n, sum)| (what, n, sum.to_owned())));
    // What is owned leads, though another is dearer.
    let leads = |n: usize| report.charged_today_for[n].examples[0].line;
    assert_eq!((leads(0), leads(1)), (3, 4));
}

#[test]
fn a_part_costs_its_share_and_the_rest_the_rest() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,ana,pro,enrich_market_map,partial,m1,,5,,,1.00
2026-10-01 11:00:00,r2,ana,pro,enrich_market_map,ok,m1,,,,,1.00
2026-10-01 12:00:00,r3,ana,pro,enrich_market_map,partial,m2,,,,,1.00
2026-10-01 13:00:00,r4,ana,pro,enrich_market_map,ok,m3,,9,,,1.00
",
    );
    assert_eq!(became(&report), ((2, 1, 0), "10".into()));
    assert_eq!(free(&report), [("part_untold", 1)]);
    assert_eq!(report.not_decided.len(), 1);
    assert_eq!(report.not_decided[0].word, "parts: between 1 and 8");
    assert_eq!(report.not_decided[0].line, Some(5));
    assert!(
        report.notes.iter().any(|note| note.starts_with("In part, and the log does not say")),
        "{:?}",
        report.notes
    );
}

#[test]
fn of_what_is_paid_by_quantity_the_units_that_arrived_are_paid() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,ana,pro,process_documents,partial,d1,30,12,,,1.50
2026-10-01 11:00:00,r2,ana,pro,process_documents,ok,d2,30,12,,,1.50
2026-10-01 12:00:00,r3,ana,pro,process_documents,ok,d3,30,30,,,1.50
2026-10-01 13:00:00,r4,ana,pro,process_documents,partial,d4,30,,,,1.50
2026-10-01 14:00:00,r5,ana,pro,process_documents,partial,d5,,12,,,1.50
2026-10-01 15:00:00,r6,ana,pro,process_documents,partial,d6,30,30,,,1.50
2026-10-01 16:00:00,r7,ana,pro,process_documents,cancelled,d7,30,0,,,1.50
",
    );
    // 12 of 30 pages twice, then all 30: 6, 6 and 15 credits.
    assert_eq!(became(&report), ((3, 3, 0), "27".into()));
    assert_eq!(free(&report), [("part_untold", 2), ("cancelled", 1)]);
    assert_eq!(report.not_decided.len(), 1, "a part is less than all");
    assert_eq!(report.not_decided[0].line, Some(7));
    let note = "In part, and the log does not say how much: 2 rows; counted as free.";
    assert!(report.notes.iter().any(|own| own == note), "{:?}", report.notes);
    // What arrived in part is no failure that today's billing charges for.
    assert_eq!(leaks(&report), [("failures", 1, "$1.50".to_owned())]);
}

#[test]
fn credits_run_out_and_come_back_with_the_next_month() {
    let row = |n: u32, day: &str| {
        format!("{day} 10:00:00,r{n},bo,discovery,tailor_document,ok,d{n},,,,0.01,0.50\n")
    };
    let october: String = (0..6).map(|n| row(n, "2026-10-05")).collect();
    let report = on_plan(&(october + &row(9, "2026-11-05")));
    assert_eq!(became(&report), ((6, 0, 1), "30".into()));
    assert_eq!(refused(&report), [("not_enough_credits", 1)]);
    assert_eq!(report.refused[0].needs.to_string(), "5");
    assert!(report.refused[0].words.as_ref().unwrap().contains("Nothing was charged"));
    // October in full, and the first day of 30 in the month from 5 November on.
    assert_eq!(report.money.plans_and_packs.to_string(), "$4.13");
    // The cost of the run that is refused would be spared.
    assert_eq!(report.money.cost.unwrap().to_string(), "0.07");
    assert_eq!(report.money.cost_here.unwrap().to_string(), "0.06");
}

#[test]
fn plans_end_where_they_say() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,bo,discovery,enrich_market_map,ok,m1,,,,,1.00
2026-10-01 10:01:00,r2,bo,discovery,tailor_document,ok,d1,,,claude-opus-4-1,,0.50
2026-10-01 10:02:00,r3,bo,discovery,tailor_document,ok,d1,,,gpt-4o-mini,,0.50
2026-10-01 10:03:00,r4,bo,pro,enrich_market_map,ok,m1,,,,,1.00
2026-10-01 10:04:00,r5,cy,,process_documents,ok,,101,,,,1.00
",
    );
    assert_eq!(became(&report), ((2, 0, 3), "15".into()));
    assert_eq!(refused(&report), [("not_in_plan", 2), ("model_above_plan", 1)]);
    // Bo's upgrade counts for the rest of the log's only day, as cy's first plan does.
    let bills: Vec<_> =
        report.customers.top.iter().map(|c| (c.customer.as_str(), c.bill.to_string())).collect();
    assert_eq!(bills, [("bo", "$0.38".to_owned()), ("cy", "$0.12".to_owned())]);
}

#[test]
fn quantities_allowances_and_harsh_rules() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,ana,pro,process_documents,ok,,12,,,,1.00
2026-10-01 10:01:00,r2,ana,pro,process_documents,ok,,,,,,1.00
2026-10-01 10:02:00,r3,ana,pro,process_documents,ok,,101,,,,1.00
2026-10-01 10:03:00,r4,ana,pro,search_roles,ok,q1,,,,,0.05
2026-10-01 10:04:00,r5,ana,pro,search_roles,ok,q1,,,,,0.05
2026-10-01 10:05:00,r6,ana,pro,find_contact_email,not_found,p1,,,,,0.30
2026-10-01 10:06:00,r7,ana,pro,find_contact_email,not_found,p1,,,,,0.30
",
    );
    // 6 for twelve pages, 1 for one (the least a run costs), 3 though nothing was found.
    assert_eq!(became(&report), ((3, 3, 1), "10".into()));
    assert_eq!(free(&report), [("same_again", 2), ("allowance", 1)]);
    assert_eq!(refused(&report), [("bad_input", 1)]);
    let notes = report.notes.join("\n");
    assert!(notes.contains("Agreement was taken as given for 1 row"), "{notes}");
    assert!(notes.contains("Without a quantity: 1 row;"), "{notes}");
}

#[test]
fn who_runs_short_may_buy() {
    let rows: String = (0..30)
        .map(|n| format!("2026-10-01 10:{n:02}:00,r{n},ana,pro,tailor_document,ok,d{n},,,,,0.50\n"))
        .collect();
    assert_eq!(became(&on_plan(&rows)), ((24, 0, 6), "120".into()));
    let report = report(&rows, Fund::TopUps, 1);
    assert_eq!(became(&report), ((30, 0, 0), "150".into()));
    assert_eq!(report.money.plans_and_packs.to_string(), "$5.38");
}

#[test]
fn own_keys_and_special_terms() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,ada,byok,tailor_document,ok,d1,,,gpt-4.1,0.04,0.50
2026-10-01 10:00:00,r2,northwind-careers,pro,enrich_market_map,ok,m1,,,,0.2,1.00
",
    );
    // On the customer's key: free, and its cost is theirs. Northwind's map costs 7, its plan $400
    // a month: a day of it and one of ada's $9 count.
    assert_eq!(became(&report), ((1, 1, 0), "7".into()));
    assert_eq!(free(&report), [("on_your_key", 1)]);
    assert_eq!(report.money.cost_here.unwrap().to_string(), "0.2");
    assert_eq!(report.money.plans_and_packs.to_string(), "$13.19");
}

#[test]
fn rows_out_of_order_are_decided_in_order() {
    let report = on_plan(
        "2026-10-01 11:00:00,r2,ana,pro,tailor_document,ok,d1,,,,,0.50
2026-10-01 10:00:00,r1,ana,pro,tailor_document,failed,d1,,,,,0.50
",
    );
    assert_eq!(became(&report), ((1, 1, 0), "5".into()));
    assert_eq!(free(&report), [("failed", 1)]);
}

#[test]
fn what_cannot_be_read_or_mapped_is_counted() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,ana,pro,tailor_document,ok,d1,,,,,0.50
yesterday,r2,ana,pro,tailor_document,ok,d2,,,,,0.50
2026-10-01 10:02:00,r3,ana,pro,write_poem,ok,,,,,,0.50
2026-10-01 10:03:00,r4,ana,gold,tailor_document,sparkling,d3,,,,,0.50
2026-10-01 10:04:00,r5,ana,pro,tailor_document,ok
2026-10-01 10:05:00,r6,Ana Müller,gold,tailor_document,ok,d4,,,,,0.50
",
    );
    let rows = report.rows;
    assert_eq!((rows.all, rows.broken, rows.not_mapped, rows.charged), (6, 3, 1, 2));
    assert_eq!(report.not_mapped[0].word, "write_poem");
    let first: Vec<_> =
        report.broken.first.iter().map(|b| (b.line, b.code, b.cell.as_str())).collect();
    assert_eq!(
        first,
        [
            (3, "unreadable", "yesterday"),
            (5, "unknown_outcome", "sparkling"),
            (6, "wrong_cell_count", "")
        ]
    );
    assert!(report.notes.iter().any(|note| note.contains("gold (1 row)")), "{:?}", report.notes);
    assert!(report.next[0].command.contains("--action-map write_poem=ACTION"));
}

#[test]
fn customers_are_set_against_today() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,less,pro,tailor_document,ok,d1,,,,3.00,30.00
2026-10-01 10:00:00,r2,same,pro,tailor_document,ok,d1,,,,0.01,0.50
2026-10-01 10:00:00,r3,more,pro,tailor_document,ok,d1,,,,0.01,0.10
2026-10-01 10:00:00,r4,dear,pro,tailor_document,ok,d1,,,,40.00,0.50
",
    );
    let by_use = report.customers.by_use.unwrap();
    assert_eq!((by_use.less, by_use.same, by_use.more, by_use.more_than_double), (1, 2, 1, 1));
    let by_bill = report.customers.by_bill.unwrap();
    assert_eq!((by_bill.less, by_bill.same, by_bill.more, by_bill.more_than_double), (3, 0, 1, 1));
    let tails: Vec<_> = report.customers.tails.iter().map(|c| c.customer.as_str()).collect();
    assert_eq!(tails, ["dear", "less"]);
    assert_eq!(report.customers.top[0].customer, "less");
}

#[test]
fn rows_that_lie_in_the_future_are_broken() {
    let rows = "2026-10-01 10:00:00,r1,ana,pro,tailor_document,ok,d1,,,,,0.50
2062-10-01 10:00:00,r2,ana,pro,tailor_document,ok,d2,,,,,0.50
";
    let read = log(rows, Fund::Plan, 1, Time::parse("2026-10-03T00:00:00Z").unwrap());
    assert_eq!((read.rows.all, read.rows.broken, read.rows.charged), (2, 1, 1));
    assert_eq!((read.broken.first[0].code, read.broken.first[0].line), ("in_future", 3));
    assert_eq!(read.log.days, 1);
    // Without a clock the log is long, and the report says that this is strange.
    let notes = on_plan(rows).notes.join("\n");
    assert!(notes.contains("spans over 400 days"), "{notes}");
}

#[test]
fn what_is_not_known_is_not_nothing() {
    let none = on_plan("2026-10-01 10:00:00,r1,ana,pro,tailor_document,ok,d1,,,,,\n");
    assert_eq!((none.money.cost, none.money.cost_here, none.money.today), (None, None, None));
    assert!(none.money.cost_unknown.is_some_and(|why| why.contains("--map cost=")));
    assert_eq!((none.actions[3].margin, none.customers.top[0].cost), (None, None));
    assert_eq!(none.days[0].cost, None);
    let some = on_plan(
        "2026-10-01 10:00:00,r1,ana,pro,tailor_document,ok,d1,,,,0.04,0.50
2026-10-01 10:01:00,r2,ana,pro,tailor_document,ok,d2,,,,,0.50
",
    );
    assert_eq!((some.money.costed, some.rows.all, some.customers.top[0].costed), (1, 2, 1));
    assert!(some.notes.iter().any(|note| note.contains("known for 1 of 2 rows")));
}

#[test]
fn what_the_contract_charges_is_not_called_a_leak() {
    // A click seconds later, for another thing: today's charge for it is owed here, too.
    let report = on_plan(
        "2026-10-01 10:00:00,r1,ana,pro,process_documents,ok,,2,,,,0.10
2026-10-01 10:00:02,r2,ana,pro,process_documents,ok,,2,,,,0.10
",
    );
    let charged = report.rows.charged;
    assert_eq!(leaks(&report).iter().map(|(_, n, _)| n).sum::<u64>(), 2 - charged);
}

#[test]
fn the_next_commands_say_again_what_was_said() {
    let report = on_plan(
        "2026-10-01 10:00:00,r1,ana,pro,write_poem,ok,d1,,,,,0.50
2026-10-01 10:01:00,r2,ana,pro,tailor_document,sparkling,d2,,,,,0.50
",
    );
    assert_eq!(
        report.next[0].command,
        "probity replay usage.csv --contract jobscout --plan pro --action-map write_poem=ACTION \
         --outcome-map sparkling=OUTCOME --map cost=COLUMN"
    );
    assert!(report.next[0].why.starts_with("Say which action"), "{}", report.next[0].why);
    assert!(report.next.iter().skip(1).take(1).all(|n| n.command.contains("--plan pro")));
}

#[test]
fn the_report_is_the_same_however_many_work() {
    let mut rows = Vec::new();
    let reading = file::read(&Sources {
        contract: CONTRACT,
        operations: Some(OPERATIONS),
        prices: Some(PRICES),
    });
    let shop = crate::sample::Shop::of(&reading.contract.unwrap(), &reading.operations.unwrap());
    let settings = crate::sample::Settings { rows: 6_000, customers: 90, ..Default::default() };
    crate::sample::write(&shop, settings, &mut rows).unwrap();
    let rows = String::from_utf8(rows).unwrap();
    // The sample's own header names other columns, so it is read as a log of its own.
    let (_, body) = rows.split_once('\n').unwrap();
    let swapped: String = body
        .lines()
        .map(|line| {
            let c: Vec<_> = line.split(',').collect();
            [c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[13], c[14]].join(",")
                + "\n"
        })
        .collect();
    let text = |workers| serde_json::to_string(&report(&swapped, Fund::TopUps, workers)).unwrap();
    let one = text(1);
    assert!(one.len() > 5_000);
    assert_eq!(one, text(2));
    assert_eq!(one, text(5));
}
