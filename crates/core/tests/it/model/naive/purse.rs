//! Credits in piles: how they are drawn, given back, refunded and taken back.

use probity_core::command::GrantKind;
use probity_core::{Name, Time};

/// A pile of credits of one kind that all run out at the same instant.
#[derive(Clone, Debug)]
pub struct Pile {
    pub kind: GrantKind,
    pub expires: Option<Time>,
    pub made: Time,
    pub payment: Option<Name>,
    pub has: i64,
    /// Of what holds give back, this much goes with a payment that was taken back.
    pub to_claw: i64,
}

impl Pile {
    pub fn is_live(&self, now: Time) -> bool {
        self.expires.is_none_or(|end| now < end)
    }

    fn ends(&self) -> Time {
        self.expires.unwrap_or(Time::MAX)
    }
}

/// All piles that ever were, in the order they were made, and what is owed.
#[derive(Clone, Debug, Default)]
pub struct Purse {
    pub piles: Vec<Pile>,
    pub owed: i64,
}

type Drawn = Vec<(Option<usize>, i64)>;

impl Purse {
    pub fn available(&self) -> i64 {
        self.piles.iter().map(|p| p.has).sum::<i64>() - self.owed
    }

    /// Live piles, soonest to expire first; ties: gift, goodwill, plan, bought, older.
    fn order(&self, now: Time) -> Vec<usize> {
        let mut live: Vec<usize> =
            (0..self.piles.len()).filter(|i| self.piles[*i].is_live(now)).collect();
        live.sort_by_key(|i| (self.piles[*i].ends(), self.piles[*i].kind, self.piles[*i].made, *i));
        live
    }

    pub fn draw(&mut self, price: i64, now: Time) -> Drawn {
        let mut drawn = Drawn::new();
        let mut rest = price;
        for i in self.order(now) {
            let part = rest.min(self.piles[i].has);
            if part > 0 {
                self.piles[i].has -= part;
                drawn.push((Some(i), part));
                rest -= part;
            }
        }
        if rest > 0 {
            self.owed += rest;
            drawn.push((None, rest));
        }
        drawn
    }

    /// Ends a hold: charges in the order of drawing, gives the rest back. What stays charged.
    pub fn close(&mut self, drawn: &Drawn, charged: i64, held_at: Time, now: Time) -> Drawn {
        let mut kept = Drawn::new();
        let mut to_charge = charged;
        for &(from, amount) in drawn {
            let part = amount.min(to_charge);
            to_charge -= part;
            if part > 0 {
                kept.push((from, part));
            }
            self.give_back(from, amount - part, held_at, now);
        }
        kept
    }

    fn give_back(&mut self, from: Option<usize>, amount: i64, held_at: Time, now: Time) {
        let mut amount = amount;
        if let Some(i) = from {
            let gone = amount.min(self.piles[i].to_claw);
            self.piles[i].to_claw -= gone;
            amount -= gone;
        }
        let rest = self.repay(amount);
        if rest == 0 {
            return;
        }
        match from {
            None => self.give_longest_lived(rest, None, now),
            Some(i) if self.piles[i].is_live(now) => self.piles[i].has += rest,
            Some(i) => {
                let left = self.piles[i].ends().since(held_at).max(1);
                self.put(self.piles[i].kind, rest, Some(now.plus_micros(left)), now, None);
            }
        }
    }

    /// Whatever arrives repays what is owed first.
    fn repay(&mut self, amount: i64) -> i64 {
        let part = amount.min(self.owed);
        self.owed -= part;
        amount - part
    }

    fn give_longest_lived(&mut self, amount: i64, promised: Option<Time>, now: Time) {
        let longest = self.order(now).into_iter().max_by_key(|i| self.piles[*i].ends());
        match longest.filter(|i| promised.is_none_or(|until| until <= self.piles[*i].ends())) {
            Some(i) => self.piles[i].has += amount,
            None => self.put(GrantKind::Bought, amount, promised, now, None),
        }
    }

    /// A new pile, or one of equal kind and expiry; bought ones never join.
    fn put(
        &mut self,
        kind: GrantKind,
        amount: i64,
        expires: Option<Time>,
        now: Time,
        payment: Option<Name>,
    ) {
        let equal =
            |p: &&mut Pile| kind != GrantKind::Bought && p.kind == kind && p.expires == expires;
        match self.piles.iter_mut().find(equal) {
            Some(pile) => pile.has += amount,
            None => {
                self.piles.push(Pile { kind, expires, made: now, payment, has: amount, to_claw: 0 })
            }
        }
    }

    /// Credits arrive from outside.
    pub fn grant(
        &mut self,
        kind: GrantKind,
        amount: i64,
        expires: Option<Time>,
        now: Time,
        payment: Option<Name>,
    ) {
        let rest = self.repay(amount);
        self.put(kind, rest, expires, now, payment);
    }

    /// Gives charged credits back, last drawn first: to their pile if it lives until `promised`,
    /// else to one of its kind that ends then. What stays charged.
    pub fn refund(&mut self, drawn: &Drawn, amount: i64, promised: Time, now: Time) -> Drawn {
        let mut kept = drawn.clone();
        let mut owing = amount;
        while let Some((from, there)) = kept.pop() {
            let part = there.min(owing);
            owing -= part;
            let rest = self.repay(part);
            match from {
                _ if rest == 0 => {}
                None => self.give_longest_lived(rest, Some(promised), now),
                Some(i) if promised <= self.piles[i].ends() => self.piles[i].has += rest,
                Some(i) => self.put(self.piles[i].kind, rest, Some(promised), now, None),
            }
            if part < there {
                kept.push((from, there - part));
                break;
            }
        }
        kept
    }

    pub fn expire(&mut self, now: Time) {
        self.piles.iter_mut().filter(|p| !p.is_live(now)).for_each(|p| p.has = 0);
    }

    /// The soonest instant at which something in it runs out.
    pub fn next_expiry(&self) -> Option<Time> {
        self.piles.iter().filter(|p| p.has > 0).filter_map(|p| p.expires).min()
    }
}
