//! The refusals of exports.

use kernel::Error;

/// A person asks for an export without the password.
pub fn export_needs_password() -> Error {
    let message = "Ask for the copy on the page “Your data” of your settings, with your password, or by an API key with the scope `*`.";
    Error::forbidden("export_needs_password", message)
}

/// The link was not made by this server, or its export is gone.
pub fn export_link_invalid() -> Error {
    let message = "This link is invalid or has expired. Sign in and ask for another export.";
    Error::forbidden("export_link_invalid", message)
}
