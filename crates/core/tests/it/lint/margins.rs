//! Unit costs and margins of the sample are those reckoned by hand.

use super::{Files, jobscout};
use probity_core::margin::{ActionMargin, CreditSource, Margins, PlanMargin, Unknown, margins};
use probity_core::time::Per;
use probity_core::{Amount, Cost};

fn of(files: &Files) -> Margins {
    let reading = files.read();
    let contract = reading.contract.expect("it is read");
    margins(&contract, &reading.operations.expect("they are read"))
}

fn of_jobscout() -> Margins {
    of(&jobscout())
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
    let on_key = |plan| row(&margins, plan, "enrich_market_map").price.on_your_key;
    assert!(on_key("byok") && !on_key("pro"));
}

#[test]
fn plans_at_their_worst_are_those_reckoned_by_hand() {
    let margins = of_jobscout();
    let worst = |name: &str| plan(&margins, name).worst.unwrap();
    // 150 × $0.002 + 40 × $0.0024 + 25 credits on documents (0.01248 ÷ 5 each) of $4, less 15%
    assert_eq!(worst("discovery").cost, cost("0.4584"));
    assert_eq!(worst("discovery").margin.unwrap().to_string(), "73.5%");
    // 800 × $0.002 + 100 × $0.0024 + 120 credits on documents (0.27456 ÷ 5 = 0.054912 each) of $12
    assert_eq!(&**plan(&margins, "pro").costliest.as_ref().unwrap(), "tailor_document");
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

fn plan<'m>(margins: &'m Margins, name: &str) -> &'m PlanMargin {
    margins.plans.iter().find(|p| &*p.plan == name).expect("the plan is there")
}

#[test]
fn an_unknown_price_is_unknown_never_zero() {
    let margins = of(&jobscout().operations_without("find_contact_email: {"));
    let lookup = row(&margins, "pro", "find_contact_email");
    let unknown = [Unknown::Action("find_contact_email".into())];
    assert_eq!((lookup.cost.typical, lookup.cost.worst, lookup.worst), (None, None, None));
    assert_eq!(lookup.cost.unknown, unknown);
    let pro = plan(&margins, "pro");
    assert_eq!((pro.credits, pro.worst, &pro.unknown[..]), (None, None, &unknown[..]));
    // neither an allowance nor a credit of this plan is spent on it
    let byok = plan(&margins, "byok");
    assert!(byok.worst.is_some() && byok.unknown.is_empty());
    let free = of(&jobscout().operations_without("map_market:         {"));
    assert_eq!(plan(&free, "byok").unknown, [Unknown::Action("map_market".into())]);
}

#[test]
fn what_is_unknown_is_said_in_words() {
    let said = |unknown: Unknown| unknown.to_string();
    assert_eq!(said(Unknown::Costs), "there are no costs in operations.yaml");
    assert_eq!(said(Unknown::Action("a".into())), "costs.actions has no entry for a");
    assert_eq!(said(Unknown::Tokens("a".into())), "costs.actions.a gives no tokens");
    assert_eq!(said(Unknown::Model("m".into())), "the price map has no complete price for m");
    assert_eq!(said(Unknown::Service("s".into())), "costs.services has no price for s");
    assert_eq!(said(Unknown::TooLarge), "the cost is too large to count");
}

#[test]
fn units_beyond_an_allowance_have_a_row_where_credits_are_sold() {
    let margins = of_jobscout();
    let beyond =
        |plan: &str| margins.actions.iter().find(|r| r.is_beyond_allowance && &*r.plan == plan);
    let search = beyond("pro").unwrap();
    // 0.5 credits bring $0.044, less 15% = $0.0374, less $0.002
    assert_eq!(search.price.usual.credits, Amount::parse("0.5").unwrap());
    assert_eq!(search.worst.unwrap().margin.unwrap().to_string(), "80.4%");
    assert!(beyond("discovery").is_none()); // it sells none
}

