//! A file that is only appended to.

use super::{BenchError, Load, Sample, customer_of, failed, timed};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

/// About as long as an entry of the journal.
const LINE: usize = 700;

pub(super) fn measure(load: Load, folder: &Path) -> Result<Sample, BenchError> {
    let path = folder.join("bench.log");
    let _ = std::fs::remove_file(&path);
    let mut file = OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
    timed(load, std::slice::from_ref(&path), || {
        let mut done = 0;
        while done < load.commands {
            let mut lines = Vec::with_capacity(LINE * load.batch as usize);
            for n in done..done + load.batch {
                let line = format!("{{\"n\":{n},\"customer\":{}}}", customer_of(n / 2, load));
                lines.extend_from_slice(line.as_bytes());
                lines.resize(lines.len() + LINE - line.len(), b' ');
            }
            file.write_all(&lines).and_then(|()| file.sync_data()).map_err(failed)?;
            done += load.batch;
        }
        Ok(u64::from(done))
    })
}
