//! The refusals of second factors.

use super::WINDOW;
use kernel::error::Field;
use kernel::{Error, Kind};

/// The password is right, and the account has a second factor.
pub fn second_factor_required() -> Error {
    let message = "This account has a second factor. Send the six digits of the app, or a recovery code, in the field code together with the password.";
    let fields = vec![Field { name: "code".into(), message: message.into() }];
    Error { fields, ..Error::unauthenticated("second_factor_required", message) }
}

/// The code is wrong, or was used before.
pub fn second_factor_invalid() -> Error {
    Error::unauthenticated(
        "second_factor_invalid",
        "This code is wrong or was used. Type the digits that the app shows now, or a recovery code that you did not use yet.",
    )
}

/// The sign-in waited too long for its code, or had too many wrong ones.
pub fn challenge_over() -> Error {
    Error::unauthenticated("sign_in_over", "This sign-in is over: it waited ten minutes, or five codes were wrong. Sign in again.")
}

/// The member typed too many wrong codes.
pub fn too_many_codes() -> Error {
    let message = "Too many codes were wrong. No code of the app is taken now; use a recovery code, or try again in an hour. Change your password if it was not you.";
    Error::new(Kind::TooMany, "too_many_codes", message).with("retry_after", WINDOW.seconds_up())
}

/// The second factor is on already.
pub fn second_factor_on() -> Error {
    Error::conflict("second_factor_on", "Your second factor is on already. Turn it off first to set up another app.")
}

/// There is no second factor.
pub fn second_factor_off() -> Error {
    Error::conflict("second_factor_off", "Your second factor is off. Set it up first.")
}

/// The link of the mail is wrong, was used or has expired.
pub fn disown_invalid() -> Error {
    let message = "This link is invalid, was used or has expired. If you used it just now, the second factor is off: choose a new password by “Forgot your password?”. Else ask whoever runs this server.";
    Error::invalid("disown_invalid", message)
}

/// The set-up was not begun, or too long ago.
pub fn setup_over() -> Error {
    Error::conflict("setup_over", "This set-up is over, because it waited for more than an hour. Begin again.")
}