#[test]
fn a_credit_may_be_worth_least_in_a_plan() {
    let yearly = jobscout().contract(
        "price: $12 a month\n    credits: 120",
        "price: $120 a year\n    credits: 150 a month",
    );
    let credit = of(&yearly).credit.unwrap();
    // $120 ÷ (12 × 150) = $0.0666…
    assert_eq!(credit.from, CreditSource::Plan("pro".into()));
    assert_eq!(credit.per_credit().unwrap().to_string(), "$0.066666666666");
    let pro = |price_and_credits: &str| {
        let files = jobscout().contract("price: $12 a month\n    credits: 120", price_and_credits);
        of(&files).credit.unwrap().per_credit().unwrap().to_string()
    };
    // 12 × $12 ÷ (52 × 40), and 52 × $1 ÷ (365 × 3)
    assert_eq!(pro("price: $12 a month\n    credits: 40 a week"), "$0.06923076923");
    assert_eq!(pro("price: $1 a week\n    credits: 3 a day"), "$0.047488584474");
    let unsold = jobscout().section("top_ups", "top_ups: { auto: only_if_asked }");
    let only_plans = unsold.contract("price: $12 a month", "price: $30 a month");
    assert_eq!(of(&only_plans).credit.unwrap().from, CreditSource::Plan("discovery".into()));
}

/// Discovery at another price, with so many free searches: what they cost at the worst.
fn searches(price: &str, allowance: &str) -> (Per, Cost) {
    let files = jobscout()
        .contract("price: $4 a month\n    credits: 25\n", &format!("price: {price}\n"))
        .contract("{ search_roles: 150 a month, map_market: 40 a month }", allowance);
    let margins = of(&files);
    let discovery = plan(&margins, "discovery");
    (discovery.per, discovery.allowances.unwrap())
}

#[test]
fn allowances_count_as_often_as_they_can_come_back_in_a_period() {
    let one = |per: &str| format!("{{ search_roles: 1 a {per} }}");
    let expect = |price: &str, per: &str, of: Per, times: u64| {
        let cost = cost("0.002").times(times).unwrap();
        assert_eq!(searches(price, &one(per)), (of, cost), "{per} of {price}");
    };
    expect("$4 a month", "month", Per::Month, 1);
    expect("$4 a month", "week", Per::Month, 5);
    expect("$4 a month", "day", Per::Month, 31);
    expect("$1 a week", "day", Per::Week, 7);
    expect("$48 a year", "day", Per::Year, 366);
    expect("$48 a year", "week", Per::Year, 53);
    expect("$48 a year", "month", Per::Year, 12);
    expect("$48 a year", "year", Per::Year, 1);
}

#[test]
fn the_credits_of_a_period_count_in_full() {
    let yearly = jobscout().contract(
        "price: $4 a month\n    credits: 25",
        "price: $48 a year\n    credits: 25 a month",
    );
    let margins = of(&yearly);
    // 12 × 25 credits on documents: 300 × 0.01248 ÷ 5
    assert_eq!(plan(&margins, "discovery").credits, Some(cost("0.7488")));
}

#[test]
fn a_plan_that_runs_on_us_takes_nothing() {
    let files = jobscout().contract(
        "plans:\n  discovery:",
        "plans:\n  guest:\n    runs_on: us\n    offers: [tailor_document]\n    best_model: small\n    \
         allowances: { tailor_document: 2 a month }\n\n  discovery:",
    );
    let margins = of(&files);
    let document = row(&margins, "guest", "tailor_document");
    assert!(document.price.is_free() && document.typical.is_none());
    let guest = plan(&margins, "guest").worst.unwrap();
    assert_eq!((guest.income, guest.cost, guest.margin), (Cost::ZERO, cost("0.02496"), None));
}

#[test]
fn a_price_by_quantity_is_lowest_where_it_is_cut() {
    let lowest = |most: &str| {
        let price = format!("at_most: {most}, up_to: 100 }}");
        let margins = of(&jobscout().contract("at_most: 40 credits, up_to: 100 }", &price));
        let lowest = row(&margins, "pro", "process_documents").price.lowest.unwrap();
        (lowest.credits.to_string(), lowest.units)
    };
    assert_eq!(lowest("40 credits"), ("40".to_owned(), 100)); // 0.4 a page
    assert_eq!(lowest("60 credits"), ("0.5".to_owned(), 1)); // 100 pages are 50 credits
}
