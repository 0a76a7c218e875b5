//! `stripe`: the secrets of its endpoints by where they are, and what its prices bring.

use super::keys::{BRINGS, PRICE, SECRET, SIGNING, STRIPE};
use super::literals::{CREDITS, VARIABLE};
use crate::deployment::problems::Problem as Deployed;
use crate::deployment::secrets::begins_like_one;
use crate::deployment::{SecretAt, Stripe};
use crate::stripe::{Brings, Selling};
use probity::Environment;
use probity_core::contract::Contract;
use probity_core::contract::file::Problem;
use probity_core::contract::file::reading::{Kind, Node, Reader, Section, Value, either};

/// Reads `stripe`. What could not be read has been reported.
pub(super) fn stripe(
    r: &mut Reader<'_>,
    node: &Node,
    contract: Option<&Contract>,
) -> Option<Stripe> {
    let s = Section::open(r, node, &STRIPE)?;
    let signing_secrets = s.get(r, "signing_secrets", signing).unwrap_or_default();
    let prices = s.named(r, "prices", PRICE, |r, _, node| brings(r, node, contract));
    let without_subscription = s.name(r, "without_subscription", Kind::Plan);
    let prices = prices.unwrap_or_default().into_iter().collect();
    let selling = Selling { prices, without_subscription };
    ends_of_plans(r, &s, &selling, contract);
    Some(Stripe { signing_secrets, selling })
}

fn signing(r: &mut Reader<'_>, node: &Node) -> Option<Vec<(Environment, SecretAt)>> {
    let s = Section::open(r, node, &SIGNING)?;
    let mut all = Vec::new();
    for environment in Environment::ALL {
        let of = s.get(r, environment.word(), |r, node| r.list(node, secret));
        all.extend(of.into_iter().flatten().map(|secret| (environment, secret)));
    }
    if s.at("live").is_none() && s.at("sandbox").is_none() && !s.has_unknown_keys() {
        let fix =
            "Write one of `live` and `sandbox`, or delete it: then they come from the environment.";
        r.report(Problem::MissingKey, s.near(""), "`signing_secrets` names no secret.", fix);
    }
    Some(all)
}

/// Where a secret is; one that stands here itself is not repeated in what is said.
fn secret(r: &mut Reader<'_>, node: &Node) -> Option<SecretAt> {
    if let Value::Scalar(scalar) = &node.value
        && begins_like_one(&scalar.text)
    {
        written_out(r, node);
        return None;
    }
    let s = Section::open(r, node, &SECRET)?;
    let is_one = |node: &Node| matches!(&node.value, Value::Scalar(s) if begins_like_one(&s.text));
    for key in ["env", "file"] {
        if let Some(node) = s.at(key).filter(|node| is_one(node)) {
            written_out(r, node);
            return None;
        }
    }
    let env = s.literal(r, "env", &VARIABLE).map(SecretAt::Env);
    let file = s.text(r, "file").map(SecretAt::File);
    exactly_one(r, &s, ["env", "file"], "says where the secret is")?;
    env.or(file)
}

fn written_out(r: &mut Reader<'_>, node: &Node) {
    let message = "A signing secret itself stands here, it seems.";
    let fix = "Take it out, roll it at Stripe, and write where the new one is: `{ env: NAME }` or \
               `{ file: PATH }`.";
    r.report(Deployed::SecretInTheFile, node, message, fix);
}

fn brings(r: &mut Reader<'_>, node: &Node, contract: Option<&Contract>) -> Option<Brings> {
    let s = Section::open(r, node, &BRINGS)?;
    let credits = s.literal(r, "credits", &CREDITS);
    let plan = s.name(r, "plan", Kind::Plan);
    if let (Some(credits), Some(contract)) = (credits, contract)
        && !credits.is_multiple_of(contract.credit.smallest)
    {
        let smallest = contract.credit.smallest;
        let message = format!("{credits} credits are no multiple of {smallest}.");
        let fix = format!("Write a multiple of {smallest}.");
        r.report(Deployed::FinerThanCredits, s.near("credits"), message, &fix);
    }
    exactly_one(r, &s, ["credits", "plan"], "says what the price brings")?;
    credits.map(Brings::Credits).or_else(|| plan.map(Brings::Plan))
}

/// Of two keys one is to be written.
fn exactly_one(
    r: &mut Reader<'_>,
    s: &Section<'_>,
    keys: [&'static str; 2],
    does: &str,
) -> Option<()> {
    let [one, other] = keys;
    let fix = format!("Write one of {}.", either(keys));
    match (s.at(one), s.at(other)) {
        (Some(_), None) | (None, Some(_)) => Some(()),
        (Some(at), Some(second)) => {
            let message = format!("`{one}` and `{other}`: only one of them {does}.");
            r.contradiction(second, Some(at), message, &fix);
            None
        }
        (None, None) if s.has_unknown_keys() => None,
        (None, None) => {
            r.report(Problem::MissingKey, s.near(""), format!("Nothing {does}."), fix);
            None
        }
    }
}

/// Is it known which plan is for those who have no subscription any more?
fn ends_of_plans(
    r: &mut Reader<'_>,
    s: &Section<'_>,
    selling: &Selling,
    contract: Option<&Contract>,
) {
    let sells_plans = selling.prices.values().any(|brings| matches!(brings, Brings::Plan(_)));
    let is_known = s.at("without_subscription").is_some();
    if sells_plans && !is_known && contract.is_some_and(|c| c.new_customers.is_none()) {
        let message = "Whose subscription ends stays on its plan.";
        let fix = "Add a line such as `without_subscription: discovery`.";
        let problem = Deployed::KeepsThePlan;
        let at = s.near("prices").shown();
        let finding = r.findings.finding(problem, problem.severity(), at, message, fix);
        r.findings.push(finding);
    }
}
