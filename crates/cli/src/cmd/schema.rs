//! `probity schema`: the JSON Schema of a contract's files, for editors.

use crate::answer::Answer;
use clap::ValueEnum;
use probity_cli::deployment;
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
    /// probity.yaml
    Deployment,
}

pub(crate) fn run(args: &Args) -> Answer {
    let (schema, word, file) = match args.file {
        Which::Contract => (schema(FileKind::Contract), "contract", "contract"),
        Which::Operations => (schema(FileKind::Operations), "operations", "operations"),
        Which::Deployment => (deployment::schema(), "deployment", "probity"),
    };
    let saved = format!("{file}.schema.json");
    Answer::new(crate::render::json(&schema))
        .with_note(&format!(
            "Most editors use it with this first line of {file}.yaml:\n  \
             # yaml-language-server: $schema={saved}"
        ))
        .with_next(&format!("probity schema {word} > {saved}"))
}
