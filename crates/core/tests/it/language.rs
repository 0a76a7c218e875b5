//! Reading contract files: what parses, what is refused, and exactly how it is said.

use probity_core::contract::file::{Reading, Sources, read};

fn sample() -> Reading {
    read(&Sources {
        contract: include_bytes!("../../../../contracts/jobscout/contract.yaml"),
        operations: Some(include_bytes!("../../../../contracts/jobscout/operations.yaml")),
        prices: Some(include_bytes!("../../../../contracts/jobscout/model-prices.json")),
    })
}

#[test]
fn the_sample_reads_without_a_word() {
    let reading = sample();
    assert_eq!(reading.findings, vec![]);
    assert!(reading.contract.is_some() && reading.operations.is_some());
}
