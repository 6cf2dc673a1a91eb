//! The end of a checkout session: paid, saved, decided by a bank, or expired.

use crate::api::charging::{self, Presence};
use crate::api::intents;
use crate::api::methods::attach_to;
use crate::objects::checkout::customer_details;
use crate::objects::method;
use crate::refused::{Answer, Refused};
use crate::state::{Fake, now};
use serde_json::{Value, json};

/// Pays an open session with a payment method, or saves that method if the session is for that. A refusal leaves it open.
pub(crate) fn complete(fake: &mut Fake, id: &str, method: &Value) -> Answer {
    let session = fake.get(id);
    if session["status"] != "open" {
        return Err(Refused::invalid("This Checkout Session is no longer active.").code("checkout_session_not_open"));
    }
    if session["mode"] == "setup" {
        let intent = session["setup_intent"].as_str().unwrap_or_default();
        if session["customer"].is_null() && session["customer_creation"] == "always" {
            let owner = fake.owner(id).map(str::to_owned);
            let customer = make_customer(fake, owner.as_deref(), &session);
            fake.set(intent, json!({ "customer": customer }));
            fake.set(id, json!({ "customer": customer }));
        }
        intents::save(fake, intent, method, true, None)?;
    } else {
        pay(fake, id, method)?;
    }
    let session = fake.get(id);
    let email = session["customer_email"].as_str().unwrap_or("jenny@example.org");
    fake.set(id, json!({ "status": "complete", "url": null, "customer_details": customer_details(Some(email)) }));
    fake.emit("checkout.session.completed", id);
    Ok(fake.get(id))
}

fn pay(fake: &mut Fake, id: &str, method: &Value) -> Result<(), Refused> {
    let session = fake.get(id);
    let account = fake.owner(id).map(str::to_owned);
    let data = fake.get(&format!("lines_{id}"))["intent"].clone();
    let intent = match session["payment_intent"].as_str() {
        Some(intent) => intent.to_owned(),
        None => {
            let (amount, currency) = (session["amount_total"].as_i64().unwrap_or(0), session["currency"].as_str().unwrap_or("usd"));
            let intent = intents::make(fake, account.as_deref(), &data, amount, currency);
            fake.set(&intent, json!({ "payment_method_types": session["payment_method_types"] }));
            fake.set(id, json!({ "payment_intent": intent }));
            intent
        }
    };
    let keeps = data["setup_future_usage"].is_string();
    let customer = match session["customer"].as_str() {
        Some(customer) => Some(customer.to_owned()),
        None if keeps || session["customer_creation"] == "always" => Some(make_customer(fake, account.as_deref(), &session)),
        None => None,
    };
    fake.set(&intent, json!({ "customer": customer }));
    fake.set(id, json!({ "customer": customer }));
    let intent = charging::confirm(fake, &intent, method, Presence::OnPage, None)?;
    if let Some(customer) = customer.filter(|_| keeps) {
        attach_to(fake, method["id"].as_str().unwrap_or_default(), &customer);
    }
    let status = if intent["status"] == "succeeded" { "paid" } else { "unpaid" };
    fake.set(id, json!({ "payment_status": status }));
    Ok(())
}

fn make_customer(fake: &mut Fake, account: Option<&str>, session: &Value) -> String {
    let id = fake.id("cus");
    let mut customer = method::customer(&id);
    customer["email"] = session["customer_email"].clone();
    fake.put(account, customer);
    fake.emit("customer.created", &id);
    id
}

/// Decides the bank debit of a session: it succeeded or failed. Returns false if none is on its way.
pub(crate) fn settle(fake: &mut Fake, id: &str, is_paid: bool) -> bool {
    let intent = fake.get(id)["payment_intent"].as_str().unwrap_or_default().to_owned();
    if fake.get(&intent)["status"] != "processing" {
        return false;
    }
    if is_paid {
        charging::succeed(fake, &intent);
        fake.set(id, json!({ "payment_status": "paid" }));
        fake.emit("checkout.session.async_payment_succeeded", id);
    } else {
        let reason = ("payment_intent_payment_attempt_failed", "debit_not_authorized");
        charging::refuse(fake, &intent, reason, "The customer's bank account could not be debited.");
        fake.emit("checkout.session.async_payment_failed", id);
    }
    true
}

/// Expires an open session.
pub(crate) fn expire(fake: &mut Fake, id: &str) -> Answer {
    let session = fake.get(id);
    if session["status"] != "open" {
        let status = session["status"].as_str().unwrap_or_default();
        let message =
            format!("Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {status}.");
        return Err(Refused::invalid(message));
    }
    if let Some(intent) = session["setup_intent"].as_str() {
        fake.set(intent, json!({ "status": "canceled", "cancellation_reason": "abandoned" }));
    }
    fake.set(id, json!({ "status": "expired", "url": null }));
    fake.emit("checkout.session.expired", id);
    Ok(fake.get(id))
}

/// Expires a session past its time. Stripe does so by itself; here it happens as soon as somebody looks.
pub(crate) fn expire_late(fake: &mut Fake, id: &str) {
    let session = fake.get(id);
    if session["status"] == "open" && session["expires_at"].as_i64().is_some_and(|at| at <= now()) {
        // An open session can always be expired.
        let _ = expire(fake, id);
    }
}
