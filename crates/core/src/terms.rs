//! The terms a decision is made under: published versions, and what a plan lets a customer do.
//!
//! A [`Catalog`] holds every version that was published, with its revisions of operations. From it
//! come the [`Terms`] of one customer: contract, operations, plan and live overrides together. They
//! answer what is promised; whether a run fits is decided in `decide`.

use crate::amount::Amount;
use crate::contract::{
    self, Action, Allowance, Broken, Contract, Mode, Operations, Override, Plan, Price, Rollout,
    RunsOn, Starts, Tariff,
};
use crate::id::Name;
use crate::state::Customer;
use crate::time::{Time, Zone};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// One published version of a contract.
#[derive(Clone, Debug)]
pub struct Version {
    /// The promises.
    pub contract: Arc<Contract>,
    /// The instant from which it may apply to customers.
    pub effective: Time,
    /// Whether it waits for each customer's next period.
    pub starts: Starts,
    /// Its private halves, by revision.
    pub operations: Vec<Arc<Operations>>,
}

/// Every version that was published, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    versions: Vec<Version>,
}

/// Why a version cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishError {
    /// Its number is not above the last one, which is this.
    VersionNotAbove(u32),
    /// Its name is not that of the versions before.
    OtherContract,
    /// It is worse for somebody and starts before the promised notice is over: not before this
    /// instant, so on this day at the earliest.
    NoticeOwed(Time, Date),
    /// It does what the latest version promised never to do, whatever the notice.
    NeverPromised(Broken),
    /// Operations of a version that was never published.
    UnknownVersion,
}

impl PublishError {
    /// The words of all of them, as [`PublishError::word`] gives them.
    pub const WORDS: [&'static str; 2] = ["notice_owed", "contract_refused"];

    /// Its stable word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NoticeOwed(..) => "notice_owed",
            Self::VersionNotAbove(_)
            | Self::OtherContract
            | Self::NeverPromised(_)
            | Self::UnknownVersion => "contract_refused",
        }
    }

    /// The status of an HTTP answer.
    #[must_use]
    pub const fn http_status(&self) -> u16 {
        match self {
            Self::NoticeOwed(..) => 409,
            _ => 422,
        }
    }

    /// What is wrong and what to do, for people.
    #[must_use]
    pub fn detail(&self) -> String {
        let text = match self {
            Self::VersionNotAbove(last) => format!(
                "Version {last} is published, and a published version never changes: set `version` \
                 to {} or more.",
                u64::from(*last) + 1
            ),
            Self::OtherContract => "It is called otherwise than the versions before it.".to_owned(),
            Self::NoticeOwed(at, day) => format!(
                "It is worse for somebody, and the notice that is promised lasts until {at}: set \
                 `effective` to {day}, or a later day."
            ),
            Self::NeverPromised(Broken { promise, key }) => format!(
                "`{key}` breaks `changes.never: {}` of the version before, whatever the notice.",
                promise.word()
            ),
            Self::UnknownVersion => "No version is published yet: publish one first.".to_owned(),
        };
        format!("{text} Nothing was applied.")
    }
}

/// The first day that begins at or after an instant.
fn first_day(zone: &Zone, at: Time) -> Date {
    let day = zone.date(at);
    if zone.start_of(day) >= at { day } else { day.tomorrow().unwrap_or(day) }
}

impl Catalog {
    /// A catalog of one contract, in force from the beginning of time.
    #[must_use]
    pub fn of(contract: Contract, operations: Operations) -> Self {
        let version = Version {
            contract: Arc::new(contract),
            effective: Time::MIN,
            starts: Starts::AtOnce,
            operations: vec![Arc::new(operations)],
        };
        Self { versions: vec![version] }
    }

