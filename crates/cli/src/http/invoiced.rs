//! Which payments were of a subscription's invoice: they bought a period and no credits of their own, so
//! what is claimed of them is nothing to wait for. Kept while the service runs, and so many at the most:
//! of what is forgotten the claim is refused for as long as Stripe may still tell of its payment.

use crate::stripe::Event;
use probity::Environment;
use probity_core::Name;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// So many invoices, and payments of invoices, are kept of both environments.
const MOST: usize = 50_000;

type Id = (Environment, Name);

/// What was told of invoices and their payments, in whichever order.
#[derive(Debug, Default)]
pub(crate) struct Invoiced(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Invoices of subscriptions.
    invoices: HashSet<Id>,
    /// Payments, and the invoice that each paid.
    payments: HashMap<Id, Name>,
    /// All of them, as they came.
    order: VecDeque<Id>,
}

impl Invoiced {
    /// An event was told.
    pub(crate) fn hear(&self, environment: Environment, event: &Event) {
        let Some(of) = &event.invoiced else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let invoice = (environment, of.invoice.clone());
        if of.by_subscription && known.invoices.insert(invoice.clone()) {
            known.order.push_back(invoice);
        }
        for payment in &of.payments {
            let id = (environment, payment.clone());
            if known.payments.insert(id.clone(), of.invoice.clone()).is_none() {
                known.order.push_back(id);
            }
        }
        while known.order.len() > MOST {
            let Some(oldest) = known.order.pop_front() else { return };
            known.invoices.remove(&oldest);
            known.payments.remove(&oldest);
        }
    }

    /// Did a payment pay a subscription's invoice?
    pub(crate) fn has(&self, environment: Environment, payment: &Name) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let invoice = known.payments.get(&(environment, payment.clone()));
        invoice.is_some_and(|of| known.invoices.contains(&(environment, of.clone())))
    }
}
