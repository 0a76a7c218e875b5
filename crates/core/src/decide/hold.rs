//! Moving credits: setting aside for a run, and what happens to them when it ends.
//!
//! These build the transfers of one set of books; what is held and what is charged is decided
//! elsewhere. What a claw-back left to a hold goes as it ends; all else that comes back repays what
//! is owed first, then goes to its grant, or, where that has expired, to a new one of its kind.

use crate::amount::Amount;
use crate::command::GrantKind;
use crate::entry::{Account, Draw, GrantFacts, Transfer};
use crate::id::{GrantId, GrantIds, Name, RunId};
use crate::state::{Book, Grant};
use crate::time::{Length, Time, Zone};

/// The most open grants of one customer. Nothing that is owed to them is refused for it: where
/// nothing can be joined, a wallet has more.
pub(super) const GRANTS_AT_MOST: usize = 1_000;

/// What to draw for `price`: soonest-to-expire first, beyond that the credit line.
pub(super) fn draw(book: &Book, price: Amount, now: Time) -> Vec<Draw> {
    let mut drawn = Vec::new();
    let mut rest = price;
    for grant in book.grants.iter().filter(|g| g.is_live(now)) {
        let part = grant.available.min(rest);
        if part.is_positive() {
            drawn.push(Draw { grant: Some(grant.id), kind: Some(grant.kind), amount: part });
            rest = rest.less(part);
        }
    }
    if rest.is_positive() {
        drawn.push(Draw { grant: None, kind: None, amount: rest });
    }
    drawn
}

/// The transfers that set draws aside.
pub(super) fn hold(run: RunId, drawn: &[Draw]) -> Vec<Transfer> {
    let from = |draw: &Draw| draw.grant.map_or(Account::Owed, Account::Available);
    drawn.iter().map(|d| transfer(from(d), Account::Held(run), d.amount)).collect()
}

fn transfer(from: Account, to: Account, amount: Amount) -> Transfer {
    Transfer { from, to, amount }
}

/// Credits on their way into a wallet: where they come from and where they go, and the grants that
/// must be made for them.
pub(super) struct Arrivals<'a> {
    book: &'a Book,
    from: Account,
    now: Time,
    ids: GrantIds,
    owed: Amount,
    clawed_back: Vec<Draw>,
    pub(super) transfers: Vec<Transfer>,
    pub(super) grants: Vec<GrantFacts>,
}

impl<'a> Arrivals<'a> {
    pub(super) fn new(book: &'a Book, from: Account, now: Time, ids: GrantIds) -> Self {
        Self {
            book,
            from,
            now,
            ids,
            owed: book.owed,
            clawed_back: Vec::new(),
            transfers: Vec::new(),
            grants: Vec::new(),
        }
    }

    /// What is owed takes its part first; the rest is given back.
    fn repay(&mut self, amount: Amount) -> Amount {
        let part = amount.min(self.owed);
        if part.is_positive() {
            self.owed = self.owed.less(part);
            self.push(Account::Owed, part);
        }
        amount.less(part)
    }

    fn push(&mut self, to: Account, amount: Amount) {
        if !amount.is_positive() {
            return;
        }
        match self.transfers.iter_mut().find(|t| t.to == to) {
            Some(t) => t.amount = t.amount.plus(amount).unwrap_or(t.amount),
            None => self.transfers.push(transfer(self.from.clone(), to, amount)),
        }
    }

