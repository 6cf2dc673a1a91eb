//! Forms act once. A page draws each form of a member with a random value, and the act keeps its answer under that value in its own
//! transaction, as the API does with its idempotency keys. A second press gets the first one's redirect and changes nothing.

use crate::fault::Fault;
use crate::visitor::{go, guest};
use market::db::Tx;
use market::idempotency::{self, Answer, Ticket};
use market::{Actor, Duration, Error, Market, Result, id};
use serde::{Deserialize, Serialize};

/// The hidden field with the random value of one drawn form.
pub const ONCE: &str = "_once";

/// The length of the value: 100 random bits.
const LENGTH: usize = 20;

/// The time for which equal forms without a value count as one press: pages of an earlier version draw none.
const ONE_PRESS: Duration = Duration::minutes(1);

/// Makes the value of one form.
pub(crate) fn value() -> String {
    id::secret(LENGTH)
}

/// Returns the ticket of a member's form: its value is the key, or its content for a short time if it has none.
pub fn ticket(market: &Market, actor: &Actor, form: &str, typed: &[(String, String)]) -> Result<Ticket> {
    // Not by the team: the first press may have switched it.
    let scope = format!("form {} {form}", actor.member);
    let asked = typed.iter().filter(|(name, _)| name != ONCE).flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
    let asked: Vec<_> = asked.collect();
    let given = typed.iter().find(|(name, _)| name == ONCE).map(|(_, value)| value.as_str());
    match given.filter(|given| given.len() == LENGTH && given.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        Some(given) => Ticket::new(scope, given, &market.secret, &asked),
        None => Ok(Ticket::of_content(scope, &market.secret, &asked, ONE_PRESS)),
    }
}

/// The result of a form: where the browser goes, and what it is told there.
#[derive(Clone, Serialize, Deserialize)]
pub struct Done {
    to: String,
    notice: String,
    /// The id of a thing that the browser's session has to know.
    #[serde(default)]
    pub about: Option<String>,
    /// A secret that is shown once: it is not kept, so a second press has none.
    #[serde(skip)]
    pub secret: Option<String>,
}

impl Done {
    /// The result of an act: the address, and the notice there; an empty one is not shown.
    pub fn new(to: impl Into<String>, notice: impl Into<String>) -> Self {
        Self { to: to.into(), notice: notice.into(), about: None, secret: None }
    }

    /// Adds the id of a thing that the browser's session has to know.
    #[must_use]
    pub fn about(self, id: impl Into<String>) -> Self {
        Self { about: Some(id.into()), ..self }
    }

    /// Adds a secret for the first press alone.
    #[must_use]
    pub fn secret(self, secret: String) -> Self {
        Self { secret: Some(secret), ..self }
    }

    /// Replaces the notice.
    #[must_use]
    pub fn saying(self, notice: impl Into<String>) -> Self {
        Self { notice: notice.into(), ..self }
    }

    /// Redirects the browser.
    pub fn go(self) -> Result<(), Fault> {
        if self.notice.is_empty() {
            crate::respond::see_other(&self.to);
            return Ok(());
        }
        go(&self.to, self.notice)
    }
}

/// Returns the ticket of the form that is being answered; none for a script.
pub fn of_this_form() -> Result<Option<Ticket>, Fault> {
    Ok(guest()?.once)
}

/// Claims the form for this transaction, or returns the first press's result.
pub async fn claim(tx: &mut Tx, ticket: Option<&Ticket>) -> Result<Option<Done>> {
    let Some(ticket) = ticket else { return Ok(None) };
    let first = idempotency::claim(tx, ticket).await.map_err(in_words)?;
    let Some(Answer { body, .. }) = first else { return Ok(None) };
    serde_json::from_str(&body).map(Some).map_err(|_| Error::internal())
}

/// Keeps the result with its effect.
pub async fn keep(tx: &mut Tx, ticket: Option<&Ticket>, done: Done) -> Result<Done> {
    if ticket.is_some() {
        let body = serde_json::to_string(&done).map_err(|_| Error::internal())?;
        idempotency::keep(tx, &Answer { status: 303, body }).await?;
    }
    Ok(done)
}

/// Says it in the words of a form: the browser went back to a form that was sent, and its text was changed.
fn in_words(error: Error) -> Error {
    if error.code != idempotency::errors::idempotency_key_reused().code {
        return error;
    }
    let message = "This form was sent before, with other values. Nothing was done now. Check it, and send it again if you mean both.";
    Error::conflict("form_sent_before", message)
}
