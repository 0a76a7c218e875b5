//! The real binary, serving: a process of its own that ends with the test.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

/// A service that listens.
pub(crate) struct Started {
    pub(crate) child: Child,
    pub(crate) address: String,
    log: BufReader<ChildStderr>,
}

impl Started {
    /// `probity serve` in a folder, on a port of its own.
    pub(crate) fn serve(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(snapbox::cmd::cargo_bin!("probity"))
            .current_dir(folder)
            .arg("serve")
            .args(args)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap_or_else(|| panic!("{line}"));
        let address = address.split(';').next().unwrap().to_owned();
        Self { child, address, log }
    }

    /// Asks it to end; its exit code, and what else it said on standard error.
    pub(crate) fn end(&mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut said = String::new();
        self.log.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
