//! Charges, refunds and the transactions of balances.

use super::method::last4;
use crate::state::now;
use serde_json::{Value, json};

/// Returns the charge of an intent by a payment method, before its outcome is known.
pub(crate) fn charge(id: &str, intent: &Value, method: &Value) -> Value {
    json!({
        "id": id, "object": "charge", "amount": intent["amount"], "amount_captured": 0, "amount_refunded": 0, "application": null,
        "application_fee": null, "application_fee_amount": null, "balance_transaction": null,
        "billing_details": method["billing_details"], "calculated_statement_descriptor": "GUILDHALL", "captured": true,
        "created": now(), "currency": intent["currency"], "customer": intent["customer"], "description": intent["description"],
        "disputed": false, "failure_balance_transaction": null, "failure_code": null, "failure_message": null, "fraud_details": {},
        "livemode": false, "metadata": intent["metadata"], "on_behalf_of": null, "outcome": null, "paid": false,
        "payment_intent": intent["id"], "payment_method": method["id"], "payment_method_details": details(method),
        "receipt_email": null, "receipt_number": null, "receipt_url": null, "refunded": false, "review": null, "shipping": null,
        "source": null, "source_transfer": null, "statement_descriptor": null, "statement_descriptor_suffix": null,
        "status": "pending", "transfer_data": null, "transfer_group": intent["transfer_group"],
    })
}

/// Returns the part of a charge about its payment method.
fn details(method: &Value) -> Value {
    let kind = method["type"].as_str().unwrap_or("card");
    let part = match kind {
        "us_bank_account" => json!({
            "account_holder_type": "individual", "account_type": "checking", "bank_name": "STRIPE TEST BANK",
            "fingerprint": method[kind]["fingerprint"], "last4": last4(method), "payment_reference": null,
            "routing_number": "110000000",
        }),
        "sepa_debit" => json!({
            "bank_code": "19043", "branch_code": "", "country": "AT", "fingerprint": method[kind]["fingerprint"],
            "last4": last4(method), "mandate": null,
        }),
        _ => json!({
            "amount_authorized": null, "authorization_code": null, "brand": method[kind]["brand"],
            "checks": method[kind]["checks"], "country": "US", "electronic_commerce_indicator": null, "exp_month": 12, "exp_year": 2040,
            "fingerprint": method[kind]["fingerprint"], "funding": "credit", "installments": null, "last4": last4(method),
            "mandate": null, "network": "visa", "network_token": { "used": false }, "network_transaction_id": null,
            "regulated_status": "unregulated", "three_d_secure": null, "transaction_link_id": null, "wallet": null,
        }),
    };
    let mut details = json!({ "type": kind });
    details[kind] = part;
    details
}

/// Returns the outcome of a charge: allowed, or refused by the bank for a reason.
pub(crate) fn outcome(refused: Option<&str>) -> Value {
    let message = if refused.is_some() { "The bank did not say why." } else { "Payment complete." };
    json!({
        "advice_code": null, "network_advice_code": null, "network_decline_code": null,
        "network_status": if refused.is_some() { "declined_by_network" } else { "approved_by_network" }, "reason": refused,
        "risk_level": "normal", "risk_score": 20, "seller_message": message,
        "type": if refused.is_some() { "issuer_declined" } else { "authorized" },
    })
}

pub(crate) fn refund(id: &str, amount: i64, charge: &Value) -> Value {
    json!({
        "id": id, "object": "refund", "amount": amount, "balance_transaction": null, "charge": charge["id"], "created": now(),
        "currency": charge["currency"], "customer": charge["customer"], "customer_account": null, "metadata": {},
        "payment_intent": charge["payment_intent"], "payment_method": charge["payment_method"], "reason": null,
        "receipt_number": null, "source_transfer_reversal": null, "status": "succeeded", "transfer_reversal": null,
    })
}

pub(crate) fn balance_transaction(id: &str, kind: &str, source: &str, (amount, fee): (i64, i64), currency: &str) -> Value {
    let reason = "Stripe processing fees";
    let fees = json!([{ "amount": fee, "application": null, "currency": currency, "description": reason, "type": "stripe_fee" }]);
    json!({
        "id": id, "object": "balance_transaction", "amount": amount, "available_on": now(), "balance_type": "payments",
        "created": now(), "currency": currency, "description": null, "exchange_rate": null, "fee": fee,
        "fee_details": if fee == 0 { json!([]) } else { fees }, "net": amount - fee, "reporting_category": kind, "source": source,
        "status": "available", "type": kind,
    })
}
