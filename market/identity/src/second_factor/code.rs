//! The arithmetic of codes: six digits for each half minute, and recovery codes.

use super::{CODES, Setup};
use hmac::{Hmac, KeyInit, Mac};
use kernel::id::MemberId;
use kernel::text::hex;
use kernel::{Time, id};
use platform::Market;
use sha2::Sha256;
use totp_rs::{Builder, Secret};

/// The name under which apps list the account.
const ISSUER: &str = "Guildhall";
/// 160 bits, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// 60 random bits.
const RECOVERY_LENGTH: usize = 12;
/// Keeps the key apart from those of other hashes.
const LABEL: &[u8] = b"guildhall recovery code 1";

/// Makes a secret.
pub(super) fn new_secret() -> Vec<u8> {
    use aws_lc_rs::rand;
    let mut bytes = vec![0; SECRET_BYTES];
    // The system's generator does not fail once it is seeded; a secret of zeros must not get out.
    rand::fill(&mut bytes).expect("the system makes random numbers");
    bytes
}

/// Returns the facts for an app. The address in it is the member's own, percent-encoded.
pub(super) fn setup(secret: &[u8], email: &str) -> Setup {
    let secret = Secret::from(secret).to_base32();
    let account: String = email.bytes().map(escaped).collect();
    let uri = format!("otpauth://totp/{ISSUER}:{account}?secret={secret}&issuer={ISSUER}");
    Setup { secret, uri }
}

fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

/// Returns the step of a code, the number of its half minute since 1970, and takes those one step away as well; none if it is of no step that is near now.
pub(super) fn step_of(secret: &[u8], code: &str, now: Time) -> Option<i64> {
    let now = u64::try_from(now.seconds()).ok()?;
    let found = Builder::new().with_secret(secret).build_noncompliant().check(code, now)?;
    i64::try_from(found).ok()
}

/// Returns what a person typed without the spaces and dashes between its groups.
pub(super) fn tidied(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect()
}

/// Returns true for six digits.
pub(super) fn is_of_app(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Makes the recovery codes: `k3pz-9q2m-x7td`.
pub(super) fn new_recovery_codes() -> Vec<String> {
    let one = || {
        let letters = id::secret(RECOVERY_LENGTH);
        format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])
    };
    (0..CODES).map(|_| one()).collect()
}

/// Returns the keyed hash of a recovery code. A copy of the database alone does not allow guessing.
pub(super) fn recovery_hash(market: &Market, member: &MemberId, code: &str) -> String {
    let keyed = |key: &[u8]| Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    let key = keyed(&market.secret).chain_update(LABEL).finalize().into_bytes();
    hex(&keyed(&key).chain_update(member.as_str()).chain_update(tidied(code)).finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        // The last six of the eight digits that the standard prints.
        for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            let step = step_of(RFC, code, Time::from_ms(at * 1000));
            assert_eq!(step, Some(at / 30), "{at}");
        }
    }

    #[test]
    fn a_step_more_or_less_is_taken_and_no_more() {
        let at = |seconds: i64| step_of(RFC, "287082", Time::from_ms(seconds * 1000));
        assert_eq!([at(29), at(30), at(59), at(60), at(89), at(90)], [Some(1), Some(1), Some(1), Some(1), Some(1), None]);
        assert_eq!(step_of(RFC, "", Time::from_ms(59_000)), None);
    }

    #[test]
    fn an_app_reads_the_address() {
        let setup = setup(RFC, "ada+x@example.com");
        assert_eq!(setup.uri, "otpauth://totp/Guildhall:ada%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Guildhall");
        assert!(!format!("{setup:?}").contains(&setup.secret));
    }

    #[test]
    fn recovery_codes_are_typed_as_people_type() {
        let codes = new_recovery_codes();
        assert_eq!(codes.len(), CODES);
        assert!(codes.iter().all(|code| code.len() == 14), "{codes:?}");
        assert_eq!(tidied(" K3PZ-9q2m x7td\n"), "k3pz9q2mx7td");
        assert!(is_of_app(&tidied("123 456")) && !is_of_app("12345"));
    }
}
