//! Payment intents and setup intents.

use crate::state::now;
use serde_json::{Value, json};

/// Returns an intent to pay that no payment method was chosen for.
pub(crate) fn payment_intent(id: &str, amount: i64, currency: &str) -> Value {
    json!({
        "id": id, "object": "payment_intent", "allowed_payment_method_types": null, "amount": amount, "amount_capturable": 0,
        "amount_received": 0, "application": null, "application_fee_amount": null, "automatic_payment_methods": null,
        "canceled_at": null, "cancellation_reason": null, "capture_method": "automatic_async",
        "client_secret": format!("{id}_secret_of_a_test"), "confirmation_method": "automatic", "created": now(),
        "currency": currency, "customer": null, "customer_account": null, "description": null, "excluded_payment_method_types": null,
        "last_payment_error": null, "latest_charge": null, "livemode": false, "managed_payments": null, "metadata": {},
        "next_action": null, "on_behalf_of": null, "payment_method": null, "payment_method_configuration_details": null,
        "payment_method_options": {}, "payment_method_types": ["card"], "payment_record": null, "processing": null,
        "receipt_email": null, "review": null, "setup_future_usage": null, "shipping": null, "source": null,
        "statement_descriptor": null, "statement_descriptor_suffix": null, "status": "requires_payment_method",
        "transfer_group": null,
    })
}

/// Returns an intent to save a payment method.
pub(crate) fn setup_intent(id: &str) -> Value {
    json!({
        "id": id, "object": "setup_intent", "allowed_payment_method_types": null, "application": null,
        "automatic_payment_methods": null, "cancellation_reason": null, "client_secret": format!("{id}_secret_of_a_test"),
        "created": now(), "customer": null, "description": null, "excluded_payment_method_types": null, "last_setup_error": null,
        "latest_attempt": null, "livemode": false, "mandate": null, "metadata": {}, "next_action": null, "on_behalf_of": null,
        "payment_method": null, "payment_method_configuration_details": null, "payment_method_options": {},
        "payment_method_types": ["card"], "single_use_mandate": null, "status": "requires_payment_method", "usage": "off_session",
    })
}

/// Returns the next step of an intent that waits for the person: an address to go to.
pub(crate) fn next_action(base: &str, intent: &str, return_url: Option<&str>) -> Value {
    json!({
        "type": "redirect_to_url",
        "redirect_to_url": { "url": format!("{base}/authenticate/{intent}"), "return_url": return_url },
    })
}
