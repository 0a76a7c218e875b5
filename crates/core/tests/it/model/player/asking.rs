//! Runs that are asked for, and quotes.

use super::Player;
use super::acts::*;
use crate::model::recipe::{MODELS, action_name};
use crate::model::step::{Ask, Binding, Odd};
use probity_core::command::*;
use probity_core::quote::Quote;
use probity_core::time::TimeUnit;
use probity_core::{Amount, Length, Name, Time};

impl Player<'_> {
    pub fn quoted(&self, n: u8) -> Option<Quote> {
        let last = self.quotes.len().checked_sub(1)?;
        Some(self.quotes[last - usize::from(n) % self.quotes.len()].clone())
    }

    pub fn request(&self, customer: &Name, ask: &Ask) -> RunRequest {
        let mut request = self.plain_request(customer, ask);
        let Some((n, binding)) = ask.quote else { return request };
        let Some(quote) = self.quoted(n) else { return request };
        match binding {
            Binding::Same => {
                request.action = quote.action.clone();
                request.artifact.clone_from(&quote.artifact);
                request.quantity = quote.quantity;
                request.model.clone_from(&quote.model);
                request.member.clone_from(&quote.member);
                request.purpose = quote.purpose;
                request.again = quote.again;
            }
            Binding::Omitted => {
                request = RunRequest {
                    action: quote.action.clone(),
                    inputs: request.inputs,
                    confirmed: request.confirmed,
                    purpose: quote.purpose,
                    report: request.report,
                    ..RunRequest::default()
                };
            }
            Binding::Own => {}
        }
        request.quote = Some(Box::new(quote));
        request
    }

    fn plain_request(&self, customer: &Name, ask: &Ask) -> RunRequest {
        let actions = self.world.recipe.actions.len();
        let mut action = action_name(usize::from(ask.action) % actions);
        let state = self.account(customer).map(|a| &a.state);
        let known = state.and_then(|s| self.contract(s).actions.get(&action));
        let needs_artifact = known.is_some_and(|a| a.same.once_per.is_some());
        let by_quantity = known.is_some_and(|a| a.is_per_quantity());
        let artifact = ask.artifact.or(needs_artifact.then_some(0));
        let mut request = RunRequest {
            artifact: artifact.map(artifact_name),
            quantity: ask.quantity.filter(|_| by_quantity).map(u64::from),
            model: ask.model.map(|n| MODELS[usize::from(n)].into()),
            max_price: ask.max_price.map(|n| halves(n.cast_signed())),
            confirmed: ask.confirmed,
            again: ask.again,
            own_key: ask.own_key,
            purpose: if ask.experiment { Purpose::Experiment } else { Purpose::Production },
            member: ask.member.then(|| "m".into()),
            hold_for: ask.hold_for.map(|n| Length::new(n.into(), TimeUnit::Second)),
            report: ask.report.as_ref().map(|t| Box::new(told(t, known))),
            ..RunRequest::default()
        };
        if ask.inputs {
            request.inputs.insert("name".to_owned(), "X Y".to_owned());
        }
        match ask.odd {
            Some(Odd::LongArtifact) => request.artifact = Some(Name::new(&"x".repeat(201))),
            Some(Odd::EmptyArtifact) => request.artifact = Some("".into()),
            Some(Odd::NoArtifact) => request.artifact = None,
            Some(Odd::UnknownAction) => action = "nothing".into(),
            Some(Odd::UnknownMember) => request.member = Some("nobody".into()),
            Some(Odd::BigNotes) => request.metadata = notes(1_025),
            Some(Odd::NegativeMax) => request.max_price = Some(halves(-1)),
            Some(Odd::Quantity) => request.quantity = Some(ask.quantity.unwrap_or(0).into()),
            None => {}
        }
        request.action = action;
        request
    }

    /// Makes a quote, as a view would, and keeps it.
    pub fn quote(&mut self, customer: &Name, ask: &Ask, at: Time) {
        self.books.pass(at);
        let Some(account) = self.account(customer) else { return };
        let request = self.plain_request(customer, ask);
        let version = self.books.catalog.version(account.state.contract).expect("their version");
        let price =
            version.contract.actions.get(&request.action).map(|a| {
                a.price.of_quantity(request.quantity.unwrap_or(1)).unwrap_or(Amount::ZERO)
            });
        let quote = Quote {
            id: Name::new(&format!("quote_{}", self.quotes.len())),
            customer: customer.clone(),
            action: request.action,
            artifact: request.artifact,
            quantity: request.quantity,
            model: request.model,
            member: request.member,
            purpose: request.purpose,
            again: request.again,
            price: price.unwrap_or(Amount::ZERO),
            each: None,
            contract: version.contract.version,
            operations: version.operations.last().map_or(0, |o| o.revision),
            warning: None,
            made_at: at,
            expires_at: version.contract.quotes_last.after(at, &version.contract.zone),
        };
        self.quotes.push(quote);
    }
}
