//! Mail. An act queues it in its own transaction, and a worker sends it.

use kernel::text::{is_direction_control, is_invisible, is_joiner, nfc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

mod actions;
pub use actions::{Mailer, Unsent, queue};

/// The kind of the timer of a mail, as a literal for statements.
macro_rules! mail_timer {
    () => {
        "mail.send"
    };
}
pub(crate) use mail_timer;

/// The kind of timer that carries a mail as its payload.
pub const TIMER: &str = mail_timer!();

/// The longest email address, in bytes.
pub const ADDRESS_BYTES_MAX: usize = 254;

/// A mail in plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// One email address, checked by [`address`].
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text, lines ended by `\n`.
    pub text: String,
    /// The address that stops mail of this kind when it is posted to (RFC 8058); none for mail that somebody asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
}

impl Mail {
    /// Asks the owner of an address to confirm it.
    ///
    /// The text contains nothing that the person who signed up could choose, so that the form can't be used to send messages.
    pub fn verification(to: &str, base_url: &str, token: &str, hours: i64) -> Self {
        let text = format!(
            "Hello,\n\n\
             someone signed up at Guildhall with this email address. If it was you, open this link to confirm it:\n\n\
             {base_url}/verify?token={token}\n\n\
             The link works once, for {hours} hours. If it was not you, do nothing: without the link the address stays unconfirmed.\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "Confirm your email address".to_owned(), text, unsubscribe: None }
    }

    /// Takes the link to a new password to a member.
    pub fn reset(to: &str, base_url: &str, url: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             someone asked for a new password for the account at Guildhall with this email address. If it was you, open this link and choose one:\n\n\
             {url}\n\n\
             The link works once, for one hour. If it was not you, do nothing: the password stays as it is.\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "A new password".to_owned(), text, unsubscribe: None }
    }

    /// Answers a forgotten password for an address that was never confirmed: signing up again replaces that account.
    pub fn sign_up_again(to: &str, base_url: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             someone asked for a new password for the account at Guildhall with this email address. The address was never confirmed, so there is\n\
             nothing to reset. Sign up again with it, and the older account makes way:\n\n\
             {base_url}/sign-up\n\n\
             If it was not you, do nothing.\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "Your account was never confirmed".to_owned(), text, unsubscribe: None }
    }

    /// Asks the owner of a new address to confirm it.
    pub fn new_address(to: &str, base_url: &str, token: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             someone wants to use this email address for their account at Guildhall. If it was you, open this link to confirm it:\n\n\
             {base_url}/confirm-address?token={token}\n\n\
             The link works once, for one day. If it was not you, do nothing.\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "Confirm your new email address".to_owned(), text, unsubscribe: None }
    }

    /// Tells the old address that a change was asked for.
    pub fn address_asked(to: &str, base_url: &str, new: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             someone who is signed in to your account at Guildhall and knows its password asked to use another email address for it: {new}.\n\
             Nothing changes until that address is confirmed.\n\n\
             If it was not you, choose a new password now, which ends the change:\n\n\
             {base_url}/forgot-password\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "Another email address for your account".to_owned(), text, unsubscribe: None }
    }

    /// Tells the old address that it was replaced.
    pub fn address_changed(to: &str, base_url: &str, new: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             your account at Guildhall has another email address now: {new}. Letters go there, and you sign in with it.\n\n\
             If it was not you, write to whoever runs this server.\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "Your email address was changed".to_owned(), text, unsubscribe: None }
    }

    /// Tells a member that the password was changed.
    pub fn password_changed(to: &str, base_url: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             the password of your account at Guildhall was changed just now, and every other browser was signed out. API keys still work.\n\n\
             If it was not you, choose a new password at once, and revoke the API keys that you don't know:\n\n\
             {base_url}/forgot-password\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "Your password was changed".to_owned(), text, unsubscribe: None }
    }

    /// Tells a member that the second factor was turned on.
    pub fn second_factor_on(to: &str, base_url: &str, link: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             the second factor of your account at Guildhall was turned on: signing in asks for a code of an app. All other browsers and apps were signed out; API keys go on.\n\n\
             If it was not you, open this link within seven days. It turns the second factor off, signs every browser and app out, and lets you\n\
             choose a new password; then look through your API keys, which go on:\n\n\
             {link}\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "Your second factor is on".to_owned(), text, unsubscribe: None }
    }

    /// Tells a member that many wrong codes of the second factor were typed.
    pub fn wrong_codes(to: &str, base_url: &str) -> Self {
        let happened = "ten wrong codes of the second factor of your account at Guildhall were typed within an hour. Whoever typed them knows your \
                        password, or is signed in as you; nobody got in by them. After twenty, codes of the app are refused for an hour, and recovery codes still work";
        Self::of_second_factor(to, base_url, "Wrong codes for your second factor", happened)
    }

    /// Tells a member that the second factor was turned off.
    pub fn second_factor_off(to: &str, base_url: &str) -> Self {
        let happened = "the second factor of your account at Guildhall was turned off: the password alone signs in now";
        Self::of_second_factor(to, base_url, "Your second factor is off", happened)
    }

    /// Tells a member that there are new recovery codes.
    pub fn recovery_codes_renewed(to: &str, base_url: &str) -> Self {
        let happened = "new recovery codes were made for your account at Guildhall, and the earlier ones no longer work";
        Self::of_second_factor(to, base_url, "Your recovery codes are new", happened)
    }

    fn of_second_factor(to: &str, base_url: &str, subject: &str, happened: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             {happened}.\n\n\
             If it was not you, choose a new password at once, and look at your security settings:\n\n\
             {base_url}/forgot-password\n{base_url}/settings/security\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: subject.to_owned(), text, unsubscribe: None }
    }

    /// Tells a member that an admin suspended the account. The reason is the admin's own words.
    pub fn suspended(to: &str, base_url: &str, reason: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             an admin suspended your account at Guildhall. The reason:\n\n\
             {reason}\n\n\
             You can't sign in, and your API keys are refused. Your money stays yours, and jobs that run go on by their deadlines.\n\
             If you had asked for the deletion of the account, ask again once the suspension is lifted.\n\
             To have the suspension lifted, reply to this email or write to whoever runs this server.\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "Your account is suspended".to_owned(), text, unsubscribe: None }
    }

    /// Tells a member that the suspension was lifted.
    pub fn reinstated(to: &str, base_url: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             your account at Guildhall is no longer suspended. You can sign in again, and your API keys work:\n\n\
             {base_url}/sign-in\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "Your account is no longer suspended".to_owned(), text, unsubscribe: None }
    }

    /// Asks somebody into a team.
    ///
    /// Names the inviting member by their verified address alone: a team's or a person's name can be any text.
    pub fn invitation(to: &str, inviter: &str, base_url: &str, token: &str) -> Self {
        let text = format!(
            "Hello,\n\n\
             {inviter} invites you into their team at Guildhall. Open this link to see which team it is, and to join it:\n\n\
             {base_url}/invitations/accept?token={token}\n\n\
             The link works once, for seven days, for the account with this email address. If you don't know {inviter}, do nothing.\n\n\
             Guildhall\n{base_url}\n"
        );
        Self { to: to.to_owned(), subject: "An invitation into a team".to_owned(), text, unsubscribe: None }
    }
}

