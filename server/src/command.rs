//! The command line: the commands of `guildhall`.

use crate::banner;
use crate::config::{Config, Refusal, Settings};
use crate::{Server, demo, lifecycle, log, open_existing, open_market, private};
use clap::Subcommand;
use clap::error::{ContextKind, ErrorKind};
use market::{Market, member, reset, second_factor};
use std::path::PathBuf;
use std::process::ExitCode;

/// The help template of commands that use few settings: it does not list them all.
const BRIEF: &str = "{about-with-newline}\n{usage-heading} {usage}\n\n{positionals}\n\nFor the settings see guildhall --help.\n";
const GROUP: &str = "{about-with-newline}\n{usage-heading} {usage}\n\n{subcommands}\n\nFor the settings see guildhall --help.\n";

/// The commands of `guildhall`.
#[derive(Subcommand, Clone, Debug, Default)]
pub enum Command {
    /// Serve the market; the default. Migrates the database first
    #[default]
    Serve,
    /// Bring the database to this version's schema
    #[command(help_template = BRIEF)]
    Migrate,
    /// Play a story through the public API on a throwaway database: a poster, two bots, a paid job; with --stripe URL a deposit, a payout
    /// and a chargeback at a fake Stripe
    #[command(help_template = BRIEF)]
    Demo {
        /// Play a deposit, a job, a payout and a chargeback at a fake Stripe instead, which listens at this address
        #[arg(long, value_name = "URL")]
        stripe: Option<String>,
    },
    /// Manage accounts
    #[command(subcommand, help_template = GROUP)]
    User(User),
    /// Check the ledger
    #[command(subcommand, help_template = GROUP)]
    Ledger(Ledger),
    /// Print the API's OpenAPI document
    #[command(help_template = BRIEF)]
    Openapi,
    /// Write a consistent copy of a SQLite database, while the server runs
    #[command(help_template = BRIEF)]
    Backup {
        /// The file to write
        path: PathBuf,
    },
}

/// The commands that change an account.
#[derive(Subcommand, Clone, Debug)]
pub enum User {
    /// Mark an email address as verified
    #[command(help_template = BRIEF)]
    Verify {
        /// The account's email address
        email: String,
    },
    /// Print a link by which a member chooses a new password; it works once, for an hour
    #[command(help_template = BRIEF)]
    ResetLink {
        /// The account's email address
        email: String,
    },
    /// Turn a member's second factor off, for one who lost the app and the recovery codes; the member is told by mail
    #[command(help_template = BRIEF)]
    ResetSecondFactor {
        /// The account's email address
        email: String,
    },
    /// Make a member an admin of this server
    #[command(help_template = BRIEF)]
    Promote {
        /// The account's email address
        email: String,
    },
}

/// The commands that read the ledger.
#[derive(Subcommand, Clone, Debug)]
pub enum Ledger {
    /// Prove that every cent is accounted for; ends with 1 when it is not
    #[command(help_template = BRIEF)]
    Verify,
}

/// The most threads for work that blocks: files, long reads, hashes, and the stand-ins of threads whose statements take long. Each keeps
/// memory of its own; further work waits for its turn.
const BLOCKING_MAX: usize = 24;

/// Runs a command in a new runtime and returns the exit code.
pub fn run(command: Command, settings: Settings) -> ExitCode {
    // The demo prints its story; a log line for each request would hide it.
    let quiet = matches!(command, Command::Demo { .. }) && settings.log == "info";
    log::start(if quiet { "warn" } else { &settings.log }, settings.log_format);
    // All TLS uses one provider of cryptography. A second call finds it installed and changes nothing.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().max_blocking_threads(BLOCKING_MAX).enable_all().build();
    let done = match runtime {
        Ok(runtime) => {
            let done = runtime.block_on(carry_out(command, settings));
            // Tasks that still run have had their time to finish.
            runtime.shutdown_background();
            done
        }
        Err(error) => Err(Refusal(format!("the runtime could not start: {error}"))),
    };
    done.unwrap_or_else(|refusal| {
        eprintln!("error: {refusal}");
        ExitCode::FAILURE
    })
}

