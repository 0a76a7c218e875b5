//! E: economics. A price must survive success: judged at the lowest value of a credit.

use super::needs::Needs;
use super::rule::{Finding, Rule, Subject};
use crate::contract::{Action, Override, Plan};
use crate::diagnostic::{Place, Severity};
use crate::margin::{ActionMargin, Earning, Unknown};
use crate::money::Cost;
use crate::phrase::credits;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULES: &[Rule] = &[E01, E02, E03, E04, E05, E06, E08, E09, E11, E12, E13];

/// The announcement behind most of these: costs of a customer 60 times what they pay.
const AUGMENT: &str = "https://www.augmentcode.com/blog/augment-codes-pricing-is-changing";

const E01: Rule = Rule {
    id: "E01",
    severity: Severity::Error,
    needs: Needs::UnitCosts,
    title: "A price below what it costs at worst",
    explains: "At the lowest value of a credit, less overhead, one unit must bring at least its \
        worst cost: dearest model of its class, most supplier calls, every free redo. An error \
        where it loses or where `at_most` stops the price but nothing stops the quantity; a \
        warning where it stays under `keep_margin.worst`.",
    case: "One customer of Augment's $250 plan cost it $15,000 a month; prices followed in \
        mid-cycle. A price that does not survive heavy use becomes a broken promise.",
    link: AUGMENT,
    fix: "Raise the price, cap the tokens or calls of the worst case, offer fewer free redos, or \
        use a cheaper class of models. The note under the price says what it brings and costs.",
    example: "email_lookup: $0.40",
    check: below_worst_cost,
};

fn below_worst_cost(subject: &Subject<'_>) -> Vec<Finding> {
    let floor = subject.costs().and_then(|c| c.keep_worst).unwrap_or_default();
    let mut found = rows_by_price(subject, |row| row.worst)
        .into_iter()
        .filter_map(|(place, row, worst)| {
            let margin = worst.margin?;
            let (severity, against) = if worst.loses() {
                (Severity::Error, "it loses".to_owned())
            } else if margin.is_below(floor) {
                (Severity::Warning, format!("the floor is {floor}"))
            } else {
                return None;
            };
            let message =
                format!("{} leaves {margin} at worst on `{}`; {against}.", name(row), row.plan);
            Some(Finding::new(place, message).severity(severity).label(sum_of(&worst)))
        })
        .collect::<Vec<_>>();
    let endless = subject.margins.actions.iter().filter(|row| row.price.lowest.is_none());
    let seen: BTreeSet<_> = endless.map(|row| row.action.clone()).collect();
    found.extend(seen.into_iter().map(|action| {
        let message =
            format!("The price of `{action}` stops at `at_most`, and its quantity nowhere.");
        Finding::new(subject.at(&["actions", &action, "price"]), message)
            .fix("Add `up_to: 100` to the price: a larger quantity is refused, free.")
    }));
    found
}

/// The rows that have this earning, one for each place where a price is written: the poorest.
fn rows_by_price<'s>(
    subject: &'s Subject<'_>,
    earning: impl Fn(&ActionMargin) -> Option<Earning>,
) -> Vec<(Place, &'s ActionMargin, Earning)> {
    let mut poorest: BTreeMap<_, (&ActionMargin, Earning)> = BTreeMap::new();
    for row in &subject.margins.actions {
        let Some(earned) = earning(row) else { continue };
        let special = has_special_price(subject, row).then_some(&row.plan);
        let known =
            poorest.entry((&row.action, row.is_beyond_allowance, special)).or_insert((row, earned));
        if earned.margin < known.1.margin {
            *known = (row, earned);
        }
    }
    let rows = poorest.into_values();
    rows.map(|(row, earned)| (place_of_price(subject, row), row, earned)).collect()
}

fn has_special_price(subject: &Subject<'_>, row: &ActionMargin) -> bool {
    let plan = subject.contract.plans.get(&row.plan);
    !row.is_beyond_allowance && plan.is_some_and(|p| p.prices.contains_key(&row.action))
}

/// Where the price of a row is written: with the plan where the plan has its own.
fn place_of_price(subject: &Subject<'_>, row: &ActionMargin) -> Place {
    if row.is_beyond_allowance {
        subject.at(&["actions", &row.action, "after_allowance"])
    } else if has_special_price(subject, row) {
        subject.at(&["plans", &row.plan, "prices", &row.action])
    } else {
        subject.at(&["actions", &row.action, "price"])
    }
}

