//! `probity schema`: the JSON Schema of a contract's files, for editors.

use crate::answer::Answer;
use clap::ValueEnum;
use probity_core::contract::file::schema;
use probity_core::diagnostic::FileKind;

/// Print the JSON Schema of a file, for editors that complete and check
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which file
    #[arg(value_enum, default_value_t)]
    file: Which,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
enum Which {
    /// contract.yaml
    #[default]
    Contract,
    /// operations.yaml
    Operations,
}

pub(crate) fn run(args: &Args) -> Answer {
    let (kind, file) = match args.file {
        Which::Contract => (FileKind::Contract, "contract"),
        Which::Operations => (FileKind::Operations, "operations"),
    };
    let saved = format!("{file}.schema.json");
    Answer::new(crate::render::json(&schema(kind)))
        .with_note(&format!(
            "Most editors use it with this first line of {file}.yaml:\n  \
             # yaml-language-server: $schema={saved}"
        ))
        .with_next(&format!("probity schema {file} > {saved}"))
}
