//! Any bytes as a signature and an event of Stripe: nothing unsigned is believed, and reading never
//! panics.

#![no_main]

#[path = "../told.rs"]
mod told;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| told::told(data));
