//! The refusals of accounts.

use kernel::Error;
use kernel::error::Field;

/// The email address belongs to an account.
pub fn email_taken() -> Error {
    let message = "This email address has an account already. Log in, or sign up with another one.";
    let fields = vec![Field { name: "email".into(), message: message.into() }];
    Error { fields, ..Error::conflict("email_taken", message) }
}

/// The email address or the password is wrong; which one is not told.
pub fn invalid_credentials() -> Error {
    Error::unauthenticated("invalid_credentials", "The email address or the password is wrong. Check both and try again.")
}

/// Another request changed the password first.
pub fn password_changed() -> Error {
    Error::conflict("password_changed", "The password was changed meanwhile. Log in again with the new one.")
}

/// Returns the error for a wrong, used or expired link that keeps an account; all have the same remedy.
pub fn restore_invalid() -> Error {
    let message =
        "This link is invalid, was used, or has expired. Try to sign in: if that works, the account is kept. After seven days it is gone.";
    Error::invalid("restore_invalid", message)
}

/// The password is missing, and no API key asks.
pub fn password_required() -> Error {
    Error::field("current_password", "Type the password that you log in with.")
}
