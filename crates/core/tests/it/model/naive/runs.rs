//! Runs: how they begin, end, and are mended afterwards, in both books.

use super::Naive;
use super::ask::{Asking, Key, Word, read};
use super::ending::{Ending, charge, read_report};
use super::history::{BOTH, Event, REAL, Run, SHADOW, Side, Stands};
use super::price::{Bill, Under, Wish, n};
use super::said::{Refused, Said};
use probity_core::command::{Attempt, Purpose, Report, RunRequest};
use probity_core::contract::{Action, Mode, Outcome};
use probity_core::decide::Code;
use probity_core::entry::{Rule, RunKind};
use probity_core::time::TimeUnit;
use probity_core::{Amount, Length, Name, RunId, Time};

/// A refusal with the numbers that it tells of.
fn refused(under: &Under<'_>, bill: &Bill, code: Code) -> Refused {
    let about_others = matches!(code, Code::NotInPlan | Code::ModelAbovePlan | Code::BadInput);
    let is_short = matches!(code, Code::CreditsInFlight | Code::NotEnoughCredits);
    let has = under.person.purses[REAL].available();
    Refused {
        code,
        needs: (!about_others).then_some(bill.price),
        has,
        held: under.person.held(REAL),
        missing: is_short.then(|| bill.price - has - under.credit_line()),
    }
}

impl Naive {
    pub fn start(
        &mut self,
        who: &Name,
        request: &RunRequest,
        id: RunId,
        key: Key,
        now: Time,
    ) -> Result<Said, Word> {
        let person = self.person(who).clone();
        let quote = request.quote.as_deref();
        let (version, revision) =
            quote.map_or((person.version, None), |q| (q.contract, Some(q.operations)));
        let under = self.under(&person, version, revision, now).ok_or("not_found")?;
        let wish = read(&under, request, key)?;
        let mut run = blank(&under, &wish, id);
        if let Some(owned) = under.is_reopened(&wish) {
            run.kind = RunKind::Reopened;
            let rule = if owned { Rule::Reopened } else { Rule::SameAgain };
            run.sides.iter_mut().for_each(|side| side.rule = Some(rule));
            return Ok(self.add_reopened(who, run, now));
        }
        let real = run.mode == Mode::Enforce;
        let bills = BOTH.map(|book| under.bill(&wish, book));
        let answers = BOTH.map(|book| {
            let consented = book == SHADOW;
            Asking { under: &under, wish: &wish, sums: &self.sums, book, consented }
                .ask(&bills[book])
        });
        if let (true, Err(code)) = (real, answers[REAL]) {
            return Ok(Said::Denied(refused(&under, &bills[REAL], code)));
        }
        let denied_price = answers[SHADOW].err().map(|code| match code {
            Code::NotInPlan if wish.purpose == Purpose::Production => {
                under.lowest(wish.action, wish.quantity).0
            }
            _ => bills[SHADOW].price,
        });
        let ending = match &request.report {
            Some(report) => Some(read_report(wish.action, wish.quantity, report)?),
            None => None,
        };
        self.begin(who, run, bills, answers, quote.map(|q| q.id.clone()), now);
        let i = self.person(who).runs.len() - 1;
        self.person_mut(who).runs[i].denied_price = denied_price;
        if let (Some(ending), Some(report)) = (ending, &request.report) {
            self.end(who, i, ending, Stands::Settled, now);
            self.cost(who, i, &report.attempts, true, now);
        }
        Ok(Said::Run { run: id, wrote: true })
    }

    fn add_reopened(&mut self, who: &Name, mut run: Run, now: Time) -> Said {
        let id = run.id;
        run.stands = Stands::Settled;
        run.ended_as = Some(Outcome::Reopened);
        run.outcome = run.ended_as;
        run.reported = Some((Outcome::Reopened, None, None));
        run.ended = Some(now);
        let person = self.person_mut(who);
        if let Some(quote) = &run.quote {
            person.quotes_used.push(quote.clone());
        }
        person.runs.push(run);
        person.log.push(Event::Ended(person.runs.len() - 1));
        Said::Run { run: id, wrote: true }
    }

    fn begin(
        &mut self,
        who: &Name,
        mut run: Run,
        bills: [Bill; 2],
        answers: [Result<bool, Code>; 2],
        quote: Option<Name>,
        now: Time,
    ) {
        let real = run.mode == Mode::Enforce;
        let leading = match (real, answers[SHADOW]) {
            (true, _) => Some(REAL),
            (false, Ok(_)) => Some(SHADOW),
            (false, Err(_)) => None,
        };
        if let Some(book) = leading {
            run.kind = bills[book].kind;
            run.on_key = bills[book].on_key;
            run.free_redo = bills[book].free_redo;
        }
        run.would_deny = answers[SHADOW].err();
        let person = self.person_mut(who);
        for book in BOTH {
            if (book == REAL && !real) || answers[book].is_err() {
                continue;
            }
            let bill = &bills[book];
            run.sides[book] = Side {
                price: bill.price,
                full: bill.full,
                tariff: bill.tariff.clone(),
                units_free: bill.units_free,
                drawn: person.purses[book].draw(bill.price, now),
                ..Side::default()
            };
        }
        person.quotes_used.extend(quote);
        person.runs.push(run);
    }

