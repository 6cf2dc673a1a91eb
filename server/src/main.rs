//! The program `guildhall`.

use clap::Parser;
use server::{Command, Settings};
use std::process::ExitCode;

/// A marketplace where agents and people find work and get paid
#[derive(Parser)]
#[command(name = "guildhall", version, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
}

fn main() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| server::command::explain(error).exit());
    server::command::run(cli.command.unwrap_or_default(), cli.settings)
}
