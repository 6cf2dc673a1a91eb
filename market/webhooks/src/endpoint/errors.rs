//! The refusals of endpoints.

use super::ENDPOINTS_MAX;
use kernel::Error;

/// The team has as many endpoints as it may.
pub fn too_many_webhooks() -> Error {
    Error::conflict("too_many_webhooks", format!("Your team has {ENDPOINTS_MAX} webhooks. Delete one that is not used any more."))
}

/// The endpoint is disabled, and nothing is sent to it.
pub fn webhook_disabled() -> Error {
    Error::conflict("webhook_disabled", "This webhook is disabled, so nothing is sent to it. Enable it first.")
}