async fn carry_out(command: Command, settings: Settings) -> Result<ExitCode, Refusal> {
    let (listen, format) = (settings.listen, settings.log_format);
    if let Command::Demo { stripe } = command {
        demo::play(settings, stripe.as_deref()).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let config = settings.check()?;
    match command {
        Command::Demo { .. } => {}
        Command::Serve => return serve(config, format).await,
        Command::Migrate => {
            let market = open_market(&config, listen).await?;
            println!("{} is up to date: {}", market.db.engine(), banner::place(&config));
        }
        Command::User(user) => look_after(&open_existing(&config, listen).await?, user).await?,
        Command::Ledger(Ledger::Verify) => return verify(&open_existing(&config, listen).await?).await,
        Command::Openapi => {
            let base_url = config.base_url.unwrap_or_else(|| format!("http://{listen}"));
            let document = api::openapi(&dialects::ALL, &base_url).to_pretty_json();
            println!("{}", document.map_err(|error| Refusal(format!("the document can't be written: {error}")))?);
        }
        Command::Backup { path } => {
            let market = open_existing(&config, listen).await?;
            if config.database.starts_with("sqlite://") {
                private::file(&path).map_err(|error| Refusal(format!("{} can't be written: {error}", path.display())))?;
            }
            market.db.backup(&path).await?;
            println!("wrote {}", path.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve(config: Config, format: log::Format) -> Result<ExitCode, Refusal> {
    let stop = lifecycle::signals();
    let server = Server::open(config).await?;
    match format {
        log::Format::Text => println!("{}", banner::banner(&server)),
        log::Format::Json => tracing::info!(address = %server.address(), database = server.market().db.engine(), "serving"),
    }
    Ok(server.run(stop).await.exit_code().into())
}

async fn look_after(market: &Market, user: User) -> Result<(), Refusal> {
    let mut tx = market.begin().await?;
    let (member, became) = match user {
        User::ResetLink { email } => {
            let link = reset::link(&mut tx, &email).await?;
            tx.commit().await?;
            println!("{link}");
            return Ok(());
        }
        User::Verify { email } => (member::verify_email(&mut tx, &email).await?, "is verified"),
        User::ResetSecondFactor { email } => (second_factor::reset(&mut tx, &email).await?, "signs in by the password alone"),
        User::Promote { email } => (member::promote(&mut tx, &email).await?, "is an admin"),
    };
    tx.commit().await?;
    println!("{} {became}", member.email);
    Ok(())
}

async fn verify(market: &Market) -> Result<ExitCode, Refusal> {
    let audit = market.audit().await?;
    for finding in &audit.findings {
        println!("{finding}");
    }
    if audit.waiting > 0 {
        println!("{} entries wait for their numbers", audit.waiting);
    }
    if audit.is_sound() {
        println!("the ledger is sound: {} entries, head {}", audit.entries, audit.head);
        return Ok(ExitCode::SUCCESS);
    }
    println!("the ledger is not sound: {} findings in {} entries", audit.findings.len(), audit.entries);
    Ok(ExitCode::FAILURE)
}

/// Adds to clap's message the environment variable that a bad value may have come from.
pub fn explain(mut error: clap::Error) -> clap::Error {
    if !matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation) {
        return error;
    }
    let flag = error.get(ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
    if let Some(name) = flag.split_whitespace().next().and_then(|flag| flag.strip_prefix("--")) {
        let variable = format!("it comes from --{name} or from GUILDHALL_{}", name.replace('-', "_").to_uppercase());
        error.insert(ContextKind::Suggested, clap::error::ContextValue::StyledStrs(vec![variable.into()]));
    }
    error
}