    /// Ends a held run in both books.
    pub fn end(&mut self, who: &Name, i: usize, ending: Ending, stands: Stands, now: Time) {
        let run = self.person(who).runs[i].clone();
        let (action, smallest) = self.deal(&run);
        let person = self.person_mut(who);
        for book in BOTH {
            let side = &run.sides[book];
            let (charged, units, rule) = charge(&run, book, &action, ending, smallest);
            let rule = if stands == Stands::Expired && rule == Rule::OutcomeFree {
                Rule::TooSlow
            } else {
                rule
            };
            let kept = person.purses[book].close(&side.drawn, charged, run.began, now);
            let side = &mut person.runs[i].sides[book];
            (side.charged, side.units_used, side.rule) = (charged, units, Some(rule));
            side.drawn = kept;
        }
        let run = &mut person.runs[i];
        (run.stands, run.outcome, run.ended) = (stands, Some(ending.0), Some(now));
        (run.ended_as, run.first) = (run.outcome, Some(ending));
        (run.reported, run.told) = (Some(ending), Some(now));
        person.log.push(Event::Ended(i));
        person.forget_claws();
    }

    pub fn settle(
        &mut self,
        who: &Name,
        id: RunId,
        report: &Report,
        now: Time,
    ) -> Result<Said, Word> {
        let i = self.person(who).run(id).ok_or("not_found")?;
        let run = self.person(who).runs[i].clone();
        let stands = Ok(Said::Run { run: id, wrote: false });
        if run.kind == RunKind::Reopened {
            return stands;
        }
        let (action, _) = self.deal(&run);
        let again = read_report(&action, run.quantity, report);
        let same = again.is_ok_and(|again| run.first == Some(again));
        let late = run.stands == Stands::Expired && !run.late;
        match run.stands {
            Stands::Held => {}
            Stands::Expired if late => {}
            Stands::Settled | Stands::Expired if same => return stands,
            _ => return Err("already_settled"),
        }
        let ending = read_report(&action, run.quantity, report)?;
        if late {
            let run = &mut self.person_mut(who).runs[i];
            (run.reported, run.told) = (Some(ending), Some(now));
            (run.late, run.outcome, run.first) = (true, Some(ending.0), Some(ending));
            run.late_as = run.outcome;
            self.person_mut(who).log.push(Event::Late(i));
        } else {
            self.end(who, i, ending, Stands::Settled, now);
        }
        self.cost(who, i, &report.attempts, !late, now);
        Ok(Said::Run { run: id, wrote: true })
    }

    pub fn release(&mut self, who: &Name, id: RunId, now: Time) -> Result<Said, Word> {
        let i = self.person(who).run(id).ok_or("not_found")?;
        match self.person(who).runs[i].stands {
            Stands::Held => {}
            Stands::Released => return Ok(Said::Run { run: id, wrote: false }),
            Stands::Settled | Stands::Expired => return Err("already_settled"),
        }
        self.end(who, i, (Outcome::Cancelled, None, None), Stands::Released, now);
        self.cost(who, i, &[], false, now);
        Ok(Said::Run { run: id, wrote: true })
    }

    pub fn expire(&mut self, who: &Name, i: usize, now: Time) {
        self.end(who, i, (Outcome::Failed, None, None), Stands::Expired, now);
        self.cost(who, i, &[], true, now);
    }

    pub fn extend(&mut self, who: &Name, id: RunId, by: Length, now: Time) -> Result<Said, Word> {
        let i = self.person(who).run(id).ok_or("not_found")?;
        let run = self.person(who).runs[i].clone();
        if !run.is_open() {
            return Err("already_settled");
        }
        if by.count == 0 {
            return Err("invalid_request");
        }
        let zone = &self.version(run.version).contract.zone;
        let until = by.after(now, zone).min(run.latest).max(run.expires);
        self.person_mut(who).runs[i].expires = until;
        Ok(Said::Run { run: id, wrote: true })
    }

    pub fn refund(
        &mut self,
        who: &Name,
        id: RunId,
        amount: Option<Amount>,
        role: Option<&Name>,
        now: Time,
    ) -> Result<Said, Word> {
        let i = self.person(who).run(id).ok_or("not_found")?;
        let run = self.person(who).runs[i].clone();
        let left = run.net(REAL);
        if left == 0 {
            return Err("nothing_to_refund");
        }
        let amount = amount.map_or(left, n);
        let (_, smallest) = self.deal(&run);
        if amount <= 0 || amount % smallest != 0 {
            return Err("invalid_request");
        }
        if amount > left {
            return Err("refund_exceeds_charged");
        }
        self.may_give(run.version, Some(run.revision), role, amount)?;
        self.give_back(who, i, [amount, amount.min(run.net(SHADOW))], now);
        Ok(Said::Run { run: id, wrote: true })
    }