/// Parses an email address, trimmed, in lower case and in normalisation form C; none if it is not one, or if the mailer could not
/// write to it.
pub fn address(text: &str) -> Option<String> {
    let text = nfc(&text.trim().to_lowercase()).into_owned();
    let (local, domain) = text.split_once('@')?;
    let is_local = |c: char| !c.is_whitespace() && !c.is_control() && !"@\"(),:;<>[\\]".contains(c);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let local_fits = (1..=64).contains(&local.len()) && local.split('.').all(|part| !part.is_empty() && part.chars().all(is_local));
    let domain_fits = domain.contains('.') && domain.split('.').all(is_label);
    let is_readable = !text.chars().any(|c| is_direction_control(c) || is_invisible(c) || is_joiner(c));
    // The mailer parses the address once more before it sends, so the same parser has the last word here.
    let is_writable = || lettre::Address::from_str(&text).is_ok();
    (text.len() <= ADDRESS_BYTES_MAX && local_fits && domain_fits && is_readable && is_writable()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_shape() {
        assert_eq!(address(" Ada.Lovelace+x@Example.COM ").as_deref(), Some("ada.lovelace+x@example.com"));
        assert_eq!(address("ö@exämple.de").as_deref(), Some("ö@exämple.de"));
        assert_eq!(address("zoe\u{308}@example.com").as_deref(), Some("zo\u{eb}@example.com"), "as macOS pastes it");
        for unwritable in ["a\u{200b}b@example.com", "a\u{202e}b@example.com", "a\u{200d}b@example.com", "\u{1f600}@example.com"] {
            assert_eq!(address(unwritable), None, "{unwritable:?}");
        }
        let long = format!("{}@{}.com", "a".repeat(64), "b.".repeat(95) + "c");
        let bad = ["", "ada", "ada@", "@example.com", "ada@localhost", "a b@example.com", "a\0@example.com", "a@b@example.com"];
        for text in
            bad.into_iter().chain(["a..b@example.com", "ada@-x.com", "ada@x..com", "<ada@example.com>", "a\r\nb@example.com", &long])
        {
            assert_eq!(address(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_letter_carries_the_link() {
        let mail = Mail::verification("ada@example.com", "https://guild.example", "tok", 48);
        assert!(mail.text.contains("\nhttps://guild.example/verify?token=tok\n"), "{}", mail.text);
        assert!(!mail.subject.contains('\n'));
    }
}
