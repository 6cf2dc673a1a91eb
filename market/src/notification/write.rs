//! Writing a notification, whatever it is about.

use super::store::{self, New};
use super::{Mailing, digest};
use kernel::Result;
use platform::db::Tx;

/// Writes a notification, unless the member was told before, and puts it into their digest if they want it there. True if they are to be
/// mailed at once.
pub(super) async fn write(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    if !store::insert(tx, new).await? {
        return Ok(false);
    }
    if new.mailing == Mailing::Due {
        digest::set(tx, new.member).await?;
    }
    Ok(new.mailing == Mailing::Sent)
}