    /// Publishes a later version at `now`.
    ///
    /// The first version is in force at once. A later one is compared with the latest published, so
    /// it never starts before that one: a better version does not bring an announced adverse one in
    /// before its notice. A version that is `adverse` for anybody starts no earlier than the notice
    /// that the latest one promises, and, where that one says so, at each customer's next period.
    ///
    /// # Errors
    /// [`PublishError`]; nothing is published then.
    pub fn publish(
        &mut self,
        contract: Contract,
        operations: Operations,
        adverse: bool,
        now: Time,
    ) -> Result<(), PublishError> {
        let written = contract.effective.map_or(now, |date| contract.zone.start_of(date)).max(now);
        let (effective, starts) = match self.versions.last() {
            None => (Time::MIN, Starts::AtOnce),
            Some(before) => {
                let last = &before.contract;
                let written = written.max(before.effective);
                if last.name != contract.name {
                    return Err(PublishError::OtherContract);
                }
                if contract.version <= last.version {
                    return Err(PublishError::VersionNotAbove(last.version));
                }
                if let Some(promise) = contract::broken_promise(last, &contract) {
                    return Err(PublishError::NeverPromised(promise));
                }
                match (adverse, last.changes.worse) {
                    (true, Some(worse)) => {
                        let earliest = worse.notice.after(now, &last.zone);
                        if written < earliest {
                            let day = first_day(&contract.zone, earliest);
                            return Err(PublishError::NoticeOwed(earliest, day));
                        }
                        (written, worse.starts)
                    }
                    (true, None) => (written, Starts::AtOnce),
                    (false, _) => (written, last.changes.better_starts),
                }
            }
        };
        let operations = vec![Arc::new(operations)];
        self.versions.push(Version { contract: Arc::new(contract), effective, starts, operations });
        Ok(())
    }

    /// Publishes a new revision of operations: for the version in force, for those announced, and
    /// for older ones that somebody may still live under.
    ///
    /// # Errors
    /// [`PublishError::UnknownVersion`] where nothing is published yet.
    pub fn publish_operations(&mut self, operations: Operations) -> Result<(), PublishError> {
        if self.versions.is_empty() {
            return Err(PublishError::UnknownVersion);
        }
        let operations = Arc::new(operations);
        for version in &mut self.versions {
            version.operations.push(Arc::clone(&operations));
        }
        Ok(())
    }

    /// The contract's name, the same in all versions.
    pub(crate) fn name(&self) -> Name {
        self.versions.first().map_or_else(|| Name::new(""), |v| v.contract.name.clone())
    }

    /// All versions, oldest first.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The version with this number.
    #[must_use]
    pub fn version(&self, number: u32) -> Option<&Version> {
        match self.versions.as_slice() {
            [only] if only.contract.version == number => Some(only),
            all => all.iter().rev().find(|v| v.contract.version == number),
        }
    }

    /// The version that a new customer gets at `now`: the latest in force.
    #[must_use]
    pub fn in_force(&self, now: Time) -> Option<&Version> {
        self.versions.iter().rev().find(|v| v.effective <= now)
    }

    /// The version that a customer moves to in the middle of a period, if a later one is in force at
    /// `now`: the latest that still has their plan, and the plan that waits for the period's end.
    #[must_use]
    pub fn successor(&self, customer: &Customer, now: Time) -> Option<&Version> {
        let wish = customer.next_plan.as_ref();
        let has_wish = |v: &&Version| wish.is_none_or(|plan| v.contract.plans.get(plan).is_some());
        self.later_with(&customer.plan, customer, now).find(has_wish)
    }

    /// The version that a customer moves to who begins a period on `plan` at `now`.
    #[must_use]
    pub fn successor_on(&self, customer: &Customer, plan: &Name, now: Time) -> Option<&Version> {
        self.later_with(plan, customer, now).next()
    }

    /// Versions above the customer's that are in force at `now` and have a plan, latest first.
    fn later_with(
        &self,
        plan: &Name,
        customer: &Customer,
        now: Time,
    ) -> impl Iterator<Item = &Version> {
        let above = customer.contract;
        let later = self.versions.iter().rev().filter(move |v| v.contract.version > above);
        let in_force = later.filter(move |v| v.effective <= now);
        in_force.filter(move |v| v.contract.plans.get(plan).is_some())
    }

    /// The mode of roll-out for an action where only the id of a customer is known: the share is theirs
    /// all the same, and of the versions in force and the plans that they may be on the strictest holds.
    #[must_use]
    pub fn strictest_mode(&self, customer: &Name, action: &Name, now: Time) -> Mode {
        let in_force = self.versions.iter().filter(|version| version.effective <= now);
        let modes = in_force.filter_map(|version| {
            let (contract, rollout) = (&version.contract, &version.operations.last()?.rollout);
            let plans = contract.plans.names();
            plans.map(|plan| mode(rollout, (&contract.name, customer), (action, plan))).max()
        });
        modes.max().unwrap_or(Mode::Enforce)
    }

