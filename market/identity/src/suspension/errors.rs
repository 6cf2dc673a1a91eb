//! The refusals of suspensions.

use kernel::{Error, Time};

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

/// The member asked for the deletion of the account.
pub fn account_closed(until: Time) -> Error {
    let message = "This account is closed, because its deletion was asked for. To keep it, open the link in the email about it; after \
                   seven days the account is gone.";
    Error::forbidden("account_closed", message).with("deletion_at", until.to_string())
}

/// An admin can't reinstate an account that its member closed.
pub fn is_closed(until: Time) -> Error {
    let message = "The member asked for the deletion of this account. They alone can keep it, by the link in the email about it.";
    Error::conflict("is_closed", message).with("deletion_at", until.to_string())
}
