//! The API as a port for stories: every call of a story is a request.

use super::served::{Got, Served};
use probity::Environment;
use probity::engine::{Ask, Doing, Refused, Whose};
use probity::problem::Trouble;
use probity::scenario::{Call, Port, Publication, Told};
use probity::store::{self, Store};
use probity_core::command::{Act, Actor, ActorKind, NewCustomer, Report, RunRequest};
use probity_core::contract::{Price, Tariff};
use probity_core::diagnostic::Severity;
use probity_core::sums::Sums;
use probity_core::terms::PublishError;
use probity_core::{Cost, Name, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A served engine.
pub(crate) struct Http {
    served: Served,
    sums: Sums,
    roles: BTreeMap<Name, String>,
    told: BTreeMap<String, u64>,
}

impl Http {
    pub(crate) fn on(store: Box<dyn Store>) -> Self {
        let served = Served::at(store, Time::from_micros(0));
        let (roles, told) = (BTreeMap::new(), BTreeMap::new());
        Self { served, sums: Sums::default(), roles, told }
    }

    fn submit(&self, publication: &Publication<'_>, whole: bool, adverse: bool) -> Told {
        let files = publication.files;
        let found = self.served.probity.publish(
            store::Publication {
                number: 0,
                environment: Environment::Live,
                contract: whole.then(|| files.contract.clone()),
                operations: files.operations.clone(),
                prices: files.prices.clone(),
                adverse,
                reason: None,
                by: Name::new("story"),
                at: Time::MIN,
            },
            false,
        );
        match found.and_then(probity::engine::Pending::wait) {
            Ok(published) => {
                let latest = published.catalog.versions().last();
                Told::of(json!({
                    "contract": latest.map(|version| version.contract.reference()),
                    "operations": published.operations,
                    "class": if adverse { "adverse" } else { "neutral" },
                }))
            }
            Err(Refused::Publish(error)) => {
                let earliest = match &error {
                    PublishError::NoticeOwed(earliest, _) => Some(earliest),
                    _ => None,
                };
                Told::refused(json!({
                    "code": error.word(), "status": error.http_status(), "earliest": earliest,
                    "detail": error.detail(), "applied": false,
                }))
            }
            Err(refused) => panic!("{refused}"),
        }
    }

    /// The key of whoever acts.
    fn key(&mut self, customer: &str, by: &Actor) -> Result<String, Box<Got>> {
        match (by.kind, &by.role) {
            (ActorKind::Customer, _) => {
                let path = format!("/v1/customers/{customer}/tokens");
                let got = self.served.post(&path, &json!({}));
                match got.body["token"].as_str() {
                    Some(token) => Ok(token.to_owned()),
                    None => Err(Box::new(got)),
                }
            }
            (_, Some(role)) => {
                let served = &self.served;
                let new = || served.key(Environment::Live, role, Some(role));
                Ok(self.roles.entry(role.clone()).or_insert_with(new).clone())
            }
            (_, None) => Ok(self.served.live.clone()),
        }
    }

    fn suppose(&mut self, now: Time) {
        let sums = &mut self.sums;
        if sums.supplier_window_ends.is_some_and(|ends| ends <= now) {
            sums.supplier_cost = Cost::ZERO;
        }
        if sums.we_paid_window_ends.is_some_and(|ends| ends <= now) {
            sums.we_paid = Cost::ZERO;
        }
        let supposed = self.served.probity.suppose(Environment::Live, sums.clone());
        supposed.and_then(probity::engine::Pending::wait).expect("supposed");
    }

    fn answer(&self, customer: &str, call: Call, key: &str, by: Actor) -> Got {
        let post = |path: &str, body: &Value| self.served.call_as(key, "POST", path, body);
        match call {
            Call::Open(new) => self.open(customer, &new, key),
            Call::Read => self.read(customer, key),
            Call::Terms => self.served.get_as(key, &format!("/v1/customers/{customer}/terms")),
            Call::Receipt(run) => self.served.get_as(key, &format!("/v1/runs/{run}")),
            Call::Check(requests) => {
                let asked = |request: &RunRequest| {
                    let mut asked = request_json(customer, request);
                    for field in ["now", "metadata", "hold_for"] {
                        asked.as_object_mut().unwrap().remove(field);
                    }
                    asked
                };
                match requests.as_slice() {
                    [only] => post("/v1/check", &asked(only)),
                    all => {
                        let items: Vec<Value> = all.iter().map(asked).collect();
                        post("/v1/check", &json!({ "items": items }))
                    }
                }
            }
            Call::Quote(request) => {
                let mut asked = request_json(customer, &request);
                for field in ["now", "metadata", "hold_for", "max_price", "confirmed"] {
                    asked.as_object_mut().unwrap().remove(field);
                }
                post("/v1/quotes", &asked)
            }
            Call::Run(request, quote) => {
                let mut asked = request_json(customer, &request);
                asked["quote"] = json!(quote);
                post("/v1/runs", &asked)
            }
            Call::ConfirmQuote(text) => post(&format!("/v1/quotes/{text}/confirm"), &json!({})),
            Call::Act(act) => self.act(customer, *act, key, by),
        }
    }

    fn open(&self, customer: &str, new: &NewCustomer, key: &str) -> Got {
        let path = format!("/v1/customers/{customer}");
        let before = self.served.get(&path);
        if before.status == 200 {
            let body = json!({"code": "already_done", "applied": false});
            return Got { status: 409, body, ..before };
        }
        let body = json!({"plan": new.plan, "name": new.name, "members": new.members,
            "renews": new.renews, "metadata": new.metadata});
        let got = self.served.call_as(key, "PUT", &path, &body);
        if got.status == 201 { self.read(customer, key) } else { got }
    }

    fn read(&self, customer: &str, key: &str) -> Got {
        let card = self.served.get_as(key, &format!("/v1/customers/{customer}"));
        if card.status != 200 {
            return card;
        }
        let mut wallet = self.served.get_as(key, &format!("/v1/customers/{customer}/wallet"));
        for (name, value) in card.body.as_object().unwrap() {
            wallet.body[name] = value.clone();
        }
        wallet
    }

    fn act(&self, customer: &str, act: Act, key: &str, by: Actor) -> Got {
        let of_customer = format!("/v1/customers/{customer}");
        let of_run = |run| format!("/v1/runs/{run}");
        let (method, path, body) = match &act {
            Act::UpdateCustomer(changes) => ("PUT", of_customer, changed(changes)),
            Act::StartRun(request) => {
                ("POST", "/v1/runs".to_owned(), request_json(customer, request))
            }
            Act::Settle { run, report } => ("POST", of_run(run) + "/settle", report_json(report)),
            Act::Release { run } => ("POST", of_run(run) + "/release", json!({})),
            Act::Extend { run, length } => {
                ("POST", of_run(run) + "/extend", json!({"for": length.to_string()}))
            }
            Act::Refund { run, amount, reason } => {
                ("POST", of_run(run) + "/refund", json!({"amount": amount, "reason": reason}))
            }
            Act::Correct { run, report } => {
                let mut report = report_json(report);
                report.as_object_mut().unwrap().retain(|key, _| key != "attempts" && key != "now");
                ("POST", of_run(run) + "/correct", report)
            }
            Act::Attempts { run, attempts } => {
                let attempts: Vec<Value> = attempts.iter().map(attempt_json).collect();
                ("POST", of_run(run) + "/attempts", json!({ "attempts": attempts }))
            }
            Act::Grant { kind, amount, expires, reason } => {
                let body = json!({"kind": kind, "amount": amount, "expires": expires,
                    "reason": reason});
                ("POST", of_customer + "/grants", body)
            }
            Act::TopUp { payment, credits, paid } => {
                let paid = paid
                    .map(|paid| json!({"amount": paid.number(), "currency": paid.currency.code()}));
                let body = json!({"payment": payment, "credits": credits, "paid": paid});
                ("POST", of_customer + "/top-ups", body)
            }
            Act::ClawBack { payment, credits, reason } => {
                let path = format!("{of_customer}/top-ups/{payment}/claw-back");
                ("POST", path, json!({"credits": credits, "reason": reason}))
            }
            Act::Renew { payment } => {
                ("POST", of_customer + "/renewals", json!({ "payment": payment }))
            }
            Act::SetCaps(caps) => {
                let mut body = json!({ "members": caps.members });
                if let Some(month) = caps.month {
                    body["month"] = json!(month);
                }
                if let Some(auto) = caps.auto_top_up {
                    body["auto_top_up"] = json!(auto);
                }
                ("PUT", of_customer + "/caps", body)
            }
            Act::Override(terms) => {
                ("POST", of_customer + "/overrides", override_json(&terms.terms))
            }
            Act::Pause { reason } => ("POST", of_customer + "/pause", json!({ "reason": reason })),
            Act::Resume { item } => {
                let (action, artifact) = item.clone().unzip();
                let body = json!({"action": action, "artifact": artifact});
                ("POST", of_customer + "/resume", body)
            }
            _ => return self.embedded(customer, act, by),
        };
        self.served.call_as(key, method, &path, &body)
    }

    /// What has no request yet goes to the engine.
    fn embedded(&self, customer: &str, act: Act, by: Actor) -> Got {
        let ask = Ask {
            environment: Environment::Live,
            whose: Whose::Customer(Name::new(customer)),
            doing: Doing::Act(act),
            by,
            only_if: None,
            key: None,
            render: None,
        };
        let asked = self.served.probity.ask(ask).and_then(probity::engine::Pending::wait);
        let mut got = self.served.get(&format!("/v1/customers/{customer}"));
        if let Err(refused) = asked {
            got.status = 422;
            got.body = match refused {
                Refused::Problem(problem) => Trouble::of(&problem).body(),
                other => panic!("{other}"),
            };
        }
        got
    }

    fn written(&mut self, customer: &str) -> Vec<Value> {
        let after = self.told.get(customer).copied().unwrap_or(0);
        let path = format!("/v1/customers/{customer}/entries?after={after}&limit=1000");
        let got = self.served.get(&path);
        let items = got.body["items"].as_array().cloned().unwrap_or_default();
        if let Some(seq) = items.last().and_then(|item| item["seq"].as_u64()) {
            self.told.insert(customer.to_owned(), seq);
        }
        items
    }
}

fn changed(changes: &probity_core::command::CustomerChanges) -> Value {
    let mut body = json!({});
    if let Some(plan) = &changes.plan {
        body["plan"] = json!(plan);
    }
    if let Some(name) = &changes.name {
        body["name"] = json!(name);
    }
    if let Some(members) = &changes.members {
        body["members"] = json!(members);
    }
    if let Some(renews) = &changes.renews {
        body["renews"] = json!(renews);
    }
    if let Some(metadata) = &changes.metadata {
        body["metadata"] = json!(metadata);
    }
    body
}

fn request_json(customer: &str, request: &RunRequest) -> Value {
    let mut body = json!({
        "customer": customer, "artifact": request.artifact, "quantity": request.quantity,
        "model": request.model, "inputs": request.inputs, "max_price": request.max_price,
        "confirmed": request.confirmed, "again": request.again, "own_key": request.own_key,
        "purpose": request.purpose, "member": request.member,
        "hold_for": request.hold_for.map(|length| length.to_string()),
        "now": request.today, "metadata": request.metadata,
    });
    if !request.action.is_empty() {
        body["action"] = json!(request.action);
    }
    if let Some(report) = &request.report {
        for (name, value) in report_json(report).as_object().unwrap() {
            let name = if name == "quantity" { "arrived" } else { name.as_str() };
            if !(name == "now" && value.is_null()) {
                body[name] = value.clone();
            }
        }
    }
    body
}

fn report_json(report: &Report) -> Value {
    let attempts: Vec<Value> = report.attempts.iter().map(attempt_json).collect();
    json!({"outcome": report.outcome, "parts": report.parts, "quantity": report.quantity,
        "reason": report.reason, "attempts": attempts, "now": report.today})
}

fn attempt_json(attempt: &probity_core::command::Attempt) -> Value {
    json!({"provider": attempt.provider, "asked": attempt.asked, "model": attempt.model,
        "usage": attempt.usage, "source": attempt.source, "services": attempt.services,
        "own_key": attempt.own_key})
}

fn override_json(terms: &probity_core::contract::Override) -> Value {
    let prices: BTreeMap<_, _> = terms.prices.iter().map(|(id, p)| (id, price_json(p))).collect();
    json!({"prices": prices, "allowances": terms.allowances, "best_model": terms.best_model,
        "credit_line": terms.credit_line, "at_once": terms.at_once,
        "until": terms.until.map(|day| day.to_string()), "reason": terms.reason})
}

fn price_json(price: &Price) -> Value {
    let on_your_key = price.on_your_key;
    match price.credits {
        Tariff::Free => json!({"credits": "0", "on_your_key": on_your_key}),
        Tariff::Fixed(credits) => json!({"credits": credits, "on_your_key": on_your_key}),
        Tariff::Each { each, at_least, at_most, up_to } => json!({"each": each,
            "at_least": at_least, "at_most": at_most, "up_to": up_to,
            "on_your_key": on_your_key}),
    }
}

fn first_error(publication: &Publication<'_>) -> Option<String> {
    let mut findings = publication.reading.findings.iter();
    let error = findings.find(|finding| finding.severity == Severity::Error);
    error.map(|error| format!("{} {}", error.message, error.fix))
}

fn refused_files(publication: &Publication<'_>) -> Told {
    let detail = first_error(publication);
    Told::refused(json!({"code": "contract_refused", "status": 422, "detail": detail,
        "applied": false}))
}

impl Port for Http {
    fn publish(&mut self, publication: &Publication<'_>, worse: bool, now: Time) -> Told {
        self.served.clock.set(now);
        if publication.reading.contract.is_none() || first_error(publication).is_some() {
            return refused_files(publication);
        }
        self.submit(publication, true, worse)
    }

    fn publish_operations(&mut self, publication: &Publication<'_>, now: Time) -> Told {
        self.served.clock.set(now);
        if publication.reading.operations.is_none() {
            return refused_files(publication);
        }
        self.submit(publication, false, false)
    }

    fn sums(&mut self) -> &mut Sums {
        &mut self.sums
    }

    fn call(&mut self, customer: &str, call: Call, by: Actor, now: Time) -> Told {
        self.served.clock.set(now);
        self.suppose(now);
        let got = match self.key(customer, &by) {
            Ok(key) => self.answer(customer, call, &key, by),
            Err(got) => *got,
        };
        let done = got.status < 400;
        let mut got = got;
        // The API names the very place within a field; stories name the field.
        if let (false, Some(field)) = (done, got.body["field"].as_str()) {
            got.body["field"] = json!(field.split(['[', '.']).next());
        }
        assert!(got.status < 500, "{:#}", got.body);
        let entries = self.written(customer);
        Told { done, body: got.body, entries }
    }
}
