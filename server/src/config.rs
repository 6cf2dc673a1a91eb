//! Every setting of the program: its flag, its environment variable, its default, and which of them go together.
//!
//! [`Settings`] is the operator's input; [`Config`] is the checked result.

mod base_url;
mod files;
pub mod old_names;
mod payments;
mod policies;
mod rules;
mod secret;

use crate::listen::CONNECTIONS_PER_ADDRESS;
use crate::log::Format;
use clap::{Args, ValueEnum};
use market::rules::Policies;
use policies::PolicySettings;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use stripe::StripeSettings;

pub use api::RateLimits;
pub use files::{FilePlace, FileSettings};
pub use payments::PaymentSettings;
pub use rules::RuleSettings;
pub use secret::Secret;

/// The reason why the program can't do what the operator asked, in words for the operator.
#[derive(Debug)]
pub struct Refusal(pub String);

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

impl From<market::Error> for Refusal {
    fn from(error: market::Error) -> Self {
        Refusal(error.message.into_owned())
    }
}

/// The mode of the server: play or real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// Play money, mail kept in files, this machine only
    Sandbox,
    /// Real mail; needs a secret, a base URL and an SMTP server
    Production,
}

impl Mode {
    /// The word for the mode in settings and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Mode::Sandbox => "sandbox",
            Mode::Production => "production",
        }
    }
}

/// The callers that may read `/metrics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MetricsAccess {
    /// Callers on this machine
    Loopback,
    /// Anyone who can reach the server
    Open,
    /// Nobody
    Off,
}

impl MetricsAccess {
    /// Returns the access of a server whose operator names none. In production a proxy on this machine may call from loopback
    /// for strangers, so the operator has to open the numbers.
    fn usual(mode: Mode) -> Self {
        match mode {
            Mode::Sandbox => MetricsAccess::Loopback,
            Mode::Production => MetricsAccess::Off,
        }
    }
}

fn rate_limits(text: &str) -> Result<RateLimits, String> {
    match (text, text.parse()) {
        ("reference", _) => Ok(RateLimits::Reference),
        ("off", _) => Ok(RateLimits::Off),
        (_, Ok(factor @ 1..=10_000)) => Ok(RateLimits::Times(factor)),
        _ => Err("write 'reference', 'off', or a whole factor from 1 to 10000 such as 10".into()),
    }
}

/// The settings as given. Each flag `--some-thing` is also the variable `GUILDHALL_SOME_THING`.
#[derive(Args, Clone)]
pub struct Settings {
    /// The address to listen on; the sandbox accepts only a loopback address
    #[arg(long, env = "GUILDHALL_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3000", global = true)]
    #[arg(help_heading = "Place", value_parser = address)]
    pub listen: SocketAddr,
    /// The folder for everything that must outlive the process
    #[arg(long, env = "GUILDHALL_DATA", value_name = "FOLDER", default_value = "./data", global = true, help_heading = "Place")]
    pub data: PathBuf,
    /// sqlite://FILE or postgres://USER@HOST/NAME [default: guildhall.db in the data folder]
    #[arg(long, env = "GUILDHALL_DATABASE", value_name = "URL", hide_env_values = true, global = true, help_heading = "Place")]
    pub database: Option<String>,
    /// The bytes of the disk that stay free: below them files are refused, and below a sixteenth of them everything that writes
    #[arg(long, env = "GUILDHALL_FREE_SPACE_MIN", value_name = "BYTES", default_value_t = 1 << 30, global = true, help_heading = "Place")]
    pub free_space_min: u64,
    /// The bytes that the files of all teams may take together; beyond them uploads are refused
    #[arg(long, env = "GUILDHALL_FILES_TOTAL_MAX", value_name = "BYTES", default_value_t = 1 << 40, global = true, help_heading = "Place")]
    pub files_total_max: u64,
    /// The ports besides 443 to which webhooks may be sent, with commas between them
    #[arg(long, env = "GUILDHALL_WEBHOOK_PORTS", value_name = "PORTS", value_delimiter = ',', global = true, help_heading = "Place")]
    pub webhook_ports: Vec<u16>,
    /// Play money on this machine, or the real thing
    #[arg(long, env = "GUILDHALL_MODE", value_enum, default_value = "sandbox", global = true, help_heading = "Place")]
    pub mode: Mode,
    /// The address people type; links in mail begin with it [default: http://ADDRESS:PORT in the sandbox]
    #[arg(long, env = "GUILDHALL_BASE_URL", value_name = "URL", global = true, help_heading = "Place")]
    pub base_url: Option<String>,

