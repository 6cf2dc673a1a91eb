//! The mark of a form: whose page it was drawn on. It proves nothing but that, so it opens no door.

use hmac::{Hmac, KeyInit, Mac};
use kernel::id::MemberId;
use kernel::text::hex;
use platform::Market;
use platform::password::fingerprint;
use sha2::Sha256;

/// Keeps the key apart from those of other signatures.
const LABEL: &[u8] = b"guildhall form mark 1";

/// Returns the mark of a member's forms.
pub fn mark(market: &Market, member: &MemberId) -> String {
    format!("{member}.{}", hex(&mac(market, member).finalize().into_bytes()))
}

/// Returns the member whose mark it is; none if this server did not make it.
pub fn marked(market: &Market, given: &str) -> Option<MemberId> {
    let (member, _) = given.rsplit_once('.')?;
    let member = MemberId::from(member);
    // Hashes are compared, so that the time tells nothing of the right mark.
    (fingerprint(&mark(market, &member)) == fingerprint(given)).then_some(member)
}

fn mac(market: &Market, member: &MemberId) -> Hmac<Sha256> {
    let keyed = |key: &[u8]| Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    let key = keyed(&market.secret).chain_update(LABEL).finalize().into_bytes();
    keyed(&key).chain_update(member.as_str())
}
