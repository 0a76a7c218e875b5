//! Any bytes as a deployment: reading never panics, and what it says holds.

#![no_main]

#[path = "../judge_deployment.rs"]
mod judge_deployment;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| judge_deployment::judge(data));
