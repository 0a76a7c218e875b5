//! Many streams, open at once in front of a gateway that was started for them: what one takes of its
//! memory, and that all are settled and charged once they have ended.

use super::Site;
use super::books::{Books, Credits, tell};
use super::call::{Caller, Script, Wants};
use super::provider::GO_ON;
use crate::bench::drive::on_a_runtime;
use crate::bench::served::Served;
use crate::bench::{Case, Come, Load, Reading, Side, Streams, Unmeasured};
use probity::bench::customer_of;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How many are being opened at once: fewer than a listener keeps waiting.
const OPENING: u32 = 64;
/// How long the books may take to show what was told; longer than an end is spooled after.
const PATIENCE: Duration = Duration::from_secs(30);

/// Streams through the gateway, charged or not.
pub(super) struct Open {
    pub(super) side: Side,
    pub(super) site: Rc<Site>,
    pub(super) streams: u32,
}

impl Case for Open {
    fn side(&self) -> Side {
        self.side
    }

    fn load(&self) -> Load {
        let come = Come::Streams { streams: self.streams };
        Load { customers: self.site.customers, come, filled: false }
    }

    fn measure(&mut self) -> Result<Reading, Unmeasured> {
        let Self { side, site, streams } = self;
        let (streams, first) = (*streams, site.take(u64::from(*streams)));
        // One that has had so many before has memory that it keeps.
        let served = site.anew()?;
        let mut books = Books::open(&served)?;
        let runs = first..first + u64::from(streams);
        let whose: BTreeSet<u32> = runs.map(|n| customer_of(n, site.customers)).collect();
        // Who is read here is in memory: that is no part of what a stream takes.
        let had = books.credits(whose.iter().copied())?;
        let script = Script::new(site.asked(*side, &served), Wants::OpenStream);
        let before = served.memory();
        let provider = &site.provider.address;
        let (opened, open, ended) = on_a_runtime(&served.gateway, async {
            let begun = Instant::now();
            let callers = open(Rc::new(script), first, streams).await?;
            let (opened, open) = (begun.elapsed(), served.memory());
            let begun = Instant::now();
            tell(provider, GO_ON).map_err(|error| format!("{error:?}"))?;
            for mut caller in callers {
                caller.until_end(Wants::OpenStream).await?;
            }
            Ok((opened, open, begun.elapsed()))
        })?;
        if *side == Side::Gateway {
            are_charged(&served, streams, had, &whose)?;
        }
        served.stop()?;
        let streams = Streams { streams, opened, before, open, ended };
        Ok(Reading { streams: Some(streams), ..Reading::default() })
    }
}

/// Opens them all, and waits until each has had an event.
async fn open(script: Rc<Script>, first: u64, streams: u32) -> Result<Vec<Caller>, String> {
    let next = Rc::new(Cell::new(0));
    let all = Rc::new(RefCell::new(Vec::with_capacity(streams as usize)));
    let opening = (0..OPENING.min(streams)).map(|_| {
        let (script, next, all) = (Rc::clone(&script), Rc::clone(&next), Rc::clone(&all));
        tokio::task::spawn_local(async move {
            while next.get() < streams {
                let n = next.replace(next.get() + 1);
                let mut caller = Caller::open(script.address()).await?;
                caller.send(&script, first + u64::from(n)).await?;
                caller.until_first().await?;
                all.borrow_mut().push(caller);
            }
            Ok::<(), String>(())
        })
    });
    for one in opening.collect::<Vec<_>>() {
        one.await.map_err(|error| error.to_string())??;
    }
    Ok(all.take())
}

/// Sees in the books that each was delivered, and cost its credit. What was spooled comes later.
fn are_charged(
    served: &Served,
    streams: u32,
    had: Credits,
    whose: &BTreeSet<u32>,
) -> Result<(), Unmeasured> {
    let mut books = Books::open(served)?;
    let wanted =
        Credits { available: had.available.saturating_sub(streams.into()), held: had.held };
    let begun = Instant::now();
    loop {
        let delivered = books.delivered()?;
        let has = books.credits(whose.iter().copied())?;
        if has == wanted && delivered == u64::from(streams) {
            return Ok(());
        }
        if begun.elapsed() > PATIENCE {
            return Err(Unmeasured::failed(format!(
                "of {streams} streams {delivered} were told as delivered, and {} credits charged",
                had.available.saturating_sub(has.available)
            )));
        }
    }
}