    /// The open grant that credits join: of equal kind and expiry; in a wallet that has as many as it
    /// can, the one of that kind that ends next after them. Bought ones never join.
    fn joins(&self, kind: GrantKind, expires: Option<Time>) -> Option<&'a Grant> {
        let grants = &self.book.grants;
        let of_kind = || grants.iter().filter(|g| g.kind == kind && kind != GrantKind::Bought);
        of_kind().find(|g| g.expires == expires).or_else(|| {
            let made = self.grants.iter().filter(|m| self.book.grant(m.grant).is_none()).count();
            let open = grants.iter().filter(|g| g.is_open()).count();
            if open.saturating_add(made) < GRANTS_AT_MOST {
                return None;
            }
            let ends = |at: Option<Time>| at.unwrap_or(Time::MAX);
            let later = of_kind().filter(|g| g.is_open() && ends(g.expires) > ends(expires));
            later.min_by_key(|g| ends(g.expires))
        })
    }

    /// Credits for a new grant; gift, goodwill and plan credits join one of equal kind and expiry.
    pub(super) fn found_grant(
        &mut self,
        kind: GrantKind,
        amount: Amount,
        expires: Option<Time>,
    ) -> GrantFacts {
        let rest = self.repay(amount);
        self.enter_grant(kind, amount, rest, expires)
    }

    fn enter_grant(
        &mut self,
        kind: GrantKind,
        amount: Amount,
        rest: Amount,
        expires: Option<Time>,
    ) -> GrantFacts {
        let made = self
            .grants
            .iter()
            .find(|g| kind != GrantKind::Bought && g.kind == kind && g.expires == expires)
            .map(|g| (g.grant, g.expires));
        let joined = made.or_else(|| self.joins(kind, expires).map(|g| (g.id, g.expires)));
        let (id, expires) = joined.unwrap_or_else(|| (self.ids.next_grant(), expires));
        let facts = GrantFacts { grant: id, kind, amount, effective: self.now, expires };
        match self.grants.iter_mut().find(|g| g.grant == id) {
            Some(before) => before.amount = before.amount.plus(amount).unwrap_or(before.amount),
            None => self.grants.push(facts.clone()),
        }
        self.push(Account::Available(id), rest);
        facts
    }

    /// To the longest-lived grant: for what was drawn on a credit line that is repaid by now. Where
    /// there is none, or even that ends before `promised`, to a new one of bought credits that lives
    /// exactly until then; for ever where nothing is promised.
    fn return_to_longest_lived(&mut self, amount: Amount, promised: Option<Time>) {
        let best = self
            .book
            .grants
            .iter()
            .filter(|g| g.is_live(self.now))
            .max_by_key(|g| g.expires.unwrap_or(Time::MAX))
            .filter(|g| promised.is_none_or(|until| g.lives_until(until)));
        match best.map(|g| g.id) {
            Some(id) => self.push(Account::Available(id), amount),
            None => {
                self.enter_grant(GrantKind::Bought, amount, amount, promised);
            }
        }
    }
}

/// What a hold became.
pub(super) struct Closed {
    /// What the charge was drawn from, in order.
    pub(super) drawn: Vec<Draw>,
    /// Grants made for what came back to expired ones.
    pub(super) grants: Vec<GrantFacts>,
    /// What went with a grant that was clawed back meanwhile.
    pub(super) clawed_back: Vec<Draw>,
    /// Everything that moved.
    pub(super) transfers: Vec<Transfer>,
}

/// A hold that is about to end.
pub(super) struct Hold<'a> {
    pub(super) run: RunId,
    pub(super) action: &'a Name,
    pub(super) drawn: &'a [Draw],
    pub(super) held_at: Time,
    /// It was only just drawn: the book does not know yet what it owes for it.
    pub(super) unposted: bool,
}

/// Ends a hold: charges in the order of drawing, and gives the rest back.
pub(super) fn close(
    book: &Book,
    hold: &Hold<'_>,
    charged: Amount,
    now: Time,
    ids: GrantIds,
) -> Closed {
    let (drawn, back) = split(hold.drawn, charged);
    let mut arrivals = Arrivals::new(book, Account::Held(hold.run), now, ids);
    if hold.unposted {
        let on_line = hold.drawn.iter().filter(|d| d.grant.is_none()).map(|d| d.amount);
        let owed = Amount::sum(on_line).and_then(|sum| sum.plus(arrivals.owed));
        arrivals.owed = owed.unwrap_or(arrivals.owed);
    }
    arrivals.push(Account::Earned(hold.action.clone()), charged);
    for draw in back {
        give_back(&mut arrivals, draw, hold.held_at);
    }
    Closed {
        drawn,
        grants: arrivals.grants,
        clawed_back: arrivals.clawed_back,
        transfers: arrivals.transfers,
    }
}

