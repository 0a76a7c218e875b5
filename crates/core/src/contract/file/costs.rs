//! Section `costs` of the operations: what one unit of each action costs us, in US dollars.

use super::literals::{
    DATE, MONEY, MONEY_PER, MOST_COUNTED, PERCENT, PERCENT_OF_PRICE, SERVICE_USE,
};
use super::plans::rows;
use super::price_map::Map;
use super::problems::Problem;
use super::reader::Reader;
use super::section::Section;
use super::shape::{Key, Keys, Kind, Shape, rule};
use super::tree::Node;
use crate::contract::{ActionCost, Costs, Percent, Tokens, WePay};
use crate::diagnostic::Severity;
use crate::money::{Cost, Currency, Money};
use crate::time::Per;

/// The keys of `costs`.
pub(super) static COSTS: Keys = Keys {
    of: "`costs`",
    list: &[
        Key::new("as_of", Shape::Literal(DATE.form), rule::COST, "When these were last looked at.")
            .default("unknown")
            .example("2026-11-20"),
        Key::new(
            "overhead",
            Shape::Literal(PERCENT_OF_PRICE.form),
            rule::COST,
            "Payment fees, storage, support.",
        )
        .default("0% of price")
        .example("15% of price"),
        Key::new(
            "prices",
            Shape::Text,
            rule::COST,
            "The file of the price map, in LiteLLM's shape.",
        )
        .default("costs of models are unknown")
        .example("./model-prices.json"),
        Key::new(
            "services",
            Shape::Named(Kind::New("service"), &Shape::Literal(MONEY.form)),
            rule::COST,
            "What one call to each supplier costs.",
        )
        .example("{ email_lookup: $0.12 }"),
        Key::new(
            "actions",
            Shape::Named(Kind::Action, &Shape::Keys(&ACTION_COST)),
            rule::COST,
            "What one unit of each action takes.",
        )
        .default("unknown"),
        Key::new(
            "keep_margin",
            Shape::Keys(&KEEP_MARGIN),
            rule::COST,
            "The margin each action is to keep.",
        )
        .example("{ typical: 35%, worst: 10% }"),
        Key::new(
            "we_pay_at_most",
            Shape::Keys(&WE_PAY),
            rule::RUNS_ON,
            "Ceilings on runs that cost the customer nothing.",
        )
        .default("no ceiling")
        .example("{ a_customer: $2.50 a month, everyone: $300 a month }"),
    ],
};

static ACTION_COST: Keys = Keys {
    of: "the cost of an action",
    list: &[
        Key::new(
            "services",
            Shape::Named(Kind::Service, &Shape::Number(SERVICE_USE.form)),
            rule::COST,
            "Calls to suppliers, typical and at worst.",
        )
        .example("{ company_data: 5 to 8 }"),
        Key::new("typical", Shape::Keys(&TOKENS), rule::COST, "Tokens of a typical unit.")
            .example("{ in: 12000, out: 2000 }"),
        Key::new("worst", Shape::Keys(&TOKENS), rule::COST, "Tokens of the worst unit.")
            .default("as typical")
            .example("{ in: 24000, out: 4000 }"),
        Key::new("fails", Shape::Literal(PERCENT.form), rule::COST, "The share of runs that fail.")
            .default("0%")
            .example("4%"),
        Key::new(
            "redone",
            Shape::Literal(PERCENT.form),
            rule::COST,
            "The share of results that are redone.",
        )
        .default("0%")
        .example("30%"),
        Key::new(
            "empty",
            Shape::Literal(PERCENT.form),
            rule::COST,
            "The share of runs that find nothing.",
        )
        .default("0%")
        .example("39%"),
    ],
};

static TOKENS: Keys = Keys {
    of: "a number of tokens",
    list: &[
        Key::new("in", Shape::Whole(0, MOST_COUNTED), rule::COST, "Tokens read by the model.")
            .required()
            .example("12000"),
        Key::new("out", Shape::Whole(0, MOST_COUNTED), rule::COST, "Tokens written by it.")
            .required()
            .example("2000"),
    ],
};

static KEEP_MARGIN: Keys = Keys {
    of: "`keep_margin`",
    list: &[
        Key::new(
            "typical",
            Shape::Literal(PERCENT.form),
            rule::COST,
            "Of the price, on a typical unit.",
        )
        .example("35%"),
        Key::new(
            "worst",
            Shape::Literal(PERCENT.form),
            rule::COST,
            "Of the price, on the worst unit.",
        )
        .example("10%"),
    ],
};

