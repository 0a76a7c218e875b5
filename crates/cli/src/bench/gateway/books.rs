//! What the service's books say of the calls: how many were delivered, and what was charged.

use crate::bench::Unmeasured;
use crate::bench::served::Served;
use crate::bench::wire::{Frame, head};
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// A connection to the API.
pub(super) struct Books {
    stream: TcpStream,
    frame: Frame,
    read: Vec<u8>,
}

/// Whole credits, of many customers together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Credits {
    pub(super) available: u128,
    pub(super) held: u128,
}

impl Books {
    pub(super) fn open(served: &Served) -> Result<Self, Unmeasured> {
        let stream = TcpStream::connect(&served.address).map_err(Unmeasured::failed)?;
        let _ = stream.set_nodelay(true);
        let frame = Frame::new(&served.address, &served.key);
        Ok(Self { stream, frame, read: Vec::new() })
    }

    /// Runs of the gateway that ended as delivered, since it began.
    pub(super) fn delivered(&mut self) -> Result<u64, Unmeasured> {
        const LINE: &str = "probity_gateway_runs_total{outcome=\"delivered\"} ";
        let text = String::from_utf8_lossy(self.get("/metrics")?).into_owned();
        let count = text.lines().find_map(|line| line.strip_prefix(LINE)?.trim().parse().ok());
        count.ok_or_else(|| Unmeasured::failed("the metrics do not count what was delivered"))
    }

    /// What these customers have together. Whole credits only: so much does everything cost here.
    pub(super) fn credits(
        &mut self,
        customers: impl Iterator<Item = u32>,
    ) -> Result<Credits, Unmeasured> {
        let mut all = Credits { available: 0, held: 0 };
        for customer in customers {
            let body = self.get(&format!("/v1/customers/customer_{customer}/wallet"))?;
            let wallet: Value = serde_json::from_slice(body).map_err(Unmeasured::failed)?;
            let whole = |name: &str| wallet[name].as_str()?.parse::<u128>().ok();
            let (Some(available), Some(held)) = (whole("available"), whole("held")) else {
                return Err(Unmeasured::failed(format!("a wallet cannot be read: {wallet}")));
            };
            all.available += available;
            all.held += held;
        }
        Ok(all)
    }

    fn get(&mut self, path: &str) -> Result<&[u8], Unmeasured> {
        let mut out = Vec::with_capacity(256);
        self.frame.get(&mut out, path);
        self.stream.write_all(&out).map_err(Unmeasured::failed)?;
        self.read.clear();
        let mut piece = [0; 16 * 1024];
        let head = loop {
            let n = self.stream.read(&mut piece).map_err(Unmeasured::failed)?;
            self.read.extend_from_slice(piece.get(..n).unwrap_or_default());
            match head(&self.read).map_err(Unmeasured::failed)? {
                Some(head) if self.read.len() >= head.to => break head,
                _ if n == 0 => return Err(Unmeasured::failed("it closed a connection")),
                _ => {}
            }
        };
        match self.read.get(head.from..head.to) {
            Some(body) if head.status == 200 => Ok(body),
            _ => Err(Unmeasured::failed(format!("GET {path} was answered with {}", head.status))),
        }
    }
}

/// Has a server do something that it answers with nothing.
pub(super) fn tell(address: &str, path: &str) -> Result<(), Unmeasured> {
    let mut stream = TcpStream::connect(address).map_err(Unmeasured::failed)?;
    let asked = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
    );
    stream.write_all(asked.as_bytes()).map_err(Unmeasured::failed)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(Unmeasured::failed)?;
    match answer.starts_with("HTTP/1.1 200 ") {
        true => Ok(()),
        false => Err(Unmeasured::failed(format!("POST {path} was answered with {answer}"))),
    }
}
