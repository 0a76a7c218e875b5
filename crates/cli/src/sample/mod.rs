//! A realistic usage log of a contract, made by chance from a seed: for trying `replay`.
//!
//! It has what real logs have: heavy users, days and nights, failures in bursts, retries, double
//! clicks, results opened again, lookups that find nothing, a program that runs away, and a price
//! list of today that charges every call. No machine, no clock and no float has a say in it.

mod event;
mod lines;
mod people;
mod random;
mod rhythm;
mod shop;

pub(crate) use lines::JsonLines;
pub(crate) use shop::Shop;

use event::{Event, Status};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use people::People;
use random::{Random, Weighted};
use rhythm::{HOUR, Rhythm};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Write};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// How many rows.
    pub(crate) rows: u64,
    /// How many customers at most.
    pub(crate) customers: u64,
    /// Over how many days.
    pub(crate) days: u64,
    /// What chance begins with.
    pub(crate) seed: u64,
    /// The first day, in the shop's zone.
    pub(crate) from: Date,
}

impl Default for Settings {
    fn default() -> Self {
        // A Thursday.
        Self { rows: 50_000, customers: 650, days: 30, seed: 1, from: date(2026, 10, 1) }
    }
}

/// Writes a log as CSV.
///
/// # Errors
/// What writing says.
pub(crate) fn write(shop: &Shop, settings: Settings, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", event::HEADER)?;
    let mut sample = Sample::new(shop, settings);
    let rhythm = Rhythm::of(settings.days, &mut sample.random);
    for (hour, rows) in rhythm.hours(settings.rows) {
        sample.hour(hour, rows, &rhythm, out)?;
    }
    Ok(())
}

/// A log in the making.
struct Sample<'s> {
    shop: &'s Shop,
    random: Random,
    people: People,
    wanted: Vec<Weighted>,
    runaway: (usize, usize),
    /// When each day begins, and when the last one ends.
    days: Vec<i64>,
    last: i64,
    things: u64,
    requests: u64,
    /// What will happen because of what has happened.
    later: BinaryHeap<Reverse<Event>>,
}

impl<'s> Sample<'s> {
    fn new(shop: &'s Shop, settings: Settings) -> Self {
        let mut random = Random::new(settings.seed);
        let people = People::of(shop, settings.customers, &mut random);
        // Most people press what their plan offers; a few try the rest.
        let wanted = shop.plans.iter().map(|plan| {
            Weighted::new(shop.actions.iter().enumerate().map(|(n, action)| {
                let is_offered = plan.offers.get(n).copied().unwrap_or(false);
                if is_offered { action.weight * 25 } else { action.weight }
            }))
        });
        let wanted = wanted.collect();
        let dearest = shop.actions.iter().enumerate().max_by_key(|(_, a)| a.typical_cost);
        let dearest = dearest.map_or(0, |(n, _)| n);
        let runaway = (people.runaway(shop, dearest), dearest);
        let begins = |n: u64| {
            let days = i64::try_from(n).unwrap_or(0).days();
            shop.zone.start_of(settings.from.saturating_add(days)).micros()
        };
        let days: Vec<_> = (0..=settings.days.max(1)).map(begins).collect();
        let last = days.first().copied().unwrap_or_default();
        let later = BinaryHeap::new();
        Self { shop, random, people, wanted, runaway, days, last, things: 0, requests: 0, later }
    }

    /// The rows of one hour, in the order of time.
    fn hour(
        &mut self,
        hour: usize,
        rows: u64,
        rhythm: &Rhythm,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let day = |n: usize| self.days.get(n).copied().unwrap_or(self.last);
        // Where the clocks are changed, a day has an hour more or less.
        let start = day(hour / 24) + i64::try_from(hour % 24).unwrap_or(0) * HOUR;
        let end = day(hour / 24 + 1) - 1;
        let slot = HOUR / i64::try_from(rows.max(1)).unwrap_or(HOUR);
        for n in 0..rows {
            let within = self.random.below(u64::try_from(slot.max(1)).unwrap_or(1));
            let at =
                start + i64::try_from(n).unwrap_or(0) * slot + i64::try_from(within).unwrap_or(0);
            let at = at.min(end);
            let is_due = self.later.peek().is_some_and(|Reverse(event)| event.at <= at);
            let mut event = match self.later.pop() {
                Some(Reverse(event)) if is_due => event,
                Some(other) => {
                    self.later.push(other);
                    self.fresh(at, rhythm.is_runaway(hour))
                }
                None => self.fresh(at, rhythm.is_runaway(hour)),
            };
            event.at = event.at.max(self.last);
            self.last = event.at;
            self.happen(event, rhythm.is_bad(hour), out)?;
        }
        Ok(())
    }

