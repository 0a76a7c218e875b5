//! What of the contract in force matters to whoever brings credits in: as the API tells it.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::reach::Reach;
use probity_core::Amount;
use probity_core::time::Zone;
use serde_json::Value;
use std::collections::BTreeMap;

/// What matters of a plan.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PlanTerms {
    /// The credits it brings when a customer is opened on it.
    pub(crate) credits: Option<Amount>,
    /// Does it sell more?
    pub(crate) top_ups: bool,
}

/// What matters of a contract.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    /// Which contract: `jobscout@3`.
    pub(crate) contract: String,
    /// Where its days begin.
    pub(crate) zone: Zone,
    /// Nothing finer is counted.
    pub(crate) smallest: Amount,
    /// How long credits last, by kind: `forever`, `90 days`.
    lasts: BTreeMap<String, String>,
    /// Where customers begin of whom nothing is said.
    pub(crate) new_customers: Option<String>,
    /// By id.
    pub(crate) plans: BTreeMap<String, PlanTerms>,
}

impl Terms {
    /// Asks the books.
    ///
    /// # Errors
    /// Nothing was published, or a service is of another version.
    pub(crate) fn ask(reach: &Reach) -> Result<Self, Failure> {
        let said = reach.ask("GET", "/v1/contract", &Value::Null)?;
        if said.text("/code") == "not_found" {
            let what = "these books have no contract yet, so there is no plan to put anybody on";
            let fix = "publish it first: probity publish";
            return Err(Failure::new(Exit::ERRORS, "no_contract", what, fix));
        }
        let said = said.or_failure()?;
        Self::read(&said.body).ok_or_else(|| {
            let what = "the service does not say what its contract's terms are: it is older";
            let fix = "take the version of probity that the service runs, or update the service";
            Failure::new(Exit::ERRORS, "other_version", what, fix)
        })
    }

    fn read(body: &Value) -> Option<Self> {
        let terms = body.get("terms")?;
        let amount = |value: &Value| Amount::parse(value.as_str()?).ok();
        let plans = terms["plans"].as_object()?.iter().map(|(id, plan)| {
            let (credits, top_ups) = (amount(&plan["credits"]), plan["top_ups"] == true);
            (id.clone(), PlanTerms { credits, top_ups })
        });
        let lasts = terms["lasts"].as_object()?.iter();
        let lasts =
            lasts.filter_map(|(kind, word)| Some((kind.clone(), word.as_str()?.to_owned())));
        Some(Self {
            contract: body["contract"].as_str()?.to_owned(),
            zone: Zone::named(terms["time_zone"].as_str()?)?,
            smallest: amount(&terms["smallest"])?,
            lasts: lasts.collect(),
            new_customers: terms["new_customers"].as_str().map(str::to_owned),
            plans: plans.collect(),
        })
    }

    /// How long credits of a kind last where nothing else is said: `forever`, `90 days`.
    pub(crate) fn lasts(&self, kind: &str) -> &str {
        self.lasts.get(kind).map_or("forever", String::as_str)
    }

    /// Does any plan bring credits when somebody is opened on it?
    pub(crate) fn plans_bring_credits(&self) -> bool {
        self.plans.values().any(|plan| plan.credits.is_some_and(Amount::is_positive))
    }
}
