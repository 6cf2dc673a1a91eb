//! The acts of the console that are of no other noun.

use super::events::TimerRetried;
use identity::Actor;
use identity::internal::record_of_server;
use kernel::{Error, Result};
use platform::db::Tx;
use platform::timer;

/// Has a timer tried again that failed for good.
pub async fn try_again(tx: &mut Tx, actor: &Actor, id: &str) -> Result<()> {
    actor.must_run_the_server()?;
    if !timer::try_again(tx, id).await? {
        return Err(Error::not_found("failed timer"));
    }
    record_of_server(tx, actor, None, id, &TimerRetried {});
    Ok(())
}
