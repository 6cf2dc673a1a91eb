//! The refusals of exports.

use kernel::Error;

/// The link was not made by this server, or its export is gone.
pub fn export_link_invalid() -> Error {
    let message = "This link is invalid or has expired. Sign in and ask for another export.";
    Error::forbidden("export_link_invalid", message)
}
