//! How long a service takes to begin where there is no database yet, and what it takes idle.

use super::served::Served;
use super::{Case, Come, Load, Reading, Side, Unmeasured};
use std::fs;
use std::path::PathBuf;

/// A service that begins, and ends.
pub(super) struct Starting {
    pub(super) folder: PathBuf,
}

impl Case for Starting {
    fn side(&self) -> Side {
        Side::Probity
    }

    fn load(&self) -> Load {
        Load { customers: 0, come: Come::Not, filled: false }
    }

    fn measure(&mut self) -> Result<Reading, Unmeasured> {
        let _ = fs::remove_dir_all(&self.folder);
        fs::create_dir(&self.folder).map_err(Unmeasured::folder)?;
        let served = Served::probity(&self.folder.join("new.db"), None)?;
        let start = served.began();
        served.stop()?;
        Ok(Reading { start: Some(start), ..Reading::default() })
    }
}
