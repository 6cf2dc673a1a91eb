//! Telling what happened, as part of an act.

use super::Happening;
use crate::db::Tx;
use crate::id::TeamId;
use serde_json::Value;

/// Tells what just happened to `subject`. It is written with the act's commit, or not at all.
pub fn record(tx: &mut Tx, team: &TeamId, name: &'static str, subject: &str, payload: &Value) {
    let happening = Happening { team: team.clone(), name, subject: subject.to_owned(), payload: payload.to_string() };
    tx.tell(happening);
}
