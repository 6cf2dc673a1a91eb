//! The refusals of suspensions.

use kernel::Error;

/// The member is suspended.
pub fn account_suspended() -> Error {
    let message = "This account is suspended. The reason was sent to its email address; reply to that email, or write to whoever runs this \
                   server, to have it lifted.";
    Error::forbidden("account_suspended", message)
}

/// The member is an admin.
pub fn is_admin() -> Error {
    Error::conflict("is_admin", "This member is an admin of the server. Admins can't be suspended.")
}

/// The member is suspended already, or is not.
pub fn suspended_already(is: bool) -> Error {
    let message = if is { "This member is suspended already." } else { "This member is not suspended." };
    Error::conflict("suspended_already", message)
}
