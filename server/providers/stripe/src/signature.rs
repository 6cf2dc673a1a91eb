//! The signature of news: HMAC-SHA256 over the time and the raw body.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The most seconds between the signature's time and ours, either way.
const TOLERANCE_SECONDS: i64 = 300;
/// The most signatures that are read of a header: Stripe sends two while a secret is replaced.
const SIGNATURES_MAX: usize = 8;

/// The reason why a signature does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignatureError {
    /// The header has no time or no signature.
    Malformed,
    /// It was made too long ago, or is ahead of our clock.
    OutOfTime,
    /// It was made of another body, or with another secret.
    Different,
}

/// Checks the header `t=…,v1=…` over a body. Of several signatures one has to hold, under one of the secrets, which commas separate.
pub(crate) fn check(secrets: &str, header: &str, body: &[u8], now_seconds: i64) -> Result<(), SignatureError> {
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let time = parts().find(|(name, _)| *name == "t").map(|(_, value)| value).ok_or(SignatureError::Malformed)?;
    let seconds: i64 = time.parse().map_err(|_| SignatureError::Malformed)?;
    let signatures: Vec<_> = parts().filter(|(name, _)| *name == "v1").filter_map(|(_, hex)| bytes(hex)).take(SIGNATURES_MAX).collect();
    if signatures.is_empty() {
        return Err(SignatureError::Malformed);
    }
    // An empty secret, which anybody could guess, is none.
    let mut known = secrets.split(',').map(str::trim).filter(|secret| !secret.is_empty());
    if !known.any(|secret| holds(secret, (time, body), &signatures)) {
        return Err(SignatureError::Different);
    }
    if seconds.checked_sub(now_seconds).is_none_or(|apart| apart.abs() > TOLERANCE_SECONDS) {
        return Err(SignatureError::OutOfTime);
    }
    Ok(())
}

fn holds(secret: &str, (time, body): (&str, &[u8]), signatures: &[Vec<u8>]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    // `verify_slice` takes as long for a nearly right signature as for any other.
    signatures.iter().any(|signature| mac.clone().verify_slice(signature).is_ok())
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made with npm stripe 23.1.0, and again with an independent HMAC.
    const SECRET: &str = "whsec_test_secret";
    const BODY: &str = r#"{"id":"evt_1","object":"event","type":"checkout.session.completed","created":1700000000,"livemode":false,"pending_webhooks":1,"api_version":"2026-09-30.endive","data":{"object":{"id":"cs_test_1","object":"checkout.session"}}}"#;
    const V1: &str = "173bc4d19a8741ed30d40ef1972b0451b86a28a61334cc2d311fe174625acf04";
    const AT: i64 = 1_700_000_000;

    fn checked(header: &str, body: &str, now: i64) -> Result<(), SignatureError> {
        check(SECRET, header, body.as_bytes(), now)
    }

    #[test]
    fn stripe_s_own_signature_holds() {
        let header = format!("t={AT},v1={V1}");
        for now in [AT, AT + 100, AT + 300, AT - 300] {
            assert_eq!(checked(&header, BODY, now), Ok(()), "{now}");
        }
        let old = "0".repeat(64);
        assert_eq!(checked(&format!("t={AT},v1={old},v0=abc,v1={V1}"), BODY, AT), Ok(()), "one of several");
        assert_eq!(checked(&format!(" t={AT} , v1={} ", V1.to_uppercase()), BODY, AT), Ok(()));
    }

    #[test]
    fn any_other_does_not() {
        let header = format!("t={AT},v1={V1}");
        assert_eq!(checked(&header, BODY, AT + 301), Err(SignatureError::OutOfTime));
        assert_eq!(checked(&header, BODY, AT - 301), Err(SignatureError::OutOfTime));
        assert_eq!(checked(&header, &BODY.replace("evt_1", "evt_2"), AT), Err(SignatureError::Different));
        assert_eq!(checked(&format!("t={},v1={V1}", AT + 1), BODY, AT), Err(SignatureError::Different));
        assert_eq!(check("whsec_another", &header, BODY.as_bytes(), AT), Err(SignatureError::Different));
        assert_eq!(check(",, ,whsec_another", &header, BODY.as_bytes(), AT), Err(SignatureError::Different));
        assert_eq!(check(&format!("whsec_another, {SECRET}"), &header, BODY.as_bytes(), AT), Ok(()), "one of two endpoints");
        for malformed in ["", "t=,v1=", "t=x,v1=00", &format!("v1={V1}"), &format!("t={AT}"), &format!("t={AT},v1={}", &V1[1..])] {
            assert_eq!(checked(malformed, BODY, AT), Err(SignatureError::Malformed), "{malformed}");
        }
    }
}
