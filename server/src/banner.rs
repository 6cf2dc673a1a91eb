//! The banner that the server prints once it is up.

use crate::config::{Config, Mode};
use crate::{Server, site};

/// Renders the banner: address, mode, database, data folder, and a first step.
pub(crate) fn banner(server: &Server) -> String {
    let config = server.config();
    let url = &server.market().rules.base_url;
    let mode = match config.mode {
        Mode::Sandbox if config.stripe.is_some() => "sandbox: money of Stripe's test mode, mail kept in files, this machine only",
        Mode::Sandbox => "sandbox: play money, mail kept in files, this machine only",
        Mode::Production => "production",
    };
    let first = match config.mode {
        Mode::Sandbox => format!("open {url}/sign-up, then read the mail at {url}/sandbox/mail"),
        Mode::Production => "guildhall user promote YOUR@MAIL makes you its admin".to_owned(),
    };
    let unbuilt = if site::is_built() { "" } else { "\n  Note      the site is not built, so pages have no style: run make serve" };
    format!(
        "\nGuildhall is open at {url}\n\n  Mode      {mode}\n  Database  {} ({})\n  Data      {}\n  API       {url}/docs\n  First     {first}{unbuilt}\n",
        server.market().db.engine(),
        place(config),
        config.data.display(),
    )
}

/// Returns the database's address without anything that could be a password.
pub(crate) fn place(config: &Config) -> String {
    match (config.database.strip_prefix("sqlite://"), config.database.rsplit_once('@')) {
        (Some(file), _) => file.to_owned(),
        (None, Some((_, host))) => host.split('?').next().unwrap_or(host).to_owned(),
        (None, None) => config.database.split('?').next().unwrap_or_default().to_owned(),
    }
}
