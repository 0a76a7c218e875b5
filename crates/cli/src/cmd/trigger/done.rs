//! Does what brings an event about, in the sandbox; says to whom.

use super::steps::{Step, gift};
use crate::answer::Failure;
use crate::cmd::customers;
use crate::exit::Exit;
use crate::reach::{Reach, Said};
use probity_core::Time;
use probity_core::event::EventKind;
use serde_json::{Value, json};

/// So many runs at most, until a wallet tells something.
const MOST_RUNS: u32 = 500;

/// Does it; says to whom.
pub(super) fn done(
    reach: &Reach,
    kind: EventKind,
    customer: Option<&str>,
    steps: Vec<Step>,
) -> Result<String, Failure> {
    let micros = crate::clock::now().micros();
    let id = customer.map_or_else(|| format!("trigger-{micros:x}"), str::to_owned);
    let at = customers::path(&id, "")?;
    match customer {
        None => opens(reach, &at, kind)?,
        Some(_) if steps.is_empty() => {
            reach.ask("PUT", &at, &json!({}))?.or_failure()?;
        }
        Some(_) => known(reach, &id, &at)?,
    }
    let mut doing = Doing { reach, id, at, micros, run: Value::Null, payment: String::new() };
    for step in steps {
        doing.does(step)?;
    }
    Ok(doing.id)
}

/// Opens somebody new, on a plan that has what the event is about.
fn opens(reach: &Reach, at: &str, kind: EventKind) -> Result<(), Failure> {
    let contract = reach.read("/v1/contract")?.body;
    let plans = plans(&contract);
    let terms = |plan: &String| contract["terms"]["plans"][plan.as_str()].clone();
    let fits = |plan: &&String| match kind {
        EventKind::GrantClawedBack | EventKind::TopUpWanted => terms(plan)["top_ups"] == true,
        EventKind::WalletUsed | EventKind::WalletRunsOutSoon => !terms(plan)["credits"].is_null(),
        _ => true,
    };
    let plan = plans.iter().find(fits).or(plans.first());
    let mut sent = json!({ "plan": plan });
    if kind == EventKind::CustomerRenewed {
        sent["renews"] = "when_paid".into();
    }
    reach.ask("PUT", at, &sent)?.or_failure().map(|_| ())
}

/// Is there such a customer in the sandbox?
fn known(reach: &Reach, id: &str, at: &str) -> Result<(), Failure> {
    let said = reach.ask("GET", at, &Value::Null)?;
    if said.status != 404 {
        return said.or_failure().map(|_| ());
    }
    let what = format!("there is no customer {id} in the sandbox");
    let fix = "leave --customer out: one is opened; or open them: PUT /v1/customers/{id} with the \
               sandbox key";
    Err(Failure::new(Exit::ERRORS, "not_found", what, fix))
}

struct Doing<'r> {
    reach: &'r Reach,
    id: String,
    /// Where the customer is.
    at: String,
    micros: i64,
    /// The run, as it was answered.
    run: Value,
    payment: String,
}