    /// Signs tokens; 32 bytes or more [default: in the sandbox, generated once and kept in the data folder]
    #[arg(long, env = "GUILDHALL_SECRET", value_name = "TEXT", hide_env_values = true, global = true, help_heading = "Outside")]
    pub secret: Option<String>,
    /// Sends mail: smtps://USER:PASSWORD@HOST:PORT, or smtp://HOST:PORT with ?tls=required or opportunistic
    #[arg(long, env = "GUILDHALL_SMTP_URL", value_name = "URL", hide_env_values = true, global = true, help_heading = "Outside")]
    pub smtp_url: Option<String>,
    /// The sender of mail, like 'Guildhall <no-reply@example.org>'
    #[arg(long, env = "GUILDHALL_MAIL_FROM", value_name = "MAILBOX", global = true, help_heading = "Outside")]
    pub mail_from: Option<String>,
    /// Take the caller's address from X-Forwarded-For; only behind a proxy that writes it
    #[arg(long, env = "GUILDHALL_TRUST_PROXY", global = true, help_heading = "Outside")]
    #[arg(num_args = 0..=1, default_value = "false", default_missing_value = "true", value_name = "true|false")]
    #[arg(action = clap::ArgAction::Set, hide_possible_values = true)]
    pub trust_proxy: bool,
    /// The most connections from one address, unless it is this machine's or a trusted proxy's; 0 sets no limit
    #[arg(long, env = "GUILDHALL_CONNECTIONS_PER_ADDRESS", value_name = "NUMBER", global = true, help_heading = "Outside")]
    #[arg(default_value_t = CONNECTIONS_PER_ADDRESS)]
    pub connections_per_address: u32,
    /// The rate limits: reference, off, or a number such as 10 for that many times the reference
    #[arg(long, env = "GUILDHALL_RATE_LIMITS", value_name = "HOW", default_value = "reference", global = true, help_heading = "Outside")]
    #[arg(value_parser = rate_limits)]
    pub rate_limits: RateLimits,
    /// The callers that may read /metrics [default: loopback in the sandbox, off in production]
    #[arg(long, env = "GUILDHALL_METRICS", value_enum, global = true, help_heading = "Outside")]
    pub metrics: Option<MetricsAccess>,

    /// error, warn, info, debug, trace, or per part: info,guildhall::request=debug
    #[arg(long, env = "GUILDHALL_LOG", value_name = "FILTER", default_value = "info", global = true, help_heading = "Log")]
    #[arg(value_parser = crate::log::filter)]
    pub log: String,
    /// The format of the log
    #[arg(long, env = "GUILDHALL_LOG_FORMAT", value_enum, default_value = "text", global = true, help_heading = "Log")]
    pub log_format: Format,

    /// The storage of files.
    #[command(flatten)]
    pub files: FileSettings,
    /// The payment provider.
    #[command(flatten)]
    pub payments: PaymentSettings,
    /// The operator's own texts.
    #[command(flatten)]
    pub policies: PolicySettings,
    /// Fees and windows.
    #[command(flatten)]
    pub rules: RuleSettings,
}

/// Shows what tells servers apart. The secret, and the addresses of database and mail server, which may hold passwords, are left
/// out.
impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut told = f.debug_struct("Settings");
        told.field("listen", &self.listen).field("data", &self.data).field("mode", &self.mode).finish_non_exhaustive()
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an IP address and a port, like 127.0.0.1:3000 or [::1]:3000".into())
}

impl Config {
    /// The folder for the sandbox's mail.
    pub(crate) fn mail_folder(&self) -> PathBuf {
        self.data.join("mail")
    }
}

