//! The gateway in front of an AI provider, beside the same gateway where nothing is decided and the
//! provider called directly. The provider answers at once: what is left is what the way takes.

mod books;
mod call;
pub(crate) mod provider;
mod streams;

use super::served::Served;
use super::{Calls, Case, Come, Load, Missing, Rate, Reading, Side, Unmeasured, Wish};
use books::Books;
use call::{Asked, Calling};
use probity::bench::{self, Filling, Place};
use provider::{CHAT, FREE_CHAT};
use std::cell::Cell;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use streams::Open;

/// Calls a second, where they come at a rate: far from what two cores do.
pub(crate) const RATE: u32 = 500;
/// Connections that share that rate, or call one after the other.
pub(crate) const FEW: u32 = 8;
/// Files that a process has open besides the sockets of streams.
const BESIDE: u64 = 256;

/// The gateway, its provider and its customers.
struct Site {
    provider: Served,
    served: Served,
    deployment: String,
    /// A database to start gateways anew on, and its key.
    anew: (PathBuf, String),
    customers: u32,
    /// The next call.
    next: Cell<u64>,
}

impl Site {
    fn new(folder: &Path, customers: u32) -> Result<Self, Unmeasured> {
        let provider = Served::provider()?;
        let deployment = deployment(&provider.address);
        let served = Served::gateway(&database(folder, "calls", customers)?, &deployment, None)?;
        let database = database(folder, "streams", customers)?;
        // The first start makes the keys.
        let first = Served::gateway(&database, &deployment, None)?;
        let anew = (database, first.key.clone());
        first.stop()?;
        Ok(Self { provider, served, deployment, anew, customers, next: Cell::new(0) })
    }

    /// The first of so many numbers of calls, which nobody else has.
    fn take(&self, count: u64) -> u64 {
        self.next.replace(self.next.get() + count)
    }

    /// A gateway that has done nothing yet.
    fn anew(&self) -> Result<Served, Unmeasured> {
        let (database, key) = &self.anew;
        Served::gateway(database, &self.deployment, Some(key))
    }

    /// Where a side is called, its gateway being this one.
    fn asked(&self, side: Side, served: &Served) -> Asked {
        let (address, path) = match side {
            Side::Provider => (&self.provider.address, CHAT),
            Side::Proxy => (&served.gateway, FREE_CHAT),
            _ => (&served.gateway, CHAT),
        };
        Asked { address: address.clone(), path, customers: self.customers }
    }
}

/// A new database with customers, in a folder of its own.
fn database(folder: &Path, name: &str, customers: u32) -> Result<PathBuf, Unmeasured> {
    let folder = folder.join(name);
    fs::create_dir(&folder).map_err(Unmeasured::folder)?;
    let database = folder.join("served.db");
    let mut place = Place::new(bench::Side::Engine, &database)?;
    place.fill(Filling { customers, entries: 0 }, &mut |_| ControlFlow::Continue(()))?;
    place.close();
    Ok(database)
}

/// One route that charges, and one that does not.
fn deployment(provider: &str) -> String {
    format!(
        "\
gateway:
  listen: 127.0.0.1:0
  routes:
    - match: POST {CHAT}
      upstream: http://{provider}
      protocol: openai_chat
      action: summarize_file
      customer: {{ header: x-customer-id }}
      artifact: {{ header: x-file }}
      times: {{ idle: 1 hour }}
    - match: POST {FREE_CHAT}
      upstream: http://{provider}
      protocol: openai_chat
      free: true
"
    )
}

/// What is to be measured, and what cannot be.
type Cases = (Vec<Box<dyn Case>>, Vec<Missing>);

/// What is to be measured, made and started.
pub(super) fn cases(wish: &Wish, folder: &Path) -> Result<Cases, Unmeasured> {
    // Before anything is started: whoever is started has the same limit.
    let (streams, missing) = room(wish.streams, crate::handles::raise());
    let site = Rc::new(Site::new(folder, wish.customers)?);
    let mut cases: Vec<Box<dyn Case>> = Vec::new();
    for (calls, part) in loads(wish.connections) {
        for (side, times) in [(Side::Gateway, 1), (Side::Proxy, 2), (Side::Provider, 4)] {
            // Where waiting is compared, all wait equally often.
            let times = if calls.are_few() { 1 } else { times };
            let count = (wish.commands * times / part).max(1);
            cases.push(Box::new(OneLoad { side, site: Rc::clone(&site), calls, count }));
        }
    }
    if streams > 0 {
        for side in [Side::Gateway, Side::Proxy] {
            cases.push(Box::new(Open { side, site: Rc::clone(&site), streams }));
        }
    }
    Ok((cases, missing.into_iter().collect()))
}

/// How calls come, and which part of the commands they are: a run is two commands.
fn loads(connections: u32) -> [(Calls, u64); 5] {
    let calls = |connections, a_second, streamed| Calls { connections, streamed, a_second };
    [
        (calls(connections, None, false), 2),
        (calls(connections, None, true), 4),
        (calls(1, None, false), 10),
        (calls(FEW, None, false), 5),
        (calls(FEW, Some(RATE), false), 10),
    ]
}

/// As many of the streams as there is room for: a gateway has two sockets for each.
fn room(streams: u32, handles: Option<u64>) -> (u32, Option<Missing>) {
    let room = handles.map_or(u64::MAX, |handles| handles.saturating_sub(BESIDE) / 2);
    let Some(room) = u32::try_from(room).ok().filter(|room| *room < streams) else {
        return (streams, None);
    };
    let (has, needs) = (handles.unwrap_or_default(), 2 * u64::from(streams) + BESIDE);
    let why = format!(
        "a process may have {has} files open here, which is room for {room} streams; \
         ulimit -n {needs} makes room for all"
    );
    (room, Some(Missing { what: "as many open streams as were asked for", why }))
}

/// Calls of one kind to one side.
struct OneLoad {
    side: Side,
    site: Rc<Site>,
    calls: Calls,
    count: u64,
}

impl Case for OneLoad {
    fn side(&self) -> Side {
        self.side
    }

    fn load(&self) -> Load {
        let come = Come::Calls(self.calls);
        Load { customers: self.site.customers, come, filled: false }
    }

    fn measure(&mut self) -> Result<Reading, Unmeasured> {
        let Self { side, site, calls, count } = self;
        let (first, asked) = (site.take(*count), site.asked(*side, &site.served));
        let measured = if *side == Side::Provider { &site.provider } else { &site.served };
        let mut books = Books::open(&site.served)?;
        let (delivered, cpu) = (books.delivered()?, measured.cpu());
        let rate = Calling { asked, calls: *calls, count: *count, first }.run()?;
        let cpu = measured.cpu().zip(cpu).map(|(now, then)| now.saturating_sub(then));
        let delivered = Books::open(&site.served)?.delivered()? - delivered;
        let charged = if *side == Side::Gateway { *count } else { 0 };
        if delivered != charged {
            return Err(Unmeasured::failed(format!(
                "{charged} calls were to be told as delivered, and {delivered} were"
            )));
        }
        Ok(Reading { rate: Some(Rate { cpu, ..rate }), ..Reading::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_no_more_streams_than_files_may_be_open() {
        assert!(matches!(room(10_000, Some(20_256)), (10_000, None)));
        assert!(matches!(room(10_000, None), (10_000, None)));
        let (streams, missing) = room(10_000, Some(20_000));
        assert_eq!(streams, 9_872);
        assert!(missing.unwrap().why.contains("ulimit -n 20256"));
        assert_eq!(room(1, Some(100)).0, 0);
    }
}
