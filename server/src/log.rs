//! The program's log: one line per event, with the request's id, never with a secret.

use clap::ValueEnum;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// The format of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

/// Levels for libraries that log too much; the operator's filter comes after and wins.
const QUIET: &str = "sqlx=warn,tower_sessions=error,tower_sessions_core=error,hyper=warn,h2=warn,rustls=warn";

/// Checks that a filter can be parsed. A bare word must be a level: the parser takes any other one for the name of a part, and
/// logs nothing but that part.
pub(crate) fn filter(text: &str) -> Result<String, String> {
    let is_clear = |part: &str| part.contains(['=', '[']) || part.parse::<LevelFilter>().is_ok();
    let is_clear = text.contains('{') || text.split(',').map(str::trim).filter(|part| !part.is_empty()).all(is_clear);
    match EnvFilter::builder().parse(text) {
        Ok(_) if is_clear => Ok(text.to_owned()),
        _ => Err("write error, warn, info, debug or trace, or parts with levels: info,guildhall::request=debug".into()),
    }
}

/// Starts the log on standard output. Only the first call in a process has an effect.
pub fn start(filter: &str, format: Format) {
    let filter = EnvFilter::new(format!("{QUIET},{filter}"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_ansi(std::io::stdout().is_terminal());
    // Tests start several servers in one process: they all write to the first one's log.
    let _ = match format {
        Format::Text => lines.compact().try_init(),
        Format::Json => lines.json().flatten_event(true).with_span_list(false).try_init(),
    };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, why = panic.payload_as_str().unwrap_or_default(), "a panic");
    }));
}