/// Settings that were checked and go together.
#[derive(Clone)]
pub struct Config {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The folder for everything that must outlive the process.
    pub data: PathBuf,
    /// The bytes of the disk that stay free.
    pub free_space_min: u64,
    /// The bytes that the files of all teams may take together.
    pub files_total_max: u64,
    /// The database's address.
    pub database: String,
    /// True if the operator named the database; otherwise it is in the data folder.
    pub names_database: bool,
    /// Sandbox or production.
    pub mode: Mode,
    /// The address of the server from outside; without one the listening address is used.
    pub base_url: Option<String>,
    /// The secret that signs tokens.
    pub secret: Secret,
    /// The mail server's address and the sender, in production.
    pub smtp: Option<(String, String)>,
    /// True if the caller's address is read from `X-Forwarded-For`.
    pub trust_proxy: bool,
    /// The most connections from one address, if there is a limit.
    pub connections_per_address: Option<u32>,
    /// The strictness of the rate limits.
    pub rate_limits: RateLimits,
    /// The callers that may read `/metrics`.
    pub metrics: MetricsAccess,
    /// The storage of files.
    pub files: FilePlace,
    /// The ports besides 443 to which webhooks may be sent.
    pub webhook_ports: Vec<u16>,
    /// Stripe, if payments are taken by it.
    pub stripe: Option<StripeSettings>,
    /// The operator's own texts.
    pub policies: Policies,
    /// Fees and windows.
    pub rules: RuleSettings,
}

/// Shows as little as [`Settings`] do.
impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut told = f.debug_struct("Config");
        told.field("listen", &self.listen).field("data", &self.data).field("mode", &self.mode).finish_non_exhaustive()
    }
}

impl Settings {
    /// Checks the settings together and returns the configuration.
    pub fn check(self) -> Result<Config, Refusal> {
        if self.mode == Mode::Sandbox && !self.listen.ip().is_loopback() {
            return Err(Refusal(format!(
                "GUILDHALL_LISTEN is {}, but the sandbox lets anyone make money and read mail, so it listens on this machine only: \
                 set it to 127.0.0.1:{port} or [::1]:{port}, or set GUILDHALL_MODE=production",
                self.listen,
                port = self.listen.port()
            )));
        }
        let given = |value: &Option<String>| value.clone().filter(|text| !text.trim().is_empty());
        let base_url = given(&self.base_url).map(|url| base_url::origin(&url, self.mode)).transpose()?;
        let secret = given(&self.secret).map(Secret::given).transpose()?;
        let smtp = given(&self.smtp_url).zip(given(&self.mail_from));
        if self.mode == Mode::Production {
            let missing: Vec<_> = [
                ("GUILDHALL_SECRET", "32 bytes or more that nobody can guess: openssl rand -base64 48", secret.is_none()),
                ("GUILDHALL_BASE_URL", "the address people type, like https://guildhall.example.org", base_url.is_none()),
                ("GUILDHALL_SMTP_URL", "the mail server, like smtps://USER:PASSWORD@mail.example.org", given(&self.smtp_url).is_none()),
                ("GUILDHALL_MAIL_FROM", "the sender, like 'Guildhall <no-reply@example.org>'", given(&self.mail_from).is_none()),
            ]
            .into_iter()
            .filter(|(_, _, missing)| *missing)
            .map(|(name, what, _)| format!("\n  {name}  {what}"))
            .collect();
            if !missing.is_empty() {
                return Err(Refusal(format!("production mode needs what is missing here:{}", missing.concat())));
            }
        }
        Ok(Config {
            listen: self.listen,
            free_space_min: self.free_space_min,
            files_total_max: self.files_total_max,
            names_database: given(&self.database).is_some(),
            database: database(given(&self.database), &self.data)?,
            base_url,
            secret: secret.unwrap_or_else(|| Secret::kept(&self.data)),
            smtp,
            trust_proxy: self.trust_proxy,
            connections_per_address: Some(self.connections_per_address).filter(|most| *most > 0),
            rate_limits: self.rate_limits,
            metrics: self.metrics.unwrap_or(MetricsAccess::usual(self.mode)),
            mode: self.mode,
            files: self.files.check(&self.data)?,
            webhook_ports: self.webhook_ports,
            stripe: self.payments.check(self.mode)?,
            policies: self.policies.check()?,
            rules: self.rules.check()?,
            data: self.data,
        })
    }
}

fn database(said: Option<String>, data: &Path) -> Result<String, Refusal> {
    match said {
        None => Ok(format!("sqlite://{}", data.join("guildhall.db").display())),
        Some(url) if ["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) => Ok(url),
        // The address may hold a password, so the message does not repeat it.
        Some(_) => Err(Refusal("GUILDHALL_DATABASE must begin with sqlite://, postgres:// or postgresql://".into())),
    }
}
