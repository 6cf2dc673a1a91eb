//! Timers: a durable queue in the database. A timer that an act sets exists if and only if the act was committed.
//!
//! A timer that only changes the database is deleted in the transaction of its effect, so it takes effect once even after a crash. A
//! timer that reaches outside (mail) is leased first and may repeat after a crash.

use crate::Market;
use crate::db::Tx;
use crate::mail::{Mailer, Unsent};
use crate::registry::Boxed;
use kernel::{Duration, Error, Result, Time};
use serde::{Deserialize, Serialize};

mod store;
pub use store::{clear, dead, failed, has, next_due, set, try_again};

/// The number of timers that are read at a time.
const BATCH: i64 = 64;
/// The most attempts of a failing timer; then it is kept for a person to look at.
const ATTEMPTS_MAX: i64 = 40;
/// The code of a mail that can never be sent.
const UNDELIVERABLE: &str = "mail_undeliverable";
/// The lease of a timer that reaches outside; after it another worker may try it.
const LEASE: Duration = Duration::minutes(2);

/// A timer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// The id; setting the same id again replaces the timer.
    pub id: String,
    /// The kind: `job.release`, `mail.send`.
    pub kind: String,
    /// The id of the thing it is about.
    pub subject: String,
    /// Further data, as a JSON object in text.
    pub payload: String,
    /// The time it is due.
    pub due_at: Time,
    /// The number of attempts.
    pub attempts: i64,
}

impl Timer {
    /// Creates a timer.
    pub fn new(id: String, kind: &str, subject: &str, due_at: Time) -> Self {
        Self { id, kind: kind.to_owned(), subject: subject.to_owned(), payload: "{}".to_owned(), due_at, attempts: 0 }
    }
}

/// A timer that failed for good and waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedTimer {
    /// The number by which a list goes on.
    pub key: i64,
    /// The id.
    pub id: String,
    /// The kind.
    pub kind: String,
    /// The id of the thing it is about.
    pub subject: String,
    /// The number of attempts.
    pub attempts: i64,
    /// The last error.
    pub last_error: Option<String>,
    /// When it was given up.
    pub dead_at: Time,
}

/// Does what a timer of one kind is set for, in the transaction that takes the timer away.
pub type Handler = for<'a> fn(&'a mut Tx, &'a Timer) -> Boxed<'a, Result<()>>;

/// The handlers of all kinds of timers, as the nouns above give them.
#[derive(Clone, Copy, Debug)]
pub struct Handlers {
    nouns: &'static [&'static [(&'static str, Handler)]],
}

impl Handlers {
    /// The handlers by kind, noun by noun.
    pub const fn new(nouns: &'static [&'static [(&'static str, Handler)]]) -> Self {
        Self { nouns }
    }

    /// The handler of a kind.
    pub fn find(&self, kind: &str) -> Option<Handler> {
        self.nouns.iter().copied().flatten().find(|(known, _)| *known == kind).map(|(_, handler)| *handler)
    }
}

/// Runs all due timers whose effect is inside the database, and returns the time of the next one. Several processes may call it at
/// once.
pub async fn run_due(market: &Market) -> Result<Option<Time>> {
    loop {
        let due = store::due_inside(&mut market.read().await?, BATCH).await?;
        if due.is_empty() {
            return next_due(&mut market.read().await?).await;
        }
        for timer in &due {
            if let Err(error) = fire(market, timer).await {
                put_off(market, timer, &error).await?;
            }
        }
    }
}

/// Sends all due mail, one after the other. A separate worker calls it, so that money never waits for a mail server.
pub async fn send_due(market: &Market, mailer: &impl Mailer) -> Result<()> {
    loop {
        let due = store::due_emails(&mut market.read().await?, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        for timer in &due {
            if let Err(error) = send(market, mailer, timer).await {
                put_off(market, timer, &error).await?;
            }
        }
    }
}

/// Runs a timer and deletes it in one transaction.
async fn fire(market: &Market, timer: &Timer) -> Result<()> {
    let mut tx = market.begin().await?;
    if !store::take(&mut tx, timer).await? {
        return Ok(()); // Somebody else did it, or an act moved it.
    }
    let unknown = || Error::conflict("unknown_timer", format!("Nobody knows how to do {}.", timer.kind));
    let handle = market.registry.timers.find(&timer.kind).ok_or_else(unknown)?;
    handle(&mut tx, timer).await?;
    tx.commit().await
}

/// Leases, sends and deletes a mail; after a crash in between it is sent again with the same message id.
async fn send(market: &Market, mailer: &impl Mailer, timer: &Timer) -> Result<()> {
    let mut tx = market.begin().await?;
    let until = tx.now.after(LEASE);
    if !store::lease(&mut tx, timer, until).await? {
        return Ok(());
    }
    tx.commit().await?;
    let mail = serde_json::from_str(&timer.payload).map_err(|_| Error::invalid("unreadable_mail", "The queued mail can't be read."))?;
    mailer.send(&timer.id, &mail).await.map_err(|unsent| match unsent {
        Unsent::Yet(reason) => Error::new(kernel::Kind::Unavailable, "mail_failed", reason),
        Unsent::Ever(reason) => Error::new(kernel::Kind::Unprocessable, UNDELIVERABLE, reason),
    })?;
    let mut tx = market.begin().await?;
    clear(&mut tx, &timer.id).await?;
    tx.commit().await
}

/// Postpones a failed timer: 2 s, 4 s, … up to an hour; after the last attempt, more than a day later, it is kept as dead. A mail
/// that can never be sent is dead at once.
async fn put_off(market: &Market, timer: &Timer, error: &Error) -> Result<()> {
    let attempts = timer.attempts + 1;
    let wait = Duration::seconds(1 << attempts.clamp(1, 12)).min(Duration::hours(1));
    let mut tx = market.begin().await?;
    let is_over = attempts >= ATTEMPTS_MAX && !error.is_transient();
    let dead = (is_over || error.code == UNDELIVERABLE).then_some(tx.now);
    tracing::warn!(timer = timer.id, kind = timer.kind, attempts, code = %error.code, dead = dead.is_some(), "a timer failed");
    let again = tx.now.after(wait);
    store::put_off(&mut tx, timer, again, &error.message, dead).await?;
    tx.commit().await
}
