//! Signed links to exports: who has one can download the archive until its time is over, or until the member's sessions end, as by a new
//! password.

use super::{Export, Status, errors, store};
use hmac::{Hmac, KeyInit, Mac};
use identity::Actor;
use identity::actor::Credential;
use kernel::id::ExportId;
use kernel::text::hex;
use kernel::{Result, Time};
use platform::Market;
use platform::password::fingerprint;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The label from which the key of links is derived, so that nothing else the server signs passes as a link.
const LABEL: &[u8] = b"guildhall export link 2";

/// A link to an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address.
    pub url: String,
    /// The expiry.
    pub expires_at: Time,
}

/// The part of a link besides the export's id.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Signed {
    /// The signature, in 64 hexadecimal digits.
    pub signature: String,
}

/// Returns the link to an export that can be downloaded; none if it can't.
pub fn link(market: &Market, export: &Export) -> Option<Link> {
    let expires_at = export.expires_at.filter(|_| export.status == Status::Ready)?;
    let url = format!("{}/exports/{}?signature={}", market.rules.base_url, export.id, signature(market, export));
    Some(Link { url, expires_at })
}

/// Returns the link for whoever asks by an API key, which proves more than a browser that somebody left open. Others have it by mail.
pub fn shown_link(market: &Market, actor: &Actor, export: &Export) -> Option<Link> {
    link(market, export).filter(|_| matches!(actor.credential, Credential::Key { .. }))
}

/// Returns the export of a link, if the signature is valid and the archive is still there.
pub async fn follow(market: &Market, id: &ExportId, signed: &Signed) -> Result<Export> {
    let mut conn = market.read().await?;
    let now = conn.now;
    let found = store::find(&mut conn, id).await?;
    found
        .filter(|export| export.status == Status::Ready && export.expires_at.is_some_and(|at| at > now))
        // Hashes are compared, so that the time tells nothing of the right signature.
        .filter(|export| fingerprint(&signature(market, export)) == fingerprint(&signed.signature))
        .ok_or_else(errors::export_link_invalid)
}

fn signature(market: &Market, export: &Export) -> String {
    let keyed = |key: &[u8]| Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    let key = keyed(&market.secret).chain_update(LABEL).finalize().into_bytes();
    hex(&keyed(&key).chain_update(format!("{} {}", export.id, export.epoch)).finalize().into_bytes())
}
