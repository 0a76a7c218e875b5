//! The command `probity`: a table of contents.
//!
//! It reads the command line, calls one command, shows its answer and ends with its exit code.
//! What the commands do stands in `cmd`, how answers look in `render`.

mod adopt;
mod answer;
mod bench;
mod clock;
mod cmd;
mod control;
mod database;
mod demo;
mod exit;
mod handles;
mod load;
mod output;
mod reach;
mod render;
mod replay;
mod sample;
mod suggested;
mod terminal;
mod usage;

use answer::{Answer, Failure};
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use exit::Exit;
use std::ffi::OsString;
use std::process::ExitCode;
use suggested::Books;
use terminal::Color;

/// Requests are read on one thread, decided on another and answered on the first: what one allocates
/// the other frees. The system's own allocator is slow at that; see docs/performance.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Probity makes what your AI product charges for a file, and keeps it.
#[derive(Parser)]
#[command(name = "probity", version, disable_help_subcommand = true)]
struct Cli {
    /// Answer in JSON, on standard output
    #[arg(long, global = true, help_heading = "Everywhere")]
    json: bool,

    /// When to use colours: auto, always or never
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        help_heading = "Everywhere",
        hide_possible_values = true,
        hide_default_value = true
    )]
    color: Color,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(cmd::demo::Args),
    Customers(cmd::customers::Args),
    Wallet(cmd::wallet::Args),
    Runs(cmd::runs::Args),
    Exceptions(cmd::exceptions::Args),
    Questions(cmd::answering::Args),
    Shadow(cmd::shadow::Args),
    Compare(cmd::compare::Args),
    Rollout(cmd::rollout::Args),
    Margin(cmd::margin::Args),
    Prices(cmd::prices::Args),
    Init(cmd::init::Args),
    Backup(cmd::backup::Args),
    Restore(cmd::restore::Args),
    Verify(cmd::verify::Args),
    Adopt(cmd::adopt::Args),
    Leave(cmd::leave::Args),
    Publish(cmd::publish::Args),
    Serve(cmd::serve::Args),
    Webhooks(cmd::webhooks::Args),
    Listen(cmd::listen::Args),
    Trigger(cmd::trigger::Args),
    Keys(cmd::keys::Args),
    Check(cmd::check::Args),
    Explain(cmd::explain::Args),
    Replay(cmd::replay::Args),
    SampleLog(cmd::sample_log::Args),
    Schema(cmd::schema::Args),
    Test(cmd::test::Args),
    Try(cmd::try_::Args),
    Bench(cmd::bench::Args),
    FakeUpstream(cmd::fake_upstream::Args),
}

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    Color::among(&args).choose();
    let answer = std::panic::catch_unwind(|| answer(&args)).unwrap_or_else(|_| fault(&args));
    terminal::show(&answer).into()
}

fn answer(args: &[OsString]) -> Answer {
    let (cli, books) = match parse(args) {
        Ok(parsed) => parsed,
        Err(said) => return from_clap(&said, args),
    };
    let json = cli.json;
    let answer = match cli.command {
        Command::Demo(args) => cmd::demo::run(&args, json),
        Command::Init(args) => cmd::init::run(args, json),
        Command::Check(args) => cmd::check::run(&args, json),
        Command::Explain(args) => cmd::explain::run(&args, json),
        Command::Serve(args) => cmd::serve::run(&args),
        Command::Webhooks(args) => cmd::webhooks::run(&args, json),
        Command::Listen(args) => cmd::listen::run(&args, json),
        Command::Trigger(args) => cmd::trigger::run(&args, json),
        Command::Publish(args) => cmd::publish::run(&args, json),
        Command::Backup(args) => cmd::backup::run(&args, json),
        Command::Restore(args) => cmd::restore::run(&args, json),
        Command::Verify(args) => cmd::verify::run(&args, json),
        Command::Customers(args) => cmd::customers::run(&args, json),
        Command::Wallet(args) => cmd::wallet::run(&args, json),
        Command::Runs(args) => cmd::runs::run(&args, json),
        Command::Exceptions(args) => cmd::exceptions::run(&args, json),
        Command::Questions(args) => cmd::answering::run(&args, json),
        Command::Shadow(args) => cmd::shadow::run(&args, json),
        Command::Compare(args) => cmd::compare::run(&args, json),
        Command::Rollout(args) => cmd::rollout::run(&args, json),
        Command::Margin(args) => cmd::margin::run(&args, json),
        Command::Prices(args) => cmd::prices::run(&args, json),
        Command::Keys(args) => cmd::keys::run(&args, json),
        Command::Schema(args) => Ok(cmd::schema::run(&args)),
        Command::Adopt(args) => cmd::adopt::run(&args, json),
        Command::Leave(args) => cmd::leave::run(&args, json),
        Command::Test(args) => cmd::test::run(&args, json),
        Command::Replay(args) => cmd::replay::run(&args, json),
        Command::SampleLog(args) => cmd::sample_log::run(&args, json),
        Command::Try(args) => cmd::try_::run(&args, json),
        Command::Bench(args) => cmd::bench::run(&args, json),
        Command::FakeUpstream(args) => cmd::fake_upstream::run(&args, json),
    };
    match answer {
        Ok(mut answer) => {
            answer.note = books.led_to(&answer.note);
            answer
        }
        Err(mut failure) => {
            failure.fix = books.led_to(&failure.fix);
            failure.into_answer(json)
        }
    }
}

fn parse(args: &[OsString]) -> Result<(Cli, Books), clap::Error> {
    let command = render::help::with_exit_codes(Cli::command());
    let page = render::help::page(&command);
    let matches = command.override_help(page).try_get_matches_from(args)?;
    let books = Books::typed(Cli::command(), &matches);
    Ok((Cli::from_arg_matches(&matches)?, books))
}

/// Help and version are results; anything else says what is wrong with the command line. Where
/// nothing is typed, the page of help says it best.
fn from_clap(said: &clap::Error, args: &[OsString]) -> Answer {
    let text = || said.render().ansi().to_string();
    if !said.use_stderr() {
        Answer::new(text())
    } else if said.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        Answer { result: String::new(), note: text(), exit: Exit::USAGE }
    } else {
        usage::failure(said, &Cli::command(), args).into_answer(usage::asks_for_json(args))
    }
}

fn fault(args: &[OsString]) -> Answer {
    Failure::new(
        Exit::INTERNAL,
        "internal",
        "Probity has a fault; nothing was written",
        "report the message above with the files that led to it",
    )
    .into_answer(usage::asks_for_json(args))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_says_so_and_has_its_code() {
        let answer = fault(&[]);
        assert_eq!(answer.exit, Exit::INTERNAL);
        assert!(answer.note.contains("Probity has a fault"), "{}", answer.note);
        let answer = fault(&["probity".into(), "--json".into()]);
        assert!(answer.result.contains("\"code\": \"internal\""), "{}", answer.result);
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
