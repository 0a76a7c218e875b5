//! Any bytes as the answer of an upstream: reading never panics, holds little, and changes nothing.

#![no_main]

#[path = "../heard.rs"]
mod heard;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| heard::heard(data));