fn name(row: &ActionMargin) -> String {
    let beyond = if row.is_beyond_allowance { " beyond its allowance" } else { "" };
    format!("`{}`{beyond}", row.action)
}

/// What a row brings and costs, for the note under the price.
fn sum_of(earning: &Earning) -> String {
    let shown = |cost: Cost| {
        let is_small = cost.is_positive() && cost < Cost::parse("0.01").unwrap_or(Cost::ZERO);
        if is_small { cost.shown() } else { cost.dollars(4) }
    };
    format!("brings {}, costs {}", shown(earning.income), shown(earning.cost))
}

const E02: Rule = Rule {
    id: "E02",
    severity: Severity::Warning,
    needs: Needs::UnitCosts,
    title: "A typical margin under the floor",
    explains: "With usual tokens, calls, failures and redos, each price should leave at least \
        `keep_margin.typical` at the lowest value of a credit.",
    case: "Augment and Cursor moved back towards cost meters because outcome prices had not been \
        held against costs.",
    link: AUGMENT,
    fix: "Raise the price, lower the cost, or lower the floor on purpose.",
    example: "keep_margin: { typical: 80%, worst: 10% }",
    check: typical_under_floor,
};

fn typical_under_floor(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(floor) = subject.costs().and_then(|c| c.keep_typical) else {
        return Vec::new();
    };
    rows_by_price(subject, |row| row.typical)
        .into_iter()
        .filter_map(|(place, row, typical)| {
            let margin = typical.margin.filter(|m| m.is_below(floor))?;
            let message = format!(
                "{} typically leaves {margin} on `{}`; the floor is {floor}.",
                name(row),
                row.plan
            );
            Some(Finding::new(place, message).label(sum_of(&typical)))
        })
        .collect()
}

const E03: Rule = Rule {
    id: "E03",
    severity: Severity::Error,
    needs: Needs::UnitCosts,
    title: "A plan that loses when it is used in full",
    explains: "Somebody will use every allowance and spend every credit where it costs us most. \
        That worst period must still leave `keep_margin.worst` of the plan's price. (A plan \
        without a price that gives credits warns: no ceiling bounds them.)",
    case: "One customer of Augment's $250 plan cost it $15,000 a month; the plan was changed under \
        its customers in mid-cycle.",
    link: AUGMENT,
    fix: "Lower the allowances or the plan's credits, raise its price, or raise the price of its \
        costliest action.",
    example: "allowances: { search_roles: 8000 a month, map_market: 100 a month }",
    check: plan_loses,
};

fn plan_loses(subject: &Subject<'_>) -> Vec<Finding> {
    let floor = subject.costs().and_then(|c| c.keep_worst).unwrap_or_default();
    let plans = subject.margins.plans.iter();
    plans
        .filter_map(|plan| {
            let worst = plan.worst?;
            let place = |key| subject.at(&["plans", &plan.plan, key]);
            let Some(margin) = worst.margin else {
                let given = plan.credits.filter(|c| c.is_positive())?;
                let message = format!(
                    "`{}` gives credits that cost us up to {} a {}, and has no price.",
                    plan.plan,
                    given.dollars(2),
                    plan.per.word()
                );
                return Some(Finding::new(place("credits"), message).severity(Severity::Warning));
            };
            if !margin.is_below(floor) && !worst.loses() {
                return None;
            }
            let message =
                format!("`{}` leaves {margin} when used in full; the floor is {floor}.", plan.plan);
            let finding = Finding::new(place("price"), message).label(sum_of(&worst));
            Some(match &plan.costliest {
                Some(action) => finding.related(
                    subject.at(&["actions", action, "price"]),
                    "its credits cost us most here",
                ),
                None => finding,
            })
        })
        .collect()
}

const E04: Rule = Rule {
    id: "E04",
    severity: Severity::Error,
    needs: Needs::Costs,
    title: "No ceiling on models",
    explains: "A plan without `best_model` lets a caller ask for any model at the same price. \
        With a ceiling above an action's own class, asking for the best may still cost more than \
        the price brings; that is told as information.",
    case: "Replit's agent chose how much effort to spend; one customer of Augment's $250 plan \
        cost it $15,000 a month.",
    link: AUGMENT,
    fix: "Add `best_model: CLASS` to the plan (and `models`, if there are none).",
    example: "offers: all\nallowances: { search_roles: 800 a month, map_market: 100 a month }",
    check: no_model_ceiling,
};

