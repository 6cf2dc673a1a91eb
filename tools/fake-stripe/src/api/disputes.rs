//! Disputes: opened by a bank, answered or accepted by the market, decided by the bank.

use super::lists::list;
use super::{Route, find, merge_metadata};
use crate::form::flag;
use crate::objects::dispute;
use crate::refused::{Answer, Refused};
use crate::state::Fake;
use crate::wire::Call;
use serde_json::{Value, json};

/// The cents that Stripe takes for a dispute, beside its amount.
const FEE: i64 = 1_500;

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("GET", ["disputes"]) => list(fake, call, "dispute", "payment_intent charge"),
        ("GET", ["disputes", id]) => find(fake, call, "dispute", id),
        ("POST", ["disputes", id]) => answer(fake, call, id),
        ("POST", ["disputes", id, "close"]) => find(fake, call, "dispute", id).map(|_| decide(fake, id, "lost")),
        _ => return None,
    })
}

/// Opens a dispute over a charge, or decides one that is open; returns it.
pub(crate) fn open(fake: &mut Fake, id: Option<&str>, charge: &str, amount: Option<i64>, status: &str) -> Value {
    if let Some(id) = id.filter(|id| !fake.get(id).is_null()) {
        return decide(fake, id, status);
    }
    let id = id.map(str::to_owned).unwrap_or_else(|| fake.id("dp"));
    let charge = fake.get(charge);
    let charge_id = charge["id"].as_str().unwrap_or_default().to_owned();
    let owner = fake.owner(&charge_id).map(str::to_owned);
    let amount = amount.unwrap_or_else(|| charge["amount"].as_i64().unwrap_or(0));
    fake.put(owner.as_deref(), dispute::dispute(&id, amount, status, &charge));
    fake.set(&charge_id, json!({ "disputed": true }));
    // A mere inquiry moves no money.
    if status.starts_with("warning_") {
        fake.emit("charge.dispute.created", &id);
        return fake.get(&id);
    }
    withdraw(fake, &id);
    fake.emit("charge.dispute.created", &id);
    fake.emit("charge.dispute.funds_withdrawn", &id);
    fake.get(&id)
}

fn withdraw(fake: &mut Fake, id: &str) {
    let dispute = fake.get(id);
    let amount = dispute["amount"].as_i64().unwrap_or(0);
    post(fake, &dispute, (-amount, FEE));
}

fn post(fake: &mut Fake, dispute: &Value, money: (i64, i64)) {
    let id = dispute["id"].as_str().unwrap_or_default();
    let owner = fake.owner(id).map(str::to_owned);
    let transaction = fake.post(owner.as_deref(), "adjustment", id, money, dispute["currency"].as_str().unwrap_or("usd"));
    let mut all = dispute["balance_transactions"].as_array().cloned().unwrap_or_default();
    all.push(fake.get(&transaction));
    fake.set(id, json!({ "balance_transactions": all }));
}

/// Gives a dispute another status: `needs_response`, `under_review`, `won`, `lost`, `warning_closed`, `prevented`.
fn decide(fake: &mut Fake, id: &str, status: &str) -> Value {
    let before = fake.get(id);
    let was = before["status"].as_str().unwrap_or_default().to_owned();
    fake.set(id, json!({ "status": status, "is_charge_refundable": status.starts_with("warning_") }));
    if was.starts_with("warning_") && matches!(status, "needs_response" | "under_review") {
        withdraw(fake, id);
        fake.emit("charge.dispute.updated", id);
        fake.emit("charge.dispute.funds_withdrawn", id);
        return fake.get(id);
    }
    if !matches!(status, "won" | "lost" | "warning_closed" | "prevented") {
        fake.emit("charge.dispute.updated", id);
        return fake.get(id);
    }
    let is_back = matches!(status, "won" | "prevented") && !was.starts_with("warning_") && was != "won";
    if is_back {
        let amount = before["amount"].as_i64().unwrap_or(0);
        post(fake, &before, (amount, -FEE));
    }
    fake.emit("charge.dispute.closed", id);
    if is_back {
        fake.emit("charge.dispute.funds_reinstated", id);
    }
    fake.get(id)
}

fn answer(fake: &mut Fake, call: &Call, id: &str) -> Answer {
    call.must_know("evidence intended_submission_method submit")?;
    let mut dispute = find(fake, call, "dispute", id)?;
    if matches!(dispute["status"].as_str(), Some("won" | "lost" | "warning_closed" | "prevented")) {
        return Err(Refused::invalid("This dispute is already closed."));
    }
    for (name, value) in call.form.get("evidence").and_then(Value::as_object).into_iter().flatten() {
        dispute["evidence"][name] = value.clone();
        dispute["evidence_details"]["has_evidence"] = json!(true);
    }
    if dispute["evidence_details"]["has_evidence"] == true && !flag_is_false(call) {
        dispute["evidence_details"]["submission_count"] = json!(1);
        dispute["evidence_details"]["submission_method"] = json!("manual");
        let is_inquiry = dispute["status"].as_str().is_some_and(|status| status.starts_with("warning_"));
        dispute["status"] = json!(if is_inquiry { "warning_under_review" } else { "under_review" });
    }
    merge_metadata(&mut dispute, &call.form);
    fake.put(call.account(), dispute.clone());
    fake.emit("charge.dispute.updated", id);
    Ok(dispute)
}

fn flag_is_false(call: &Call) -> bool {
    call.text("submit").is_some() && !flag(&call.form, "submit")
}