    /// Is an action enforced for anybody, under any version in force and on any plan?
    #[must_use]
    pub fn is_enforced_for_anybody(&self, action: &Name, now: Time) -> bool {
        let mut in_force =
            self.versions.iter().filter(|version| version.effective <= now).peekable();
        in_force.peek().is_none()
            || in_force.any(|version| {
                let operations = version.operations.last();
                operations.is_none_or(|all| all.rollout.enforces_for_anybody(action))
            })
    }

    /// The terms of one customer under a version and revision (None: its latest).
    #[must_use]
    pub fn terms<'a>(
        &'a self,
        version: u32,
        revision: Option<u32>,
        customer: &'a Customer,
        now: Time,
    ) -> Option<Terms<'a>> {
        self.terms_on(&customer.plan, version, revision, customer, now)
    }

    /// The same on `plan`, which a run keeps whatever plan its customer is on by then.
    ///
    /// A version that lacks the plan offers nothing on it; all else is answered by the plan as the
    /// nearest version has it, so that what began can always end.
    #[must_use]
    pub fn terms_on<'a>(
        &'a self,
        plan: &Name,
        version: u32,
        revision: Option<u32>,
        customer: &'a Customer,
        now: Time,
    ) -> Option<Terms<'a>> {
        let version = self.version(version)?;
        let plan = self.plan_near(plan, &version.contract)?;
        let operations = match revision {
            Some(number) => version.operations.iter().rev().find(|o| o.revision == number)?,
            None => version.operations.last()?,
        };
        Some(Terms::new(&version.contract, operations, plan, customer, now))
    }

    /// A plan as a version has it, else the first later one that does, else the last earlier one.
    fn plan_near<'a>(&'a self, plan: &Name, contract: &'a Contract) -> Option<&'a Plan> {
        let others = || self.versions.iter().map(|v| &*v.contract);
        let later = || others().filter(|c| c.version > contract.version);
        let earlier = || others().filter(|c| c.version < contract.version).rev();
        let own = contract.plans.get(plan);
        own.or_else(|| later().chain(earlier()).find_map(|c| c.plans.get(plan)))
    }
}

/// What applies to one customer at one instant.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The promises.
    pub contract: &'a Contract,
    /// Their private half.
    pub operations: &'a Operations,
    /// The plan: the customer's, or a run's own.
    pub plan: &'a Plan,
    /// Special terms in the file that are in force for them.
    filed: Option<&'a Override>,
    customer: &'a Customer,
    now: Time,
}

/// A price with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted<'a> {
    /// The tariff that applies.
    pub tariff: &'a Tariff,
    /// The customer's key pays the model.
    pub on_your_key: bool,
}

impl<'a> Terms<'a> {
    /// The terms of `customer` on `plan`.
    #[must_use]
    pub fn new(
        contract: &'a Contract,
        operations: &'a Operations,
        plan: &'a Plan,
        customer: &'a Customer,
        now: Time,
    ) -> Self {
        let zone = &contract.zone;
        let filed = operations.overrides.get(&customer.id).filter(|o| {
            o.plan.as_ref().is_none_or(|p| *p == plan.id)
                && o.until.is_none_or(|until| now < zone.day(zone.start_of(until)).until)
        });
        Self { contract, operations, plan, filed, customer, now }
    }