fn no_model_ceiling(subject: &Subject<'_>) -> Vec<Finding> {
    let plans = subject.contract.plans.iter();
    let open = plans.filter(|plan| plan.best_model.is_none()).filter_map(|plan| {
        let action = offered(subject, plan).find(|a| uses_our_models(subject, plan, a))?;
        let message = format!(
            "Any model may be asked for on `{}`: `{}` costs what it likes.",
            plan.id, action.id
        );
        Some(Finding::new(subject.key(&["plans", &plan.id, "best_model"]), message))
    });
    open.chain(dearer_than_priced(subject)).collect()
}

fn offered<'s>(subject: &'s Subject<'_>, plan: &'s Plan) -> impl Iterator<Item = &'s Action> {
    subject.contract.actions.iter().filter(|action| plan.is_offering(&action.id))
}

/// Does an action use models that we pay for on this plan?
fn uses_our_models(subject: &Subject<'_>, plan: &Plan, action: &Action) -> bool {
    let has_tokens = subject
        .costs()
        .and_then(|c| c.actions.get(&action.id))
        .is_some_and(|entry| entry.typical.is_some() || entry.worst.is_some());
    has_tokens && plan.prices.get(&action.id).is_none_or(|price| !price.on_your_key)
}

/// Actions that lose where a caller asks for the best model of the plan instead of their own class.
fn dearer_than_priced<'s>(subject: &'s Subject<'_>) -> impl Iterator<Item = Finding> + 's {
    let rows =
        subject.margins.actions.iter().filter(|row| {
            !row.is_beyond_allowance && row.worst.is_some_and(|worst| !worst.loses())
        });
    rows.filter_map(|row| {
        let plan = subject.contract.plans.get(&row.plan).filter(|p| p.best_model.is_some())?;
        let action = subject.contract.actions.get(&row.action)?;
        let at_best = Action { model: None, ..action.clone() };
        let worst = priced(subject, &at_best, plan).worst.filter(Earning::loses)?;
        let message = format!(
            "`{}` loses on `{}` where its best models are asked for.",
            row.action, row.plan
        );
        Some(
            Finding::new(place_of_price(subject, row), message)
                .severity(Severity::Info)
                .label(sum_of(&worst))
                .fix(
                    "Keep your product from asking for a dearer class than the action's `model`, \
                     or lower `best_model`.",
                ),
        )
    })
}

/// The margin of an action on a plan, at the lowest value of a credit.
fn priced(subject: &Subject<'_>, action: &Action, plan: &Plan) -> ActionMargin {
    let credit = subject.margins.credit.as_ref();
    ActionMargin::of(subject.contract, &subject.operations, action, plan, credit)
}

const E05: Rule = Rule {
    id: "E05",
    severity: Severity::Warning,
    needs: Needs::Costs,
    title: "Costs that nobody has looked at for two months",
    explains: "Supplier prices move. `costs.as_of` says when they were last looked at; after 60 \
        days the margins above are about the past.",
    case: "People accept prices that follow costs and resent others: whoever does not know the \
        costs can explain neither.",
    link: "https://www.acrwebsite.org/volumes/7252",
    fix: "Look the prices up and set `costs.as_of` to that day.",
    example: "as_of: 2026-08-01",
    check: old_costs,
};

fn old_costs(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(costs) = subject.costs() else { return Vec::new() };
    let has_none =
        costs.actions.is_empty() && costs.services.is_empty() && costs.prices.models.is_empty();
    if has_none && costs.as_of.is_none() {
        // Limits alone: no cost was looked at, and E06 says which are missing.
        return Vec::new();
    }
    let message = match costs.as_of {
        None => "Nothing says when the costs were last looked at.".to_owned(),
        Some(day) => {
            let age = subject.today.duration_since(day).as_hours().checked_div(24).unwrap_or(0);
            if age <= 60 {
                return Vec::new();
            }
            format!("The costs were last looked at {age} days ago.")
        }
    };
    vec![Finding::new(subject.at_operations(&["costs", "as_of"]), message)]
}

