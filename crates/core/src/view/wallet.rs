//! The wallet, and who the customer is.

use super::{
    AllowanceLine, CapsLine, CustomerCard, Desk, GrantLine, PriceLine, Prices, Reader, Wallet,
};
use crate::amount::Amount;
use crate::command::RunRequest;
use crate::contract::words::{Piece, State};
use crate::contract::{Action, Mode, Treatment};
use crate::decide::{allowance_state, lowest};
use crate::id::Name;
use crate::state::Book;
use crate::time::Per;

impl Desk<'_> {
    /// The wallet: the real one, whatever the mode.
    #[must_use]
    pub fn wallet(&self) -> Wallet {
        let book = &self.customer.real;
        let line = self.line(book);
        Wallet {
            customer: self.customer.id.clone(),
            money: self.money(line.balance),
            grants: book.grants.iter().filter(|g| g.is_open()).map(grant_line).collect(),
            allowances: self.allowances(book),
            caps: self.caps(book),
            enough_for: self.enough_for(self.can_use(line.available)),
            runs_out_on: self.runs_out_on(),
            alerts: self.alerts(),
            period: self.customer.period,
            as_of_seq: self.customer.seq,
            line,
        }
    }

    fn allowances(&self, book: &Book) -> std::collections::BTreeMap<Name, AllowanceLine> {
        let offered = self.terms.contract.actions.iter().filter(|a| self.terms.is_offered(&a.id));
        let line = |action: &Action| {
            let allowance = self.terms.allowance(&action.id)?;
            let used = book.used.get(&action.id).copied().unwrap_or_default();
            let state = allowance_state(&self.terms, self.customer, allowance, used, self.now);
            let resets_at = state.window.until;
            Some((action.id.clone(), AllowanceLine { allowance, used: state.used, resets_at }))
        };
        offered.filter_map(line).collect()
    }

    fn caps(&self, book: &Book) -> CapsLine {
        let caps = &self.customer.caps;
        let default = self.terms.contract.limits.spend_cap.filter(|c| c.per == Per::Month);
        CapsLine {
            month: caps.month.or(default.map(|c| c.credits)),
            used: book.month.at(self.now),
            members: caps.members.clone(),
            auto_top_up: caps.auto_top_up,
        }
    }

    /// How many runs of each offered action with a price the credits are enough for.
    fn enough_for(&self, available: Amount) -> std::collections::BTreeMap<Name, u64> {
        let count = |action: &Action| {
            let price = self.unit_price(action)?;
            Some((action.id.clone(), available.how_many(price)?))
        };
        self.terms.contract.actions.iter().filter_map(count).collect()
    }

    /// The price of one, where it is enforced and not free.
    pub(super) fn unit_price(&self, action: &Action) -> Option<Amount> {
        let charged = self.terms.is_offered(&action.id)
            && self.terms.mode(&action.id) == Mode::Enforce
            && self.terms.plan.runs_on.draws_on_wallet();
        let price = lowest(&self.terms, action, action.is_per_quantity().then_some(1))?.price;
        (charged && price.is_positive()).then_some(price)
    }

    /// Who the customer is.
    #[must_use]
    pub fn card(&self) -> CustomerCard {
        let customer = self.customer;
        CustomerCard {
            customer: customer.id.clone(),
            plan: customer.plan.clone(),
            next_plan: customer.next_plan.clone(),
            changes_on: customer.next_plan.as_ref().map(|_| customer.period.until),
            name: customer.name.clone(),
            members: customer.members.clone(),
            renews: customer.renews,
            contract: self.terms.contract.reference(),
            paused: customer.pause.clone(),
            period: customer.period,
            metadata: customer.metadata.clone(),
            seq: customer.seq,
        }
    }

    /// The same, as somebody reads it: why an operator paused them is for our side only, unless the
    /// contract's words tell customers.
    #[must_use]
    pub fn card_to(&self, to: Reader) -> CustomerCard {
        let mut card = self.card();
        let sentence = self.terms.contract.words.sentence(None, State::PausedByUs);
        let tells = |piece: &Piece| matches!(piece, Piece::Slot(slot) if slot == "reason");
        if to == Reader::Customer && card.paused.is_some() && !sentence.pieces.iter().any(tells) {
            card.paused = Some("paused".to_owned());
        }
        card
    }

    /// Every action with its price, what allows or forbids it, and the words for its button.
    #[must_use]
    pub fn prices(&self, to: Reader) -> Prices {
        let actions = self.terms.contract.actions.iter();
        let items = actions.filter_map(|action| self.price_line(action, to)).collect();
        Prices { items, as_of_seq: self.customer.seq }
    }

    fn price_line(&self, action: &Action, to: Reader) -> Option<PriceLine> {
        let request = RunRequest {
            action: action.id.clone(),
            // A button is for something new: what is "the same" is known only once it is pressed.
            artifact: action.same.once_per.as_ref().map(|_| Name::new("?")),
            inputs: action.needs.iter().map(|need| (need.to_string(), "?".to_owned())).collect(),
            ..RunRequest::default()
        };
        let check = self.check(&request, to).ok()?;
        let allowances = self.allowances(&self.customer.real);
        let left = allowances.get(&action.id).map(|a| a.allowance.units.saturating_sub(a.used));
        let declared = action.paid_even_if.iter();
        let harsh = declared.map(|h| action.outcomes.of(h.outcome)).any(|t| t != Treatment::Free);
        Some(PriceLine {
            action: check.action,
            name: action.name.clone(),
            unit: action.unit.clone(),
            at_most: check.at_most,
            own_key: check.own_key,
            ask: check.ask,
            free: check.price.is_zero(),
            harsh: harsh && check.price.is_positive(),
            price: check.price,
            money: check.money,
            allowed: check.allowed,
            denial: check.denial,
            left,
            would: check.would,
            words: check.words,
        })
    }
}

fn grant_line(grant: &crate::state::Grant) -> GrantLine {
    GrantLine {
        grant: grant.id,
        kind: grant.kind.word(),
        amount: grant.amount,
        available: grant.available,
        held: grant.held,
        effective: grant.effective,
        expires: grant.expires,
        paid: grant.paid.clone(),
    }
}