    /// Somebody presses something.
    fn fresh(&mut self, at: i64, is_runaway: bool) -> Event {
        if is_runaway && self.random.chance(850) {
            let (person, action) = self.runaway;
            return self.new_thing(at, person, action);
        }
        let person = self.people.somebody(&mut self.random);
        let plan = self.people.all.get(person).map_or(0, |p| p.plan);
        let action = self.wanted.get(plan).map_or(0, |wanted| wanted.pick(&mut self.random));
        let again = self.random.chance(110);
        let results = self.people.all.get(person).map(|p| p.results.as_slice()).unwrap_or_default();
        let same: Vec<_> = results.iter().filter(|(own, _)| *own == action).collect();
        match self.random.one_of(&same) {
            Some((_, thing)) if again => {
                Event { is_again: true, thing: *thing, ..self.press(at, person, action) }
            }
            _ => self.new_thing(at, person, action),
        }
    }

    fn new_thing(&mut self, at: i64, person: usize, action: usize) -> Event {
        self.things += 1;
        Event { thing: self.things, ..self.press(at, person, action) }
    }

    /// A press of a button: how many units, which model.
    fn press(&mut self, at: i64, person: usize, action: usize) -> Event {
        self.requests += 1;
        let sold = self.shop.actions.get(action);
        let random = &mut self.random;
        let quantity = sold.and_then(|sold| sold.quantity).map(|most| {
            // Mostly a few, sometimes many, now and then more than is taken.
            match random.below(100) {
                0 => most + random.between(1, 40),
                1..=6 => random.between(most / 4, most),
                _ => random.between(1, 12).min(most),
            }
        });
        let models = self.people.all.get(person).and_then(|p| self.shop.plans.get(p.plan));
        let models = models.and_then(|plan| plan.models.get(action)).map_or(0, Vec::len);
        let model = match random.below(100) {
            0..=2 if models > 0 => event::DEAREST,
            3..=24 => usize::try_from(random.below(models as u64)).unwrap_or(0),
            _ => 0,
        };
        Event {
            at,
            person,
            action,
            thing: 0,
            request: self.requests,
            quantity,
            model,
            tries: 0,
            is_again: false,
        }
    }

    /// It happens: a row is written, and what follows from it is planned.
    fn happen(&mut self, event: Event, is_bad: bool, out: &mut impl Write) -> io::Result<()> {
        let Some(sold) = self.shop.actions.get(event.action) else { return Ok(()) };
        let status = event.status(sold, is_bad, &mut self.random);
        self.plan_more(&event, status);
        let Some(person) = self.people.all.get(event.person) else { return Ok(()) };
        let Some(plan) = self.shop.plans.get(person.plan) else { return Ok(()) };
        let models = plan.models.get(event.action).map(Vec::as_slice).unwrap_or_default();
        let model = match event.model {
            event::DEAREST => self.shop.dearest.as_ref(),
            n => models.get(n),
        };
        event.write(status, sold, model, (&person.id, &plan.id), &mut self.random, out)
    }

    fn plan_more(&mut self, event: &Event, status: Status) {
        let is_delivered = matches!(status, Status::Ok | Status::Partial);
        if is_delivered && let Some(person) = self.people.all.get_mut(event.person) {
            person.remember(event.action, event.thing);
        }
        let seconds = |n: u64| i64::try_from(n).unwrap_or(0) * 1_000_000;
        if status.is_failure() && event.tries < 3 && self.random.chance(750) {
            // Tried again by the product or by the person: a new request, charged again today.
            let at = event.at + seconds(self.random.between(4, 40));
            self.follow(Event { at, tries: event.tries + 1, ..*event });
        } else if is_delivered && event.tries == 0 && !event.is_again && self.random.chance(22) {
            // A double click; half of them send the same request twice.
            let at = event.at + i64::try_from(self.random.between(180_000, 1_900_000)).unwrap_or(0);
            let twice = Event { at, tries: 9, is_again: true, ..*event };
            if self.random.chance(500) {
                self.later.push(Reverse(twice))
            } else {
                self.follow(twice)
            }
        } else if is_delivered && !event.is_again && self.random.chance(60) {
            // Opened again, from an hour to some days later.
            let at = event.at + seconds(self.random.between(3_600, 6 * 86_400));
            self.follow(Event { at, tries: 9, is_again: true, ..*event });
        }
    }

