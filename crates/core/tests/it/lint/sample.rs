//! The sample contracts pass.

use super::TODAY;
use crate::samples::{ALL, IMAGES, JOBSCOUT, LEGAL, MINIMAL, Sample};
use probity_core::diagnostic::{FileKind, Severity};
use probity_core::lint::lint;

fn told(sample: &Sample) -> Vec<(Severity, &'static str)> {
    lint(&sample.read(), TODAY).findings.iter().map(|d| (d.severity, d.id)).collect()
}

#[test]
fn the_samples_pass() {
    // pages: quantity is what is paid for, and the best model of a plan costs more than they
    // bring; a pilot pays less than a map may cost
    assert_eq!(told(&JOBSCOUT), ["E04", "O11", "E08"].map(|id| (Severity::Info, id)));
    assert_eq!(told(&LEGAL), []);
    assert_eq!(told(&IMAGES), []);
    assert_eq!(told(&MINIMAL), ["G01", "G06", "M03"].map(|id| (Severity::Info, id)));
}

#[test]
fn every_place_is_in_its_file() {
    for sample in ALL {
        for finding in lint(&sample.read(), TODAY).findings {
            let text = match finding.place.file {
                FileKind::Contract => Some(sample.contract),
                FileKind::Operations => sample.operations,
                FileKind::Prices => sample.prices,
                FileKind::Deployment => None,
            };
            let place = text.and_then(|text| text.get(finding.place.span.clone()));
            assert!(place.is_some_and(|p| !p.is_empty()), "{}: {finding:?}", sample.name);
        }
    }
}
