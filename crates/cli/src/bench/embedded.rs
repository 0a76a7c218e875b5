//! Sides in this process, on files of their own.

use super::machine::cpu_of;
use super::{Case, Come, Load, Rate, Reading, Side, Unmeasured};
use probity::bench::{self, Place, Sample};
use std::path::PathBuf;

/// A side on a new file for every measurement.
pub(super) struct Embedded {
    pub(super) side: Side,
    pub(super) customers: u32,
    pub(super) batch: u32,
    pub(super) commands: u64,
    pub(super) file: PathBuf,
}

impl Case for Embedded {
    fn side(&self) -> Side {
        self.side
    }

    fn load(&self) -> Load {
        let come = Come::Commits { commands: self.batch };
        Load { customers: self.customers, come, filled: false }
    }

    fn measure(&mut self) -> Result<Reading, Unmeasured> {
        let mut place = Place::new(in_process(self.side), &self.file)?;
        place.customers(self.customers)?;
        let Self { customers, batch, commands, .. } = *self;
        let rate = work(&mut place, &bench::Load { customers, batch, commands }, 0)?;
        place.close();
        Ok(Reading { rate: Some(rate), ..Reading::default() })
    }
}

/// The work, with the processor time that this process used for it.
pub(super) fn work(place: &mut Place, load: &bench::Load, from: u64) -> Result<Rate, Unmeasured> {
    let before = cpu_of(std::process::id());
    let Sample { commands, took, bytes } = place.work(load, from)?;
    let cpu = cpu_of(std::process::id()).zip(before).map(|(now, then)| now.saturating_sub(then));
    Ok(Rate { commands, took, latency: None, pair: None, cpu, bytes: Some(bytes) })
}

/// A side by the name that the library has for it.
pub(super) const fn in_process(side: Side) -> bench::Side {
    match side {
        Side::InPlace => bench::Side::InPlace,
        Side::Log => bench::Side::Log,
        _ => bench::Side::Engine,
    }
}
