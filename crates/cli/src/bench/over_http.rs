//! Sides over HTTP: services that run through all rounds, on one database each.

use super::bare::ANSWERS;
use super::drive::Drive;
use super::served::Served;
use super::{Case, Come, Load, Rate, Reading, Side, Unmeasured};
use probity::bench::{self, Filling, Place, size};
use std::cell::Cell;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A service with what was asked of it.
pub(super) struct Service {
    served: Served,
    database: Option<PathBuf>,
    /// The next run.
    next: Cell<u64>,
}

impl Service {
    /// `probity serve`, on a new database with customers.
    pub(super) fn probity(folder: &Path, customers: u32) -> Result<Self, Unmeasured> {
        let database = folder.join("served.db");
        let mut place = Place::new(bench::Side::Engine, &database)?;
        place.fill(Filling { customers, entries: 0 }, &mut |_| ControlFlow::Continue(()))?;
        place.close();
        let served = Served::probity(&database, None)?;
        Ok(Self { served, database: Some(database), next: Cell::new(0) })
    }

    /// A bare server that answers as another service does.
    pub(super) fn bare(folder: &Path, like: &Self) -> Result<Self, Unmeasured> {
        let answers = like.drive(1, Come::Requests { connections: 1, commands: 1 }, 2).answers()?;
        like.next.set(like.next.get() + 1);
        for (name, answer) in ANSWERS.into_iter().zip(answers) {
            fs::write(folder.join(name), answer).map_err(Unmeasured::folder)?;
        }
        let served = Served::bare(folder)?;
        Ok(Self { served, database: None, next: Cell::new(0) })
    }

    fn drive(&self, customers: u32, come: Come, commands: u64) -> Drive {
        let (connections, at_once) = match come {
            Come::Requests { connections, commands } => (connections, commands),
            _ => (1, 1),
        };
        let (address, key) = (self.served.address.clone(), self.served.key.clone());
        let first = self.next.get();
        Drive { address, key, customers, connections, at_once, commands, first }
    }

    /// Asks, and sees what it cost the service.
    fn work(&self, drive: &Drive) -> Result<Rate, Unmeasured> {
        let size = || self.database.as_ref().map(|database| size(database));
        let (cpu, bytes) = (self.served.cpu(), size());
        let rate = drive.run()?;
        self.next.set(drive.first + drive.runs());
        let cpu = self.served.cpu().zip(cpu).map(|(now, then)| now.saturating_sub(then));
        let bytes = size().zip(bytes).map(|(now, then)| now.saturating_sub(then));
        Ok(Rate { cpu, bytes, ..rate })
    }
}

/// A load on a service.
pub(super) struct OverHttp {
    pub(super) side: Side,
    pub(super) service: Rc<Service>,
    pub(super) customers: u32,
    pub(super) come: Come,
    pub(super) commands: u64,
}

impl Case for OverHttp {
    fn side(&self) -> Side {
        self.side
    }

    fn load(&self) -> Load {
        Load { customers: self.customers, come: self.come, filled: false }
    }

    fn measure(&mut self) -> Result<Reading, Unmeasured> {
        let drive = self.service.drive(self.customers, self.come, self.commands);
        let rate = self.service.work(&drive)?;
        Ok(Reading { rate: Some(rate), ..Reading::default() })
    }
}

/// A database that was filled, served anew for every measurement.
pub(super) struct Anew {
    pub(super) database: PathBuf,
    pub(super) key: String,
    pub(super) customers: u32,
    pub(super) connections: u32,
    pub(super) commands: u64,
    /// The next run on it, whoever begins it.
    pub(super) next: Rc<Cell<u64>>,
}

impl Anew {
    fn come(&self) -> Come {
        Come::Requests { connections: self.connections, commands: 1 }
    }
}

impl Case for Anew {
    fn side(&self) -> Side {
        Side::Probity
    }

    fn load(&self) -> Load {
        Load { customers: self.customers, come: self.come(), filled: true }
    }

    fn measure(&mut self) -> Result<Reading, Unmeasured> {
        let served = Served::probity(&self.database, Some(&self.key))?;
        let (database, next) = (Some(self.database.clone()), Cell::new(self.next.get()));
        let service = Service { served, database, next };
        let rate = service.work(&service.drive(self.customers, self.come(), self.commands))?;
        self.next.set(service.next.get());
        let start = service.served.began();
        service.served.stop()?;
        Ok(Reading { rate: Some(rate), start: Some(start), ..Reading::default() })
    }
}
