//! Threads that work for the writer: whoever of them ends, by a fault too, the writer hears of it, and
//! ends as well. Else nothing would be read, or no state be kept, and nobody know.

use crate::store::StoreError;
use std::thread::JoinHandle;
use tokio::sync::mpsc;

/// Where it is told that a thread has ended.
pub(crate) struct Ends(mpsc::UnboundedSender<()>);

/// Tells it, however the thread ends.
struct Told(mpsc::UnboundedSender<()>);

impl Drop for Told {
    fn drop(&mut self) {
        // Who is stopping does not listen any more.
        let _ = self.0.send(());
    }
}

impl Ends {
    /// No thread yet, and where it is heard that one of them has ended.
    pub(crate) fn new() -> (Self, mpsc::UnboundedReceiver<()>) {
        let (ends, ended) = mpsc::unbounded_channel();
        (Self(ends), ended)
    }

    /// A thread that works until its work is done.
    ///
    /// # Errors
    /// There can be no more threads.
    pub(crate) fn spawn(
        &self,
        name: &str,
        work: impl FnOnce() + Send + 'static,
    ) -> Result<JoinHandle<()>, StoreError> {
        let told = Told(self.0.clone());
        let thread = std::thread::Builder::new().name(name.to_owned());
        let running = thread.spawn(move || {
            let _told = told;
            work();
        });
        running.map_err(|error| StoreError::Io(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::FromStore;
    use super::*;
    use crate::Probity;
    use crate::engine::{Options, Refused};
    use crate::environment::Environment;
    use crate::store::{MemoryStore, Reader};

    #[test]
    fn it_is_heard_that_a_thread_has_ended_by_a_fault_too() {
        let (ends, mut ended) = Ends::new();
        let _ = ends.spawn("done", || {}).unwrap().join();
        assert_eq!(ended.try_recv(), Ok(()));
        assert!(ends.spawn("broken", || panic!("it breaks")).unwrap().join().is_err());
        assert_eq!(ended.try_recv(), Ok(()));
        assert!(ended.try_recv().is_err());
    }

    #[test]
    fn whoever_serves_hears_that_nothing_can_be_read_any_more() {
        let probity = Probity::on(Box::<MemoryStore>::default(), Options::default()).unwrap();
        let breaks = |(), _: &mut dyn Reader| -> Result<(), Refused> { panic!("it breaks") };
        let lost = probity.question(|to| FromStore::new(to, |_| Ok(()), breaks)).unwrap();
        assert!(matches!(lost.wait(), Err(Refused::Unavailable(_))));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(probity.failed());
        let after = probity.catalog(Environment::Live);
        assert!(matches!(after, Err(Refused::Stopped)));
    }
}
