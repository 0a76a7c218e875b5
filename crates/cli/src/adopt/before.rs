//! What was adopted before under the same name: read from a customer's own entries.

use super::Asked;
use probity_core::Amount;
use serde_json::Value;

/// One payment of an adoption.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// The payment's id.
    pub(crate) payment: String,
    /// What can still be taken back of it.
    pub(crate) left: Amount,
}

/// What is to be taken back of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Take {
    /// The payment's id.
    pub(crate) payment: String,
    /// So much.
    pub(crate) amount: Amount,
    /// What could be taken back before.
    left: Amount,
}

impl Take {
    /// The key it is asked for under: it names from what to what, which can be done only once. Where it
    /// failed the next try has the same key, and what was done meanwhile changes no other's.
    pub(crate) fn key(&self) -> String {
        format!("{}.{}-{}", self.payment, self.left, self.left.less(self.amount))
    }
}

/// What one customer's entries say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Before {
    /// What the plan brought when they were opened.
    pub(crate) opening: Amount,
    /// The payments, the oldest first.
    pub(crate) bought: Vec<Mark>,
    /// All that was adopted, less what was lowered since.
    pub(crate) adopted: Amount,
    /// The last number that was used.
    pub(crate) last: u32,
    /// Was anything adopted at all?
    pub(crate) is_any: bool,
}

impl Before {
    /// One more entry, in their order.
    pub(crate) fn see(&mut self, asked: &Asked, entry: &Value) {
        let facts = &entry["facts"];
        let amount =
            |of: &Value| Amount::parse(of.as_str().unwrap_or_default()).unwrap_or_default();
        let number = |key: &str| facts[key].as_str().and_then(|mark| asked.number(mark));
        match entry["command"].as_str() {
            Some("open_customer") => self.opening = amount(&facts["plan"]["grant"]["amount"]),
            Some("top_up") => {
                if let Some(n) = number("payment") {
                    let credits = amount(&facts["grant"]["amount"]);
                    let payment = facts["payment"].as_str().unwrap_or_default().to_owned();
                    self.bought.push(Mark { payment, left: credits });
                    self.came(n, credits);
                }
            }
            Some("grant") => {
                let reason = facts["reason"].as_str();
                if let Some(n) = reason.and_then(|reason| asked.reason_number(reason)) {
                    self.came(n, amount(&facts["grant"]["amount"]));
                }
            }
            Some("claw_back") => {
                let all = ["taken", "later", "unrecovered"].map(|key| amount(&facts[key]));
                let all = Amount::sum(all).unwrap_or_default();
                let payment = facts["payment"].as_str().unwrap_or_default();
                if let Some(mark) = self.bought.iter_mut().find(|mark| mark.payment == payment) {
                    mark.left = mark.left.less(all);
                    // What an operator took back for another reason does not change what was adopted.
                    if facts["reason"].as_str() == Some(&asked.lowers()) {
                        self.adopted = self.adopted.less(all);
                    }
                }
            }
            _ => {}
        }
    }

    fn came(&mut self, n: u32, credits: Amount) {
        self.adopted = self.adopted.plus(credits).unwrap_or(Amount::MAX);
        self.last = self.last.max(n);
        self.is_any = true;
    }

    /// What is to be taken back of which payment, the newest first, so that so much goes; None: there is not
    /// so much that can be.
    pub(crate) fn lowered_by(&self, mut by: Amount) -> Option<Vec<Take>> {
        let mut takes = Vec::new();
        for Mark { payment, left } in self.bought.iter().rev() {
            let amount = (*left).min(by);
            if amount.is_positive() {
                takes.push(Take { payment: payment.clone(), amount, left: *left });
                by = by.less(amount);
            }
        }
        by.is_zero().then_some(takes)
    }
}
