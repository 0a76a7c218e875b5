//! The sample contracts pass, and their margins are those reckoned by hand.

use super::jobscout;
use probity_core::contract::{Contract, Operations};
use probity_core::diagnostic::Severity;
use probity_core::margin::{ActionMargin, CreditSource, Margins, margins};
use probity_core::{Amount, Cost};

#[test]
fn jobscout_passes() {
    let found = jobscout().lint();
    let told: Vec<_> = found.iter().map(|d| (d.severity, d.id)).collect();
    // pages: quantity is what is paid for, and the best model of a plan costs more than they
    // bring; a pilot pays less than a map may cost
    assert_eq!(told, ["E04", "O11", "E08"].map(|id| (Severity::Info, id)));
}

fn files() -> (Contract, Operations) {
    let reading = jobscout().read();
    (reading.contract.expect("it is read"), reading.operations.expect("they are read"))
}

fn of_jobscout() -> Margins {
    let (contract, operations) = files();
    margins(&contract, &operations)
}

fn cost(text: &str) -> Cost {
    Cost::parse(text).unwrap()
}

fn row<'m>(margins: &'m Margins, plan: &str, action: &str) -> &'m ActionMargin {
    margins
        .actions
        .iter()
        .find(|r| &*r.plan == plan && &*r.action == action && !r.is_beyond_allowance)
        .expect("the plan offers it")
}

/// Typical and worst unit cost, and both margins as people read them.
fn reckoned(margins: &Margins, plan: &str, action: &str) -> (Cost, Cost, String, String) {
    let row = row(margins, plan, action);
    let margin = |e: Option<probity_core::margin::Earning>| {
        e.and_then(|e| e.margin).map_or("-".to_owned(), |m| m.to_string())
    };
    (row.cost.typical.unwrap(), row.cost.worst.unwrap(), margin(row.typical), margin(row.worst))
}

#[test]
fn the_lowest_value_of_a_credit_is_the_largest_packs() {
    let credit = of_jobscout().credit.unwrap();
    // $22 ÷ 250 = $0.088; small packs and pro: $0.10; discovery: $4 ÷ 25 = $0.16
    assert_eq!(credit.from, CreditSource::Pack(Amount::credits(250)));
    assert_eq!(credit.per_credit().unwrap().to_string(), "$0.088");
    assert_eq!(credit.worth(Amount::credits(10)), Some(cost("0.88")));
}

#[test]
fn unit_costs_and_margins_are_those_reckoned_by_hand() {
    let margins = of_jobscout();
    let expect = |plan, action, typical: &str, worst: &str, usual: &str, at_worst: &str| {
        let wanted = (cost(typical), cost(worst), usual.to_owned(), at_worst.to_owned());
        assert_eq!(reckoned(&margins, plan, action), wanted, "{action} on {plan}");
    };
    // one look into the job index
    expect("pro", "search_roles", "0.002", "0.002", "-", "-");
    // small: 3,000 × $0.00000015 + 800 × $0.0000006; at worst 8,000 and 2,000
    expect("pro", "map_market", "0.00093", "0.0024", "-", "-");
    // writer's dearest is claude-sonnet-4-5 ($3 and $15 a million): 20,000 × $0.000003 + 3,000 ×
    // $0.000015 = $0.105, + 5 × $0.04; at worst 40,000 and 6,000 = $0.21, + 8 × $0.04.
    // 10 credits bring $0.88, less 15% = $0.748: 0.443 and 0.218 are left
    expect("pro", "enrich_market_map", "0.305", "0.53", "50.3%", "24.7%");
    // 12,000 and 2,000: $0.066 × 1.30 redone × 1.04 fail; at worst $0.132 × 2 (a free redo) × 1.04.
    // 5 credits bring $0.44, less 15% = $0.374: 0.284768 and 0.09944 are left
    expect("pro", "tailor_document", "0.089232", "0.27456", "64.7%", "22.6%");
    // discovery's best model is small: 12,000 × $0.00000015 + 2,000 × $0.0000006 = $0.003
    expect("discovery", "tailor_document", "0.004056", "0.01248", "84%", "82.1%");
    // a page: 2,500 and 600 of small. 0.5 credits bring $0.044; at worst 100 pages bring 40
    // credits, $3.52, less 15% = $2.992, and cost 100 × (6,000 and 1,500) = $0.18
    expect("pro", "process_documents", "0.000735", "0.0018", "83.3%", "79.8%");
    // 3 credits bring $0.264, less 15% = $0.2244, found or not
    expect("pro", "find_contact_email", "0.12", "0.12", "39.5%", "39.5%");
    // on the customer's key only the suppliers are ours: 5 to 8 × $0.04 against 6 credits, $0.528
    expect("byok", "enrich_market_map", "0.2", "0.32", "47.1%", "24.3%");
    expect("byok", "tailor_document", "0", "0", "-", "-");
}

#[test]
fn what_the_customers_provider_bills_is_told_apart() {
    let margins = of_jobscout();
    // the class of the action, not the plan's best: about $0.07 for a document
    assert_eq!(row(&margins, "byok", "tailor_document").cost.own_key, Some(cost("0.066")));
    assert_eq!(row(&margins, "pro", "tailor_document").cost.own_key, None);
}

#[test]
fn plans_at_their_worst_are_those_reckoned_by_hand() {
    let margins = of_jobscout();
    let plan = |name: &str| margins.plans.iter().find(|p| &*p.plan == name).unwrap();
    let worst = |name: &str| plan(name).worst.unwrap();
    // 150 × $0.002 + 40 × $0.0024 + 25 credits on documents (0.01248 ÷ 5 each) of $4, less 15%
    assert_eq!(worst("discovery").cost, cost("0.4584"));
    assert_eq!(worst("discovery").margin.unwrap().to_string(), "73.5%");
    // 800 × $0.002 + 100 × $0.0024 + 120 credits on documents (0.27456 ÷ 5 = 0.054912 each) of $12
    assert_eq!(&**plan("pro").costliest.as_ref().unwrap(), "tailor_document");
    assert_eq!(worst("pro").cost, cost("8.42944"));
    assert_eq!(worst("pro").margin.unwrap().to_string(), "14.7%");
    // 800 × $0.002 + 100 × $0.0024, no credits, of $9
    assert_eq!(worst("byok").cost, cost("1.84"));
    assert_eq!(worst("byok").margin.unwrap().to_string(), "64.5%");
}

#[test]
fn the_harsh_price_has_its_soft_counterpart() {
    let pairs = of_jobscout().pairs;
    assert_eq!(pairs.len(), 1);
    // 3 × 0.61 = 1.83 if nothing found were free; 3 ÷ 0.61 = 4.918…, so 5 credits earn the same
    assert_eq!(pairs[0].harsh, Amount::credits(3));
    assert_eq!(pairs[0].harsh_price_softly, Amount::parse("1.83").ok());
    assert_eq!(pairs[0].soft, Some(Amount::credits(5)));
}

#[test]
fn an_unknown_price_is_unknown_never_zero() {
    let files = jobscout().operations_without("find_contact_email: {").read();
    let margins = margins(&files.contract.unwrap(), &files.operations.unwrap());
    let lookup = row(&margins, "pro", "find_contact_email");
    assert_eq!((lookup.cost.typical, lookup.cost.worst, lookup.worst), (None, None, None));
    let pro = margins.plans.iter().find(|p| &*p.plan == "pro").unwrap();
    assert_eq!((pro.credits, pro.worst), (None, None));
}