const E06: Rule = Rule {
    id: "E06",
    severity: Severity::Warning,
    needs: Needs::Costs,
    title: "A cost that is not known, or leaves out its redos",
    explains: "A unit whose model, supplier or tokens have no price has an unknown cost, and \
        every margin with it is unknown too, never zero. An action with free redos should say \
        how many results are `redone`.",
    case: "In the first draft of the sample contract two free redos turned a margin into a loss \
        of 48 per cent.",
    link: "",
    fix: "Complete `costs` in operations.yaml and the price map.",
    example: "worst: { in: 24000, out: 4000 }, fails: 4% }",
    check: unknown_costs,
};

fn unknown_costs(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(costs) = subject.costs() else { return Vec::new() };
    let rows = subject.margins.actions.iter();
    let unknown: BTreeSet<_> = rows.flat_map(|row| row.cost.unknown.iter().cloned()).collect();
    let gaps = unknown.into_iter().map(|why| {
        Finding::new(place_of_gap(subject, &why), format!("Unit costs are unknown: {why}."))
    });
    let redone = subject
        .contract
        .actions
        .iter()
        .filter(|a| a.free_redo.is_some())
        .filter(|a| costs.actions.get(&a.id).is_some_and(|entry| entry.redone.is_none()));
    let redos = redone.map(|a| {
        let message = format!("The cost of `{}` leaves out its free redos.", a.id);
        Finding::new(subject.operations_key(&["costs", "actions", &a.id]), message)
            .related(subject.key(&["actions", &a.id, "free_redo"]), "free for the customer")
            .fix("Add `redone: 30%`: the share of results that are redone.")
    });
    gaps.chain(redos).collect()
}

fn place_of_gap(subject: &Subject<'_>, why: &Unknown) -> Place {
    match why {
        Unknown::Costs | Unknown::TooLarge => subject.operations_key(&["costs"]),
        Unknown::Action(_) => subject.operations_key(&["costs", "actions"]),
        Unknown::Tokens(action) => subject.operations_key(&["costs", "actions", action]),
        Unknown::Model(_) => subject.at_operations(&["costs", "prices"]),
        Unknown::Service(_) => subject.operations_key(&["costs", "services"]),
    }
}

const E08: Rule = Rule {
    id: "E08",
    severity: Severity::Info,
    needs: Needs::UnitCosts,
    title: "A special price under the floor",
    explains: "An override may sell below the worst-case floor. The role that answers for it is \
        named in the file (nothing else can be written), and told here, so that a deal stays a \
        decision.",
    case: "Deals outlive those who made them; unseen they become everybody's price.",
    link: "",
    fix: "Nothing, if it is meant; else raise the price or let the override end.",
    example: "prices: { enrich_market_map: 7 credits }",
    check: deal_under_floor,
};

fn deal_under_floor(subject: &Subject<'_>) -> Vec<Finding> {
    let floor = subject.costs().and_then(|c| c.keep_worst).unwrap_or_default();
    let deals = subject.operations.overrides.iter();
    deals
        .flat_map(|(customer, deal)| {
            let rows = deal_rows(subject, deal).into_iter();
            rows.map(move |row| (customer, deal, row))
        })
        .filter_map(|(customer, deal, row)| {
            let worst =
                row.worst.filter(|w| w.loses() || w.margin.is_some_and(|m| m.is_below(floor)))?;
            let by = deal.by.as_ref().map_or("somebody", |role| role.as_str());
            let path = ["overrides", "customers", customer, "prices", &row.action];
            let message = format!(
                "`{}` leaves {} at worst from `{customer}`; {by} answers for it.",
                row.action, worst.margin?
            );
            Some(Finding::new(subject.at_operations(&path), message).label(sum_of(&worst)))
        })
        .collect()
}

/// The margins of the actions that a deal prices, on its plan with its prices and models.
fn deal_rows(subject: &Subject<'_>, deal: &Override) -> Vec<ActionMargin> {
    let plans = &subject.contract.plans;
    let base = deal.plan.as_ref().and_then(|id| plans.get(id)).or_else(|| plans.at(0));
    let Some(base) = base else { return Vec::new() };
    let mut plan = base.clone();
    plan.prices.extend(deal.prices.clone());
    plan.best_model = deal.best_model.clone().or(plan.best_model);
    let actions = deal.prices.keys().filter_map(|id| subject.contract.actions.get(id));
    actions.map(|action| priced(subject, action, &plan)).collect()
}

