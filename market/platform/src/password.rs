//! Passwords: rules and hashing. The plain text is never stored, logged or sent back.

use kernel::text::{Check, nfkc};
use std::ops::RangeInclusive;

pub mod errors;

mod hashing;
pub use hashing::{Hasher, PasswordHash, fingerprint};

/// The allowed length in characters. There is no other rule, because length matters more than punctuation.
pub const LENGTH: RangeInclusive<usize> = 10..=200;

/// Returns true if two passwords are the same but for their Unicode form, in which keyboards differ.
pub fn is_same(one: &str, other: &str) -> bool {
    nfkc(one) == nfkc(other)
}

/// Checks a new password. It is taken as typed: not trimmed, any characters, counted in normalisation form KC, in which it is hashed.
pub fn check(check: &mut Check, field: &'static str, password: &str, email: &str) {
    let password = nfkc(password);
    let count = password.chars().count();
    if !LENGTH.contains(&count) {
        check.wrong(field, format!("It has {count} characters. Use {} to {} characters.", LENGTH.start(), LENGTH.end()));
    } else if password.trim().to_lowercase() == email.trim().to_lowercase() {
        check.wrong(field, "It is the email address; choose something that others don't know.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(password: &str) -> kernel::Result<()> {
        let mut noted = Check::new();
        check(&mut noted, "password", password, "ada@example.com");
        noted.done()
    }

    #[test]
    fn length_is_the_rule() {
        for good in ["0123456789", "пароль-как-пароль", &"x".repeat(200), " spaces are kept "] {
            assert!(verdict(good).is_ok(), "{good}");
        }
        assert!(verdict(&"a\u{308}".repeat(9)).is_err(), "nine letters, however they are typed");
        for bad in ["", "012345678", &"x".repeat(201), "ada@example.com", "Ada@Example.COM"] {
            assert_eq!(verdict(bad).expect_err(bad).fields[0].name, "password");
        }
    }
}
