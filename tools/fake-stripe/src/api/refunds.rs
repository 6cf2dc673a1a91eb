//! Refunds.

use super::lists::list;
use super::{Route, fill, find, update};
use crate::objects::payment;
use crate::refused::{Answer, Refused};
use crate::state::Fake;
use crate::wire::Call;
use serde_json::{Value, json};

pub(crate) fn route(fake: &mut Fake, call: &Call, route: Route<'_>) -> Option<Answer> {
    Some(match route {
        ("POST", ["refunds"]) => create(fake, call),
        ("GET", ["refunds"]) => list(fake, call, "refund", "payment_intent charge"),
        ("GET", ["refunds", id]) => find(fake, call, "refund", id),
        ("POST", ["refunds", id]) => update(fake, call, ("refund", id), "", "refund.updated"),
        _ => return None,
    })
}

fn create(fake: &mut Fake, call: &Call) -> Answer {
    call.must_know("amount charge currency customer instructions_email origin payment_intent reason")?;
    let charge = match (call.text("charge"), call.text("payment_intent")) {
        (Some(charge), _) => find(fake, call, "charge", charge)?,
        (None, Some(intent)) => {
            let intent = find(fake, call, "payment_intent", intent)?;
            fake.get(intent["latest_charge"].as_str().unwrap_or_default())
        }
        (None, None) => return Err(Refused::missing("payment_intent")),
    };
    if charge["paid"] != true {
        return Err(Refused::invalid("This PaymentIntent does not have a successful charge to refund."));
    }
    if charge["disputed"] == true {
        return Err(Refused::invalid("This charge has been disputed; it can't be refunded.").code("charge_disputed"));
    }
    let left = charge["amount"].as_i64().unwrap_or(0) - charge["amount_refunded"].as_i64().unwrap_or(0);
    let amount = if call.text("amount").is_some() { call.cents("amount")? } else { left };
    if left == 0 {
        return Err(Refused::invalid("The charge has already been refunded.").code("charge_already_refunded"));
    }
    if amount > left {
        let message = format!("Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).");
        return Err(Refused::invalid(message).param("amount"));
    }
    let id = fake.id("re");
    let made = refund(fake, &id, &charge, amount, "succeeded");
    let mut made = made;
    fill(&mut made, &call.form, "reason");
    fake.put(call.account(), made.clone());
    Ok(made)
}

/// Makes a refund of a charge, or gives one that exists another status; `failed` brings the money back.
pub(crate) fn refund(fake: &mut Fake, id: &str, charge: &Value, amount: i64, status: &str) -> Value {
    let owner = fake.owner(charge["id"].as_str().unwrap_or_default()).map(str::to_owned);
    let (charge_id, currency) =
        (charge["id"].as_str().unwrap_or_default().to_owned(), charge["currency"].as_str().unwrap_or("usd").to_owned());
    let known = fake.get(id);
    let refunded = number_of(charge, "amount_refunded");
    let is_back = matches!(status, "failed" | "canceled");
    if known.is_null() {
        fake.put(owner.as_deref(), payment::refund(id, amount, charge));
        let transaction = fake.post(owner.as_deref(), "refund", id, (-amount, 0), &currency);
        fake.set(id, json!({ "status": status, "balance_transaction": transaction }));
        count(fake, &charge_id, refunded + amount);
        fake.emit("refund.created", id);
        fake.emit("charge.refunded", &charge_id);
        return fake.get(id);
    }
    fake.set(id, json!({ "status": status }));
    if is_back && !matches!(known["status"].as_str(), Some("failed" | "canceled")) {
        let amount = number_of(&known, "amount");
        let transaction = fake.post(owner.as_deref(), "refund_failure", id, (amount, 0), &currency);
        fake.set(id, json!({ "failure_balance_transaction": transaction, "failure_reason": "lost_or_stolen_card" }));
        count(fake, &charge_id, refunded - amount);
    }
    fake.emit("refund.updated", id);
    if status == "failed" {
        fake.emit("refund.failed", id);
    }
    fake.get(id)
}

fn count(fake: &mut Fake, charge: &str, refunded: i64) {
    let is_all = fake.get(charge)["amount"] == refunded;
    fake.set(charge, json!({ "amount_refunded": refunded, "refunded": is_all }));
}

fn number_of(object: &Value, name: &str) -> i64 {
    object[name].as_i64().unwrap_or(0)
}