    /// The contract's zone.
    #[must_use]
    pub const fn zone(&self) -> &'a Zone {
        &self.contract.zone
    }

    /// Special terms in force, from the file and from the books.
    pub fn overrides(&self) -> impl Iterator<Item = &'a Override> {
        let now = self.now;
        let booked = self.customer.overrides.iter().filter(move |o| now < o.ends).map(|o| &o.terms);
        self.filed.into_iter().chain(booked)
    }

    /// Does the plan offer the action? An override that prices it offers it too. A version that
    /// lacks the plan offers nothing on it.
    #[must_use]
    pub fn is_offered(&self, action: &Name) -> bool {
        let priced = |o: &Override| o.prices.get(action).is_some_and(|p| self.is_for_us(p));
        let special = |o: &Override| priced(o) || o.allowances.contains_key(action);
        self.contract.plans.get(&self.plan.id).is_some()
            && (self.plan.is_offering(action) || self.overrides().any(special))
    }

    /// Are these the terms that the customer lives under, by which their period was counted?
    #[must_use]
    pub fn are_present(&self) -> bool {
        self.contract.version == self.customer.contract && self.plan.id == self.customer.plan
    }

    /// A price on the customer's key counts only on a plan that runs on one.
    fn is_for_us(&self, price: &Price) -> bool {
        !price.on_your_key || self.plan.runs_on == RunsOn::OwnKey
    }

    /// The tariffs that may apply: the action's, the plan's, the overrides'. The lowest is taken.
    pub fn tariffs(&self, action: &'a Action) -> impl Iterator<Item = Quoted<'a>> {
        let id = &action.id;
        let own = Quoted { tariff: &action.price, on_your_key: false };
        let plans = self.plan.prices.get(id);
        let special = self.overrides().filter_map(move |o| o.prices.get(id));
        let terms = *self;
        let listed = plans.into_iter().chain(special).filter(move |p| terms.is_for_us(p));
        let listed = listed.map(|p| Quoted { tariff: &p.credits, on_your_key: p.on_your_key });
        std::iter::once(own).chain(listed)
    }

    /// The largest quantity that is taken: the largest that any of the tariffs states.
    #[must_use]
    pub fn up_to(&self, action: &'a Action) -> Option<u64> {
        let stated = |quoted: Quoted<'_>| match quoted.tariff {
            Tariff::Each { up_to, .. } => *up_to,
            Tariff::Free | Tariff::Fixed(_) => None,
        };
        self.tariffs(action).filter_map(stated).max()
    }

    /// The better of the plan's allowance and the overrides', which keep the plan's window.
    #[must_use]
    pub fn allowance(&self, action: &Name) -> Option<Allowance> {
        let planned = self.plan.allowances.get(action).copied();
        let special = self.overrides().filter_map(|o| o.allowances.get(action)).copied();
        special.fold(planned, |best, other| match best {
            Some(best) => Some(Allowance { units: best.units.max(other.units), per: best.per }),
            None => Some(other),
        })
    }

    /// Where the best allowed model class stands; None: no ceiling.
    #[must_use]
    pub fn ceiling(&self) -> Option<usize> {
        let rank = |class: &Name| self.contract.models.position(class);
        let planned = self.plan.best_model.as_ref()?;
        self.overrides()
            .filter_map(|o| o.best_model.as_ref())
            .fold(rank(planned), |best, class| best.max(rank(class)))
    }

    /// How far below zero the wallet may go.
    #[must_use]
    pub fn credit_line(&self) -> Amount {
        self.overrides().filter_map(|o| o.credit_line).max().unwrap_or(Amount::ZERO)
    }

    /// How many runs may be open at once.
    #[must_use]
    pub fn at_once(&self) -> u32 {
        let special = self.overrides().filter_map(|o| o.at_once).max().unwrap_or(0);
        self.contract.limits.at_once.max(special)
    }

    /// The mode of roll-out for an action: the most lenient of what is listed for it and for the
    /// plan, else the default; customers outside the share are in shadow.
    #[must_use]
    pub fn mode(&self, action: &Name) -> Mode {
        let whose = (&self.contract.name, &self.customer.id);
        mode(&self.operations.rollout, whose, (action, &self.plan.id))
    }
}

fn mode(
    rollout: &Rollout,
    (contract, customer): (&Name, &Name),
    (action, plan): (&Name, &Name),
) -> Mode {
    if !is_in_share(contract, customer, rollout.share.millionths()) {
        return Mode::Shadow;
    }
    let by_action = rollout.actions.get(action).copied();
    let by_plan = rollout.plans.get(plan).copied();
    by_action.into_iter().chain(by_plan).min().unwrap_or(rollout.default)
}

/// Is the customer within the share the roll-out applies to?
///
/// The first 8 bytes, big-endian, of SHA-256 of contract name, a zero byte, customer id, modulo
/// 10,000; inside when below share × 100 (share in per cent).
#[must_use]
pub fn is_in_share(contract: &str, customer: &str, share_millionths: u32) -> bool {
    if share_millionths >= 1_000_000 {
        return true;
    }
    let mut hash = Sha256::new();
    hash.update(contract.as_bytes());
    hash.update([0]);
    hash.update(customer.as_bytes());
    let digest = hash.finalize();
    let first = digest.iter().take(8).fold(0u64, |n, b| (n << 8) | u64::from(*b));
    let bucket = first.checked_rem(10_000).unwrap_or(0);
    // Per cent × 100 = millionths ÷ 100, compared without dividing.
    bucket.saturating_mul(100) < u64::from(share_millionths)
}