const E09: Rule = Rule {
    id: "E09",
    severity: Severity::Warning,
    needs: Needs::Contract,
    title: "A model whose price can change under its name",
    explains: "A name such as `…-latest` is another model tomorrow, at another price. Classes \
        should list models by their own names.",
    case: "Copilot and Cursor exchanged the models behind a name, and with it what a request cost.",
    link: "https://letsdatascience.com/news/github-copilot-switches-to-usage-based-ai-billing-3b473cb5",
    fix: "List the model by its own name.",
    example: "small:    { means: fast everyday models, are: [gpt-4o-latest] }",
    check: moving_models,
};

fn moving_models(subject: &Subject<'_>) -> Vec<Finding> {
    let classes = subject.contract.models.iter();
    classes
        .flat_map(|class| class.are.iter().map(move |model| (class, model)))
        .filter(|(_, model)| super::text::mentions(model, &["latest"]).is_some())
        .map(|(class, model)| {
            Finding::new(
                subject.at(&["models", &class.id, "are"]),
                format!("`{model}` is not always the same model."),
            )
        })
        .collect()
}

const E11: Rule = Rule {
    id: "E11",
    severity: Severity::Info,
    needs: Needs::Costs,
    title: "A harsh price without its soft counterpart",
    explains: "Charging for nothing found is a choice: there is a price that earns the same and \
        charges only what is found. It can be named once `costs` says how often a run is `empty`.",
    case: "In the sample, 3 credits for every look-up earn what 5 credits for each found address \
        would; people with good data pay less under the harsh rule, people with bad data more.",
    link: "",
    fix: "Add `empty: 39%` to the action under `costs.actions`.",
    example: "find_contact_email: { services: { email_lookup: 1 } }",
    check: no_pair,
};

fn no_pair(subject: &Subject<'_>) -> Vec<Finding> {
    let pairs = subject.margins.pairs.iter().filter(|pair| pair.soft.is_none());
    pairs
        .map(|pair| {
            let message = format!(
                "`{}` takes {} even if nothing is found; its soft price is not known.",
                pair.action,
                credits(pair.harsh)
            );
            Finding::new(subject.operations_key(&["costs", "actions", &pair.action]), message)
        })
        .collect()
}

const E12: Rule = Rule {
    id: "E12",
    severity: Severity::Warning,
    needs: Needs::Operations,
    title: "Special terms that have ended",
    explains: "An override ends at the end of its day `until`. After it the customer is on the \
        plan's own terms, while the file still reads as if the deal held.",
    case: "Deals outlive those who made them: nobody remembers which lines of the file are in \
        force.",
    link: "",
    fix: "Remove the override, or agree anew with a later `until`.",
    example: "until: 2026-06-30",
    check: ended_deal,
};

fn ended_deal(subject: &Subject<'_>) -> Vec<Finding> {
    let deals = subject.operations.overrides.iter();
    deals
        .filter_map(|(customer, deal)| {
            let until = deal.until.filter(|until| *until < subject.today)?;
            let place = subject.at_operations(&["overrides", "customers", customer, "until"]);
            Some(Finding::new(place, format!("The terms of `{customer}` ended on {until}.")))
        })
        .collect()
}

const E13: Rule = Rule {
    id: "E13",
    severity: Severity::Warning,
    needs: Needs::Costs,
    title: "Costs that were looked at on a day yet to come",
    explains: "`costs.as_of` is the day on which supplier prices were last looked at. A day yet \
        to come is a slip, and it keeps E05 silent for months.",
    case: "A margin is only as good as the day its costs are from; a wrong day makes old costs \
        look fresh.",
    link: "",
    fix: "Write the day on which the prices were really looked at.",
    example: "as_of: 2027-11-20",
    check: costs_of_tomorrow,
};

fn costs_of_tomorrow(subject: &Subject<'_>) -> Vec<Finding> {
    let day = subject.costs().and_then(|costs| costs.as_of).filter(|day| *day > subject.today);
    let found = day.map(|day| {
        let message = format!("The costs are of {day}, which is yet to come.");
        Finding::new(subject.at_operations(&["costs", "as_of"]), message)
    });
    found.into_iter().collect()
}
