//! The sample contracts pass.

use super::jobscout;
use probity_core::diagnostic::Severity;

#[test]
fn jobscout_passes() {
    let found = jobscout().lint();
    let told: Vec<_> = found.iter().map(|d| (d.severity, d.id)).collect();
    // pages: quantity is what is paid for, and the best model of a plan costs more than they
    // bring; a pilot pays less than a map may cost
    assert_eq!(told, ["E04", "O11", "E08"].map(|id| (Severity::Info, id)));
}
