//! Queueing mail, and the trait that sends it.

use super::{Mail, TIMER};
use crate::db::Tx;
use crate::timer::{self, Timer};
use kernel::{Error, Result, id};

/// The reason why a mail was not sent, as a sentence for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// Sending it again later may succeed.
    Yet(String),
    /// It can never be sent: its address can't be used.
    Ever(String),
}

/// Sends mail: to files in the sandbox, by SMTP otherwise.
pub trait Mailer: Sync {
    /// Sends a mail. A crash may send it again under the same id.
    fn send(&self, id: &str, mail: &Mail) -> impl Future<Output = Result<(), Unsent>> + Send;
}

/// Queues a mail, which is sent only after the transaction was committed.
pub async fn queue(tx: &mut Tx, mail: &Mail) -> Result<()> {
    let id = id::random("mail_");
    let payload = serde_json::to_string(mail).map_err(|_| Error::internal())?;
    let due_at = tx.now;
    timer::set(tx, &Timer { payload, ..Timer::new(id.clone(), TIMER, &id, due_at) }).await
}
