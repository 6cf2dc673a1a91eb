//! Charging a payment method for an intent: it succeeds, is refused, waits for the person, or for the bank.

use crate::objects::intent::next_action;
use crate::objects::method::last4;
use crate::objects::payment;
use crate::refused::{Answer, Refused};
use crate::state::Fake;
use serde_json::{Value, json};

/// The presence of the person while an intent is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// On a page of Stripe's: the bank's question is answered there.
    OnPage,
    /// On our page: the intent may wait for the person.
    OnSession,
    /// Nowhere: a bank that asks for the person refuses.
    OffSession,
}

/// The bank's word on a charge.
enum Outcome {
    Succeeds,
    Disputed(&'static str),
    Waits,
    NeedsPerson,
    Declined(&'static str),
}

/// Returns the outcome that the last four digits of a card stand for. Bank debits take days.
fn outcome(method: &Value, presence: Presence) -> Outcome {
    if method["type"] != "card" {
        return Outcome::Waits;
    }
    match last4(method) {
        "0002" | "0341" => Outcome::Declined("generic_decline"),
        "9995" => Outcome::Declined("insufficient_funds"),
        "3184" if presence != Presence::OnPage => Outcome::NeedsPerson,
        // Set up once with the person, this card needs no person later.
        "3155" if presence == Presence::OnSession => Outcome::NeedsPerson,
        "0259" => Outcome::Disputed("needs_response"),
        "1976" => Outcome::Disputed("warning_needs_response"),
        _ => Outcome::Succeeds,
    }
}

/// Charges a payment method for an intent and returns the intent, or Stripe's refusal.
pub(crate) fn confirm(fake: &mut Fake, intent: &str, method: &Value, presence: Presence, return_url: Option<&str>) -> Answer {
    fake.set(intent, json!({ "payment_method": method["id"], "last_payment_error": null, "next_action": null }));
    match outcome(method, presence) {
        Outcome::Succeeds => Ok(succeed(fake, intent)),
        Outcome::Disputed(status) => {
            let paid = succeed(fake, intent);
            let charge = paid["latest_charge"].as_str().unwrap_or_default().to_owned();
            super::open_dispute(fake, None, &charge, None, status);
            Ok(fake.get(intent))
        }
        Outcome::Waits => {
            let charge = charge(fake, intent, method);
            fake.set(intent, json!({ "status": "processing", "latest_charge": charge }));
            fake.emit("charge.pending", &charge);
            fake.emit("payment_intent.processing", intent);
            Ok(fake.get(intent))
        }
        Outcome::NeedsPerson if presence == Presence::OnSession => {
            let step = next_action(&fake.base, intent, return_url);
            fake.set(intent, json!({ "status": "requires_action", "next_action": step }));
            fake.emit("payment_intent.requires_action", intent);
            Ok(fake.get(intent))
        }
        Outcome::NeedsPerson => {
            let message = "Your card was declined. This transaction requires authentication.";
            Err(refuse(fake, intent, ("authentication_required", "authentication_required"), message))
        }
        Outcome::Declined("insufficient_funds") => {
            Err(refuse(fake, intent, ("card_declined", "insufficient_funds"), "Your card has insufficient funds."))
        }
        Outcome::Declined(reason) => Err(refuse(fake, intent, ("card_declined", reason), "Your card was declined.")),
    }
}

/// Makes the charge of an intent, before its outcome is known.
fn charge(fake: &mut Fake, intent: &str, method: &Value) -> String {
    let is_bank = method["type"] != "card";
    let id = fake.id(if is_bank { "py" } else { "ch" });
    let owner = fake.owner(intent).map(str::to_owned);
    let charge = payment::charge(&id, &fake.get(intent), method);
    fake.put(owner.as_deref(), charge)
}

/// Takes the money of an intent: of its pending charge, or of a new one.
pub(crate) fn succeed(fake: &mut Fake, id: &str) -> Value {
    let intent = fake.get(id);
    let method = fake.get(intent["payment_method"].as_str().unwrap_or_default());
    let (amount, currency) = (intent["amount"].as_i64().unwrap_or(0), intent["currency"].as_str().unwrap_or("usd").to_owned());
    let charge = match intent["latest_charge"].as_str() {
        Some(charge) if intent["status"] == "processing" => charge.to_owned(),
        _ => charge(fake, id, &method),
    };
    let owner = fake.owner(id).map(str::to_owned);
    let transaction = fake.post(owner.as_deref(), "charge", &charge, (amount, fee(&method, amount)), &currency);
    let done = json!({
        "status": "succeeded", "paid": true, "amount_captured": amount, "balance_transaction": transaction,
        "outcome": payment::outcome(None),
    });
    fake.set(&charge, done);
    let paid = json!({ "status": "succeeded", "amount_received": amount, "latest_charge": charge, "next_action": null });
    fake.set(id, paid);
    fake.emit("charge.succeeded", &charge);
    fake.emit("payment_intent.succeeded", id);
    fake.get(id)
}

/// Returns Stripe's fee: 2.9 % and 30 cents of a card, 0.8 % and at most 5.00 of a bank debit.
fn fee(method: &Value, amount: i64) -> i64 {
    if method["type"] == "card" { (amount * 29 + 500) / 1000 + 30 } else { ((amount * 8 + 500) / 1000).min(500) }
}

/// Refuses the charge of an intent, which then waits for another payment method.
pub(crate) fn refuse(fake: &mut Fake, id: &str, (code, reason): (&str, &str), message: &str) -> Refused {
    let intent = fake.get(id);
    let method = fake.get(intent["payment_method"].as_str().unwrap_or_default());
    let charge = match intent["latest_charge"].as_str() {
        Some(charge) if intent["status"] == "processing" => charge.to_owned(),
        _ => charge(fake, id, &method),
    };
    let failed = json!({
        "status": "failed", "failure_code": code, "failure_message": message, "outcome": payment::outcome(Some(reason)),
    });
    fake.set(&charge, failed);
    let refused = Refused::card(code, reason, message, json!({ "charge": charge, "payment_method": method }));
    let waits = json!({
        "status": "requires_payment_method", "payment_method": null, "latest_charge": charge, "next_action": null,
        "last_payment_error": refused.error,
    });
    let intent = fake.set(id, waits);
    fake.emit("charge.failed", &charge);
    fake.emit("payment_intent.payment_failed", id);
    let mut refused = refused;
    refused.error["payment_intent"] = intent;
    refused
}
