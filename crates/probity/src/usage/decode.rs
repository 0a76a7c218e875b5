//! Encoded bytes, decoded to be looked at only: what is forwarded stays as it came.
//!
//! Nothing that is decoded is kept. An encoding that makes very much of little is given up.

use super::look::Look;
use flate2::write::{MultiGzDecoder, ZlibDecoder};
use std::io::{self, Write};

/// So many bytes may be made of anything; beyond, only [`RATIO`] times what came.
const FREE: u64 = 4 << 20;

/// The most that a byte may become.
const RATIO: u64 = 200;

/// How the bytes are encoded.
#[derive(Debug)]
pub(super) enum Decode {
    /// Not at all.
    Plain(Look),
    /// `gzip`.
    Gzip(Box<MultiGzDecoder<Eye>>),
    /// `deflate`, which is zlib's form.
    Deflate(Box<ZlibDecoder<Eye>>),
    /// In a way that is not read, or it went wrong.
    Unread(Look),
}

/// Looks at what was decoded.
#[derive(Debug)]
pub(super) struct Eye {
    look: Look,
    came: u64,
    made: u64,
}

impl Write for Eye {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.made = self.made.saturating_add(bytes.len() as u64);
        if self.made > FREE && self.made > self.came.saturating_mul(RATIO) {
            return Err(io::Error::other("too much of too little"));
        }
        self.look.all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Decode {
    /// For the value of a `Content-Encoding`.
    pub(super) fn new(encoding: Option<&str>, look: Look) -> Self {
        let encoding = encoding.map(str::trim).unwrap_or_default();
        let eye = |look| Eye { look, came: 0, made: 0 };
        let is = |name: &str| encoding.eq_ignore_ascii_case(name);
        if is("") || is("identity") {
            Self::Plain(look)
        } else if is("gzip") || is("x-gzip") {
            Self::Gzip(Box::new(MultiGzDecoder::new(eye(look))))
        } else if is("deflate") {
            Self::Deflate(Box::new(ZlibDecoder::new(eye(look))))
        } else {
            Self::Unread(look)
        }
    }

    /// Decodes bytes and looks at what they are. Plain ones are looked at elsewhere.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        let came = bytes.len() as u64;
        let done = match self {
            Self::Plain(_) | Self::Unread(_) => return,
            Self::Gzip(decoder) => {
                decoder.get_mut().came += came;
                decoder.write_all(bytes).and_then(|()| decoder.flush())
            }
            Self::Deflate(decoder) => {
                decoder.get_mut().came += came;
                decoder.write_all(bytes).and_then(|()| decoder.flush())
            }
        };
        if done.is_err() {
            let protocol = self.look().protocol();
            let look = std::mem::replace(self.look_mut(), Look::blind(protocol));
            *self = Self::Unread(look);
        }
    }

    /// Is it in a way that is not read?
    pub(super) const fn is_unread(&self) -> bool {
        matches!(self, Self::Unread(_))
    }

    /// What was seen.
    pub(super) fn look(&self) -> &Look {
        match self {
            Self::Plain(look) | Self::Unread(look) => look,
            Self::Gzip(decoder) => &decoder.get_ref().look,
            Self::Deflate(decoder) => &decoder.get_ref().look,
        }
    }

    /// What looks.
    pub(super) fn look_mut(&mut self) -> &mut Look {
        match self {
            Self::Plain(look) | Self::Unread(look) => look,
            Self::Gzip(decoder) => &mut decoder.get_mut().look,
            Self::Deflate(decoder) => &mut decoder.get_mut().look,
        }
    }
}