/// Splits draws after the first `amount` of credits.
fn split(drawn: &[Draw], amount: Amount) -> (Vec<Draw>, Vec<Draw>) {
    let mut first = Vec::new();
    let mut rest = Vec::new();
    let mut left = amount;
    for draw in drawn {
        let part = draw.amount.min(left);
        left = left.less(part);
        if part.is_positive() {
            first.push(Draw { amount: part, ..*draw });
        }
        let remains = draw.amount.less(part);
        if remains.is_positive() {
            rest.push(Draw { amount: remains, ..*draw });
        }
    }
    (first, rest)
}

/// Held credits go back: to what is owed, to their grant, or to a new one of its kind that lives as
/// long again as was left when they were held; of a grant clawed back meanwhile they go with it.
fn give_back(arrivals: &mut Arrivals<'_>, draw: Draw, held_at: Time) {
    let grant = draw.grant.and_then(|id| arrivals.book.grant(id));
    let gone = grant.map_or(Amount::ZERO, |g| g.to_claw.min(draw.amount));
    if gone.is_positive() {
        arrivals.push(Account::ClawedBack, gone);
        arrivals.clawed_back.push(Draw { amount: gone, ..draw });
    }
    let rest = arrivals.repay(draw.amount.less(gone));
    if !rest.is_positive() {
        return;
    }
    match grant {
        Some(grant) if grant.is_live(arrivals.now) => {
            arrivals.push(Account::Available(grant.id), rest);
        }
        Some(grant) => {
            let left = grant.expires.map(|e| arrivals.now.plus_micros(e.since(held_at).max(1)));
            arrivals.enter_grant(grant.kind, rest, rest, left);
        }
        None => arrivals.return_to_longest_lived(rest, None),
    }
}

/// Credits of a grant that were taken back come back: to it if it lives until then at least, else to
/// a new one of bought credits that lives exactly until then.
pub(super) fn restore(
    book: &Book,
    grant: GrantId,
    amount: Amount,
    lives_until: Time,
    now: Time,
    ids: GrantIds,
) -> (GrantFacts, Vec<Transfer>) {
    let mut arrivals = Arrivals::new(book, Account::Issued(GrantKind::Bought), now, ids);
    let rest = arrivals.repay(amount);
    let facts = match book.grant(grant).filter(|g| g.lives_until(lives_until)) {
        Some(lives) => {
            arrivals.push(Account::Available(grant), rest);
            let (kind, expires) = (lives.kind, lives.expires);
            GrantFacts { grant, kind, amount, effective: lives.effective, expires }
        }
        None => arrivals.enter_grant(GrantKind::Bought, amount, rest, Some(lives_until)),
    };
    (facts, arrivals.transfers)
}

/// A charge that is given back.
pub(super) struct Refund<'a> {
    pub(super) action: &'a Name,
    pub(super) drawn: &'a [Draw],
    /// How long refunded credits live at least, by which calendar.
    pub(super) promised: (Length, &'a Zone),
}

/// Gives charged credits back, last drawn first: to their grant if it lives the promised days more,
/// else to a new grant of its kind that lives exactly those days.
pub(super) fn refund(
    book: &Book,
    charge: &Refund<'_>,
    amount: Amount,
    now: Time,
    ids: GrantIds,
) -> Closed {
    let lives_until = charge.promised.0.after(now, charge.promised.1);
    let drawn = charge.drawn;
    let mut arrivals = Arrivals::new(book, Account::Earned(charge.action.clone()), now, ids);
    let mut owing = amount;
    for draw in drawn.iter().rev() {
        let part = draw.amount.min(owing);
        owing = owing.less(part);
        let rest = arrivals.repay(part);
        if !rest.is_positive() {
            continue;
        }
        let (Some(id), Some(kind)) = (draw.grant, draw.kind) else {
            arrivals.return_to_longest_lived(rest, Some(lives_until));
            continue;
        };
        let lives = book.grant(id).is_some_and(|g| g.lives_until(lives_until));
        if lives {
            arrivals.push(Account::Available(id), rest);
        } else {
            arrivals.enter_grant(kind, rest, rest, Some(lives_until));
        }
    }
    Closed {
        drawn: crate::state::take_from_last(drawn, amount),
        grants: arrivals.grants,
        clawed_back: arrivals.clawed_back,
        transfers: arrivals.transfers,
    }
}
