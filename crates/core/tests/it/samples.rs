//! The sample contracts, as every test uses them.

use probity_core::contract::file::{Reading, Sources, read};
use probity_core::diagnostic::{Diagnostic, FileKind, line_column};

/// The files of one sample.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) contract: &'static str,
    pub(crate) operations: Option<&'static str>,
    pub(crate) prices: Option<&'static str>,
}

macro_rules! sample {
    ($name:literal) => {
        Sample {
            name: $name,
            contract: include_str!(concat!("../../../../contracts/", $name, "/contract.yaml")),
            operations: Some(include_str!(concat!(
                "../../../../contracts/",
                $name,
                "/operations.yaml"
            ))),
            prices: Some(include_str!(concat!(
                "../../../../contracts/",
                $name,
                "/model-prices.json"
            ))),
        }
    };
}

pub(crate) const JOBSCOUT: Sample = sample!("jobscout");
pub(crate) const LEGAL: Sample = sample!("legal-assistant");
pub(crate) const IMAGES: Sample = sample!("image-studio");
pub(crate) const MINIMAL: Sample = Sample {
    name: "minimal",
    contract: include_str!("../../../../contracts/minimal/contract.yaml"),
    operations: None,
    prices: None,
};
/// One file with every key there is; not a contract anybody would publish.
pub(crate) const EVERYTHING: Sample = Sample {
    name: "everything",
    contract: include_str!("language/everything.yaml"),
    operations: Some(include_str!("language/everything-operations.yaml")),
    prices: JOBSCOUT.prices,
};

pub(crate) const ALL: [Sample; 5] = [JOBSCOUT, LEGAL, IMAGES, MINIMAL, EVERYTHING];

impl Sample {
    /// Reads it.
    pub(crate) fn read(&self) -> Reading {
        read_texts(self.contract, self.operations, self.prices)
    }
}

/// Reads texts as files.
pub(crate) fn read_texts(
    contract: &str,
    operations: Option<&str>,
    prices: Option<&str>,
) -> Reading {
    read(&Sources {
        contract: contract.as_bytes(),
        operations: operations.map(str::as_bytes),
        prices: prices.map(str::as_bytes),
    })
}

/// A finding as one line and its fix, with the place as people read it.
pub(crate) fn said(finding: &Diagnostic, contract: &str, operations: &str, prices: &str) -> String {
    let (file, text) = match finding.place.file {
        FileKind::Contract => ("contract", contract),
        FileKind::Operations => ("operations", operations),
        FileKind::Prices => ("prices", prices),
        FileKind::Deployment => ("deployment", ""),
    };
    let (line, column) = line_column(text, finding.place.span.start);
    let underlined = text.get(finding.place.span.clone()).unwrap_or("NOT A PLACE");
    let first = underlined.lines().next().unwrap_or_default();
    format!(
        "{file}:{line}:{column} {} {}\n    at: {first}\n    fix: {}\n",
        finding.id, finding.message, finding.fix
    )
}
