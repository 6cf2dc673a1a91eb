//! The signed text of a mandate.

use super::canonical::canonical;
use super::signing::Signer;
use super::{Hours, Mandate};
use kernel::money::CURRENCY;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A mandate's text with its signature, as it was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Canonical JSON.
    pub document: String,
    /// The Ed25519 signature of the document's bytes, in base64url.
    pub signature: String,
    /// The id of the key that signed it.
    pub signing_key_id: String,
}

/// Writes and signs a mandate's document. `issuer` is the address of the server.
pub(super) fn signed(mandate: &Mandate, issuer: &str, signer: &Signer) -> Signed {
    let terms = &mandate.terms;
    let hours = terms.hours.map(|Hours { from, until }| json!({ "from": from, "until": until }));
    let document = canonical(&json!({
        "type": "guildhall.mandate",
        "issuer": issuer,
        "agent_id": mandate.agent_id,
        "team_id": mandate.team_id,
        "version": mandate.version,
        "enabled": terms.is_enabled,
        "currency": CURRENCY,
        "per_task_cents": terms.per_task,
        "per_day_cents": terms.per_day,
        "per_month_cents": terms.per_month,
        "approval_above_cents": terms.approval_above,
        "categories": terms.categories,
        "allow": terms.allowed,
        "block": terms.blocked,
        "hours_utc": hours,
        "expires_at": terms.expires_at,
        "set_by": mandate.set_by,
        "set_at": mandate.set_at,
    }));
    let signature = signer.sign(document.as_bytes());
    Signed { document, signature, signing_key_id: signer.id.clone() }
}