    fn give_back(&mut self, who: &Name, i: usize, amounts: [i64; 2], now: Time) {
        let version = self.person(who).runs[i].version;
        let contract = &self.version(version).contract;
        let promised = contract.credit.refunds_last_at_least.after(now, &contract.zone);
        let person = self.person_mut(who);
        for book in BOTH {
            let drawn = person.runs[i].sides[book].drawn.clone();
            let kept = person.purses[book].refund(&drawn, amounts[book], promised, now);
            let side = &mut person.runs[i].sides[book];
            side.drawn = kept;
            side.refunded += amounts[book];
        }
        person.log.push(Event::Back { run: i, amounts });
    }

    pub fn correct(
        &mut self,
        who: &Name,
        id: RunId,
        report: &Report,
        now: Time,
    ) -> Result<Said, Word> {
        let i = self.person(who).run(id).ok_or("not_found")?;
        let run = self.person(who).runs[i].clone();
        if run.kind == RunKind::Reopened {
            let (action, _) = self.deal(&run);
            read_report(&action, run.quantity, report)?;
            return Err("correction_not_in_favour");
        }
        if run.stands != Stands::Settled && !run.late {
            return Err("correction_not_in_favour");
        }
        let contract = &self.version(run.version).contract;
        let reported = if run.late { run.told } else { run.ended };
        let until = contract.failures.corrections.after(reported.expect("told"), &contract.zone);
        if until <= now {
            return Err("too_late_to_correct");
        }
        let (action, smallest) = self.deal(&run);
        let ending = read_report(&action, run.quantity, report)?;
        if run.reported == Some(ending) {
            return Ok(Said::Run { run: id, wrote: false });
        }
        let costs = BOTH.map(|book| match run.late {
            true => (0, 0, Rule::TooSlow),
            false => charge(&run, book, &action, ending, smallest),
        });
        let net = BOTH.map(|book| run.net(book));
        if costs[REAL].0 > net[REAL] || (costs[REAL].0 == net[REAL] && net[REAL] > 0) {
            return Err("correction_not_in_favour");
        }
        self.give_back(who, i, BOTH.map(|book| (net[book] - costs[book].0).max(0)), now);
        let person = self.person_mut(who);
        for book in BOTH {
            let side = &mut person.runs[i].sides[book];
            side.units_used = side.units_used.min(costs[book].1);
        }
        let run = &mut person.runs[i];
        (run.outcome, run.reported) = (Some(ending.0), Some(ending));
        person.log.push(Event::Corrected { run: i, to: ending.0 });
        Ok(Said::Run { run: id, wrote: true })
    }

    pub fn attempts(
        &mut self,
        who: &Name,
        id: RunId,
        attempts: &[Attempt],
        now: Time,
    ) -> Result<Said, Word> {
        let i = self.person(who).run(id).ok_or("not_found")?;
        let run = self.person(who).runs[i].clone();
        let zone = &self.version(run.version).contract.zone;
        let week = Length::new(7, TimeUnit::Day);
        if run.told.or(run.ended).is_some_and(|at| week.after(at, zone) <= now) {
            return Err("too_late_to_correct");
        }
        if attempts.is_empty() {
            return Err("invalid_request");
        }
        self.cost(who, i, attempts, false, now);
        Ok(Said::Run { run: id, wrote: true })
    }

    fn deal(&self, run: &Run) -> (Action, i64) {
        let contract = &self.version(run.version).contract;
        let action = contract.actions.get(&run.action).expect("an action");
        (action.clone(), n(contract.credit.smallest))
    }
}

impl Run {
    pub fn net(&self, book: usize) -> i64 {
        self.sides[book].charged - self.sides[book].refunded
    }
}

fn blank(under: &Under<'_>, wish: &Wish<'_>, id: RunId) -> Run {
    let zone = &under.contract.zone;
    let length = wish.request.hold_for.unwrap_or(wish.action.too_slow_after);
    let expires = length.after(under.now, zone);
    Run {
        id,
        action: wish.action.id.clone(),
        artifact: wish.artifact.clone(),
        tracked: wish.thing.is_some(),
        kind: RunKind::First,
        free_redo: false,
        mode: under.mode(&wish.action.id),
        purpose: wish.purpose,
        member: wish.member.clone(),
        quantity: wish.quantity,
        quote: wish.quote.map(|q| q.id.clone()),
        on_key: false,
        began: under.now,
        expires,
        latest: expires.max(under.contract.failures.at_latest.after(under.now, zone)),
        plan: under.plan.id.clone(),
        version: under.contract.version,
        revision: under.operations.revision,
        would_deny: None,
        denied_price: None,
        sides: [Side::default(), Side::default()],
        stands: Stands::Held,
        reported: None,
        first: None,
        ended_as: None,
        late_as: None,
        outcome: None,
        ended: None,
        told: None,
        late: false,
        attempts: 0,
    }
}