    fn follow(&mut self, event: Event) {
        self.requests += 1;
        self.later.push(Reverse(Event { request: self.requests, ..event }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity_core::contract::{ModelPrice, Tokens};
    use probity_core::{Cost, Currency, Money};
    use shop::{Model, OnPlan, Sold};

    fn shop() -> Shop {
        let money = |text| Money::parse(Currency::USD, text);
        let price = ModelPrice {
            input: Cost::parse("2e-06"),
            output: Cost::parse("8e-06"),
            ..ModelPrice::default()
        };
        let model = Model { name: "gpt-4.1".into(), price: Some(price) };
        let search = Sold {
            id: "search".into(),
            weight: 20_000,
            charged: money("0.05"),
            quantity: None,
            parts: None,
            noun: None,
            is_owned: false,
            tokens: None,
            services: Cost::parse("0.002"),
            fails: 15,
            finds_nothing: 390,
            typical_cost: Cost::ZERO,
        };
        let usual = Tokens { input: 2_000, output: 300 };
        let read = Sold {
            id: "read".into(),
            weight: 10_000,
            charged: money("0.50"),
            quantity: Some(100),
            parts: Some(8),
            noun: Some("map".into()),
            is_owned: true,
            tokens: Some((usual, Tokens { input: 6_000, output: 900 })),
            ..search.clone()
        };
        let plan = OnPlan {
            id: "pro".into(),
            weight: 1,
            offers: vec![true, true],
            models: vec![vec![], vec![model.clone()]],
            is_on_credits: true,
        };
        Shop {
            actions: vec![search, read],
            plans: vec![plan],
            dearest: Some(model),
            special: vec![("northwind".into(), Some(0))],
            zone: probity_core::Zone::UTC,
        }
    }

    fn log(settings: Settings) -> String {
        let mut out = Vec::new();
        write(&shop(), settings, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn it_has_as_many_rows_as_asked_in_the_order_of_time() {
        for rows in [0, 1, 50, 5_000] {
            let log = log(Settings { rows, customers: 40, days: 7, ..Settings::default() });
            let times: Vec<_> = log
                .lines()
                .skip(1)
                .filter_map(|line| crate::replay::times::time(line.split(',').next()?))
                .collect();
            assert_eq!(times.len() as u64, rows);
            assert!(times.is_sorted());
            let cells = event::HEADER.split(',').count();
            assert!(log.lines().all(|line| line.split(',').count() == cells));
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_log_everywhere() {
        use std::hash::{DefaultHasher, Hasher};
        let hash = |seed| {
            let mut hasher = DefaultHasher::new();
            hasher.write(
                log(Settings { rows: 2_000, customers: 40, seed, ..Settings::default() })
                    .as_bytes(),
            );
            hasher.finish()
        };
        assert_eq!(hash(1), hash(1));
        assert_ne!(hash(1), hash(2));
        let log = log(Settings { rows: 3, customers: 3, days: 1, ..Settings::default() });
        let rows = [
            "2026-10-01T05:23:14.981Z,req_00000001,mellow-beaver,pro,read,not_found,map_1,5,,gpt-4.1,11900,1395,2380,0.03696,2.50",
            "2026-10-01T13:29:39.851Z,req_00000002,amber-badger,pro,search,ok,,,,,,,,0.002,0.05",
            "2026-10-01T23:38:04.723Z,req_00000003,mellow-beaver,pro,read,ok,map_3,3,,gpt-4.1,7680,1116,0,0.026288,1.50",
        ];
        assert_eq!(log.lines().skip(1).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn it_has_what_real_logs_have() {
        let log = log(Settings { rows: 20_000, customers: 300, ..Settings::default() });
        let cells: Vec<Vec<_>> =
            log.lines().skip(1).map(|line| line.split(',').collect()).collect();
        let count = |status: &str| cells.iter().filter(|row| row[5] == status).count();
        for status in
            ["ok", "error", "timeout", "not_found", "partial", "bad_request", "cached", "cancelled"]
        {
            assert!(count(status) > 20, "{status}: {}", count(status));
        }
        let is_owned = |row: &Vec<&str>| row[4] == "read";
        assert!(cells.iter().all(|row| row[5] != "cached" || is_owned(row)));
        let mut ids = std::collections::BTreeSet::new();
        assert!(cells.iter().any(|row| !ids.insert(row[1])), "no request is sent twice");
        let mut per_customer = std::collections::BTreeMap::<_, u32>::new();
        cells.iter().for_each(|row| *per_customer.entry(row[2]).or_default() += 1);
        let mut counts: Vec<_> = per_customer.into_values().collect();
        counts.sort_unstable();
        assert!(counts[counts.len() - 1] > 10 * counts[counts.len() / 2], "{counts:?}");
    }
}
