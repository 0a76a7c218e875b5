//! One thing that happens in a sample log: how it ends, what it uses, the row it leaves.

use super::random::Random;
use super::shop::{Model, Sold};
use probity_core::{Cost, Money, Time};
use std::io::{self, Write};

/// The header of a sample log.
pub(crate) const HEADER: &str = "created_at,request_id,user_id,plan,action,status,artifact,quantity,parts,\
                                 model,input_tokens,output_tokens,cached_tokens,cost_usd,charged_usd";
/// The place of a model that stands for the dearest of all.
pub(crate) const DEAREST: usize = usize::MAX;

/// A press of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Event {
    /// When, in microseconds since 1970. First, so that events are ordered by it.
    pub(crate) at: i64,
    /// The request's number.
    pub(crate) request: u64,
    /// Who, by place.
    pub(crate) person: usize,
    /// What, by place.
    pub(crate) action: usize,
    /// The number of the customer's thing.
    pub(crate) thing: u64,
    /// How many units.
    pub(crate) quantity: Option<u64>,
    /// Which of the action's models.
    pub(crate) model: usize,
    /// How often it was tried before.
    pub(crate) tries: u8,
    /// Was it delivered before?
    pub(crate) is_again: bool,
}

/// How it ended, as a product of today writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Ok,
    Partial,
    NotFound,
    Error,
    Timeout,
    BadRequest,
    ContentFilter,
    Cancelled,
    Abandoned,
    Cached,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Partial => "partial",
            Self::NotFound => "not_found",
            Self::Error => "error",
            Self::Timeout => "timeout",
            Self::BadRequest => "bad_request",
            Self::ContentFilter => "content_filter",
            Self::Cancelled => "cancelled",
            Self::Abandoned => "client_gone",
            Self::Cached => "cached",
        }
    }

    /// Would a person or a product try again?
    pub(crate) const fn is_failure(self) -> bool {
        matches!(self, Self::Error | Self::Timeout)
    }

    /// Did a model or a supplier work for it?
    const fn is_work(self) -> bool {
        !matches!(self, Self::Cached | Self::BadRequest)
    }
}

impl Event {
    /// How it ends. Bad hours fail often.
    pub(crate) fn status(&self, sold: &Sold, is_bad: bool, random: &mut Random) -> Status {
        let dice = random.below(1_000);
        if self.is_again && sold.is_owned && dice < 400 {
            return Status::Cached;
        }
        if sold.quantity.is_some_and(|most| self.quantity.is_some_and(|n| n > most)) {
            return Status::BadRequest;
        }
        let fails = if is_bad { 450 } else { sold.fails };
        let parts = if sold.parts.is_some() { 80 } else { 0 };
        let mut below = 0;
        let mut falls = |width: u64| {
            below += width;
            dice >= below - width && dice < below
        };
        if falls(fails) {
            return if dice.is_multiple_of(3) { Status::Timeout } else { Status::Error };
        }
        let ends = [
            (sold.finds_nothing, Status::NotFound),
            (parts, Status::Partial),
            (6, Status::BadRequest),
            (4, Status::ContentFilter),
            (12, Status::Cancelled),
            (7, Status::Abandoned),
        ];
        ends.into_iter().find(|(width, _)| falls(*width)).map_or(Status::Ok, |(_, status)| status)
    }

    /// Writes its row.
    ///
    /// # Errors
    /// What writing says.
    pub(crate) fn write(
        &self,
        status: Status,
        sold: &Sold,
        model: Option<&Model>,
        (who, plan): (&str, &str),
        random: &mut Random,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let used = self.tokens(status, sold, random);
        let cost = self.cost(status, sold, model, used);
        let at = Time::from_micros(self.at / 1_000 * 1_000);
        write!(out, "{at},req_{:08x},{who},{plan},{},{},", self.request, sold.id, status.word())?;
        if let Some(noun) = &sold.noun {
            write!(out, "{noun}_{}", self.thing)?;
        }
        write!(out, ",")?;
        if let Some(quantity) = self.quantity {
            write!(out, "{quantity}")?;
        }
        write!(out, ",")?;
        if let (Status::Partial, Some(parts)) = (status, sold.parts) {
            write!(out, "{}", random.between(1, u64::from(parts.saturating_sub(1))))?;
        }
        let name = model.filter(|_| used.is_some()).map_or("", |model| model.name.as_str());
        write!(out, ",{name},")?;
        match used {
            Some(Used { input, output, cached }) => write!(out, "{input},{output},{cached},")?,
            None => write!(out, ",,,")?,
        }
        if let Some(cost) = cost {
            write!(out, "{}", cost.dollars(6).trim_start_matches('$'))?;
        }
        // Today's price list: every call is charged, however it ended.
        let charged = sold.charged.and_then(|price| price.times(self.quantity.unwrap_or(1)));
        writeln!(out, ",{}", charged.map_or_else(|| "0".into(), Money::number))
    }

    /// Tokens used: around the usual, sometimes up to the worst; for every unit.
    fn tokens(&self, status: Status, sold: &Sold, random: &mut Random) -> Option<Used> {
        let (usual, worst) = sold.tokens?;
        if !status.is_work() {
            return Some(Used::default());
        }
        let units = self.quantity.unwrap_or(1);
        let mut amount = |usual: u64, worst: u64| {
            let per_unit = if random.chance(60) {
                random.between(usual, worst.max(usual))
            } else {
                usual * random.between(60, 130) / 100
            };
            per_unit * units
        };
        let input = amount(usual.input, worst.input);
        let output = amount(usual.output, worst.output);
        let output = match status {
            Status::Error | Status::Cancelled | Status::ContentFilter => 0,
            Status::Abandoned => output / 2,
            _ => output,
        };
        let cached = if random.chance(350) { input * random.between(20, 70) / 100 } else { 0 };
        Some(Used { input, output, cached })
    }

    /// What it cost: tokens at the model's prices, and suppliers. Unknown where a price is.
    fn cost(
        &self,
        status: Status,
        sold: &Sold,
        model: Option<&Model>,
        used: Option<Used>,
    ) -> Option<Cost> {
        let services = sold.services?;
        let services = if status.is_work() { services } else { Cost::ZERO };
        let Some(used) = used else { return Some(services) };
        let price = model?.price.as_ref()?;
        let read = price.input?.times(used.input - used.cached)?;
        let cached = price.cache_read.or(price.input)?.times(used.cached)?;
        let written = price.output?.times(used.output)?;
        services.plus(read)?.plus(cached)?.plus(written)
    }
}

/// Tokens of one row.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    input: u64,
    output: u64,
    cached: u64,
}
