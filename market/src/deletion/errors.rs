//! The refusals of deletions.

use super::Binding;
use kernel::Error;
use serde_json::json;

/// Things bind the account, which the error lists under `binding`.
pub fn account_bound(binding: &[Binding]) -> Error {
    let message = "Your account can't be deleted yet: money, jobs, reviews or a team still need it. Settle each thing under `binding`, \
                   then ask again.";
    let listed: Vec<_> = binding
        .iter()
        .map(|Binding { kind, team_id, team, count, amount }| {
            json!({ "kind": kind, "team_id": team_id, "team": team, "count": count, "amount_cents": amount })
        })
        .collect();
    Error::conflict("account_bound", message).with("binding", listed)
}