static WE_PAY: Keys = Keys {
    of: "`we_pay_at_most`",
    list: &[
        Key::new("a_customer", Shape::Literal(MONEY_PER.form), rule::RUNS_ON, "For one customer.")
            .default("no ceiling")
            .example("$2.50 a month"),
        Key::new(
            "everyone",
            Shape::Literal(MONEY_PER.form),
            rule::RUNS_ON,
            "For everyone together; its month is the calendar month.",
        )
        .default("no ceiling")
        .example("$300 a month"),
    ],
};

/// Reads `costs`, with the price map where one was given.
pub(super) fn costs(r: &mut Reader<'_>, node: &Node, prices: Option<Map>) -> Option<Costs> {
    let s = Section::open(r, node, &COSTS)?;
    let prices_file = s.text(r, "prices");
    if let (Some(file), Some(at), None) = (&prices_file, s.at("prices"), &prices) {
        no_price_map(r, at, file);
    }
    let margin = s.get(r, "keep_margin", keep_margin).unwrap_or_default();
    Some(Costs {
        as_of: s.literal(r, "as_of", &DATE),
        overhead: s.literal(r, "overhead", &PERCENT_OF_PRICE).unwrap_or_default(),
        prices_file,
        prices: prices.map(|map| map.prices).unwrap_or_default(),
        services: rows(s.named(r, "services", Kind::New("service"), |r, _, node| {
            let money = r.literal(node, &MONEY)?;
            in_dollars(r, node, money)
        })),
        actions: rows(s.named(r, "actions", Kind::Action, |r, _, node| action_cost(r, node))),
        keep_typical: margin.0,
        keep_worst: margin.1,
        we_pay_at_most: s.get(r, "we_pay_at_most", we_pay).unwrap_or_default(),
    })
}

fn no_price_map(r: &mut Reader<'_>, at: &Node, file: &str) {
    let message = format!("The price map {} was not given.", super::suggest::quoted(file));
    let fix = "Put the file where the path says, relative to operations.yaml.";
    let (problem, span) = (Problem::NoPriceMap, at.span.clone());
    let finding = r.findings.finding(problem, Severity::Warning, span, message, fix);
    r.findings.push(finding);
}

/// What suppliers charge is counted in US dollars, whatever the contract's currency.
pub(super) fn in_dollars(r: &mut Reader<'_>, node: &Node, money: Money) -> Option<Cost> {
    let cost = Cost::of_money(money);
    if cost.is_none() {
        let message = format!("Costs are in {}, not in {}.", Currency::USD, money.currency);
        let fix = "Write what the supplier charges in US dollars, such as `$0.04`.";
        r.report(Problem::OtherCurrency, node, message, fix);
    }
    cost
}

fn action_cost(r: &mut Reader<'_>, node: &Node) -> Option<ActionCost> {
    let s = Section::open(r, node, &ACTION_COST)?;
    Some(ActionCost {
        services: rows(
            s.named(r, "services", Kind::Service, |r, _, node| r.literal(node, &SERVICE_USE)),
        ),
        typical: s.get(r, "typical", tokens),
        worst: s.get(r, "worst", tokens),
        fails: s.literal(r, "fails", &PERCENT),
        redone: s.literal(r, "redone", &PERCENT),
        empty: s.literal(r, "empty", &PERCENT),
    })
}

fn tokens(r: &mut Reader<'_>, node: &Node) -> Option<Tokens> {
    let s = Section::open(r, node, &TOKENS)?;
    let (input, output) = (s.whole(r, "in"), s.whole(r, "out"));
    Some(Tokens { input: input?, output: output? })
}

fn keep_margin(r: &mut Reader<'_>, node: &Node) -> Option<(Option<Percent>, Option<Percent>)> {
    let s = Section::open(r, node, &KEEP_MARGIN)?;
    Some((s.literal(r, "typical", &PERCENT), s.literal(r, "worst", &PERCENT)))
}

fn we_pay(r: &mut Reader<'_>, node: &Node) -> Option<WePay> {
    let s = Section::open(r, node, &WE_PAY)?;
    Some(WePay { a_customer: ceiling(r, &s, "a_customer"), everyone: ceiling(r, &s, "everyone") })
}

fn ceiling(r: &mut Reader<'_>, s: &Section<'_>, key: &str) -> Option<(Cost, Per)> {
    let (money, per) = s.literal(r, key, &MONEY_PER)?;
    in_dollars(r, s.near(key), money).map(|cost| (cost, per))
}
