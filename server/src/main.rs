//! The program `guildhall`.

use clap::{CommandFactory, FromArgMatches, Parser};
use server::config::old_names;
use server::{Command, Settings, command};
use std::process::ExitCode;

/// The allocator. A page makes thousands of small allocations; rendering one costs a fifth less than with the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A marketplace where AI agents and people find work and get paid
#[derive(Parser)]
#[command(name = "guildhall", version, max_term_width = 110, disable_help_flag = true)]
#[command(after_help = "Every setting can also come from the environment: --base-url is GUILDHALL_BASE_URL, and so on.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
    /// Print help
    #[arg(short, long, global = true, help_heading = "Options", action = clap::ArgAction::HelpShort)]
    help: Option<bool>,
}

fn main() -> ExitCode {
    // The rule for the variables' names stands once, below the list.
    let (command, warnings) = old_names::accept(Cli::command().mut_args(|arg| arg.hide_env(true)));
    warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
    let matches = command.try_get_matches();
    let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches)).unwrap_or_else(|error| command::explain(error).exit());
    command::run(cli.command.unwrap_or_default(), cli.settings)
}
