//! Customers and payment methods. The last four digits of a card say how it behaves, as in Stripe's test mode.

use crate::state::now;
use serde_json::{Value, json};

/// The test cards by the tails of their tokens, `pm_card_…` and `tok_…`.
const TOKENS: [(&str, &str); 13] = [
    ("visa", "4242"),
    ("mastercard", "4444"),
    ("amex", "8431"),
    ("us", "4242"),
    ("bypassPending", "0077"),
    ("chargeCustomerFail", "0341"),
    ("authenticationRequired", "3184"),
    ("authenticationRequiredOnSetup", "3155"),
    ("chargeDeclined", "0002"),
    ("visa_chargeDeclined", "0002"),
    ("chargeDeclinedInsufficientFunds", "9995"),
    ("createDispute", "0259"),
    ("createDisputeInquiry", "1976"),
];

/// Returns the last four digits of the test card with a token; none if no card has it.
pub(crate) fn last4_of_token(token: &str) -> Option<&'static str> {
    let tail = token.strip_prefix("pm_card_").or_else(|| token.strip_prefix("tok_"))?;
    TOKENS.iter().find(|(name, _)| *name == tail).map(|(_, last4)| *last4)
}

pub(crate) fn customer(id: &str) -> Value {
    json!({
        "id": id, "object": "customer", "address": null, "balance": 0, "created": now(), "currency": null, "default_source": null,
        "delinquent": false, "description": null, "email": null, "invoice_prefix": "FAKE",
        "invoice_settings": { "custom_fields": null, "default_payment_method": null, "footer": null, "rendering_options": null },
        "livemode": false, "metadata": {}, "name": null, "phone": null, "preferred_locales": [], "shipping": null,
        "tax_exempt": "none",
    })
}

/// Returns a payment method of a kind, with the part that its kind demands.
pub(crate) fn payment_method(id: &str, kind: &str, last4: &str) -> Value {
    let part = match kind {
        "us_bank_account" => json!({
            "account_holder_type": "individual", "account_type": "checking", "bank_name": "STRIPE TEST BANK",
            "financial_connections_account": null, "fingerprint": format!("bank{last4}"), "last4": last4,
            "networks": { "preferred": "ach", "supported": ["ach"] }, "routing_number": "110000000", "status_details": {},
        }),
        "sepa_debit" => json!({
            "bank_code": "19043", "branch_code": "", "country": "AT", "fingerprint": format!("iban{last4}"),
            "generated_from": { "charge": null, "setup_attempt": null }, "last4": last4,
        }),
        _ => card(last4),
    };
    let mut method = json!({
        "id": id, "object": "payment_method", "allow_redisplay": "unspecified",
        "billing_details": { "address": null, "email": null, "name": null, "phone": null, "tax_id": null },
        "created": now(), "customer": null, "customer_account": null, "livemode": false, "metadata": {}, "type": kind,
    });
    method[kind] = part;
    method
}

fn card(last4: &str) -> Value {
    let brand = match last4 {
        "4444" => "mastercard",
        "8431" => "amex",
        _ => "visa",
    };
    json!({
        "brand": brand, "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" },
        "country": "US", "display_brand": brand, "exp_month": 12, "exp_year": 2040, "fingerprint": format!("card{last4}"),
        "funding": "credit", "generated_from": null, "last4": last4, "networks": { "available": [brand], "preferred": null },
        "regulated_status": "unregulated", "three_d_secure_usage": { "supported": true }, "wallet": null,
    })
}

/// Returns the last four digits of a payment method.
pub(crate) fn last4(method: &Value) -> &str {
    let kind = method["type"].as_str().unwrap_or_default();
    method[kind]["last4"].as_str().unwrap_or_default()
}
