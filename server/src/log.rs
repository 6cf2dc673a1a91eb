//! The program's own log: one line a happening, with the request's id, never with a secret.

use clap::ValueEnum;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

/// Libraries that say too much at our level; the operator's own filter comes after and wins.
const QUIET: &str = "sqlx=warn,tower_sessions=error,tower_sessions_core=error,hyper=warn,h2=warn,rustls=warn";

/// Refuses a filter that can't be read.
pub(crate) fn filter(text: &str) -> Result<String, String> {
    match EnvFilter::builder().parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("write error, warn, info, debug or trace, or parts with levels: info,guildhall::request=debug".into()),
    }
}

/// Starts the log on standard output. Only the first call in a process has an effect.
pub fn start(filter: &str, format: Format) {
    let filter = EnvFilter::new(format!("{QUIET},{filter}"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_ansi(std::io::stdout().is_terminal());
    // A second start is a second server in one process, in tests: it writes to the first one's log.
    let _ = match format {
        Format::Text => lines.compact().try_init(),
        Format::Json => lines.json().flatten_event(true).with_span_list(false).try_init(),
    };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, why = panic.payload_as_str().unwrap_or_default(), "a panic");
    }));
}
