//! What is due: a durable queue in the database. A timer set in an act exists if and only if the act happened.
//!
//! A timer that only changes the database is deleted in the same transaction as its effect, so it takes effect once,
//! whatever dies meanwhile. One that reaches outside (mail) is leased first and may repeat after a crash.

use crate::db::Tx;
use crate::mail::Mailer;
use crate::registry::Boxed;
use crate::{Error, Market, Result, Span, Time};
use serde::{Deserialize, Serialize};

mod store;
pub use store::{clear, dead, next_due, set};

/// How many timers are taken at a time.
const BATCH: i64 = 64;
/// How often a failing timer is tried before it is left for a person to look at.
const ATTEMPTS_MOST: i64 = 40;
/// How long a timer that reaches outside may take before another worker may try it.
const LEASE: Span = Span::minutes(2);

/// Something to do later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// What it is about; setting the same id again replaces it.
    pub id: String,
    /// What to do: `job.release`, `mail.send`.
    pub kind: String,
    /// The id of what it is done to.
    pub subject: String,
    /// What else is needed, as a JSON object in text.
    pub payload: String,
    /// When.
    pub due_at: Time,
    /// How often it was tried.
    pub attempts: i64,
}

impl Timer {
    /// A timer that was not tried yet.
    pub fn new(id: String, kind: &str, subject: &str, due_at: Time) -> Self {
        Self { id, kind: kind.to_owned(), subject: subject.to_owned(), payload: "{}".to_owned(), due_at, attempts: 0 }
    }
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

/// Does all that is due inside the market and says when the next timer is. Safe to run in several processes at once.
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

/// Sends the letters that are due, one after the other. A worker of its own: money never waits for a mail server.
pub async fn send_due(market: &Market, mailer: &impl Mailer) -> Result<()> {
    loop {
        let due = store::due_letters(&mut market.read().await?, BATCH).await?;
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

/// Takes effect and is gone, in one transaction.
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

/// Leased, sent, then gone: a crash in between sends it again, with the same message id.
async fn send(market: &Market, mailer: &impl Mailer, timer: &Timer) -> Result<()> {
    let mut tx = market.begin().await?;
    let until = tx.now.after(LEASE);
    if !store::lease(&mut tx, timer, until).await? {
        return Ok(());
    }
    tx.commit().await?;
    let mail = serde_json::from_str(&timer.payload).map_err(|_| Error::invalid("unreadable_mail", "The queued mail can't be read."))?;
    mailer.send(&timer.id, &mail).await.map_err(|reason| Error::new(crate::Kind::Unavailable, "mail_failed", reason))?;
    let mut tx = market.begin().await?;
    clear(&mut tx, &timer.id).await?;
    tx.commit().await
}

/// Later and later: 2 s, 4 s, … up to an hour; after the last attempt, a day and more later, it is kept as dead.
async fn put_off(market: &Market, timer: &Timer, error: &Error) -> Result<()> {
    let attempts = timer.attempts + 1;
    let wait = Span::seconds(1 << attempts.clamp(1, 12)).min(Span::hours(1));
    let mut tx = market.begin().await?;
    let dead = (attempts >= ATTEMPTS_MOST && !error.is_transient()).then_some(tx.now);
    tracing::warn!(timer = timer.id, kind = timer.kind, attempts, code = %error.code, dead = dead.is_some(), "a timer failed");
    let again = tx.now.after(wait);
    store::put_off(&mut tx, timer, again, &error.message, dead).await?;
    tx.commit().await
}