impl Doing<'_> {
    fn does(&mut self, step: Step) -> Result<(), Failure> {
        match step {
            Step::Customer(method, what, sent) => self.to_customer(method, what, &sent).map(|_| ()),
            Step::Run { given } => {
                if given {
                    self.does(gift())?;
                }
                self.begins(0).map(|_| ())
            }
            Step::ToRun(what, sent) => {
                let run = self.run["run"].as_str().unwrap_or_default();
                let path = format!("/v1/runs/{run}{what}");
                self.reach.ask("POST", &path, &sent)?.or_failure().map(|_| ())
            }
            Step::Quote => self.quotes(),
            Step::Plan => self.changes_plan(),
            Step::Payment(what, mut sent) => {
                self.payment = format!("trigger-{:x}", self.micros);
                sent["payment"] = self.payment.as_str().into();
                self.to_customer("POST", what, &sent).map(|_| ())
            }
            Step::ClawBack => {
                let what = format!("/top-ups/{}/claw-back", self.payment);
                self.to_customer("POST", &what, &json!({ "reason": "probity trigger" })).map(|_| ())
            }
            Step::Override => self.is_given_terms(),
            Step::Spend(alert) => self.spends(alert),
            Step::Expiring(seconds) => {
                let expires =
                    Time::from_micros(self.now()?.micros().saturating_add(seconds * 1_000_000));
                let sent = json!({ "kind": "gift", "amount": "100", "reason": "probity trigger",
                    "expires": expires });
                self.to_customer("POST", "/grants", &sent).map(|_| ())
            }
            Step::Clock(by) => {
                let sent = match by {
                    Some(by) => json!({ "by": by }),
                    None => json!({ "to": self.run["expires_at"] }),
                };
                self.reach.ask("POST", "/v1/sandbox/clock", &sent)?.or_failure().map(|_| ())
            }
        }
    }

    fn to_customer(&self, method: &str, what: &str, sent: &Value) -> Result<Said, Failure> {
        let said = self.reach.ask(method, &format!("{}{what}", self.at), sent)?;
        if what.starts_with("/own-keys/") && said.status == 403 {
            let fix = "start the service with --own-keys-key; or see a sample: probity trigger \
                       own_key.changed --sample";
            return said.or_failure().map_err(|failure| Failure { fix: fix.to_owned(), ..failure });
        }
        said.or_failure()
    }

    /// What the sandbox clock shows.
    fn now(&self) -> Result<Time, Failure> {
        let said = self.reach.ask("POST", "/v1/sandbox/clock", &json!({}))?.or_failure()?;
        Ok(Time::parse(said.text("/now")).unwrap_or_else(crate::clock::now))
    }

    fn changes_plan(&self) -> Result<(), Failure> {
        let plans = plans(&self.reach.read("/v1/contract")?.body);
        let now = self.reach.read(&self.at)?;
        let other = plans.iter().find(|plan| *plan != now.text("/plan"));
        let other = other.ok_or_else(|| none("the contract has one plan alone"))?;
        self.to_customer("PUT", "", &json!({ "plan": other })).map(|_| ())
    }

    fn is_given_terms(&self) -> Result<(), Failure> {
        let costs = self.actions()?.into_iter().find(|item| item["free"] == false);
        let costs = costs.ok_or_else(|| none("nothing costs this customer anything"))?;
        let action = costs["action"].as_str().unwrap_or_default();
        let year: i32 = self.now()?.to_string().get(..4).and_then(|y| y.parse().ok()).unwrap_or(0);
        let sent = json!({ "prices": { action: "0" }, "until": format!("{}-12-31", year + 1),
            "reason": "probity trigger" });
        self.to_customer("POST", "/overrides", &sent).map(|_| ())
    }

    /// Uses credits until the wallet says more of an alert than it did.
    fn spends(&mut self, alert: &str) -> Result<(), Failure> {
        let before = self.told(alert)?;
        for n in 0..MOST_RUNS {
            if let Err(failure) = self.begins(n) {
                let what = format!("the wallet did not come to tell it: {}", failure.message);
                return Err(none(&what));
            }
            self.does(Step::ToRun("/settle", json!({ "outcome": "delivered" })))?;
            let now = self.told(alert)?;
            if !now.is_null() && now != before {
                return Ok(());
            }
        }
        Err(none("the wallet did not come to tell it"))
    }

    /// At which threshold the wallet tells an alert: null where it does not.
    fn told(&self, alert: &str) -> Result<Value, Failure> {
        let wallet = self.reach.read(&format!("{}/wallet", self.at))?.body;
        let told = wallet["alerts"].as_array().into_iter().flatten();
        let told = told.into_iter().find(|told| told["alert"] == alert);
        Ok(told.map_or(Value::Null, |told| json!([alert, told["at"]])))
    }

    /// What the customer may start: the dearest first.
    fn actions(&self) -> Result<Vec<Value>, Failure> {
        let prices = self.reach.read(&format!("{}/prices", self.at))?.body;
        let mut items = prices["items"].as_array().cloned().unwrap_or_default();
        items.sort_by_key(|item| {
            let price =
                item["price"].as_str().and_then(|price| probity_core::Amount::parse(price).ok());
            (item["free"] == true, std::cmp::Reverse(price))
        });
        Ok(items)
    }

    /// Begins a run of the first action that is given.
    fn begins(&mut self, n: u32) -> Result<(), Failure> {
        self.run = self.first("/v1/runs", n, &json!({ "confirmed": true }))?.body;
        Ok(())
    }

    fn quotes(&self) -> Result<(), Failure> {
        let quote = self.first("/v1/quotes", 0, &json!({}))?;
        let path = format!("/v1/quotes/{}/confirm", quote.text("/quote"));
        self.reach.ask("POST", &path, &json!({}))?.or_failure().map(|_| ())
    }

    /// Asks for the first action that is given.
    fn first(&self, path: &str, n: u32, more: &Value) -> Result<Said, Failure> {
        let mut refused = None;
        for item in self.actions()? {
            let mut sent = json!({ "customer": self.id, "action": item["action"],
                "artifact": format!("trigger-{:x}-{n}", self.micros) });
            if let (Some(sent), Some(more)) = (sent.as_object_mut(), more.as_object()) {
                sent.extend(more.clone());
            }
            let said = self.reach.ask("POST", path, &sent)?;
            if said.is_done() {
                return Ok(said);
            }
            refused.get_or_insert(said);
        }
        match refused {
            Some(said) => said.or_failure(),
            None => Err(none("the customer's plan offers nothing")),
        }
    }
}

fn plans(contract: &Value) -> Vec<String> {
    let plans = contract["plans"].as_array().into_iter().flatten();
    plans.filter_map(|plan| plan["plan"].as_str().map(str::to_owned)).collect()
}

fn none(what: &str) -> Failure {
    Failure::new(Exit::ERRORS, "not_at_once", what, "take another customer: --customer ID")
}
